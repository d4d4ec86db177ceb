"""The SPARQL 1.1 Protocol: the tests of the W3C that concern queries, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import rdflib
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, parse
from rdflib.collection import Collection
from serving import asking, serving

from tipgraph import KnowledgeGraph
from tipgraph.files.folder import Folder
from tipgraph.rdf.formats import GRAPH_TYPES, RESULT_TYPES
from tipgraph.rdf.iris import LAYERS

FOLDER = Path(__file__).parent / "protocol"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
DATA = "http://kasei.us/2009/09/sparql/data/"
TYPES = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        *("application/sparql-results+json", "application/sparql-results+xml"),
        *("text/csv", "text/tab-separated-values"),
    },
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"},
}


@dataclass(frozen=True)
class Exchange:
    """A request of a test of the manifest, and what the response has to be."""

    name: str
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: frozenset[str]
    format: str
    boolean: bool | None

    def __str__(self) -> str:
        return self.name


def exchanges() -> Iterator[Exchange]:
    manifest = rdflib.Graph().parse(FOLDER / "manifest.ttl")
    for test in manifest.subjects(rdflib.RDF.type, MF.ProtocolTest):
        name = str(test).rpartition("#")[2]
        requests = manifest.value(manifest.value(test, MF.action), HT.requests)
        if requests and "update" not in name:
            (request,) = Collection(manifest, requests)
            yield exchange(manifest, name, request)


def exchange(manifest: rdflib.Graph, name: str, request: rdflib.term.Node) -> Exchange:
    headers = manifest.value(request, HT.headers)
    body, response = manifest.value(request, HT.body), manifest.value(request, HT.resp)
    encoding = str(manifest.value(body, CNT.characterEncoding) or "UTF-8")
    truth = manifest.value(response, MF.expectedBoolean)
    statuses = manifest.objects(response, MF.expectedStatus)
    return Exchange(
        name,
        str(manifest.value(request, HT.methodName)),
        str(manifest.value(request, HT.absolutePath)).replace("/sparql/", "/sparql"),
        {
            str(manifest.value(header, HT.fieldName)): str(manifest.value(header, HT.fieldValue))
            for header in (Collection(manifest, headers) if headers else ())
        },
        str(manifest.value(body, CNT.chars) or "").encode(encoding),
        frozenset(str(status).rpartition("StatusCode")[2] for status in statuses),
        str(manifest.value(response, MF.expectedFormat) or ""),
        None if truth is None else bool(rdflib.Literal(truth).value),
    )


EXCHANGES = sorted(exchanges(), key=str)


@pytest.fixture(scope="module")
def w3c(folder: Folder) -> Iterator[httpx.Client]:
    """A client of a server with the data of the manifest."""
    store = Store()
    for path in FOLDER.glob("*.nt"):
        graph = NamedNode(f"{DATA}{path.stem}.rdf")
        for quad in parse(path=str(path), format=RdfFormat.N_TRIPLES):
            store.add(type(quad)(quad.subject, quad.predicate, quad.object, graph))
    with serving(KnowledgeGraph.of_store(folder, store)) as address, asking(address) as client:
        yield client


def test_the_manifest_has_its_queries() -> None:
    assert len(EXCHANGES) == 20


@pytest.mark.parametrize("exchange", EXCHANGES, ids=str)
def test_w3c(exchange: Exchange, w3c: httpx.Client) -> None:
    answer = w3c.request(
        exchange.method, exchange.path, headers=exchange.headers, content=exchange.body
    )
    assert f"{answer.status_code // 100}xx" in exchange.statuses, answer.text
    if exchange.format:
        assert answer.headers["content-type"].partition(";")[0] in TYPES[exchange.format]
    if exchange.boolean is not None:
        assert answer.json()["boolean"] is exchange.boolean


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        ("CONSTRUCT { <a:b> <a:9> '1' } {}", "application/rdf+xml"),
        ("CONSTRUCT { <a:b> rdf:li '1' } {}", "application/rdf+xml"),
        ("CONSTRUCT { <a:b> <a:c> '\\u000B' } {}", "application/rdf+xml"),
        ("SELECT ('\\u000B' AS ?x) {}", "application/sparql-results+xml"),
    ],
)
def test_what_xml_cannot_hold_is_refused(web: httpx.Client, query: str, accept: str) -> None:
    answer = web.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 406
    assert "take another format" in answer.json()["detail"]
    other = {"Accept": f"{accept};q=0.1, text/turtle, text/csv"}
    assert web.get("/sparql", params={"query": query}, headers=other).status_code == 200


BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
NAMES = "SELECT ?name { tiporg:asean skos:altLabel ?name }"
TRIPLES = "CONSTRUCT { ?s skos:altLabel ?name } WHERE { ?s skos:altLabel ?name } LIMIT 3"


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/xml", "application/sparql-results+xml"),
        ("text/csv, application/sparql-results+json;q=0.5", "text/csv; charset=utf-8"),
        ("text/csv;q=0.4, text/tab-separated-values;q=0.5", "text/tab-separated-values"),
        ("text/*", "text/csv; charset=utf-8"),
        ("*/*;q=0.1, text/csv;q=0", "application/sparql-results+json"),
    ],
)
def test_rows_come_as_accepted(web: httpx.Client, accept: str, given: str) -> None:
    answer = web.get("/sparql", params={"query": NAMES}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(given)
    assert "ASEAN" in answer.text


@pytest.mark.parametrize(
    ("accept", "given", "format"),
    [
        ("*/*", "text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", "application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json, text/turtle;q=0.9", "application/ld+json", RdfFormat.JSON_LD),
    ],
)
def test_triples_come_as_accepted(
    web: httpx.Client, accept: str, given: str, format: RdfFormat
) -> None:
    answer = web.get("/sparql", params={"query": TRIPLES}, headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == given
    assert len(list(parse(answer.content, format))) == 3


@pytest.mark.parametrize(
    ("query", "refused", "available"),
    [
        (NAMES, "text/turtle", RESULT_TYPES),
        ("ASK {}", "text/turtle", RESULT_TYPES),
        (TRIPLES, "text/csv", GRAPH_TYPES.values()),
        (TRIPLES, "image/png", GRAPH_TYPES.values()),
    ],
)
def test_what_is_accepted_by_nobody_is_told(
    web: httpx.Client, query: str, refused: str, available: Iterable[str]
) -> None:
    answer = web.get("/sparql", params={"query": query}, headers={"Accept": refused})
    assert answer.status_code == 406
    assert answer.json()["available"] == list(available)


def test_the_default_graph_is_the_union(web: httpx.Client, kg: KnowledgeGraph) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    found = web.get("/sparql", params={"query": count}).json()["results"]["bindings"]
    assert int(found[0]["n"]["value"]) == len(kg.store)


def test_graphs_are_those_named(web: httpx.Client) -> None:
    ask = {"query": "ASK { tiporg:asean a tip:Organization }"}
    layer = "https://w3id.org/tipgraph/graph/"
    named = {**ask, "default-graph-uri": f"{layer}catalog"}
    assert web.get("/sparql", params=named).json()["boolean"] is True
    assert (
        web.post("/sparql", data={**ask, "default-graph-uri": f"{layer}source"}).json()["boolean"]
        is False
    )
    wrong = web.get("/sparql", params={**ask, "default-graph-uri": "no IRI"})
    assert (wrong.status_code, wrong.json()["detail"]) == (
        400,
        "'no IRI' is not the IRI of a graph",
    )


def test_from_in_the_query_is_kept(web: httpx.Client) -> None:
    query = "ASK FROM <https://w3id.org/tipgraph/graph/source> { tiporg:asean a tip:Organization }"
    assert web.get("/sparql", params={"query": query}).json()["boolean"] is False


def test_the_bare_address_describes_the_service(web: httpx.Client, kg: KnowledgeGraph) -> None:
    answer = web.get("/sparql", headers={"Accept": "text/turtle"})
    assert " a sd:Service ;" in answer.text
    store = Store()
    store.load(answer.content, format=RdfFormat.TURTLE)
    found = store.query(
        """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
        PREFIX void: <http://rdfs.org/ns/void#>
        SELECT ?service (COUNT(DISTINCT ?graph) AS ?graphs) (SUM(?size) AS ?triples) {
          ?service a sd:Service ; sd:endpoint ?service ; sd:feature sd:UnionDefaultGraph ;
            sd:supportedLanguage sd:SPARQL11Query ;
            sd:defaultDataset/sd:namedGraph [ sd:name ?graph ; sd:graph/void:triples ?size ]
        } GROUP BY ?service"""
    )
    assert isinstance(found, QuerySolutions)
    ((service, graphs, triples),) = found
    assert service.value == str(web.base_url.join("/sparql"))
    assert (int(graphs.value), int(triples.value)) == (len(LAYERS), len(kg.store))


@pytest.mark.parametrize(
    ("query", "shown"),
    [(NAMES, "name\n-----\nASEAN\n"), ("ASK {}", "true\n"), ("ASK { <a> <b> <c> }", "false\n")],
)
def test_a_form_without_scripts_gets_a_text(web: httpx.Client, query: str, shown: str) -> None:
    answer = web.post("/sparql", data={"query": query}, headers=BROWSER)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == shown
    triples = web.post("/sparql", data={"query": TRIPLES}, headers=BROWSER)
    assert len(list(parse(triples.content, RdfFormat.TURTLE))) == 3
    wrong = web.post("/sparql", data={"query": "ASK {"}, headers=BROWSER)
    assert (wrong.status_code, wrong.headers["content-type"]) == (400, "text/html; charset=utf-8")


def test_an_empty_query_is_missing(web: httpx.Client) -> None:
    for answer in (web.get("/sparql?query="), web.post("/sparql", data={"query": " "})):
        assert (answer.status_code, answer.json()["detail"]) == (400, "query: is missing")
    assert web.get("/sparql?query=", headers=BROWSER).status_code == 200


def test_a_missing_query_is_told(web: httpx.Client) -> None:
    answer = web.post("/sparql", data={"default-graph-uri": "http://example.org/"})
    assert (answer.status_code, answer.json()["argument"]) == (400, "query")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_only_get_and_post_ask(web: httpx.Client, method: str) -> None:
    answer = web.request(method, "/sparql", params={"query": "ASK {}"})
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["allow"].split(", "))


def test_head_is_get_without_a_body(web: httpx.Client) -> None:
    answer = web.head("/sparql", params={"query": NAMES})
    assert (answer.status_code, answer.content) == (200, b"")


def test_scripts_of_other_sites_may_read(web: httpx.Client) -> None:
    origin = {"Origin": "https://example.org"}
    answer = web.get("/sparql", params={"query": "ASK {}"}, headers=origin)
    assert answer.headers["access-control-allow-origin"] == "*"
    preflight = {**origin, "Access-Control-Request-Method": "POST"}
    assert web.options("/sparql", headers=preflight).status_code == 200
