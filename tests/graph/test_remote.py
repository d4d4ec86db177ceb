"""An endpoint gives the right answer or one true line, never an empty answer for a failure."""

from __future__ import annotations

import base64
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_server import Hostile, hostile_server
from pyoxigraph import BlankNode, Literal, NamedNode
from virtuoso import Virtuoso, free_ports, needed, running

from tipgraph.errors import EngineError, UsageError
from tipgraph.graph.engines.endpoint import Limits
from tipgraph.graph.engines.engine import Graph, Solutions
from tipgraph.graph.engines.remote import GRAPHS, RemoteEngine

SELECT = "SELECT ?s WHERE { ?s a tip:Organization }"
CONSTRUCT = "CONSTRUCT WHERE { ?s a tip:Organization }"
ASEAN = Solutions(("s",), ((NamedNode("https://w3id.org/tipgraph/org/asean"),),))
TIGHT = Limits(seconds=0.4, size=50_000)
LOGIN = "TIPGRAPH_ENDPOINT_USER and TIPGRAPH_ENDPOINT_PASSWORD"
NO_ACCESS = f"no access; a login, Basic or Digest, comes from {LOGIN}"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.delenv("TIPGRAPH_ENDPOINT_USER", raising=False)
    monkeypatch.delenv("TIPGRAPH_ENDPOINT_PASSWORD", raising=False)


@pytest.fixture
def login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPGRAPH_ENDPOINT_USER", "someone")
    monkeypatch.setenv("TIPGRAPH_ENDPOINT_PASSWORD", "s:cret")


@pytest.fixture(scope="module")
def server() -> Iterator[Hostile]:
    with hostile_server() as running_server:
        yield running_server


@pytest.fixture
def hostile(server: Hostile) -> Hostile:
    server.seen.clear()
    return server


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a certificate that nobody vouches for, and its key."""
    needed("openssl")
    file = tmp_path_factory.mktemp("tls") / "certificate.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=x"
    name = ["-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(file), "-out", f"{file}.crt"]
    subprocess.run([*command.split(), *name, *files], check=True, capture_output=True)
    file.write_bytes(file.read_bytes() + Path(f"{file}.crt").read_bytes())
    return file


@pytest.fixture(scope="module")
def secure(certificate: Path) -> Iterator[Hostile]:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with hostile_server(tls) as running_server:
        yield running_server


@pytest.fixture
def trusting(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@pytest.fixture(scope="module")
def few_rows() -> Iterator[Virtuoso]:
    with running(rows=10) as virtuoso:
        yield virtuoso


def refusal(url: str, text: str = SELECT, limits: Limits | None = None) -> str:
    """Return the line that tells why there is no answer, without the URL it begins with."""
    with pytest.raises(EngineError) as caught:
        RemoteEngine(url, limits, lambda _: None).query(text)
    line = str(caught.value)
    assert caught.value.exit_code == 3
    assert line.isprintable()
    assert line.startswith(f"{url}: ")
    return line.removeprefix(f"{url}: ")


NOT_JSON = "not application/sparql-results+json; check the URL"
REFUSALS = [
    ("html", f"it answers with text/html, {NOT_JSON}"),
    ("text", f"it answers with text/plain, {NOT_JSON}"),
    ("xml", f"it answers with application/sparql-results+xml, {NOT_JSON}"),
    ("untyped", f"it answers with no media type, {NOT_JSON}"),
    ("html-500", "HTTP 500, the endpoint fails"),
    ("empty", "broken SPARQL results: Parser error at line 1 column 1"),
    ("broken-json", "broken SPARQL results: Parser error at line 1"),
    ("cut-json", "broken SPARQL results: Parser error at line 1"),
    ("bad-term", "broken SPARQL results: Invalid uri value: Invalid IRI code point ' '"),
    ("yes", "it answers SELECT with yes or no"),
    ("cut-rows", "the endpoint cuts the answer at 10000 rows; ask for less"),
    ("anytime", "the endpoint breaks the answer off: S1TAT RC...: incomplete"),
    ("400", "HTTP 400, the endpoint refuses what it is asked: Error[31m: no such function"),
    ("403", f"HTTP 403, {NO_ACCESS}"),
    ("404", "HTTP 404, there is no endpoint; check the URL"),
    ("418", f"HTTP 418, the endpoint refuses: {'x' * 200}"),
    ("never", f"HTTP 401, {NO_ACCESS}"),
    ("503-long", "HTTP 503, the endpoint is busy; try again later (it asks to wait 3600 s)"),
    ("redirect-file", "HTTP 302, a redirect that can't be followed; check the URL"),
    ("redirect-ftp", "HTTP 302, a redirect that can't be followed; check the URL: ftp:"),
    ("redirect-odd", "the answer is not proper HTTP; check the URL"),
    ("redirect-loop", "HTTP 302, a redirect that can't be followed; check the URL"),
    ("redirect-nowhere", "HTTP 302, a redirect that can't be followed; check the URL"),
    ("not-http", "the answer is not proper HTTP; check the URL"),
]


@pytest.mark.parametrize(("path", "message"), REFUSALS)
def test_a_bad_answer_is_one_true_line(hostile: Hostile, path: str, message: str) -> None:
    assert refusal(hostile.url(path)).startswith(message)
    assert hostile.times(path) == 1 or path == "redirect-loop"


PASSING = [
    ("503", "HTTP 503, the endpoint is busy; try again later"),
    ("502", "HTTP 502, the endpoint fails: bad gateway"),
    ("reset", "the connection broke off; try again later"),
    ("cut-body", "the answer is cut off; try again later"),
    ("cut-chunks", "the answer is cut off; try again later"),
]


@pytest.mark.parametrize(("path", "message"), PASSING)
def test_what_may_pass_is_tried_three_times(hostile: Hostile, path: str, message: str) -> None:
    assert refusal(hostile.url(path)) == message
    assert hostile.times(path) == 3


@pytest.mark.parametrize(
    ("path", "least", "most"),
    [("429-once", 7, 7), ("503-once", 15, 20), ("503-soon", 0, 0), ("503-vague", 1, 1)],
)
def test_a_busy_endpoint_is_asked_again_when_it_says(
    hostile: Hostile, path: str, least: float, most: float
) -> None:
    waits: list[float] = []
    assert RemoteEngine(hostile.url(path), None, waits.append).query(SELECT) == ASEAN
    assert least <= waits[0] <= most
    assert len(waits) == 1


def test_a_broken_connection_heals(hostile: Hostile) -> None:
    engine = RemoteEngine(hostile.url("reset-once"), None, lambda _: None)
    assert engine.query(SELECT) == ASEAN


def test_no_wait_goes_beyond_the_time_there_is(hostile: Hostile) -> None:
    assert "(it asks to wait 7 s)" in refusal(hostile.url("429-once"), limits=Limits(seconds=5))


@pytest.mark.parametrize("path", ["slow", "drip", "drip-headers", "drip-500"])
def test_a_slow_answer_ends_in_time(hostile: Hostile, path: str) -> None:
    start = time.monotonic()
    message = refusal(hostile.url(path), limits=TIGHT)
    assert message == "no whole answer in time; ask for less or try again later"
    assert time.monotonic() - start < 1.5
    assert hostile.times(path) == 1


def test_an_endless_answer_is_not_swallowed(hostile: Hostile) -> None:
    message = refusal(hostile.url("endless"), limits=Limits(size=50_000))
    assert message == "the answer is larger than 50,000 bytes; ask for less"


def test_nobody_there() -> None:
    (port,) = free_ports(1)
    message = refusal(f"http://127.0.0.1:{port}/sparql")
    assert message == "nobody answers; check the URL and whether the endpoint runs"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (socket.gaierror(-2, "Name or service not known"), "the host is not found; check the URL"),
        (OSError(101, "Network is unreachable"), "can't be reached: [Errno 101] Network is"),
    ],
)
def test_a_host_that_is_not_reached(
    monkeypatch: pytest.MonkeyPatch, error: OSError, message: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert refusal("http://endpoint.example/sparql").startswith(message)


def test_a_host_that_can_be_none() -> None:
    assert refusal("http://a..b/sparql") == "the host is not found; check the URL"


def test_no_secure_connection(hostile: Hostile) -> None:
    url = hostile.url("good").replace("http:", "https:")
    assert refusal(url).startswith("no secure connection: [SSL")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("html", "it answers with text/html, not application/n-triples; check the URL"),
        ("good", "it answers with application/sparql-results+json, not application/n-triples"),
        ("broken-triples", "broken RDF: Parser error at line 1"),
        ("like-virtuoso", "the endpoint cuts the answer at 3 rows; ask for less"),
    ],
)
def test_a_bad_graph_is_one_true_line(hostile: Hostile, path: str, message: str) -> None:
    assert refusal(hostile.url(path), CONSTRUCT).startswith(message)


def test_rows_are_no_yes(hostile: Hostile) -> None:
    assert refusal(hostile.url("good"), "ASK {}") == "it answers ASK with rows"


def test_a_graph_that_is_not_there_is_not_empty(hostile: Hostile) -> None:
    message = "the graph is not there, or not whole; load it with 'tipgraph push'"
    assert refusal(hostile.url("unloaded")) == message
    assert refusal(hostile.url("unloaded"), "ASK { ?s a tip:Body }") == message
    text = "SELECT ?s FROM <http://x/g> WHERE { ?s ?p ?o }"
    assert RemoteEngine(hostile.url("unloaded")).query(text) == Solutions(("s",), ())


def test_good_answers(hostile: Hostile) -> None:
    assert RemoteEngine(hostile.url("good")).query(SELECT) == ASEAN
    assert RemoteEngine(hostile.url("json")).query(SELECT) == ASEAN
    assert RemoteEngine(hostile.url("yes")).query("ASK { ?s ?p ?o }") is True
    graph = RemoteEngine(hostile.url("triples")).query(CONSTRUCT)
    assert isinstance(graph, Graph)
    assert {triple.object for triple in graph.triples} == {Literal(1)}


def test_what_is_asked(hostile: Hostile) -> None:
    RemoteEngine(hostile.url("good")).query(SELECT)
    (seen,) = hostile.seen
    prefix = "PREFIX tip: <https://w3id.org/tipgraph/ontology#>"
    assert seen.method == "GET"
    assert seen.parameters == {
        "query": [f"{prefix} {SELECT}"],
        "default-graph-uri": list(GRAPHS),
        "named-graph-uri": list(GRAPHS),
    }
    assert seen.headers["accept"] == "application/sparql-results+json"
    assert seen.headers["accept-encoding"] == "identity"
    assert re.fullmatch(
        r"tipgraph/\S+ \(\+https://w3id\.org/tipgraph/\)", seen.headers["user-agent"]
    )


def test_a_query_that_says_from_is_left_its_graphs(hostile: Hostile) -> None:
    RemoteEngine(hostile.url("good")).query("SELECT ?s FROM <http://x/g> WHERE { ?s ?p ?o }")
    assert list(hostile.seen[0].parameters) == ["query"]


def test_a_long_query_is_posted(hostile: Hostile) -> None:
    text = f"SELECT ?s WHERE {{ ?s ?p '{'é' * 1000}' }}"
    assert RemoteEngine(hostile.url("good")).query(text) == ASEAN
    assert hostile.seen[0].method == "POST"
    assert hostile.seen[0].parameters["query"] == [text]
    assert hostile.seen[0].parameters["default-graph-uri"] == list(GRAPHS)


URLS = [
    ("ftp://x/sparql", "'ftp://x/sparql' is no endpoint's URL, as http://localhost:8890/sparql"),
    ("localhost:8890/sparql", "is no endpoint's URL"),
    ("http:///sparql", "is no endpoint's URL"),
    ("http://x/sparql?format=json", "is no endpoint's URL"),
    ("http://x/sparql#x", "is no endpoint's URL"),
    ("http://x/spar ql", "is no endpoint's URL"),
    ("http://x/sparql\n", "is no endpoint's URL"),
    ("http://x:port/sparql", "'http://x:port/sparql' is no URL"),
    ("http://[x/sparql", "'http://[x/sparql' is no URL"),
    ("", "is no endpoint's URL"),
]


@pytest.mark.parametrize(("url", "message"), URLS)
def test_a_wrong_url_is_said_at_once(url: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        RemoteEngine(url)
    assert message in str(caught.value)


def test_a_login_in_the_url_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as caught:
        RemoteEngine("http://someone:s3cret@x/sparql")
    assert LOGIN in str(caught.value)
    assert "s3cret" not in str(caught.value)


@pytest.mark.usefixtures("login")
@pytest.mark.parametrize("path", ["basic", "digest"])
def test_a_login_is_given_when_asked_for(hostile: Hostile, path: str) -> None:
    assert RemoteEngine(hostile.url(path)).query(SELECT) == ASEAN
    first, second = (seen.headers.get("authorization", "") for seen in hostile.seen)
    assert first == ""
    basic = "Basic " + base64.b64encode(b"someone:s:cret").decode()
    assert second == basic if path == "basic" else second.startswith('Digest username="someone"')


@pytest.mark.usefixtures("login")
@pytest.mark.parametrize("path", ["never", "never-digest", "negotiate"])
def test_a_login_that_is_not_taken(hostile: Hostile, path: str) -> None:
    assert refusal(hostile.url(path)).startswith(f"HTTP 401, {NO_ACCESS}")


@pytest.mark.usefixtures("login")
def test_a_digest_of_an_unknown_kind(hostile: Hostile) -> None:
    assert refusal(hostile.url("digest-odd")) == "qop 'auth-int' is not supported."


@pytest.mark.usefixtures("login")
@pytest.mark.parametrize("path", ["basic", "digest", "good"])
def test_a_login_is_never_given_to_where_a_redirect_leads(hostile: Hostile, path: str) -> None:
    with hostile_server() as other:
        hostile.elsewhere = other.url(path)
        engine = RemoteEngine(hostile.url("redirect"))
        if path == "good":
            assert engine.query(SELECT) == ASEAN
        else:
            assert refusal(hostile.url("redirect")).startswith("HTTP 401, no access")
        assert other.seen
        assert not any("authorization" in seen.headers for seen in [*other.seen, *hostile.seen])


def test_a_redirect_never_loses_the_query(hostile: Hostile) -> None:
    hostile.elsewhere = hostile.url("good")
    long = f"SELECT ?s WHERE {{ ?s ?p '{'x' * 3000}' }}"
    for path in ("redirect", "redirect-post"):
        message = f"a redirect that can't be followed; check the URL: {hostile.elsewhere}"
        assert refusal(hostile.url(path), long).endswith(message)


def test_a_certificate_is_checked(secure: Hostile) -> None:
    message = "no secure connection: [SSL: CERTIFICATE_VERIFY_FAILED]"
    assert refusal(secure.url("good")).startswith(message)


@pytest.mark.usefixtures("trusting")
def test_a_redirect_never_loses_encryption(secure: Hostile, hostile: Hostile) -> None:
    assert RemoteEngine(secure.url("good")).query(SELECT) == ASEAN
    secure.elsewhere = secure.url("good")
    assert RemoteEngine(secure.url("redirect")).query(SELECT) == ASEAN
    secure.elsewhere = hostile.url("good")
    message = f"HTTP 302, a redirect that can't be followed; check the URL: {secure.elsewhere}"
    assert refusal(secure.url("redirect")) == message
    assert not hostile.seen


@pytest.mark.parametrize("form", ["SELECT *", "CONSTRUCT { ?s ?p ?o }"])
def test_virtuoso_never_cuts_an_answer_unseen(few_rows: Virtuoso, form: str) -> None:
    text = f"{form} FROM <http://www.openlinksw.com/schemas/virtrdf#> WHERE {{ ?s ?p ?o }}"
    engine = RemoteEngine(few_rows.endpoint)
    for limit in (8, 9):
        assert engine.query(f"{text} LIMIT {limit}")
    assert (
        refusal(few_rows.endpoint, text) == "the endpoint cuts the answer at 10 rows; ask for less"
    )


def test_virtuoso_writes_blank_nodes_and_yes(few_rows: Virtuoso) -> None:
    few_rows.sql("DB.DBA.TTLP('_:a <http://x/p> <http://x/o> .', '', 'http://x/blank')")
    engine = RemoteEngine(few_rows.endpoint)
    rows = engine.query("SELECT ?s FROM <http://x/blank> WHERE { ?s ?p ?o }")
    assert isinstance(rows, Solutions)
    assert isinstance(rows.rows[0][0], BlankNode)
    assert engine.query("ASK FROM <http://x/blank> { ?s <http://x/p> ?o }") is True
    assert engine.query("ASK FROM <http://x/blank> { ?s <http://x/q> ?o }") is False


def test_other_columns_than_asked_for_are_no_answer(hostile: Hostile) -> None:
    text = "SELECT ?s ?name { ?s a tip:Organization ; skos:prefLabel ?name }"
    assert refusal(hostile.url("good"), text) == "it answers with the columns s, not s, name"


def test_columns_come_in_the_order_of_the_query(hostile: Hostile) -> None:
    engine = RemoteEngine(hostile.url("turned"))
    found = engine.query("SELECT ?a ?b { ?a ?p ?b }")
    assert found == Solutions(("a", "b"), ((Literal("1"), Literal("2")),))
    found = engine.query("SELECT * { ?a ?p ?b }")
    assert found == Solutions(("b", "a"), ((Literal("2"), Literal("1")),))
