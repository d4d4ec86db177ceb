"""Load the server and its peers, in one run: `python -m benchmarks.serve` (needs wrk).

rdflib-endpoint and Virtuoso are measured where they are installed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlencode

import tipgraph
from tipgraph.ask.bind import bind
from tipgraph.files.folder import find_folder
from tipgraph.graph.engines.remote import GRAPHS
from tipgraph.graph.push import push
from tipgraph.rdf.sparql_text import with_prefixes

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from virtuoso import free_ports, running

CONNECTIONS = (4, 64)
SECONDS = 4
RESULTS = "application/sparql-results+json"
NAME, GIVEN = "instruments-of-organization", {"organization": "asean"}
LOOK_UP = "SELECT ?p ?o { tiporg:asean ?p ?o }"
AGGREGATE = """SELECT ?kind ?force (COUNT(DISTINCT ?i) AS ?n) (COUNT(DISTINCT ?o) AS ?organizations)
{ ?i dcterms:type ?kind ; tip:legalForce ?force ; tip:listedUnder ?o }
GROUP BY ?kind ?force ORDER BY DESC(?n)"""
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
RUNAWAYS = 50
EACH_TIME = "EACH-TIME"
"""Stands in an address for a number that is another one each time."""
SCRIPT = """n = 100
request = function()
  n = n %% 9900 + 1
  return wrk.format("GET", "%s", { Accept = "%s" })
end
"""
START = 60


@dataclass(frozen=True)
class Load:
    """What a server did under a load: answers a second, the slowest of 99 %, and failures."""

    rate: float
    p99: float
    failures: int

    def __str__(self) -> str:
        failed = f"  {self.failures} failed" if self.failures else ""
        return f"{self.rate:8.0f}/s {self.p99:8.1f} ms{failed}"


def main() -> None:
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed")
    stored = stored_question()
    with ExitStack() as stack:
        ours = stack.enter_context(started("-m", "tipgraph", "serve", "--port"))
        endpoints = {"tipgraph": f"{ours}/sparql", **peers(stack)}
        for title, text in (("look-up", LOOK_UP), ("aggregate", AGGREGATE)):
            show(title, {name: asking(name, url, text) for name, url in endpoints.items()})
        urls = {name: asking(name, url, stored) for name, url in endpoints.items()}
        urls["free SPARQL"] = urls.pop("tipgraph")
        answered = f"{ours}/query/{NAME}.srj?{urlencode(GIVEN)}"
        fresh = f"{answered}&limit={EACH_TIME}"
        show("stored question", {"tipgraph": answered, "each time anew": fresh, **urls})
        show("page of a country", {"tipgraph": f"{ours}/country/GHA.html?on=2010-01-01"})
        show_runaways(endpoints["tipgraph"], answered)


def stored_question() -> str:
    kg = tipgraph.load()
    return bind(kg.queries[NAME].text, kg.questions.bound(kg.queries[NAME], GIVEN).arguments)


def peers(stack: ExitStack) -> dict[str, str]:
    """Start the peers that are installed; return their endpoints."""
    found = {}
    bare = stack.enter_context(started("-m", "benchmarks.bare_server", "oxigraph"))
    found["bare"] = f"{bare}/sparql"
    if find_spec("rdflib_endpoint"):
        peer = stack.enter_context(started("-m", "benchmarks.bare_server", "rdflib"))
        found["rdflib-endpoint"] = f"{peer}/sparql"
    if shutil.which("virtuoso-t"):
        server = stack.enter_context(running())
        push(find_folder(), server.endpoint)
        found["virtuoso"] = server.endpoint
    return found


@contextmanager
def started(*command: str) -> Iterator[str]:
    """Run a server of our Python at a free port, given last; give its address."""
    (port,) = free_ports(1)
    process = subprocess.Popen(
        [sys.executable, *command, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/sparql?{urlencode({'query': 'SELECT * {}'})}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str) -> None:
    deadline = time.monotonic() + START
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def asking(name: str, endpoint: str, text: str) -> str:
    """Return the address that asks an endpoint a query; only Virtuoso has to be told the graphs."""
    graphs = [("default-graph-uri", graph) for graph in GRAPHS if name == "virtuoso"]
    return f"{endpoint}?{urlencode([('query', with_prefixes(text)), *graphs])}"


def show(title: str, urls: dict[str, str]) -> None:
    for connections in CONNECTIONS:
        print(f"{title}, {connections} connections")
        for name, url in urls.items():
            print(f"  {name:<16}{loaded(url, connections)}", flush=True)


def loaded(url: str, connections: int, seconds: int = SECONDS) -> Load:
    """Return what a server does when so many connections ask as fast as they are answered."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency"]
    with NamedTemporaryFile("w", suffix=".lua") as script:
        path = "/" + url.split("/", 3)[3].replace(EACH_TIME, '" .. n .. "')
        script.write(SCRIPT % (path, RESULTS))
        script.flush()
        command += ["-s", script.name, url]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    rate = re.search(r"Requests/sec: +([0-9.]+)", done.stdout)
    p99 = re.search(r"99% +([0-9.]+)(us|ms|s)", done.stdout)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", done.stdout)
    assert rate, done.stdout
    slowest = float(p99[1]) * {"us": 0.001, "ms": 1, "s": 1000}[p99[2]] if p99 else float("nan")
    return Load(float(rate[1]), slowest, int(failed[1]) if failed else 0)


def show_runaways(endpoint: str, question: str) -> None:
    """Print how a stored question is answered while many queries run that never end."""
    asked = [
        subprocess.Popen(
            ["curl", "--silent", "--max-time", "30", asking("tipgraph", endpoint, RUNAWAY)],
            stdout=subprocess.DEVNULL,
        )
        for _ in range(RUNAWAYS)
    ]
    print(f"stored question, 4 connections, {RUNAWAYS} runaway queries at once")
    print(f"  {'tipgraph':<16}{loaded(question, 4)}")
    for process in asked:
        process.wait()


if __name__ == "__main__":
    main()
