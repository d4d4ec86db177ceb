"""An HTTP server with the bad manners of SPARQL endpoints, one for each path."""

from __future__ import annotations

import json
import ssl
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

RESULTS = "application/sparql-results+json"
ROW = {"s": {"type": "uri", "value": "https://w3id.org/tipgraph/org/asean"}}
ROWS = json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": [ROW]}}).encode()
NO_ROWS = json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": []}}).encode()
TURNED_ROW = {name: {"type": "literal", "value": value} for name, value in ("b2", "a1")}
TURNED = json.dumps({"head": {"vars": ["b", "a"]}, "results": {"bindings": [TURNED_ROW]}}).encode()
YES = json.dumps({"head": {}, "boolean": True}).encode()
NO = json.dumps({"head": {}, "boolean": False}).encode()
HTML = b"<!DOCTYPE html>\n<html><body>Welcome!</body></html>"


@dataclass(frozen=True)
class Seen:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    parameters: dict[str, list[str]]


@dataclass
class Hostile:
    """A running server, the requests it got, and where it redirects to."""

    scheme: str = "http"
    port: int = 0
    seen: list[Seen] = field(default_factory=list)
    elsewhere: str = ""

    def url(self, path: str) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/{path}"

    def times(self, path: str) -> int:
        return Counter(each.path for each in self.seen)[f"/{path}"]


class Visit(BaseHTTPRequestHandler):
    """One request, and the ways to answer it."""

    hostile: Hostile

    def do_GET(self) -> None:
        self._behave(urlsplit(self.path).query)

    def do_POST(self) -> None:
        self._behave(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _behave(self, parameters: str) -> None:
        path = urlsplit(self.path).path
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.hostile.seen.append(Seen(self.command, path, headers, parse_qs(parameters)))
        try:
            BEHAVIOURS[path.removeprefix("/")](self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(
        self, body: bytes = ROWS, media_type: str = RESULTS, status: int = 200, **headers: object
    ) -> None:
        """Answer; header names are written with underscores."""
        self.send_response(status)
        given = {"Content_Type": media_type, "Content_Length": len(body), **headers}
        for name, value in given.items():
            if value is not None:
                self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(body)

    def is_first(self) -> bool:
        return self.hostile.times(urlsplit(self.path).path.removeprefix("/")) == 1

    def asks(self) -> str:
        return self.hostile.seen[-1].parameters.get("query", [""])[0]

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


def drip(visit: Visit, status: int = 200) -> None:
    visit.answer(b"", status=status, Content_Length=1000)
    for _ in range(100):
        time.sleep(0.05)
        visit.wfile.write(b" ")


def drip_headers(visit: Visit) -> None:
    for character in "HTTP/1.1 200 OK\r\n" + "X-Slow: very\r\n" * 50:
        visit.wfile.write(character.encode())
        time.sleep(0.05)


def reset(visit: Visit) -> None:
    visit.connection.close()


def reset_once(visit: Visit) -> None:
    reset(visit) if visit.is_first() else visit.answer()


def busy_once(visit: Visit, status: int, retry_after: object) -> None:
    if visit.is_first():
        visit.answer(b"", status=status, Retry_After=retry_after)
    else:
        visit.answer()


def date_in(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


def endless(visit: Visit) -> None:
    visit.answer(b"", Content_Length=None)
    for _ in range(1000):
        visit.wfile.write(b" " * 100_000)


def chunks_cut(visit: Visit) -> None:
    visit.protocol_version = "HTTP/1.1"
    visit.answer(b"", Content_Length=None, Transfer_Encoding="chunked")
    visit.wfile.write(b"40\r\n" + ROWS[:30])
    visit.close_connection = True


def login(visit: Visit, challenge: str) -> None:
    if "authorization" in visit.hostile.seen[-1].headers:
        visit.answer()
    else:
        visit.answer(b"who are you?", "text/plain", 401, WWW_Authenticate=challenge)


def not_http(visit: Visit) -> None:
    visit.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")


def like_virtuoso(visit: Visit) -> None:
    """Cut a graph at one triple more than the most rows, which is 3, and only tell of rows."""
    visit.server_version = "Virtuoso/07"
    if "CONSTRUCT" in visit.asks():
        triples = b"".join(b"<http://x/%d> <http://x/p> <http://x/o> .\n" % i for i in range(4))
        visit.answer(triples, "application/n-triples")
    else:
        visit.answer(X_SPARQL_MaxRows=3)


def unloaded(visit: Visit) -> None:
    no_rows = NO_ROWS.replace(b'"s"', b'"n"') if "?n" in visit.asks() else NO_ROWS
    visit.answer(NO if "ASK" in visit.asks() else no_rows)


def one_triple(
    visit: Visit, media_type: str, text: bytes = b"<http://x/s> <http://x/p> 1 ."
) -> None:
    visit.answer(text, media_type)


BASIC = 'Basic realm="SPARQL"'
DIGEST = 'Digest realm="SPARQL", nonce="0a", qop="auth", algorithm="MD5"'
BAD_TERM = ROWS.replace(b"https://w3id.org/tipgraph/org/asean", b"no iri at all")
BEHAVIOURS: dict[str, Callable[[Visit], None]] = {
    "good": lambda visit: visit.answer(),
    "json": lambda visit: visit.answer(media_type="application/json;charset=utf-8"),
    "yes": lambda visit: visit.answer(YES),
    "turned": lambda visit: visit.answer(TURNED),
    "unloaded": unloaded,
    "triples": lambda visit: one_triple(visit, "text/turtle"),
    "broken-triples": lambda visit: one_triple(visit, "application/n-triples", b"<http://x/s> <ht"),
    "slow": lambda visit: time.sleep(3),
    "drip": drip,
    "drip-500": lambda visit: drip(visit, 500),
    "drip-headers": drip_headers,
    "html": lambda visit: visit.answer(HTML, "text/html"),
    "html-500": lambda visit: visit.answer(HTML, "text/html", 500),
    "text": lambda visit: visit.answer(b"all is well", "text/plain"),
    "xml": lambda visit: visit.answer(b"<sparql/>", "application/sparql-results+xml"),
    "untyped": lambda visit: visit.answer(media_type=None),  # type: ignore[arg-type]
    "empty": lambda visit: visit.answer(b""),
    "broken-json": lambda visit: visit.answer(b'{"head": nothing}'),
    "cut-json": lambda visit: visit.answer(ROWS[: len(ROWS) // 2]),
    "cut-body": lambda visit: visit.answer(ROWS[: len(ROWS) // 2], Content_Length=len(ROWS)),
    "cut-chunks": chunks_cut,
    "cut-rows": lambda visit: visit.answer(X_SPARQL_MaxRows=10000),
    "anytime": lambda visit: visit.answer(X_SQL_State="S1TAT", X_SQL_Message="RC...: incomplete"),
    "bad-term": lambda visit: visit.answer(BAD_TERM),
    "reset": reset,
    "reset-once": reset_once,
    "429-once": lambda visit: busy_once(visit, 429, 7),
    "503-once": lambda visit: busy_once(visit, 503, date_in(20)),
    "503-soon": lambda visit: busy_once(visit, 503, date_in(-20)),
    "503-vague": lambda visit: busy_once(visit, 503, "soon"),
    "503": lambda visit: visit.answer(b"", status=503),
    "503-long": lambda visit: visit.answer(b"", status=503, Retry_After=3600),
    "502": lambda visit: visit.answer(b"bad gateway", "text/plain", 502),
    "400": lambda visit: visit.answer(b"Error\x1b[31m: no such function\nmore", "text/plain", 400),
    "403": lambda visit: visit.answer(b"", status=403),
    "404": lambda visit: visit.answer(b"", status=404),
    "418": lambda visit: visit.answer(b"x" * 9999, "text/plain", 418),
    "redirect": lambda visit: visit.answer(b"", status=302, Location=visit.hostile.elsewhere),
    "redirect-post": lambda visit: visit.answer(b"", status=307, Location=visit.hostile.elsewhere),
    "redirect-file": lambda visit: visit.answer(b"", status=302, Location="file:///etc/hostname"),
    "redirect-ftp": lambda visit: visit.answer(b"", status=302, Location="ftp://localhost/x"),
    "redirect-odd": lambda visit: visit.answer(b"", status=302, Location="http://[x/"),
    "redirect-loop": lambda visit: visit.answer(b"", status=302, Location="/redirect-loop"),
    "redirect-nowhere": lambda visit: visit.answer(b"", status=302),
    "endless": endless,
    "basic": lambda visit: login(visit, BASIC),
    "digest": lambda visit: login(visit, DIGEST),
    "digest-odd": lambda visit: login(visit, DIGEST.replace("auth", "auth-int")),
    "negotiate": lambda visit: login(visit, "Negotiate"),
    "never": lambda visit: visit.answer(b"", status=401, WWW_Authenticate=BASIC),
    "never-digest": lambda visit: visit.answer(b"", status=401, WWW_Authenticate=DIGEST),
    "not-http": not_http,
    "like-virtuoso": like_virtuoso,
}


@contextmanager
def hostile_server(tls: ssl.SSLContext | None = None) -> Iterator[Hostile]:
    """Run a server on a free port, with TLS if told how."""
    hostile = Hostile("https" if tls else "http")
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Visit", (Visit,), {"hostile": hostile}))
    server.daemon_threads = True
    server.block_on_close = False
    hostile.port = server.server_address[1]
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hostile
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
