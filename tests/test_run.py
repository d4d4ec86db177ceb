from __future__ import annotations

import pytest

from tipgraph import KnowledgeGraph, UsageError


def test_an_empty_value_is_refused_and_does_not_widen_the_answer(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="--organization: no value is given"):
        kg.query("focal-points", organization="")


def test_rows_are_read_by_name_by_index_and_in_order(kg: KnowledgeGraph) -> None:
    answer = kg.query("instruments-of-organization", organization="FATF")
    row = answer.rows[0]
    assert row.title == row["title"] == "Financial Flows from Human Trafficking"
    assert dict(zip(answer.columns, row, strict=True)) == row.to_dict() == answer.to_dicts()[0]
    assert len(answer) == len(list(answer)) == 2
    with pytest.raises(AttributeError):
        _ = row.nothing


def test_a_limit_cuts_and_says_so(kg: KnowledgeGraph) -> None:
    assert kg.query("organizations", limit=3).truncated
    assert len(kg.query("organizations", limit=3)) == 3
    assert not kg.query("organizations", limit=22).truncated


def test_a_concept_of_another_scheme_is_refused(kg: KnowledgeGraph) -> None:
    other = "https://w3id.org/tipgraph/concept/note-kind/wrong"
    with pytest.raises(UsageError, match="is none of"):
        kg.query("instruments-of-organization", organization="FATF", kind=other)
