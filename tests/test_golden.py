"""Every stored query answers its example with its golden rows, on both engines at hand."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import rdflib
from conftest import ROOT
from pyoxigraph import Literal, NamedNode, Triple

from tipgraph.bind import bind
from tipgraph.iris import PREFIXES
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.present import present
from tipgraph.queries import read_query
from tipgraph.rdflib_graph import rdflib_graph
from tipgraph.run import arguments_of, value_of

QUERIES = sorted((ROOT / "queries").glob("*.rq"))
EXPECTED = ROOT / "queries" / "expected"


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def golden(path: Path) -> list[list[str]]:
    return rows_of((EXPECTED / f"{path.stem}.csv").read_text("utf-8"))


def as_csv_cell(node: object) -> str:
    """Return an rdflib term as the csv format writes it."""
    if node is None:
        return ""
    if isinstance(node, rdflib.Literal):
        datatype = NamedNode(str(node.datatype)) if node.datatype else None
        return str(value_of(Literal(str(node), datatype=datatype)))
    return str(node)


@pytest.fixture(scope="module")
def reference(union: frozenset[Triple]) -> rdflib.Graph:
    return rdflib_graph(union)


def test_there_are_queries() -> None:
    assert QUERIES


def test_every_query_has_its_expected_rows_and_none_is_left_over() -> None:
    assert {path.stem for path in EXPECTED.glob("*")} == {path.stem for path in QUERIES}
    assert {path.suffix for path in EXPECTED.glob("*")} == {".csv"}


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_query_says_what_it_asks_for(path: Path) -> None:
    query = read_query(path)
    assert query.title
    assert query.description.endswith(".")
    assert query.columns
    assert query.tags


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_example_gives_every_required_parameter(path: Path) -> None:
    query = read_query(path)
    assert {p.name for p in query.parameters if p.required} <= query.example.keys()
    assert query.example.keys() <= {p.name for p in query.parameters}


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_example_gives_the_golden_rows(path: Path, kg: KnowledgeGraph) -> None:
    query = kg.queries[path.stem]
    answer = kg.query(query.name, None, **query.example)
    assert rows_of(present(answer, "csv")) == golden(path)
    assert not answer.truncated


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_golden_rows_have_the_declared_columns(path: Path) -> None:
    header, *rows = golden(path)
    assert header == list(read_query(path).columns)
    assert rows
    assert all(len(row) == len(header) for row in rows)


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_golden_rows_are_each_there_once(path: Path) -> None:
    rows = golden(path)
    assert len({tuple(row) for row in rows}) == len(rows)


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_query_is_valid_as_it_lies(path: Path) -> None:
    from rdflib.plugins.sparql import prepareQuery

    prepareQuery(path.read_text("utf-8"))


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_reference_engine_gives_the_golden_rows(
    path: Path, kg: KnowledgeGraph, reference: rdflib.Graph
) -> None:
    query = kg.queries[path.stem]
    text = bind(query.text, arguments_of(query, query.example, kg.store, kg.names))
    result = reference.query(text, initNs=PREFIXES)
    assert [str(variable) for variable in result.vars or ()] == list(query.columns)
    rows = [[as_csv_cell(node) for node in row] for row in result]  # type: ignore[union-attr]
    assert rows == golden(path)[1:]


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_query_has_no_limit_of_its_own(path: Path) -> None:
    words = path.read_text("utf-8").upper().split()
    assert not {"LIMIT", "OFFSET"} & set(words)
