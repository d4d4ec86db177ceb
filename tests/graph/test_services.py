"""SERVICE: no endpoint is asked that was not allowed by name, and none is waited for in vain."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread

import pytest
from conftest import Run, assert_refused, examples
from hostile_server import Hostile, hostile_server
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

import tipgraph
from tipgraph import KnowledgeGraph, UsageError
from tipgraph.errors import EngineError
from tipgraph.graph.engines.engine import Engine, Solutions
from tipgraph.graph.engines.federated import Federated
from tipgraph.graph.engines.opener import leads_inside
from tipgraph.graph.engines.oxigraph import Oxigraph
from tipgraph.graph.engines.rdflib import Rdflib
from tipgraph.graph.engines.remote import RemoteEngine
from tipgraph.graph.engines.services import check_services
from tipgraph.rdf.sparql_text import services

WAYS = (
    "SELECT ?s {{ SERVICE <{}> {{ ?s ?p ?o }} }}",
    "SELECT ?s {{ service silent <{}> {{ ?s ?p ?o }} }}",
    "PREFIX e: <{}> SELECT ?s {{ SERVICE e: {{ ?s ?p ?o }} }}",
    "SELECT ?s {{ OPTIONAL {{ SERVICE # here\n <{}> {{ ?s ?p ?o }} }} }}",
    "SELECT ?s {{ \\u0053ERVICE <{}> {{ ?s ?p ?o }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }} }} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <{}> {{ ?s ?p ?o }} }} }}",
    "ASK {{ BIND('\\u0027' AS ?x) SERVICE <{}> {{ ?s ?p ?o }} BIND('\\u0027' AS ?y) }}",
)
HARMLESS = (
    "SELECT ?service { ?service ?p 'SERVICE <http://x/>' }",
    "PREFIX service: <http://x/service/> ASK { service:service a ?service }",
    "ASK { ?s ?p <http://x/SERVICE> } # SERVICE <http://x/> {}",
)


@pytest.fixture
def other() -> Iterator[Hostile]:
    with hostile_server() as server:
        yield server


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["oxigraph", "rdflib", "remote"])
def test_no_endpoint_is_asked_unless_it_is_allowed(name: str, way: str, other: Hostile) -> None:
    engines: dict[str, Engine] = {
        "oxigraph": Oxigraph(Store()),
        "rdflib": Rdflib.of(Store()),
        "remote": RemoteEngine(other.url("good")),
    }
    url = other.url("service")
    for engine in (engines[name], Federated(engines[name], {"http://other.example/"})):
        with pytest.raises(UsageError, match=f"'{url}' with SERVICE, .* --allow-service {url}"):
            engine.query(way.format(url))
    assert other.seen == []


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_elsewhere_is_harmless(text: str) -> None:
    assert services(text) == ()


def test_an_endpoint_that_is_not_written_out_is_refused() -> None:
    with pytest.raises(UsageError, match=r"SERVICE \?where: the endpoint must be written out"):
        check_services("ASK { SERVICE ?where { ?s ?p ?o } }", {"http://x/"})


@pytest.mark.parametrize("engine", [Oxigraph(Store()), Rdflib.of(Store())])
def test_an_allowed_endpoint_is_asked(engine: Engine, other: Hostile) -> None:
    url = other.url("good")
    found = Federated(engine, {url}).query(WAYS[0].format(url))
    assert isinstance(found, Solutions)
    assert [str(term) for row in found.rows for term in row] == [
        "<https://w3id.org/tipgraph/org/asean>"
    ]


@pytest.mark.parametrize("path", ["html", "cut", "rows"])
def test_an_endpoint_that_fails_is_named_and_never_nothing(path: str, other: Hostile) -> None:
    url = other.url(path)
    with pytest.raises(EngineError, match=url):
        Federated(Oxigraph(Store()), {url}).query(WAYS[0].format(url))


def test_an_endpoint_may_fail_where_the_query_says_so(other: Hostile) -> None:
    url = other.url("html")
    found = Federated(Oxigraph(Store()), {url}).query(WAYS[1].format(url))
    assert isinstance(found, Solutions)
    assert found.rows == ((None,),)


def test_the_command_asks_with_permission_only(run: Run, other: Hostile) -> None:
    text = WAYS[0].format(other.url("good"))
    assert_refused(run("sparql", text), 2)
    assert run("sparql", text, "--allow-service", other.url("good"), "--format", "csv").code == 0
    assert len(other.seen) == 1


def test_python_asks_with_permission_only(other: Hostile) -> None:
    text = WAYS[0].format(other.url("good"))
    with pytest.raises(UsageError, match="not allowed"):
        tipgraph.load().sparql(text)
    assert tipgraph.load(services=[other.url("good")]).sparql(text)


BEFORE = ("", " ", "true", "1", "1.5e3", "{{}} UNION {{}}", "OPTIONAL {{}} ", "#c\n", "UNION", "\t")
SPELT = ("SERVICE", "service", "SeRvIcE", "\\u0053ERVICE", "S\\U00000045RVICE")
SILENT = ("", " SILENT", "SILENT", "silent ", " #c\n SILENT ")
ENDPOINT = ("<{url}>", " <{url}>", "x:", ":a", " x:", "#c\n<{url}>", "?e")


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[object]]]:
    """A port of this machine, and who has come to it."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            with suppress(OSError):
                while True:
                    connection, address = server.accept()
                    came.append(address)
                    connection.close()

        Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", came


@examples(150, 2000)
@given(st.tuples(*map(st.sampled_from, (BEFORE, SPELT, SILENT, ENDPOINT))))
def test_no_spelling_of_service_goes_out(
    listener: tuple[str, list[object]], kg: KnowledgeGraph, spelling: tuple[str, ...]
) -> None:
    url, came = listener
    service = "".join(spelling).format(url=url)
    text = f"PREFIX x: <{url}> PREFIX : <{url}> SELECT * {{ {service} {{ ?s ?p 1 }} }}"
    with suppress(UsageError):
        kg.sparql(text)
    assert came == []


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX service: <http://x/> ASK { ?s service:p ?o }",
        "PREFIX x: <http://x/> ASK { ?s x:service ?service . FILTER (?s != x:myService) }",
        "ASK { ?s rdfs:label 'SERVICE <http://x/> {' } # SERVICE <http://x/> {",
    ],
)
def test_a_name_with_the_word_in_it_is_no_service(kg: KnowledgeGraph, text: str) -> None:
    assert kg.sparql(text) is False


@pytest.mark.parametrize("path", ["redirect", "redirect-post"])
def test_a_redirect_to_another_server_inside_is_not_followed(path: str) -> None:
    with hostile_server() as allowed, hostile_server() as other:
        allowed.elsewhere = other.url("good")
        kg = tipgraph.load(services=[allowed.url(path)])
        text = f"SELECT * {{ SERVICE <{allowed.url(path)}> {{ ?s ?p ?o }} }}"
        with pytest.raises(EngineError, match="a redirect that can't be followed"):
            kg.sparql(text)
        assert other.seen == []


@pytest.mark.parametrize(
    ("url", "is_inside"),
    [
        ("http://127.0.0.1/", True),
        ("http://[::1]/", True),
        ("http://10.0.0.1/", True),
        ("http://192.168.1.1/", True),
        ("http://169.254.169.254/latest", True),
        ("http://2130706433/", True),
        ("http://0x7f.1/", True),
        ("http://localhost/", True),
        ("http://[::ffff:127.0.0.1]/", True),
        ("http://0.0.0.0/", True),
        ("http://[64:ff9b::7f00:1]/", True),
        ("http://[2002:7f00:1::]/", True),
        ("http://[2002:a00:1::1]/", True),
        ("http://224.0.0.1/", True),
        ("http://[ff02::1]/", True),
        ("http://[64:ff9b::808:808]/", False),
        ("http://[2002:808:808::]/", False),
        ("http://8.8.8.8/", False),
        ("http://1.1.1.1/", False),
    ],
)
def test_what_leads_inside_is_known_by_its_address(url: str, is_inside: bool) -> None:
    assert leads_inside(url, "https://8.8.4.4/sparql") is is_inside
    assert not leads_inside(url, url)
