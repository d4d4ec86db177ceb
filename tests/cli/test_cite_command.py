"""`tipgraph cite`: what Python cites, in every form; what is wrong is said as elsewhere."""

from __future__ import annotations

import pytest
from conftest import Run, assert_refused

from tipgraph import KnowledgeGraph
from tipgraph.tell.citation import FORMATS


@pytest.mark.parametrize("format", FORMATS)
def test_a_thing_an_answer_and_the_dataset_are_cited(
    format: str, run: Run, kg: KnowledgeGraph
) -> None:
    thing = run("cite", "palermo-protocol", "--format", format)
    answer = run("cite", "obligations-on", "--on", "2010-01-01", "--format", format)
    dataset = run("cite", "--format", format)
    assert thing.out == f"{kg.cite('palermo-protocol').to(format)}\n"
    assert answer.out == f"{kg.cite('obligations-on', on='2010-01-01').to(format)}\n"
    assert dataset.out == f"{kg.cite().to(format)}\n"
    assert {ran.code for ran in (thing, answer, dataset)} == {0}


def test_the_format_may_stand_before_the_name(run: Run) -> None:
    assert run("cite", "--format", "ris", "actip").out.startswith("TY  - LEGAL\n")


def test_a_misprint_of_the_table_is_told(run: Run, kg: KnowledgeGraph) -> None:
    misprint = next(iter(kg.questions.names._misprints))
    ran = run("cite", misprint)
    assert (ran.code, "is a wrong name in the table" in ran.err) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["palermo-protocl"], "did you mean 'palermo-protocol'"),
        (["obligatons-on"], "did you mean 'obligations-on'"),
        (["actip", "--format", "mla"], "'mla' is not one of 'text', 'bibtex', 'ris', 'csl'"),
        (["actip", "--on", "2010-01-01"], "No such option '--on'"),
        (["actip", "org/un"], "unexpected extra argument"),
        ([""], "no thing is called ''"),
        (["instruments-of-organization"], "--organization"),
        (["instruments-of-organization", "--organization", "asaen"], "did you mean 'asean'"),
        (["obligations-on", "--on", "2010"], "--on: '2010' is not a date"),
    ],
    ids=" ".join,
)
def test_wrong_use(arguments: list[str], says: str, run: Run) -> None:
    ran = run("cite", *arguments)
    assert_refused(ran, 2)
    assert says in ran.err
