"""Candidates reviewed on the terminal: every decision is kept, and nothing is asked twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import Run, assert_refused
from sssom_reader import read_by_sssom

from tipgraph.cli.main import cli
from tipgraph.files.sssom import REVIEW, Mapping, read_mappings, write_mappings
from tipgraph.links.decided import REVIEWED, SAME, mapping_set
from tipgraph.rdf.iris import BASE

ITEM = "https://example.org/item/"


def candidate(thing: str, item: str, score: float) -> Mapping:
    return Mapping(
        subject_id=BASE + thing,
        predicate_id=SAME,
        object_id=ITEM + item,
        subject_label=thing,
        object_label=item,
        confidence=score,
        comment="same name",
    )


CANDIDATES = (
    candidate("org/rcm", "rcm", 0.7),
    candidate("org/khartoum-process", "khartoum", 0.95),
    candidate("org/khartoum-process", "khartoum-observatory", 0.8),
    candidate("org/commit", "commit", 0.75),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "found.sssom.tsv"
    write_mappings(path, mapping_set("candidates/test", CANDIDATES, prefixes={"item": ITEM}))
    return path


@pytest.fixture
def reviewed(copy: Path) -> Path:
    return copy / "data" / "links" / REVIEWED


def review(copy: Path, file: Path, answers: str, *options: str) -> Result:
    return CliRunner().invoke(
        cli, ["-C", str(copy), "link", "review", str(file), *options], answers
    )


def shown(result: Result) -> list[str]:
    """Return the items asked about, in order."""
    lines = result.output.split("\n")
    return [line.rpartition(ITEM)[2] for line in lines if ITEM in line and line.startswith("  ")]


def test_the_surest_come_first_and_a_settled_thing_is_not_asked_again(
    copy: Path, file: Path, reviewed: Path
) -> None:
    result = review(copy, file, "a\nr\ns\n", "--reviewer", "https://orcid.org/0000-0000-0000-0000")
    assert result.exit_code == 0, result.output
    assert shown(result) == ["khartoum", "commit", "rcm"]
    assert f"1 accepted, 1 rejected, 1 skipped; kept in {reviewed}" in result.output
    rejected, accepted = read_mappings(reviewed).mappings
    assert (rejected.object_id, rejected.is_rejected) == (f"{ITEM}commit", True)
    assert (accepted.object_id, accepted.is_rejected) == (f"{ITEM}khartoum", False)
    assert accepted.mapping_justification == REVIEW
    assert accepted.reviewer_id == "https://orcid.org/0000-0000-0000-0000"
    assert (accepted.object_source, accepted.confidence) == (ITEM, 0.95)
    assert read_by_sssom(reviewed) == [
        "tiporg:commit Not item:commit",
        "tiporg:khartoum-process None item:khartoum",
    ]


def test_a_review_goes_on_where_it_was_left(copy: Path, file: Path, reviewed: Path) -> None:
    assert shown(review(copy, file, "a\nq\n")) == ["khartoum", "commit"]
    assert shown(review(copy, file, "r\n")) == ["commit", "rcm"]
    assert shown(review(copy, file, "r\n")) == ["rcm"]
    assert shown(review(copy, file, "")) == []
    assert [one.is_rejected for one in read_mappings(reviewed).mappings] == [True, False, True]


def test_what_another_file_decides_is_not_asked(copy: Path, file: Path) -> None:
    other = copy / "data" / "links" / "test.sssom.tsv"
    write_mappings(other, mapping_set("test", [candidate("org/rcm", "another", 1)]))
    assert shown(review(copy, file, "s\ns\ns\ns\n")) == [
        "khartoum",
        "khartoum-observatory",
        "commit",
    ]


def test_a_wrong_answer_is_asked_again_and_the_end_of_input_quits(copy: Path, file: Path) -> None:
    result = review(copy, file, "perhaps\n")
    assert "'perhaps' is not one of" in result.output
    assert "0 accepted, 0 rejected, 0 skipped" in result.output
    assert result.exit_code == 0


def test_a_broken_file_is_refused(run: Run, copy: Path, file: Path) -> None:
    file.write_text(file.read_text("utf-8") + "tiporg:x\n", "utf-8")
    ran = run("-C", copy, "link", "review", file)
    assert_refused(ran, 3)
    assert f"{file}:14: the row has 1 cells" in ran.err


def test_a_reviewer_is_an_iri(run: Run, copy: Path, file: Path) -> None:
    ran = run("-C", copy, "link", "review", file, "--reviewer", "me")
    assert_refused(ran, 2)
    assert "--reviewer is an IRI" in ran.err
