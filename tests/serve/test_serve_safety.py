"""What nobody may do by asking: stop the server, reach others through it, or look inside."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store
from reaching import reached
from serving import asking, serving

import tipgraph
from tipgraph import KnowledgeGraph
from tipgraph.errors import UsageError
from tipgraph.rdf.iris import layer_graph, term, thing
from tipgraph.serve.http.guard import HEADERS
from tipgraph.serve.http.guard import LONGEST as LONGEST_ADDRESS
from tipgraph.serve.protocol import LONGEST
from tipgraph.serve.workers import worker
from tipgraph.serve.workers.pool import Options, Workers
from tipgraph.serve.workers.worker import Question, RefusedError, TooLargeError

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def strict(kg: KnowledgeGraph) -> Iterator[httpx.Client]:
    """A client of a server that has one worker, and gives it little."""
    options = Options(workers=1, seconds=1, wait=0.3, answer=20_000, memory=500 * 2**20)
    with serving(kg, options) as address, asking(address) as client:
        while client.get("/sparql", params={"query": "ASK {}"}).status_code == 503:
            time.sleep(0.1)
        yield client


def test_a_runaway_query_is_stopped_in_time_and_its_worker_replaced(strict: httpx.Client) -> None:
    started = time.monotonic()
    answer = strict.get("/sparql", params={"query": RUNAWAY})
    assert answer.status_code == 504
    assert "more than 1 s" in answer.json()["detail"]
    assert time.monotonic() - started < 2.5
    assert strict.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_who_finds_no_worker_is_told_to_come_back(strict: httpx.Client) -> None:
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(strict.get, "/sparql", params={"query": RUNAWAY}) for _ in range(3)]
        answers = sorted((each.result() for each in asked), key=lambda answer: answer.status_code)
    assert [answer.status_code for answer in answers] == [503, 503, 504]
    assert answers[0].headers["retry-after"] == "1"
    assert "busy" in answers[0].json()["detail"]


def test_stored_questions_are_answered_meanwhile(strict: httpx.Client) -> None:
    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(strict.get, "/sparql", params={"query": RUNAWAY}) for _ in range(20)]
        taken = []
        while not all(each.done() for each in asked):
            started = time.monotonic()
            assert strict.get("/query/focal-points").status_code == 200
            taken.append(time.monotonic() - started)
    assert len(taken) > 10
    assert sorted(taken)[int(len(taken) * 0.99)] < 1


def test_an_answer_that_is_too_large_is_refused(strict: httpx.Client) -> None:
    for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        answer = strict.get("/sparql", params={"query": query})
        assert answer.status_code == 400
        assert "LIMIT" in answer.json()["detail"]


def test_a_query_that_eats_memory_loses_its_worker_alone(kg: KnowledgeGraph) -> None:
    options = Options(workers=1, seconds=30, memory=500 * 2**20)
    with serving(kg, options) as address, asking(address) as client:
        answer = client.get("/sparql", params={"query": HUNGRY})
        assert (answer.status_code, "500 MiB" in answer.text) == (400, True)
        assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9999/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT ?where { ?s ?p ?o } }",
        "SELECT * { { SELECT * { seRVice<http://127.0.0.1:9999/>{ ?s ?p ?o } } } }",
        "ASK { OPTIONAL { # '\n SERVICE <http://127.0.0.1:9999/> { ?s ?p ?o } } }",
    ],
)
def test_service_is_refused(web: httpx.Client, query: str) -> None:
    for answer in (
        web.get("/sparql", params={"query": query}),
        web.post("/sparql", data={"query": query}),
    ):
        assert (answer.status_code, "SERVICE" in answer.json()["detail"]) == (403, True)


def test_the_word_service_is_no_crime(web: httpx.Client) -> None:
    query = 'SELECT ("SERVICE <x>" AS ?service) {} # SERVICE'
    assert web.get("/sparql", params={"query": query}).status_code == 200


def test_a_worker_reaches_neither_network_nor_files() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        listening.settimeout(0.2)
        told, telling = get_context("spawn").Pipe(duplex=False)
        port = listening.getsockname()[1]
        process = get_context("spawn").Process(target=reached, args=(port, telling))
        process.start()
        assert told.poll(30)
        assert told.recv() == ["service", "socket", "file"]
        process.join()
        with pytest.raises(TimeoutError):
            listening.accept()


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        ("update=CLEAR+ALL", "application/x-www-form-urlencoded"),
        ("CLEAR ALL", "application/sparql-update"),
    ],
)
def test_updates_are_refused(web: httpx.Client, body: str, media_type: str) -> None:
    answer = web.post("/sparql", content=body, headers={"Content-Type": media_type})
    assert (answer.status_code, "update" in answer.json()["detail"]) == (403, True)


@pytest.mark.parametrize(
    "query",
    [
        *("CLEAR ALL", "INSERT DATA { <a:b> <a:b> <a:b> }", "LOAD <a:b>"),
        "PREFIX insert: <a:> # SELECT\ndelete where { ?s ?p ?o }",
    ],
)
def test_an_update_is_no_query(web: httpx.Client, query: str) -> None:
    for name in ("query", "update"):
        refused = web.get("/sparql", params={name: query})
        assert (refused.status_code, "update" in refused.json()["detail"]) == (403, True)


def test_a_request_that_is_too_long_is_refused(web: httpx.Client) -> None:
    long = web.post("/sparql", data={"query": "x" * LONGEST})
    assert (long.status_code, long.json()["status"]) == (413, 413)
    address = web.get("/sparql", params={"query": "x" * LONGEST_ADDRESS})
    assert (address.status_code, "POST" in address.json()["detail"]) == (414, True)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/dump/..%2f..%2fpyproject.toml",
        "/dump/%2fetc%2fpasswd",
        "/query/..%2f..%2fpyproject",
        "/query/checks%2f..%2ffocal-points",
        "/org/../../pyproject.toml",
        "/%00",
        "/org/%ff",
        "/org/a%20b%3Cscript%3E",
    ],
)
def test_no_path_leads_out(web: httpx.Client, path: str) -> None:
    raw = web.build_request("GET", "/")
    raw.url = raw.url.copy_with(raw_path=path.encode())
    answer = web.send(raw)
    assert answer.status_code == 404, answer.text
    assert "import" not in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/org/asean", "/query/", "/health", "/nowhere", "/sparql?query=x", "/static/x"]
)
def test_every_answer_is_guarded(web: httpx.Client, path: str) -> None:
    for headers in ({}, PAGE):
        answer = web.get(path, headers=headers)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert "unsafe" not in answer.headers["content-security-policy"]


def test_an_error_inside_tells_nothing_of_it(copy: Path) -> None:
    (copy / "queries" / "focal-points.rq").write_text("#+ title: [", "utf-8")
    with serving(tipgraph.load(copy)) as address, asking(address) as client:
        for headers in ({}, PAGE):
            answer = client.get("/query/focal-points", headers=headers)
            assert answer.status_code == 500
            assert str(copy) not in answer.text
            assert "Traceback" not in answer.text
        assert client.get("/query/organizations").status_code == 200
        assert "/query/focal-points" not in client.get("/openapi.json").json()["paths"]


def test_a_host_that_is_none_is_not_repeated(web: httpx.Client) -> None:
    for path in ("/sparql", "/.well-known/void"):
        answer = web.get(path, headers={"Host": "a<b>"})
        assert answer.status_code in {200, 400}
        assert "a<b>" not in answer.text


def test_too_many_arguments_are_refused(web: httpx.Client) -> None:
    many = "&".join(f"a{n}=1" for n in range(200))
    assert web.get(f"/query/focal-points?{many}").status_code == 400


def test_labels_come_back_as_text(kg: KnowledgeGraph) -> None:
    hostile = '"><script>alert(1)</script>\r\nX-Evil: 1'
    store = Store()
    store.bulk_load(kg.store.dump(format=RdfFormat.N_QUADS), format=RdfFormat.N_QUADS)
    label = Literal(hostile, language="en")
    node, graph = thing("org/asean"), layer_graph("catalog")
    store.add(Quad(node, term("skos:altLabel"), label, graph))
    with serving(KnowledgeGraph.of_store(kg.folder, store)) as address, asking(address) as client:
        names = client.get("/complete?text=script").json()["names"]
        assert names == [{"name": hostile, "iri": node.value}]
        for path in ("/org/asean", "/search?text=script", f"/search?text={'<script>alert(1)'}"):
            page = client.get(path, headers=PAGE)
            assert "x-evil" not in page.headers
            assert "<script>alert(1)" not in page.text


def test_whoever_gives_up_leaves_no_answer_for_the_next(kg: KnowledgeGraph) -> None:
    async def given_up() -> bytes:
        workers = Workers(kg.store, Options(workers=1))
        await workers.start()
        try:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(workers.answer(Question(RUNAWAY, results="text/csv")), 0.5)
            question = Question("SELECT (2 AS ?n) {}", results="text/csv")
            return (await workers.answer(question)).body
        finally:
            workers.stop()

    assert asyncio.run(given_up()) == b"n\r\n2\r\n"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_whoever_hangs_up_leaves_the_worker_free(method: str, kg: KnowledgeGraph) -> None:
    options = Options(workers=1, seconds=60, wait=5)
    asked: dict[str, Any] = {"params" if method == "GET" else "data": {"query": RUNAWAY}}
    with serving(kg, options) as address, asking(address) as client:
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        with pytest.raises(httpx.ReadTimeout):
            client.request(method, "/sparql", **asked, timeout=0.5)
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_a_worker_that_is_killed_is_followed_by_another(kg: KnowledgeGraph) -> None:
    async def killed() -> bool:
        before = {process.pid for process in active_children()}
        workers = Workers(kg.store, Options(workers=1))
        await workers.start()
        (started,) = [process for process in active_children() if process.pid not in before]
        try:
            asking = asyncio.create_task(workers.answer(Question(RUNAWAY, results="text/csv")))
            await asyncio.sleep(0.5)
            started.kill()
            with pytest.raises(RuntimeError, match="exit code -9"):
                await asking
            question = Question("ASK {}", results="application/sparql-results+json")
            return b"true" in (await workers.answer(question)).body
        finally:
            workers.stop()

    assert asyncio.run(killed())


@pytest.fixture
def loaded(kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """The work of a worker done in this process, on the graph."""
    monkeypatch.setattr(worker, "_store", kg.store)


@pytest.mark.usefixtures("loaded")
def test_a_worker_says_why_it_refuses() -> None:
    with pytest.raises(RefusedError):
        worker.answer(Question("ASK { SERVICE <a:b> {} }", results="text/csv"))
    with pytest.raises(TooLargeError, match="MiB"):
        worker.answer(Question("SELECT * { ?s ?p ?o }", results="text/csv", limit=100))
    with pytest.raises(UsageError, match="is not the IRI"):
        worker.answer(Question("ASK {}", ("a b",), results="text/csv"))
    with pytest.raises(worker.NotAcceptableError):
        worker.answer(Question("ASK {}"))


@pytest.mark.usefixtures("loaded")
def test_a_worker_answers_in_the_formats_it_is_told() -> None:
    rows = worker.answer(Question("SELECT (1 AS ?n) {}", results="text/csv"))
    assert (rows.media_type, rows.body) == ("text/csv", b"n\r\n1\r\n")
    query = "CONSTRUCT { <org/asean> a <org/x> } WHERE {}"
    triples = worker.answer(Question(query, triples="nt"))
    asean, x = thing("org/asean"), NamedNode(thing("org/x").value)
    assert triples.body.decode() == f"{asean} {term('rdf:type')} {x} .\n"
