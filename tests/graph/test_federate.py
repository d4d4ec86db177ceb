"""Federated questions: asked of a real second graph, about what this one has alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Run, assert_refused
from hostile_server import hostile_server
from other_graph import FOLDER
from pyoxigraph import NamedNode, Quad, Store
from virtuoso import Virtuoso

import tipgraph
from tipgraph import KnowledgeGraph, UsageError
from tipgraph.ask.lints import lint
from tipgraph.ask.queries import Catalogue, parse_query
from tipgraph.errors import EngineError, InputError
from tipgraph.files.folder import PARTS
from tipgraph.graph.engines.engine import Solutions, solutions
from tipgraph.graph.engines.federated import Federated
from tipgraph.graph.engines.oxigraph import Oxigraph
from tipgraph.graph.engines.services import service_groups, values_before, without_services
from tipgraph.rdf.iris import term
from tipgraph.rdf.sparql_text import services

QUERIES = Catalogue(ROOT / "queries").read()[0]
FEDERATED = [name for name, query in QUERIES.items() if query.services]
EXPECTED = FOLDER / "expected"
ITEM = "http://www.wikidata.org/entity/Q1"
HEADER = """\
#+ title: T
#+ description: D
#+ federates: [http://x/]
#+ columns: {a: iri}
"""
ASKED = """\
SELECT ?a WHERE {
  ?a a ?b .
  SERVICE <http://x/> {
    #values ?a
    ?a ?c ?d .
  }
}
"""


pytestmark = pytest.mark.usefixtures("no_proxy")


@pytest.fixture(scope="module")
def federated(second_graph: Virtuoso, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose federated questions ask the second graph on this machine."""
    root = tmp_path_factory.mktemp("federated")
    for part in PARTS:
        shutil.copytree(ROOT / part, root / part)
    for name in FEDERATED:
        path = root / "queries" / f"{name}.rq"
        (url,) = QUERIES[name].services
        path.write_text(path.read_text("utf-8").replace(url, second_graph.endpoint), "utf-8")
    return root


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
@pytest.mark.parametrize("name", FEDERATED)
def test_a_federated_question_joins_both_graphs(
    name: str, engine: str, federated: Path, second_graph: Virtuoso
) -> None:
    kg = tipgraph.load(federated, engine, [second_graph.endpoint])
    found = kg.query(name, None, 1, **kg.queries[name].example)
    assert found.to_csv() == (EXPECTED / f"{name}.csv").read_text("utf-8")


def test_there_are_at_least_four_with_an_expected_answer_each() -> None:
    assert len(FEDERATED) >= 4
    assert {path.stem for path in EXPECTED.iterdir()} == set(FEDERATED)


def test_a_thing_that_is_nothing_there_has_no_row(federated: Path, second_graph: Virtuoso) -> None:
    kg = tipgraph.load(federated, services=[second_graph.endpoint])
    assert kg.query("labels-elsewhere", about="commit").rows == ()


def test_that_nobody_was_asked_is_no_sameness(federated: Path, second_graph: Virtuoso) -> None:
    for engine in ("oxigraph", "rdflib"):
        kg = tipgraph.load(federated, engine, [second_graph.endpoint])
        found = kg.query("members-elsewhere", organization="RCM").to_dicts()
        assert [row["recorded"] for row in found] == [
            "not linked to an item there, so nobody was asked"
        ]
        assert {row["code"] for row in found} == {row["country"] for row in found} == {None}


def test_a_language_is_named_in_small_or_capital_letters(
    federated: Path, second_graph: Virtuoso
) -> None:
    kg = tipgraph.load(federated, services=[second_graph.endpoint])
    small, large = (
        kg.query("labels-elsewhere", about="un", language=it).rows for it in ["fr", "FR"]
    )
    assert small == large != ()


def test_a_limit_cuts_the_whole_answer(federated: Path, second_graph: Virtuoso) -> None:
    kg = tipgraph.load(federated, services=[second_graph.endpoint])
    found = kg.query("labels-elsewhere", limit=2)
    assert (len(found.rows), found.truncated) == (2, True)


@pytest.mark.parametrize("name", FEDERATED)
def test_none_is_asked_without_permission(name: str, run: Run) -> None:
    query = QUERIES[name]
    given = [text for n, v in query.example.items() for text in (f"--{n}", str(v))]
    ran = run("query", name, *given)
    assert_refused(ran, 2)
    assert f"--allow-service {query.services[0]}" in ran.err


def test_an_endpoint_that_fails_is_named(federated: Path, run: Run) -> None:
    with hostile_server() as server:
        path = federated / "queries" / "broken-elsewhere.rq"
        text = HEADER.replace("http://x/", server.url("html")) + ASKED
        path.write_text(text.replace("http://x/", server.url("html")))
        try:
            asked = ("-C", federated, "query", "broken-elsewhere")
            assert_refused(run(*asked, "--allow-service", server.url("html")), 3)
        finally:
            path.unlink()


def test_the_list_and_the_help_say_whom_a_question_asks(run: Run) -> None:
    listed = run("query").out
    assert listed.count("(asks query.wikidata.org)") == 3
    told = " ".join(run("query", "in-force-elsewhere", "--help").out.split())
    assert "It asks http://publications.europa.eu/webapi/rdf/sparql, which has to be" in told
    assert "--allow-service http://publications.europa.eu/webapi/rdf/sparql" in told


def test_what_a_question_asks_and_what_it_says_are_the_same(kg: KnowledgeGraph) -> None:
    said = {
        (row["name"], row["asks"])
        for row in kg.query("questions").to_dicts()
        if row["asks"] is not None
    }
    assert said == {(n, url) for n, query in QUERIES.items() for url in services(query.text)}


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("#+ federates: [http://x/]\n", "", 6, "asks http://x/ with SERVICE, which 'federates'"),
        ("[http://x/]", "[http://x/, http://y/]", 3, "names http://y/, which the text asks"),
        ("[http://x/]", "http://x/", 3, "'federates' is not of the expected form"),
        ("SERVICE <http://x/>", "SERVICE ?e", 3, "names http://x/, which the text asks nowhere"),
        ("    #values ?a\n", "", 7, "has a SERVICE without '#values ?name'"),
        ("?a ?c ?d", "?a ?c", 10, "broken SPARQL"),
    ],
)
def test_a_federated_query_that_breaks_a_rule(old: str, new: str, line: int, message: str) -> None:
    text = HEADER + ASKED
    assert parse_query(text, Path("q.rq")).services == ("http://x/",)
    with pytest.raises(InputError) as error:
        lint(parse_query(text.replace(old, new, 1), Path("q.rq")))
    assert f"q.rq:{line}: " in str(error.value)
    assert message in str(error.value)


def test_an_endpoint_can_be_no_variable_in_a_stored_query() -> None:
    text = (HEADER + ASKED).replace("SERVICE <http://x/>", "SERVICE ?e")
    with pytest.raises(InputError, match=r"asks \?e with SERVICE"):
        lint(parse_query(text.replace("#+ federates: [http://x/]\n", ""), Path("q.rq")))


@pytest.mark.parametrize(
    "text",
    [
        ASKED,
        ASKED.replace("SERVICE", "OPTIONAL { service silent").replace("?d .\n  }", "?d .\n  } }"),
        ASKED.replace("?a a ?b .", "{ SELECT ?a (1 AS ?n) WHERE { ?a a ?b . } }"),
        ASKED.replace("SELECT ?a WHERE", "SELECT (COUNT(*) AS ?n) WHERE { SELECT ?a WHERE") + "}",
        ASKED.replace("SELECT ?a WHERE", "CONSTRUCT { ?a a ?b . } WHERE"),
        ASKED.replace("SERVICE", "SERVICE <http://y/> { ?a ?y ?z . } SERVICE"),
        ASKED.replace("  SERVICE", "  { ?a a ?b . } UNION { SERVICE").replace("}\n}", "}\n}\n}"),
        ASKED.replace("SERVICE", "# { SERVICE <http://z/> {\n  SERVICE"),
        ASKED.replace("?a a ?b", "?a a ?b FILTER (STR(?b) != 'SERVICE <http://z/> {')"),
    ],
)
def test_the_values_that_are_known_before_are_found(text: str) -> None:
    node = NamedNode(ITEM)
    store = Store()
    store.add(Quad(node, term("rdf:type"), node))
    group = next(group for group in service_groups(text) if group.values)
    assert (group.endpoint, group.is_silent) == ("http://x/", "silent" in text)
    found = solutions(values_before(text, group, "a"), Oxigraph(store))
    assert found == Solutions(("a",), ((node,),))
    Oxigraph(Store()).query(without_services(text))


def test_only_what_is_known_here_is_asked_for() -> None:
    node = NamedNode(ITEM)
    store = Store()
    with hostile_server() as server:
        engine = Federated(Oxigraph(store), {server.url("good")})
        text = ASKED.replace("http://x/", server.url("good"))
        assert solutions(text, engine).rows == ()
        assert server.seen == []
        store.add(Quad(node, term("rdf:type"), node))
        engine.query(text)
        assert f"VALUES ?a {{ <{ITEM}> }}" in str(server.seen)


def test_text_without_a_service_stays_as_it_is() -> None:
    text = "SELECT ?a WHERE { ?a ?b 'SERVICE <http://x/> { #values ?a }' } # SERVICE { }"
    assert without_services(text) == text
    assert list(service_groups("SELECT * { SERVICE <http://x/> ")) == []


def test_an_endpoint_is_allowed_in_python_by_name(federated: Path, second_graph: Virtuoso) -> None:
    with pytest.raises(UsageError, match="not allowed"):
        tipgraph.load(federated).query("in-force-elsewhere")
    closed = "http://127.0.0.1:9/sparql"
    path = federated / "queries" / "in-force-elsewhere.rq"
    text = path.read_text("utf-8")
    path.write_text(text.replace(second_graph.endpoint, closed), "utf-8")
    try:
        with pytest.raises(EngineError):
            tipgraph.load(federated, services=[closed]).query("in-force-elsewhere")
    finally:
        path.write_text(text, "utf-8")
