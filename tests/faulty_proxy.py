"""A proxy before a SPARQL endpoint that is slow, busy, broken or gone now and then."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

SLOW = 0.01


@dataclass
class Faulty:
    """A running proxy: where, what it answered how often, and the most requests at once."""

    target: str
    port: int = 0
    is_down: bool = False
    number: int = 0
    now: int = 0
    most_at_once: int = 0
    agents: set[str] = field(default_factory=set)
    answered: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/sparql"

    def fault(self) -> str:
        """Return what goes wrong with the next request."""
        self.number += 1
        if self.is_down:
            return "500"
        for every, fault in ((7, "429"), (11, "500"), (13, "cut")):
            if self.number % every == 0:
                return fault
        return "good"


class Visit(BaseHTTPRequestHandler):
    faulty: Faulty

    def do_GET(self) -> None:
        with self.faulty.lock:
            self.faulty.now += 1
            self.faulty.most_at_once = max(self.faulty.most_at_once, self.faulty.now)
            fault = self.faulty.fault()
            self.faulty.answered[fault] += 1
        self.faulty.agents.add(self.headers["User-Agent"])
        time.sleep(SLOW)
        # Before the answer, after which the next request may come at any moment.
        with self.faulty.lock:
            self.faulty.now -= 1
        self._answer(fault)

    def do_POST(self) -> None:
        self.do_GET()

    def _answer(self, fault: str) -> None:
        if fault == "429":
            self._send(429, b"", ("Retry-After", "2"))
        elif fault == "500":
            self._send(500, b"out of memory")
        elif fault == "cut":
            self.close_connection = True
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")
        else:
            self._pass_on()

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))) or None
        query = self.path.partition("?")[2]
        headers = {
            name: self.headers[name] for name in ("Accept", "Content-Type") if self.headers[name]
        }
        try:
            with urlopen(Request(f"{self.faulty.target}?{query}", body, headers)) as reply:
                self._send(200, reply.read(), ("Content-Type", reply.headers["Content-Type"]))
        except HTTPError as error:
            self._send(error.code, error.read())

    def _send(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@contextmanager
def faulty_proxy(target: str) -> Iterator[Faulty]:
    """Run a proxy before an endpoint on a free port."""
    faulty = Faulty(target)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Visit", (Visit,), {"faulty": faulty}))
    server.daemon_threads = True
    faulty.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield faulty
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
