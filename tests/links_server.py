"""A web server that shows every way in which a link can end, one for each path."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread


@dataclass
class Site:
    """A running server: the requests it got, and the most that came at once."""

    scheme: str = "http"
    port: int = 0
    seen: list[tuple[str, str]] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    now: int = 0
    most_at_once: int = 0
    lock: Lock = field(default_factory=Lock)

    def url(self, path: str) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/{path}"


class Visit(BaseHTTPRequestHandler):
    site: Site

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        with self.site.lock:
            self.site.now += 1
            self.site.most_at_once = max(self.site.most_at_once, self.site.now)
            self.site.seen.append((self.command, self.path))
        if "Accept-Datetime" in self.headers:
            self.site.dates.append(self.headers["Accept-Datetime"])
        time.sleep(0.005)
        # Before the answer, after which the next request may come at any moment.
        with self.site.lock:
            self.site.now -= 1
        try:
            self._behave()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _behave(self) -> None:
        if self.path.startswith("/archive/"):
            found = "missing" not in self.path
            self.answer(302 if found else 404, Location=self.site.url(f"copy{self.path}"))
        else:
            WAYS[self.path.removeprefix("/")](self)

    def answer(
        self,
        status: int = 200,
        title: str = "A page",
        media_type: str | None = "text/html",
        **headers: str,
    ) -> None:
        body = f"<html><title>{title}</title></html>".encode()
        self.send_response(status)
        given = {"Content-Length": str(len(body)), "Content-Type": media_type}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in given.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


def get_only(visit: Visit) -> None:
    visit.answer(405 if visit.command == "HEAD" else 200)


def busy_once(visit: Visit) -> None:
    is_first = visit.site.seen.count(("HEAD", "/busy-once")) == 1
    visit.answer(429 if is_first and visit.command == "HEAD" else 200, Retry_After="0")


def cut(visit: Visit) -> None:
    visit.connection.close()


def not_http(visit: Visit) -> None:
    visit.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")


def to(path: str, status: int = 301) -> Callable[[Visit], None]:
    return lambda visit: visit.answer(status, Location=path)


WAYS: dict[str, Callable[[Visit], None]] = {
    "": lambda visit: visit.answer(),
    "page": lambda visit: visit.answer(),
    "page/": lambda visit: visit.answer(),
    "file.pdf": lambda visit: visit.answer(media_type="application/pdf"),
    "get-only": get_only,
    "busy-once": busy_once,
    "with-slash": to("/with-slash/"),
    "with-slash/": lambda visit: visit.answer(),
    "old": to("/older", 302),
    "older": to("/page", 308),
    "home": to("/"),
    "soft-404": lambda visit: visit.answer(title="Page not\n found | Site"),
    "gone": lambda visit: visit.answer(410),
    "missing": lambda visit: visit.answer(404),
    "forbidden": lambda visit: visit.answer(403),
    "busy": lambda visit: visit.answer(429),
    "failing": lambda visit: visit.answer(500),
    "round": to("/and-round"),
    "and-round": to("/round"),
    "to-ftp": to("ftp://127.0.0.1/x"),
    "slow": lambda visit: time.sleep(2),
    "cut": cut,
    "not-http": not_http,
    "caf%C3%A9": lambda visit: visit.answer(),
}


@contextmanager
def links_server(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Run a server on a free port, with TLS if told how."""
    site = Site("https" if tls else "http")
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Visit", (Visit,), {"site": site}))
    server.daemon_threads = True
    server.block_on_close = False
    site.port = server.server_address[1]
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
