"""Every engine gives the same answers: oxigraph, rdflib, and a Virtuoso behind its endpoint."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, examples
from golden import CONSTRUCT, FORMS, SELECT, golden, rows_of
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins import sparql
from sampled import fitting_arguments

import tipgraph
from tipgraph import EngineError, KnowledgeGraph, UsageError
from tipgraph.ask.answer import value_of
from tipgraph.ask.bind import bind
from tipgraph.graph.engines.engine import Graph, Result, Solutions, solutions
from tipgraph.rdf.iris import layer_graph

OTHERS = ("reference", "remote")
WITH_PARAMETERS = [
    name
    for name in FORMS
    if "\n#+ parameters:" in (ROOT / "queries" / f"{name}.rq").read_text("utf-8")
]
CATALOG, SOURCE, QUERIES = (layer_graph(layer) for layer in ("catalog", "source", "queries"))
ORDERED = [
    "SELECT ?s ?name { ?s a tip:Organization ; skos:prefLabel ?name } ORDER BY ?s",
    "select ?x { values ?x { 1 2.5 'a' 'b'@en 'Côte d’Ivoire 😀' tip:x } } order by str(?x)",
    "SELECT ?x ?y { VALUES (?x ?y) { (1 UNDEF) (UNDEF 2) } } ORDER BY COALESCE(STR(?y), '')",
    r'SELECT ?x { BIND ("a\"b\\u0041\\U\n\té\\\\" AS ?x) }',
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    f"SELECT (COUNT(*) AS ?n) FROM {CATALOG} {{ ?s ?p ?o }}",
    f"SELECT (COUNT(*) AS ?n) FROM {CATALOG} FROM {SOURCE} {{ ?s ?p ?o }}",
    f"SELECT (COUNT(*) AS ?n) FROM NAMED {CATALOG} {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    f"SELECT (COUNT(*) AS ?n) FROM {SOURCE} FROM NAMED {CATALOG} {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    f"SELECT (COUNT(*) AS ?n) FROM {SOURCE} FROM NAMED {CATALOG} {{ ?s ?p ?o }}",
    f"SELECT (COUNT(*) AS ?n) {{ GRAPH {QUERIES} {{ ?s ?p ?o }} }}",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/tipgraph/graph/none> { ?s ?p ?o }",
    "SELECT ?p (COUNT(?s) AS ?n) { ?s ?p 'nothing has this' } GROUP BY ?p",
    "SELECT (COUNT(?s) AS ?n) { ?s ?p 'nothing has this' }",
    "SELECT ?k { kind:protocol skos:broader+ ?k } ORDER BY ?k",
    "SELECT ?p { { SELECT DISTINCT ?p { ?s ?p ?o } } } ORDER BY ?p LIMIT 5 OFFSET 2",
    "SELECT ?s { ?s a tip:Organization } ORDER BY ?s VALUES ?s { tiporg:asean tiporg:fatf }",
    "SELECT ?x { ?x a tip:Organization . FILTER (?x = tiporg:nothing) }",
]
ON_A_DAY = [
    *(
        (name, {"organization": organization, "instrument": instrument})
        for name in ("who-is-not-bound", "no-party-record")
        for organization, instrument in (("OAS", "ilo-c029"), ("AU", "ilo-c105"), ("EU", "untoc"))
    ),
    ("compare-countries", {"country": ["Grenada", "Malaysia", "Ghana"]}),
    ("country-coverage", {"country": "Grenada"}),
    ("parties-on", {"instrument": "ilo-c029"}),
    ("obligations-on", {}),
]
"""Questions whose answer depends on what is sure on a day, with what they are given."""
FREE = [
    "ASK { tiporg:asean a tip:Organization }",
    "ASK { tiporg:asean a tip:Publication }",
    "ASK {}",
    f"ASK FROM {SOURCE} {{ tiporg:asean a tip:Organization }}",
    f"ASK FROM NAMED {CATALOG} {{ tiporg:asean a tip:Organization }}",
    f"ASK {{ GRAPH {CATALOG} {{ tiporg:asean a tip:Organization }} }}",
    "CONSTRUCT { ?s schema:name ?name } { ?s a tip:Organization ; skos:prefLabel ?name }",
    "CONSTRUCT WHERE { ?s tip:focalPoint ?o }",
    f"CONSTRUCT FROM {CATALOG} WHERE {{ tiporg:asean ?p ?o }}",
    "CONSTRUCT { ?s ?p ?g } { GRAPH ?g { ?s a tip:Extension ; ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o . FILTER (?s = tiporg:nothing) }",
    "DESCRIBE tiporg:nothing",
    "BASE <https://w3id.org/tipgraph/> ASK { <org/asean> a <ontology#Organization> }",
    "PREFIX tip: <http://mine/> # SELECT\nASK { ?s a tip:Organization }",
]


@pytest.fixture(params=OTHERS)
def other(request: pytest.FixtureRequest) -> KnowledgeGraph:
    """The graph behind each engine but the embedded one."""
    graph: KnowledgeGraph = request.getfixturevalue(request.param)
    return graph


def plain(result: Result) -> object:
    """Return a result by its values; how a number is written is the engine's affair."""
    if isinstance(result, Solutions):
        return result.variables, [tuple(map(value_of, row)) for row in result.rows]
    return result


SLOW = ("compare-countries", "external-identifiers", "membership-overlap", "vocabulary")
"""What the reference takes long for: it is asked these at night."""


@pytest.mark.parametrize(
    ("other", "name"),
    [
        pytest.param(engine, name, marks=[pytest.mark.nightly] * (engine == OTHERS[0]))
        if name in SLOW
        else (engine, name)
        for engine in OTHERS
        for name in SELECT
    ],
    indirect=["other"],
)
def test_the_example_gives_the_golden_rows(name: str, other: KnowledgeGraph) -> None:
    answer = other.query(name, None, 1, **other.queries[name].example)
    assert rows_of(answer.to_csv()) == rows_of(golden(name).read_text("utf-8"))


@pytest.mark.parametrize("on", ["1935-06-30", "1965-06-30", "2000-11-15", "2015-06-30"])
@pytest.mark.parametrize(("name", "given"), ON_A_DAY, ids=lambda value: str(value)[:40])
def test_a_standing_on_a_day_is_the_same_on_a_store(
    name: str, given: dict[str, str], on: str, kg: KnowledgeGraph, remote: KnowledgeGraph
) -> None:
    found, told = (graph.query(name, None, 1, **given, on=on).to_csv() for graph in (remote, kg))
    assert rows_of(found) == rows_of(told)


@pytest.mark.parametrize("name", CONSTRUCT)
def test_the_example_gives_the_same_triples(
    name: str, kg: KnowledgeGraph, other: KnowledgeGraph
) -> None:
    example = other.queries[name].example
    assert other.construct(name, **example) == kg.construct(name, **example)


@pytest.mark.parametrize("name", WITH_PARAMETERS)
@examples(2, 20)
@given(data=st.data())
def test_any_arguments_give_the_same_on_a_store(
    name: str, kg: KnowledgeGraph, remote: KnowledgeGraph, data: st.DataObject
) -> None:
    assert_same(kg, remote, name, data)


@pytest.mark.nightly
@pytest.mark.parametrize("name", WITH_PARAMETERS)
@examples(2, 4)
@given(data=st.data())
def test_any_arguments_give_the_same_on_the_reference(
    name: str, kg: KnowledgeGraph, reference: KnowledgeGraph, data: st.DataObject
) -> None:
    assert_same(kg, reference, name, data)


def assert_same(kg: KnowledgeGraph, other: KnowledgeGraph, name: str, data: st.DataObject) -> None:
    query = kg.queries[name]
    bound = bind(query.text, data.draw(fitting_arguments(query, kg)))
    assert plain(other.engine.query(bound)) == plain(kg.engine.query(bound))


@pytest.mark.parametrize("text", [*ORDERED, *FREE])
def test_any_sparql_gives_the_same(text: str, kg: KnowledgeGraph, other: KnowledgeGraph) -> None:
    assert plain(other.engine.query(text)) == plain(kg.engine.query(text))


@pytest.mark.parametrize(
    "text", ["DESCRIBE tiporg:asean", f"DESCRIBE ?s FROM {CATALOG} {{ ?s a tip:Extension }}"]
)
def test_describe_gives_at_least_what_is_said_of_the_thing(
    text: str, kg: KnowledgeGraph, other: KnowledgeGraph
) -> None:
    """What else it gives is the engine's choice (SPARQL 1.1 Query, section 16.4)."""
    told, found = kg.engine.query(text), other.engine.query(text)
    assert isinstance(told, Graph)
    assert isinstance(found, Graph)
    assert told.triples
    assert told.triples <= found.triples


def test_choices_are_the_same(kg: KnowledgeGraph, other: KnowledgeGraph) -> None:
    parameters = [p for name in FORMS for p in kg.queries[name].parameters]
    assert parameters
    assert all(set(other.questions.choices(p)) == set(kg.questions.choices(p)) for p in parameters)
    schemes = {p.scheme for p in parameters if p.scheme}
    assert all(other.questions.names.concepts(s) == kg.questions.names.concepts(s) for s in schemes)
    assert other.questions.names.classes == kg.questions.names.classes


BOTH = pytest.mark.parametrize("engine", ["kg", "reference"])


@BOTH
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * {\n?s ?p }", "line"),
        ("ASK { ?s nowhere:x ?o }", "broken SPARQL"),
        ("", ""),
        ("INSERT DATA { tiporg:x a tip:Organization }", ""),
        ("DROP ALL", ""),
        ("ASK {} ; DROP ALL", "broken SPARQL"),
    ],
)
def test_what_is_no_query_is_refused(
    engine: str, text: str, says: str, request: pytest.FixtureRequest
) -> None:
    graph: KnowledgeGraph = request.getfixturevalue(engine)
    size = len(graph.store)
    with pytest.raises(UsageError) as error:
        graph.engine.query(text)
    assert says in str(error.value)
    assert "\n" not in str(error.value)
    assert len(graph.store) == size


@BOTH
def test_from_reads_no_file_and_no_page(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    graph: KnowledgeGraph = request.getfixturevalue(engine)
    secret = tmp_path / "secret.ttl"
    secret.write_text("<x:secret> <x:is> <x:here> .")
    for clause in ("FROM", "FROM NAMED"):
        text = f"SELECT * {clause} <{secret.as_uri()}> {{ ?s ?p ?o }}"
        assert solutions(text, graph.engine).rows == ()
    assert solutions("SELECT * { <x:secret> ?p ?o }", graph.engine).rows == ()


def test_terms_that_are_triples_are_refused(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="gives triples as terms"):
        kg.engine.query("SELECT (TRIPLE(tip:a, tip:b, tip:c) AS ?t) {}")


def test_rows_are_asked_of_a_select_query_alone(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="is no SELECT query"):
        solutions("ASK {}", kg.engine)


def test_rdflib_is_left_as_it_was(reference: KnowledgeGraph) -> None:
    before = sparql.SPARQL_LOAD_GRAPHS, dict(sparql.CUSTOM_EVALS)
    reference.engine.query("ASK {}")
    with pytest.raises(EngineError):
        reference.engine.query("SELECT (COUNT(*) AS ?n) ?s { VALUES (?s ?p) { } }")
    assert before == (sparql.SPARQL_LOAD_GRAPHS, sparql.CUSTOM_EVALS)


def test_an_engine_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="no engine is called 'jena'; there are oxigraph and rdf"):
        tipgraph.load(ROOT, engine="jena")
