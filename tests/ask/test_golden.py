"""Every stored query says what it asks, and answers its example with its golden rows or triples."""

from __future__ import annotations

import pytest
from conftest import ROOT
from golden import CONSTRUCT, EXPECTED, FILES, LOCAL, SELECT, golden, rows_of
from pyoxigraph import RdfFormat, parse
from rdflib.plugins.sparql import prepareQuery

from tipgraph.ask.bind import bind
from tipgraph.ask.queries import Catalogue, StoredQuery, read_query
from tipgraph.knowledge_graph import KnowledgeGraph


@pytest.fixture(params=FILES)
def query(request: pytest.FixtureRequest) -> StoredQuery:
    """Each stored query."""
    return read_query(FILES[request.param])


def test_the_catalogue_has_every_file_and_none_is_broken() -> None:
    queries, errors = Catalogue(ROOT / "queries").read()
    assert queries.keys() == FILES.keys()
    assert len(queries) >= 40
    assert [str(error) for error in errors] == []


def test_every_query_has_its_golden_file_and_none_is_left_over() -> None:
    assert set(EXPECTED.iterdir()) == set(map(golden, LOCAL))


def test_query_says_what_it_asks(query: StoredQuery) -> None:
    assert query.title
    assert query.description.endswith(".")
    assert query.tags
    assert bool(query.columns) == (query.form == "SELECT")
    assert all(parameter.description.endswith(".") for parameter in query.parameters)


def test_query_is_valid_as_it_lies_and_bound(query: StoredQuery, kg: KnowledgeGraph) -> None:
    for text in (query.text, bind(query.text, kg.questions.bound(query, query.example).arguments)):
        assert prepareQuery(text)
        kg.store.query(text)


@pytest.mark.parametrize("name", SELECT)
def test_example_gives_the_golden_rows(name: str, kg: KnowledgeGraph) -> None:
    query = kg.queries[name]
    answer = kg.query(name, None, 1, **query.example)
    assert rows_of(answer.to_csv()) == rows_of(golden(name).read_text("utf-8"))
    assert answer.columns == tuple(query.columns)
    assert not answer.truncated


@pytest.mark.parametrize("name", SELECT)
def test_few_columns_answer_and_the_others_are_evidence(name: str, kg: KnowledgeGraph) -> None:
    query = kg.queries[name]
    assert len(query.shown or query.columns) <= 9
    answering = kg.query(name, 1, 1, **query.example).answering
    assert answering.columns == (query.shown or tuple(query.columns))
    assert all(len(row.terms) == len(answering.columns) for row in answering)


@pytest.mark.parametrize("name", CONSTRUCT)
def test_example_gives_the_golden_triples(name: str, kg: KnowledgeGraph) -> None:
    quads = parse(path=str(golden(name)), format=RdfFormat.TURTLE)
    found = kg.construct(name, **kg.queries[name].example)
    assert found.triples == {quad.triple for quad in quads}


@pytest.mark.parametrize("name", SELECT)
def test_golden_rows_are_some_and_each_is_there_once(name: str) -> None:
    header, *rows = rows_of(golden(name).read_text("utf-8"))
    assert rows
    assert all(len(row) == len(header) for row in rows)
    assert len(set(map(tuple, rows))) == len(rows)
