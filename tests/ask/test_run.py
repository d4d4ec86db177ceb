"""Answers in Python: rows by name, pages that make up the whole, CSV, pandas and provenance."""

from __future__ import annotations

import copy
import csv
import io

import pytest
from conftest import ROOT
from golden import SELECT
from pyoxigraph import Literal, NamedNode

import tipgraph
from tipgraph import EngineError, KnowledgeGraph, UsageError
from tipgraph.ask.answer import Answer, Row, value_of
from tipgraph.graph.engines.engine import Graph, Term
from tipgraph.rdf.iris import BASE, concept, term, thing

FATF = "Financial Flows from Human Trafficking"


def test_an_empty_value_is_refused_and_does_not_widen_the_answer(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="--organization: no value is given"):
        kg.query("focal-points", organization="")


def test_rows_are_read_by_name_by_index_and_in_order(kg: KnowledgeGraph) -> None:
    answer = kg.query("instruments-of-organization", organization="FATF")
    row = answer.rows[0]
    assert row.title == row["title"] == FATF
    assert dict(zip(answer.columns, row, strict=True)) == row.to_dict() == answer.to_dicts()[0]
    assert len(answer) == len(list(answer)) == 2
    assert [other.title for other in answer] == [other.title for other in answer.rows]


def test_a_column_that_is_none_is_refused(kg: KnowledgeGraph) -> None:
    row = kg.query("decades").rows[0]
    with pytest.raises(AttributeError):
        _ = row.nothing
    with pytest.raises(KeyError):
        _ = row["nothing"]
    assert not hasattr(row, "__nothing__")
    assert copy.deepcopy(row).columns == row.columns


def test_a_column_may_have_any_name() -> None:
    row = Row(("columns", "to_dict", "class"), (Literal("a"), Literal("b"), Literal("c")))
    assert [row["columns"], row["to_dict"], row["class"]] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("node", "value"),
    [
        (None, None),
        (NamedNode("urn:x"), "urn:x"),
        (Literal("a"), "a"),
        (Literal("oui", language="fr"), "oui"),
        (Literal(5), 5),
        (Literal("-5", datatype=term("xsd:integer")), -5),
        (Literal("1.50", datatype=term("xsd:decimal")), 1.5),
        (Literal("1e3", datatype=term("xsd:double")), 1000.0),
        (Literal("9" * 400, datatype=term("xsd:integer")), int("9" * 400)),
        (Literal("9" * 5000, datatype=term("xsd:integer")), "9" * 5000),
        (Literal("five", datatype=term("xsd:integer")), "five"),
        (Literal("INF", datatype=term("xsd:double")), "INF"),
        (Literal("NaN", datatype=term("xsd:double")), "NaN"),
        (Literal("true", datatype=term("xsd:boolean")), "true"),
        (Literal("2004", datatype=term("xsd:gYear")), "2004"),
    ],
)
def test_a_term_is_a_plain_value(node: Term | None, value: object) -> None:
    assert value_of(node) == value
    assert type(value_of(node)) is type(value)


def test_a_limit_cuts_and_says_so(kg: KnowledgeGraph) -> None:
    assert kg.query("organizations", limit=3).truncated
    assert len(kg.query("organizations", limit=3)) == 3
    assert not kg.query("organizations", limit=22).truncated


@pytest.mark.parametrize("name", SELECT)
@pytest.mark.parametrize("limit", [1, 5])
def test_the_pages_together_are_the_whole(name: str, limit: int, kg: KnowledgeGraph) -> None:
    example = kg.queries[name].example
    whole = kg.query(name, None, 1, **example).rows
    rows: list[Row] = []
    page = 1
    while (answer := kg.query(name, limit, page, **example)).truncated:
        assert len(answer) == limit
        rows += answer.rows
        page += 1
    assert [*rows, *answer.rows] == list(whole)
    after = kg.query(name, limit, page + 1, **example)
    assert (len(after), after.truncated, after.columns) == (0, False, answer.columns)


WHOLE = "--limit and --page are whole numbers from 1 to 1000000"


@pytest.mark.parametrize(
    ("limit", "page", "message"),
    [
        (None, 2, "--page needs --limit: how many rows a page has"),
        (0, 1, WHOLE),
        (-1, 1, WHOLE),
        (1, 0, WHOLE),
        (None, -1, WHOLE),
        (10**20, 1, WHOLE),
        (1, 10**20, WHOLE),
        (1.5, 1, WHOLE),
        ("1", 1, WHOLE),
    ],
)
def test_a_page_that_is_none_is_refused(
    kg: KnowledgeGraph, limit: int | None, page: int, message: str
) -> None:
    with pytest.raises(UsageError, match=f"^{message}$"):
        kg.query("organizations", limit, page)


def test_rows_and_triples_are_asked_for_each_in_its_way(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="'everything-about' gives triples, not rows"):
        kg.query("everything-about", about="ASEAN")
    with pytest.raises(UsageError, match="'decades' gives rows, not triples"):
        kg.construct("decades")
    assert kg.construct("everything-about", about="ASEAN").triples


def test_an_answer_is_csv(kg: KnowledgeGraph) -> None:
    answer = kg.query("focal-points", organization="COMMIT")
    header, row = csv.reader(io.StringIO(answer.to_csv()))
    assert tuple(header) == answer.columns
    assert row == ["" if value is None else str(value) for value in answer.rows[0]]
    assert Answer(("a", "b"), ()).to_csv() == "a,b\n"


def test_an_answer_is_a_pandas_frame(kg: KnowledgeGraph) -> None:
    answer = kg.query("organizations")
    frame = answer.to_pandas()
    assert list(frame.columns) == list(answer.columns)
    plain = frame.astype(object).where(frame.notna(), None)
    assert plain.to_dict("records") == answer.to_dicts()
    assert frame["instruments"].sum() > 80
    assert list(Answer(("a", "b"), ()).to_pandas().columns) == ["a", "b"]


def test_sparql_gives_rows_triples_or_a_truth(kg: KnowledgeGraph) -> None:
    answer = kg.sparql("SELECT ?name { tiporg:asean skos:prefLabel ?name }")
    assert isinstance(answer, Answer)
    assert answer.rows[0].name == "Association of Southeast Asian Nations"
    assert not answer.truncated
    assert kg.sparql("ASK { tiporg:asean a tip:Organization }") is True
    graph = kg.sparql("CONSTRUCT WHERE { tiporg:asean a ?class }")
    assert isinstance(graph, Graph)
    assert graph.triples


def test_provenance_holds_terms_and_versions(kg: KnowledgeGraph) -> None:
    told = kg.provenance("instruments-of-kind", kind=["treaty", "act"])
    kinds = (concept("instrument-kind", "treaty"), concept("instrument-kind", "act"))
    assert told.arguments == {"kind": kinds}
    assert (told.dataset, told.dataset_version) == (f"{BASE}dataset", kg.version)
    assert told.query == thing("query/instruments-of-kind").value
    assert told.query_version == kg.queries["instruments-of-kind"].version
    assert told.to_dict()["arguments"] == {"kind": [f"<{kind.value}>" for kind in kinds]}


def test_what_needs_the_folder_is_refused_of_an_endpoint() -> None:
    kg = tipgraph.connect("http://127.0.0.1:9/sparql", ROOT)
    for ask in (lambda: kg.show("ASEAN"), kg.export):
        with pytest.raises((UsageError, EngineError)):
            ask()
    with pytest.raises(UsageError, match="only the graph of a folder can be shown and exported"):
        kg.export()
