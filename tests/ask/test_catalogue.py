"""The stored queries are the files that lie there now, and a broken one stops no other."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Run, assert_refused, replace_in

import tipgraph
from tipgraph import InputError, KnowledgeGraph, UsageError
from tipgraph.ask.queries import Catalogue, read_query

GOOD = """\
#+ title: One
#+ description: It is one.
#+ columns: {one: integer}
SELECT ?one { VALUES ?one { 1 } }
"""
NAMES = tuple(sorted(path.stem for path in (ROOT / "queries").glob("*.rq")))


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """A catalogue of two queries, one of them broken."""
    (tmp_path / "good.rq").write_text(GOOD)
    (tmp_path / "broken.rq").write_text(GOOD.replace("SELECT", "SELECTED"))
    return Catalogue(tmp_path)


def test_a_broken_query_stops_no_other(catalogue: Catalogue) -> None:
    queries, errors = catalogue.read()
    assert catalogue.names == ("broken", "good")
    assert list(queries) == ["good"]
    assert queries["good"] == catalogue["good"] == read_query(catalogue.folder / "good.rq")
    (error,) = errors
    assert str(error).startswith(f"{catalogue.folder / 'broken.rq'}:4: the query is no SELECT")
    with pytest.raises(InputError, match="the query is no SELECT"):
        catalogue["broken"]


def test_a_new_a_changed_and_a_removed_file_count_at_once(catalogue: Catalogue) -> None:
    assert catalogue["good"].title == "One"
    path = catalogue.folder / "new.rq"
    path.write_text(GOOD)
    assert catalogue["new"].title == "One"
    version = catalogue["new"].version
    path.write_text(GOOD.replace("One", "Two"))
    os.utime(path, ns=(1, 1))
    assert catalogue["new"].title == "Two"
    assert catalogue["new"].version != version
    path.unlink()
    assert catalogue.names == ("broken", "good")
    with pytest.raises(UsageError, match="no query is called 'new'"):
        catalogue["new"]


def test_a_file_that_has_not_changed_is_not_read_again(catalogue: Catalogue) -> None:
    assert catalogue["good"] is catalogue["good"]


def test_a_version_is_that_of_the_whole_text(catalogue: Catalogue) -> None:
    (catalogue.folder / "same.rq").write_text(GOOD)
    (catalogue.folder / "other.rq").write_text(GOOD.replace("It is", "That is"))
    versions = [catalogue[name].version for name in ("good", "same", "other")]
    assert versions[0] == versions[1] != versions[2]
    assert len(versions[0]) == 12


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("god", "did you mean good?"),
        ("Good", "did you mean good?"),
        ("brokn", "did you mean broken?"),
        ("xyzzy", "'tipgraph query' lists them"),
        ("good.rq", "did you mean good?"),
        ("../good", "did you mean good?"),
        ("", "'tipgraph query' lists them"),
        ("x" * 100_000, "'tipgraph query' lists them"),
        ("\0", "'tipgraph query' lists them"),
    ],
)
def test_a_name_that_is_none_is_refused_with_near_ones(
    catalogue: Catalogue, name: str, hint: str
) -> None:
    with pytest.raises(UsageError) as error:
        catalogue[name]
    assert str(error.value).startswith("no query is called '")
    assert str(error.value).endswith(hint)
    assert len(str(error.value)) < 200


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("two words.rq", "a query's file is named with letters, digits, '-' and '_' alone"),
        ("a.b.rq", "a query's file is named with letters, digits, '-' and '_' alone"),
        ("a\nb.rq", "a query's file is named with letters, digits, '-' and '_' alone"),
        ("folder.rq/", "can't be read: Is a directory"),
        ("bytes.rq", "is not UTF-8 text"),
        ("nothing.rq", "has no header"),
        ("nowhere.rq", "can't be read: No such file or directory"),
    ],
)
def test_what_is_no_query_is_told_and_stops_no_other(
    catalogue: Catalogue, name: str, says: str
) -> None:
    path = catalogue.folder / name
    if name.endswith("/"):
        path.mkdir()
    elif name == "nowhere.rq":
        path.symlink_to("gone.rq")
    else:
        path.write_bytes({"bytes.rq": b"#+ title: \xff", "nothing.rq": b""}.get(name, b""))
    queries, errors = catalogue.read()
    assert list(queries) == ["good"]
    assert len(errors) == 2
    (told,) = (str(error) for error in errors if "broken.rq" not in str(error))
    assert says in told


@pytest.mark.parametrize("name", [".hidden.rq", ".#good.rq", "good.rq~", "good.rq.orig", "README"])
def test_other_files_are_left_alone(catalogue: Catalogue, name: str) -> None:
    (catalogue.folder / name).write_text("anything")
    assert catalogue.names == ("broken", "good")


def test_a_new_file_is_a_new_question_in_a_loaded_graph(copy: Path) -> None:
    kg = tipgraph.load(copy)
    assert len(kg.query("organizations")) == 22
    (copy / "queries" / "new.rq").write_text(GOOD)
    assert kg.query("new").to_dicts() == [{"one": 1}]


def test_a_new_file_is_a_new_command(copy: Path, run: Run) -> None:
    (copy / "queries" / "new.rq").write_text(GOOD)
    listed = run("-C", copy, "query")
    assert (listed.code, listed.err) == (0, "")
    assert "\n  new " in listed.out
    assert run("-C", copy, "query", "new", "--format", "csv").out == "one\n1\n"
    assert "It is one." in run("-C", copy, "query", "new", "--help").out


def test_the_command_lists_the_good_ones_and_tells_the_broken_one(copy: Path, run: Run) -> None:
    path = copy / "queries" / "lineage.rq"
    replace_in(path, "#+ columns: {", "#+ colour: red\n#+ columns: {")
    line = next(n for n, text in enumerate(path.read_text().split("\n"), 1) if "colour" in text)
    listed = run("-C", copy, "query")
    assert listed.code == 0
    assert all(f"\n  {name} " in listed.out for name in NAMES if name != "lineage")
    assert "lineage" not in listed.out
    told = f"tipgraph: {path}:{line}: the header has an unknown key 'colour'\n"
    assert listed.err == told
    assert run("-C", copy, "query", "decades").code == 0
    assert run("-C", copy, "query", "--help").code == 0
    refused = run("-C", copy, "query", "lineage", "--instrument", "ACTIP")
    assert_refused(refused, 3)
    assert refused.err == told


def test_a_query_that_breaks_a_rule_is_refused_when_it_is_asked(copy: Path, run: Run) -> None:
    path = copy / "queries" / "lineage.rq"
    replace_in(path, "#+ columns: {", "#+ columns: {no_such: text, ")
    line = next(n for n, text in enumerate(path.read_text().split("\n"), 1) if "no_such" in text)
    refused = run("-C", copy, "query", "lineage", "--instrument", "ACTIP")
    assert_refused(refused, 3)
    told = "declares and selects different columns: ['no_such']"
    assert refused.err == f"tipgraph: {path}:{line}: {told}\n"
    assert run("-C", copy, "query", "decades").code == 0


def test_a_folder_without_queries_has_none(copy: Path, run: Run, kg: KnowledgeGraph) -> None:
    shutil.rmtree(copy / "queries")
    (copy / "queries").mkdir()
    assert run("-C", copy, "query").out == ""
    assert_refused(run("-C", copy, "query", "decades"), 2)
    assert kg.queries.names == NAMES


def test_questions_are_asked_for_by_every_tag_there_is(kg: KnowledgeGraph) -> None:
    tag = kg.queries["questions"].parameter("tag")
    assert tag is not None
    assert tag.enum == tuple(sorted({t for name in kg.queries for t in kg.queries[name].tags}))


def test_questions_are_asked_for_by_every_type_there_is(kg: KnowledgeGraph) -> None:
    queries = {name: kg.queries[name] for name in kg.queries}
    takes = queries["questions"].parameter("takes")
    assert takes is not None
    for type in takes.enum:
        asked = {(row.name, row.parameter) for row in kg.query("questions", takes=type)}
        assert asked == {
            (name, parameter.name)
            for name, query in queries.items()
            for parameter in query.parameters
            if parameter.type == type
        }
