"""Start grlc and RAMOSE as their documents say, and endpoints that are out of order."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

HERE = Path(__file__).parent
START_SECONDS = 60
PAGE = b"<!DOCTYPE html><html><body><h1>Down for maintenance</h1></body></html>"
QUERIES = {
    "broken": """\
#+ title: A query that does not parse
#+ description: It has a slip in its first word.
#+ columns: {thing: iri}
SELEC ?thing WHERE { ?thing a ?class }
""",
    "lines": """\
#+ title: A value of two lines
#+ description: One row.
#+ columns: {text: text}
#+ endpoint-method: GET
SELECT ?text WHERE { BIND ("one\\ntwo" AS ?text) } ORDER BY ?text
""",
    "number": """\
#+ title: Things with a number
#+ description: No rows.
#+ endpoint-method: GET
SELECT ?thing WHERE { ?thing a ?_number_integer }
""",
}
"""Queries of grlc's form that show one thing each."""
GRLC_CONFIG = """\
[defaults]
sparql_endpoint = {endpoint}
user = none
password = none
server_name = {server}
[local]
local_sparql_dir = {queries}
"""
OPERATIONS = """
#url /broken
#type operation
#method get
#description A query that does not parse.
#call /broken
#field_type str(thing)
#sparql SELEC ?thing WHERE { ?thing a ?class }

#url /lines
#type operation
#method get
#description A value of two lines.
#call /lines
#field_type str(text)
#sparql SELECT ?text WHERE { BIND ("one\\ntwo" AS ?text) } ORDER BY ?text

#url /number/{number}
#type operation
#method get
#number int([0-9]+)
#description Things with a number.
#call /number/1
#field_type str(thing)
#sparql SELECT ?thing WHERE { ?thing a [[number]] }
"""
"""The same as operations of RAMOSE's specification."""


@contextmanager
def grlc(python: str, endpoint: str, place: Path) -> Iterator[str]:
    """Serve grlc's queries of this folder, a paged one and the odd ones; yield the base URL."""
    queries = shutil.copytree(HERE / "grlc", place / "queries")
    paged = (queries / "focal-points.rq").read_text("utf-8")
    head = "#+ pagination: 10\n#+ endpoint_in_url: False\n"
    (queries / "paged.rq").write_text(head + paged, "utf-8")
    for name, text in QUERIES.items():
        (queries / f"{name}.rq").write_text(text, "utf-8")
    server = f"127.0.0.1:{free_port()}"
    config = GRLC_CONFIG.format(endpoint=endpoint, server=server, queries=queries)
    (place / "config.ini").write_text(config, "utf-8")
    with running([python, "-m", "gunicorn", "-b", server, "grlc.server:app"], server, place):
        yield f"http://{server}/api-local/"


@contextmanager
def ramose(python: str, endpoints: dict[str, str], place: Path, *options: str) -> Iterator[str]:
    """Serve RAMOSE's specification once for each endpoint; yield the base URL."""
    server = f"127.0.0.1:{free_port()}"
    specs = [specification(name, url, place) for name, url in endpoints.items()]
    command = [python, "-m", "ramose", "-s", *specs, "-w", server, *options]
    with running(command, server, place):
        yield f"http://{server}/"


def specification(name: str, endpoint: str, place: Path) -> str:
    """Write RAMOSE's specification for an endpoint under the API of a name; return its path."""
    folder = shutil.copytree(HERE / "ramose", place / name)
    path = folder / "tipgraph.hf"
    text = path.read_text("utf-8").replace("#url /tipgraph\n", f"#url /{name}\n")
    text = text.replace("#endpoint ENDPOINT\n", f"#endpoint {endpoint}\n")
    path.write_text(text + OPERATIONS, "utf-8")
    return str(path)


@contextmanager
def running(command: list[str], server: str, place: Path) -> Iterator[None]:
    """Run a server until it is no longer needed; what it logs stands in `log` of the place."""
    with (place / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=place, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(server)
            yield
        finally:
            process.terminate()
            process.wait()


def wait_for(server: str) -> None:
    """Return when a server takes connections; raise TimeoutError when it does not."""
    host, _, port = server.partition(":")
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{server} does not start")


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


@contextmanager
def out_of_order(endpoint: str) -> Iterator[dict[str, str]]:
    """Serve endpoints with faults; yield their URLs by name."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(endpoint))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    try:
        named = {name: f"{base}/{name}" for name in ("page", "failing", "busy")}
        yield {**named, "down": f"http://127.0.0.1:{free_port()}/sparql"}
    finally:
        server.shutdown()
        server.server_close()


def handler(endpoint: str) -> type[BaseHTTPRequestHandler]:
    """Return a handler whose `busy` refuses each request once and then asks the endpoint."""
    refused: set[object] = set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name, _, query = self.path[1:].partition("?")
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = (self.headers.get("User-Agent"), self.path, body)
            if name == "page":
                self.give(200, "text/html", PAGE)
            elif name == "failing" or request not in refused:
                refused.add(request)
                self.give(503, "text/plain", b"Try again later.")
            else:
                self.forward(query, body)

        do_POST = do_GET  # noqa: N815

        def forward(self, query: str, body: bytes) -> None:
            kept = ("Accept", "Content-Type")
            headers = {key: self.headers[key] for key in kept if self.headers[key]}
            address = f"{endpoint}?{query}" if query else endpoint
            with urlopen(Request(address, body or None, headers)) as answer:
                self.give(answer.status, answer.headers["Content-Type"], answer.read())

        def give(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
