"""SPARQL clients that others wrote ask our endpoint, and get the rows of the Python interface."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from virtuoso import Virtuoso, needed, running

import tipgraph
from tipgraph import KnowledgeGraph
from tipgraph.ask.answer import Answer

ROOT = Path(__file__).resolve().parents[2]
READERS = ROOT / "tests" / "readers"
IN_CI = os.environ.get("CI") == "true"
QUERY = """PREFIX tip: <https://w3id.org/tipgraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?body ?name WHERE { ?body a tip:IssuingBody ; skos:prefLabel ?name } ORDER BY ?body"""
TRIPLES = QUERY.replace("SELECT ?body ?name", "CONSTRUCT { ?body skos:prefLabel ?name }")


@pytest.fixture(scope="module")
def endpoint(served: str) -> str:
    return f"{served}/sparql"


@pytest.fixture(scope="module")
def bodies(kg: KnowledgeGraph) -> list[tuple[str, str]]:
    found = kg.sparql(QUERY)
    assert isinstance(found, Answer)
    assert len(found) > 10
    return [(str(row["body"]), str(row["name"])) for row in found]


def rows_of(client: SPARQLWrapper) -> list[tuple[str, str]]:
    found = json.load(client.query().response)["results"]["bindings"]
    return [(row["body"]["value"], row["name"]["value"]) for row in found]


def test_our_own_client_gets_the_same_rows(kg: KnowledgeGraph, endpoint: str) -> None:
    remote = tipgraph.connect(endpoint, ROOT)
    for name, query in kg.queries.read()[0].items():
        if query.services:
            continue
        if query.form == "SELECT":
            ours = kg.query(name, None, 1, **query.example)
            assert remote.query(name, None, 1, **query.example).rows == ours.rows, name
        else:
            found = remote.construct(name, **query.example)
            assert found == kg.construct(name, **query.example), name


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("only_conneg", [True, False])
def test_sparqlwrapper_reads_json(
    endpoint: str, bodies: list[tuple[str, str]], method: str, only_conneg: bool
) -> None:
    client = SPARQLWrapper(endpoint, returnFormat=JSON)
    client.setQuery(QUERY)
    client.setMethod(method)
    client.setOnlyConneg(only_conneg)
    assert rows_of(client) == bodies


@pytest.mark.parametrize(
    ("asked", "format"),
    [(XML, QueryResultsFormat.XML), (TSV, QueryResultsFormat.TSV), (CSV, None)],
)
def test_sparqlwrapper_reads_other_formats(
    endpoint: str, bodies: list[tuple[str, str]], asked: str, format: QueryResultsFormat | None
) -> None:
    client = SPARQLWrapper(endpoint, returnFormat=asked)
    client.setQuery(QUERY)
    client.setOnlyConneg(True)
    body = client.query().response.read()
    if format is None:
        assert len(body.decode().splitlines()) == len(bodies) + 1
        return
    found = parse_query_results(body, format=format)
    assert isinstance(found, QuerySolutions)
    assert [(body.value, name.value) for body, name in found] == bodies


@pytest.mark.parametrize(
    ("asked", "format"),
    [(TURTLE, RdfFormat.TURTLE), (RDFXML, RdfFormat.RDF_XML), (JSONLD, RdfFormat.JSON_LD)],
)
def test_sparqlwrapper_reads_triples(
    endpoint: str, bodies: list[tuple[str, str]], asked: str, format: RdfFormat
) -> None:
    client = SPARQLWrapper(endpoint, returnFormat=asked)
    client.setQuery(TRIPLES)
    client.setOnlyConneg(True)
    found = parse(client.query().response.read(), format)
    assert {(quad.subject.value, quad.object.value) for quad in found} == set(bodies)


def test_rdflib_takes_it_for_a_store(endpoint: str, bodies: list[tuple[str, str]]) -> None:
    graph = rdflib.Graph(SPARQLStore(endpoint, returnFormat="json"))
    assert [(str(body), str(name)) for body, name in graph.query(QUERY)] == bodies  # type: ignore[misc]
    label = rdflib.URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    assert (None, label, rdflib.Literal(bodies[0][1], lang="en")) in graph


@pytest.mark.parametrize(
    "options",
    [
        ["--get", "--data-urlencode", f"query={QUERY}"],
        ["--data-urlencode", f"query={QUERY}"],
        ["-H", "Content-Type: application/sparql-query", "--data-binary", QUERY],
    ],
    ids=["get", "form", "direct"],
)
def test_curl_asks_in_three_ways(
    endpoint: str, bodies: list[tuple[str, str]], options: list[str]
) -> None:
    needed("curl")
    command = ["curl", "--silent", "--fail", "-H", "Accept: text/csv", *options, endpoint]
    done = subprocess.run(command, capture_output=True, check=True, timeout=30)
    assert len(done.stdout.decode().splitlines()) == len(bodies) + 1


def test_comunica_gets_the_rows(endpoint: str, bodies: list[tuple[str, str]]) -> None:
    if not IN_CI and not (shutil.which("node") and (READERS / "node_modules").is_dir()):
        pytest.skip("node with Comunica is not installed (make readers)")
    command = ["node", "ask.js", endpoint, QUERY]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=120, cwd=READERS
    )
    rows = map(json.loads, done.stdout.splitlines())
    assert [(row["body"], row["name"]) for row in rows] == bodies


@pytest.fixture(scope="module")
def virtuoso() -> Iterator[Virtuoso]:
    with running() as server:
        server.sql('GRANT SPARQL_SELECT_FED TO "SPARQL"')
        yield server


def test_virtuoso_reaches_it_by_service(
    virtuoso: Virtuoso, endpoint: str, bodies: list[tuple[str, str]]
) -> None:
    head, _, rest = QUERY.partition("WHERE {")
    pattern, _, order = rest.rpartition("}")
    client = SPARQLWrapper(virtuoso.endpoint, returnFormat=JSON)
    client.setQuery(f"{head} WHERE {{ SERVICE <{endpoint}> {{ {pattern} }} }} {order}")
    client.setOnlyConneg(True)
    assert rows_of(client) == bodies


def test_a_dump_reads_back(served: str, kg: KnowledgeGraph, tmp_path: Path) -> None:
    needed("curl")
    path = tmp_path / "tipgraph.nq"
    command = ["curl", "--silent", "--fail", "-o", str(path), f"{served}/dump/tipgraph.nq"]
    subprocess.run(command, check=True, timeout=60)
    assert sum(1 for _ in parse(path=str(path), format=RdfFormat.N_QUADS)) == len(kg.store)
