"""The command: exit codes, answers on standard output, everything else on standard error."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Ran, Run, assert_refused, replace_in, sum_again
from pyoxigraph import parse

from tipgraph.files.folder import PARTS
from tipgraph.rdf.formats import GRAPH_FORMATS

COMMANDS = ("build", "validate", "show", "search", "cite", "query", "sparql", "export", "push")


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_is_an_answer(arguments: list[str], run: Run) -> None:
    ran = run(*arguments)
    assert ran.code == 0
    assert ran.out.startswith("Usage: tipgraph")
    assert ran.err == ""


def test_help_lists_the_commands(run: Run) -> None:
    out = run("--help").out
    assert all(f"\n  {name} " in out for name in COMMANDS)
    assert "no legal advice" in out


def test_version(run: Run) -> None:
    ran = run("--version")
    assert ran.code == 0
    assert ran.out.startswith("tipgraph, version ")


def test_no_command_is_wrong_use(run: Run) -> None:
    ran = run()
    assert ran.code == 2
    assert ran.out == ""
    assert "Usage: tipgraph" in ran.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["export", "--format", "nonsense"], "--format"),
        (["export", "--graph", "nonsense"], "--graph"),
        (["show", "ASAEN"], "did you mean"),
        (["show"], "THING"),
        (["search"], "WORDS"),
        (["search", "plan", "--limit", "0"], "--limit"),
        (["build", "--source", "x.txt"], "--output"),
        (["validate", "--format", "nonsense"], "--format"),
        (["sparql"], "TEXT"),
        (["push"], "--endpoint"),
    ],
    ids=" ".join,
)
def test_wrong_use(arguments: list[str], says: str, run: Run) -> None:
    ran = run(*arguments)
    assert_refused(ran, 2)
    assert says in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["build"],
        ["validate"],
        ["show", "ASEAN"],
        ["search", "plan"],
        ["query", "organizations"],
        ["sparql", "ASK {}"],
        ["export"],
    ],
    ids=" ".join,
)
def test_folder_that_is_none(arguments: list[str], run: Run, tmp_path: Path) -> None:
    ran = run("-C", tmp_path, *arguments)
    assert_refused(ran, 3)
    assert f"{tmp_path}: is no tipgraph folder: it has no ontology/" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate"],
        ["show", "ASEAN"],
        ["search", "plan"],
        ["query", "organizations"],
        ["sparql", "ASK {}"],
        ["export"],
    ],
    ids=" ".join,
)
def test_folder_without_a_graph(arguments: list[str], run: Run, tmp_path: Path) -> None:
    for part in PARTS:
        (tmp_path / part).mkdir()
    shutil.copytree(ROOT / "queries", tmp_path / "queries", dirs_exist_ok=True)
    ran = run("-C", tmp_path, *arguments)
    assert_refused(ran, 3)
    assert "run 'tipgraph build' first" in ran.err


def test_broken_graph_is_named_with_its_line(run: Run, copy: Path) -> None:
    path = copy / "data" / "graph" / "catalog.ttl"
    replace_in(path, "sdg:5.2 a sdgo:Target ;", "sdg:5.2 a sdgo:Target")
    sum_again(copy)
    ran = run("-C", copy, "show", "ASEAN")
    assert_refused(ran, 3)
    assert f"{path}:" in ran.err
    assert "broken Turtle" in ran.err


def test_other_folder_is_used(run: Run, copy: Path) -> None:
    path = copy / "data" / "graph" / "catalog.ttl"
    replace_in(path, '"Association of Southeast Asian Nations"', '"Another Association"')
    sum_again(copy)
    assert "Another Association" in run("-C", copy, "show", "ASEAN").out
    assert "Another Association" not in run("show", "ASEAN").out


def test_show_gives_the_card(run: Run) -> None:
    ran = run("show", "ASEAN")
    assert ran.code == 0
    assert ran.err == ""
    assert ran.out.startswith("Association of Southeast Asian Nations\n")
    assert "https://w3id.org/tipgraph/org/asean" in ran.out
    assert "no legal advice" in ran.out


@pytest.mark.parametrize(
    "name",
    ["asean", "org/asean", "tiporg:asean", "https://w3id.org/tipgraph/org/asean"],
)
def test_show_takes_every_name(name: str, run: Run) -> None:
    assert run("show", name).out == run("show", "ASEAN").out


def test_search_finds_the_best_first(run: Run) -> None:
    ran = run("search", "palermo", "protocol")
    assert ran.code == 0
    assert ran.err == ""
    assert ran.out.startswith("instrument/palermo-protocol\n")


def test_search_says_that_there_is_more(run: Run) -> None:
    ran = run("search", "trafficking", "--limit", "2")
    assert ran.code == 0
    assert len(ran.out.rstrip("\n").split("\n")) == 4
    assert "more; use --limit" in ran.err


def test_search_reads_through_a_slip_and_says_so(run: Run) -> None:
    ran = run("search", "Nigera")
    assert ran == Ran(
        0, "country/NGA\n    Nigeria (country or area)\n", "'nigera' is read as 'nigeria'\n"
    )


def test_search_gives_the_command_that_asks_a_question(run: Run) -> None:
    ran = run("search", "what treaties bind Ghana?")
    command, label = ran.out.split("\n")[:2]
    assert command == "tipgraph query country-coverage --country GHA"
    assert label.endswith("binds the country: Ghana (question)")
    assert run(*command.split()[1:]).code == 0


def test_search_says_what_is_not_held_and_what_is_nearest(run: Run) -> None:
    ran = run("search", "IOM")
    assert ran.code == 1
    assert "organization; nearest, and not the same" in ran.out
    assert ran.err.startswith("IOM (International Organization for Migration) is not in this graph")


def test_search_without_a_hit(run: Run) -> None:
    ran = run("search", "xyzzy")
    assert_refused(ran, 1)
    assert "nothing is called 'xyzzy'" in ran.err


@pytest.mark.parametrize("format", GRAPH_FORMATS)
def test_export_to_a_file(format: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "graph"
    ran = run("export", "--format", format, "--graph", "catalog", "--output", path)
    assert ran == Ran(0, "", "")
    assert list(parse(path=str(path), format=GRAPH_FORMATS[format]))
    assert [p.name for p in tmp_path.iterdir()] == ["graph"]


def test_export_to_standard_output(run: Run) -> None:
    ran = run("export", "--graph", "catalog")
    assert ran.code == 0
    assert ran.err == ""
    assert ran.out == (ROOT / "data" / "graph" / "catalog.ttl").read_text("utf-8")


def test_export_that_can_not_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = run("export", "--graph", "queries", "--output", tmp_path / "file" / "graph.ttl")
    assert_refused(ran, 3)
    assert "can't be written" in ran.err


def test_validate_the_graph(run: Run) -> None:
    ran = run("validate")
    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(r"\d+ triples conform to the shapes and checks: 0 findings\n", ran.out)


def test_validate_a_file_that_conforms(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "page.nt"
    path.write_text("")
    ran = run("validate", path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("conform to the shapes and checks: 0 findings\n")


def test_validate_a_file_that_does_not(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "thing.ttl"
    path.write_text(
        "<https://w3id.org/tipgraph/org/x> a <https://w3id.org/tipgraph/ontology#Organization> ."
    )
    ran = run("validate", path)
    assert ran.code == 1
    assert ran.err == ""
    *findings, last = ran.out.rstrip("\n").split("\n")
    assert findings
    assert all(": org/x: " in finding for finding in findings)
    assert last.endswith(f"do not conform to the shapes and checks: {len(findings)} findings")
    assert json.loads(run("validate", path, "--format", "json").out)["conforms"] is False
    assert "sh:ValidationReport" in run("validate", path, "--format", "turtle").out


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("gone.ttl", None, "can't be read"),
        ("graph.csv", "", "is of no known RDF format"),
        ("broken.ttl", "<a> <b>", "broken Turtle"),
    ],
)
def test_validate_what_is_no_rdf(
    name: str, text: str | None, says: str, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    ran = run("validate", path)
    assert_refused(ran, 3)
    assert str(path) in ran.err
    assert says in ran.err


def test_build_check_of_what_is_up_to_date(run: Run, copy: Path) -> None:
    ran = run("-C", copy, "build", "--check", "--strict")
    assert ran.code == 0
    assert ran.out.endswith("the files are up to date\n")
    assert "0 unaccounted, 0 unreviewed, 0 unused, 0 redundant" in ran.out
    assert [line.split()[0] for line in ran.err.rstrip("\n").split("\n")] == [
        "read",
        "recognize",
        "curate",
        "describe",
        "enrich",
        "infer",
        "queries",
        "validate",
    ]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/graph/catalog.ttl", "Southeast Asian Nations", "Southeast asian Nations"),
        pytest.param("data/iris.txt", "org/asean\n", "", marks=pytest.mark.nightly),
        pytest.param("data/source/2020.txt", "R203", "R204", marks=pytest.mark.nightly),
    ],
)
def test_build_check_detects_one_changed_character(
    path: str, old: str, new: str, run: Run, copy: Path
) -> None:
    replace_in(copy / path, old, new)
    before = files(copy / "data" / "graph")
    ran = run("-C", copy, "build", "--check")
    assert ran.code == 1
    assert f"out of date: {copy / 'data'}" in ran.out
    assert files(copy / "data" / "graph") == before


def test_build_mends_what_is_out_of_date(run: Run, copy: Path) -> None:
    graph = copy / "data" / "graph"
    wanted = files(graph)
    replace_in(graph / "catalog.ttl", "Southeast Asian", "Southeast asian")
    (graph / "inferred.ttl").unlink()
    ran = run("-C", copy, "build", "--strict")
    assert ran.code == 0
    assert ran.out.endswith(f"written to {graph}\n")
    assert files(graph) == wanted


def test_strict_build_refuses_when_work_is_left(run: Run, copy: Path) -> None:
    graph = copy / "data" / "graph"
    replace_in(copy / "data" / "curation" / "notes.yaml", '"(ARES/64/293)"', '"(BRES/64/293)"')
    before = files(graph)
    ran = run("-C", copy, "build", "--strict")
    assert ran.code == 1
    assert "unused: notes.yaml:" in ran.out
    assert "1 unused" in ran.out
    assert files(graph) == before
    assert run("-C", copy, "build").code == 0
    assert files(graph) != before


def test_build_of_another_table_into_another_folder(run: Run, copy: Path, tmp_path: Path) -> None:
    before = files(copy / "data" / "graph")
    register = (copy / "data" / "iris.txt").read_bytes()
    table = tmp_path / "2021.txt"
    text = (copy / "data" / "source" / "2020.txt").read_text("utf-8")
    table.write_text(text.replace("FATF", "FTAF"), "utf-8")
    ran = run("-C", copy, "build", "--source", table, "--output", tmp_path / "made")
    assert ran.code == 0, ran.out
    assert files(tmp_path / "made").keys() == before.keys()
    assert b"source/2021/L6" in files(tmp_path / "made")["source.ttl"]
    assert files(copy / "data" / "graph") == before
    assert (copy / "data" / "iris.txt").read_bytes() == register


@pytest.mark.parametrize(("text", "says"), [(None, "can't be read"), ("x", "holds no table")])
def test_build_of_what_is_no_table(text: str | None, says: str, run: Run, tmp_path: Path) -> None:
    table = tmp_path / "table.txt"
    if text is not None:
        table.write_text(text)
    ran = run("build", "--source", table, "--output", tmp_path / "made")
    assert_refused(ran, 3)
    assert f"{table}: {says}" in ran.err
    assert not (tmp_path / "made").exists()


def test_build_with_broken_curation_names_file_and_line(run: Run, copy: Path) -> None:
    path = copy / "data" / "curation" / "notes.yaml"
    replace_in(path, "- id: Q02\n  kind: shape", "- id: Q02\n  sort: shape")
    ran = run("-C", copy, "build", "--check")
    assert ran.code == 3
    assert ran.out == ""
    assert f"{path}:" in ran.err.rstrip("\n").split("\n")[-1]
