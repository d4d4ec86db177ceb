"""Queries that are broken, or name what the graph does not have, are told and stop nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from pyoxigraph import Literal

from tipgraph import InputError, KnowledgeGraph, UsageError, cli
from tipgraph.ask.known_terms import missing_terms
from tipgraph.ask.lints import lint
from tipgraph.ask.prepared import Prepared, prepare, query_problems
from tipgraph.ask.queries import parse_query
from tipgraph.build.build import build
from tipgraph.files.folder import PARTS, Folder
from tipgraph.rdf.iris import concept, term, thing

QUERY = """#+ title: T
#+ description: D.
#+ parameters:
#+   about: {type: thing, description: D.}
#+ columns: {t: iri}
#+ example: {about: asean}
SELECT ?t WHERE {
  ?t ?p ?v .
  #if $about
  FILTER (?v IN ($about))
  #end
}
"""
CODES = """#+ title: T
#+ description: D.
#+ columns: {code: text, number: integer}
SELECT ?code ?number WHERE { VALUES (?code ?number) { ("a" 1) ("b" 2) (UNDEF 2) } }
"""
Prepare = Callable[[str], tuple[Prepared, list[InputError]]]


@pytest.fixture
def prepared(kg: KnowledgeGraph, tmp_path: Path) -> Prepare:
    """Prepare the query with its parameter declared otherwise, next to one that gives codes."""
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "codes.rq").write_text(CODES)
    (tmp_path / "queries" / "asked.rq").write_text(QUERY)
    text = QUERY.replace("type: thing", "type: text, choices: {query: codes, column: code}")
    (tmp_path / "queries" / "chosen.rq").write_text(text.replace("asean", "a"))
    graph = KnowledgeGraph.of_store(Folder(tmp_path), kg.store)

    def run(declared: str) -> tuple[Prepared, list[InputError]]:
        text = QUERY.replace("{type: thing, description: D.}", declared, 1)
        return prepare(parse_query(text, Path("q.rq")), graph.questions)

    return run


def test_what_a_header_names_is_found(prepared: Prepare) -> None:
    found, problems = prepared("{type: thing, description: D., several: 'true', default: osce}")
    assert problems == []
    assert found.example == {"about": (thing("org/asean"),)}
    assert found.defaults == {"about": (thing("org/osce"),)}
    assert found.allowed == {}


def test_allowed_values_are_terms_in_their_order(prepared: Prepare) -> None:
    found, _ = prepared("{type: organization, description: D., enum: [osce, asean]}")
    assert found.allowed == {"about": (thing("org/osce"), thing("org/asean"))}
    found, _ = prepared("{type: concept, scheme: legal-force, description: D., enum: [mixed]}")
    assert found.allowed == {"about": (concept("legal-force", "mixed"),)}
    choices = "choices: {query: codes, column: number}"
    found, _ = prepared(f"{{type: integer, description: D., {choices}}}")
    integer = term("xsd:integer")
    assert found.allowed == {
        "about": (Literal("1", datatype=integer), Literal("2", datatype=integer))
    }


@pytest.mark.parametrize(
    ("declared", "line", "message"),
    [
        ("{type: instrument, description: D.}", 6, "no instrument is called 'asean'"),
        ("{type: date, description: D.}", 6, "'asean' is not a date"),
        ("{type: thing, description: D., enum: [osce]}", 6, "'org/asean' is none of org/osce"),
        ("{type: thing, description: D., enum: [osc, asean]}", 4, "no thing is called 'osc'"),
        ("{type: thing, description: D., default: nothing}", 4, "no thing is called 'nothing'"),
        ("{type: concept, scheme: colour, description: D.}", 4, "no concept is in the scheme"),
        (
            "{type: text, description: D., choices: {query: code, column: code}}",
            4,
            "no query is called 'code'; did you mean codes",
        ),
        (
            "{type: text, description: D., choices: {query: codes, column: name}}",
            4,
            "its choices are of no column of 'codes': name",
        ),
        (
            "{type: text, description: D., choices: {query: codes, column: number}}",
            4,
            "'1' is not a text",
        ),
        (
            "{type: text, description: D., choices: {query: chosen, column: t}}",
            4,
            "its choices are those of 'chosen', which has choices itself",
        ),
        (
            "{type: text, description: D., choices: {query: codes, column: code}, default: c}",
            4,
            "'c' is none of a, b",
        ),
    ],
)
def test_what_a_header_names_in_vain_is_told_with_its_line(
    prepared: Prepare, declared: str, line: int, message: str
) -> None:
    found, problems = prepared(declared)
    (problem,) = problems
    assert str(problem).startswith(f"q.rq:{line}: doesn't fit this graph: ")
    assert message in str(problem)
    assert not found.example
    assert not found.defaults


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ("default: [a, b]", "has a list as default, which must be one value"),
        ("default: ''", "has an empty default"),
        ("enum: []", "has an empty enum"),
        ("enum: [a], default: b", "has a default that is not in its enum"),
        ("required: 'true', default: a", "is required and has a default"),
    ],
)
def test_limits_that_contradict_themselves_are_refused(limits: str, message: str) -> None:
    text = QUERY.replace("type: thing", f"type: text, {limits}")
    with pytest.raises(InputError, match=f"^q.rq:4: the parameter 'about' {message}"):
        lint(parse_query(text, Path("q.rq")))


def test_a_parameter_can_not_be_named_as_the_example_is() -> None:
    with pytest.raises(InputError, match="can't be named 'example'"):
        lint(parse_query(QUERY.replace("about", "example"), Path("q.rq")))


def test_a_default_is_taken_where_none_is_given(kg: KnowledgeGraph) -> None:
    declared = "type: text, several: 'true', default: a"
    query = parse_query(QUERY.replace("type: thing", declared), Path("q.rq"))
    assert kg.questions.bound(query, {}).arguments == {"about": (Literal("a"),)}
    assert kg.questions.bound(query, {"about": ["b", "c"]}).arguments == {
        "about": (Literal("b"), Literal("c"))
    }
    with pytest.raises(UsageError, match="no value is given"):
        kg.questions.bound(query, {"about": []})


def test_terms_that_nothing_has_are_told_with_their_line(
    kg: KnowledgeGraph, folder: Folder
) -> None:
    text = QUERY.replace("?t ?p ?v .", "?t tip:issuedBuy ?v ; eli:amends ?w .")
    query = parse_query(text, Path("q.rq"))
    found = missing_terms([query], [quad.triple for quad in kg.store], folder.shapes)
    assert list(map(str, found)) == ["q.rq:8: asks for tip:issuedBuy, which the graph has not"]


def test_the_stored_queries_fit_the_graph(kg: KnowledgeGraph) -> None:
    assert query_problems(kg.questions) == []


BROKEN = {
    "unclosed": QUERY.replace("?t ?p ?v .", "?t ?p"),
    "nameless": QUERY.replace("#+ title: T\n", ""),
    "unfitting": QUERY.replace("asean", "nobody"),
    "misspelt": QUERY.replace("?p ?v", "skos:preflabel ?v"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the folder with queries that are broken."""
    target = tmp_path_factory.mktemp("broken") / "tipgraph"
    for part in PARTS:
        shutil.copytree(ROOT / part, target / part)
    for name, text in BROKEN.items():
        (target / "queries" / f"{name}.rq").write_text(text)
    return target


def test_broken_queries_stop_no_build_and_are_work(copy: Path) -> None:
    made = build(Folder(copy))
    work = {entry.where.partition(".")[0]: entry for entry in made.work}
    assert work.keys() == BROKEN.keys()
    assert {entry.kind for entry in work.values()} == {"query"}
    assert str(work["unfitting"]).startswith("query: unfitting.rq:6: doesn't fit this graph: ")
    assert str(work["misspelt"]) == (
        "query: misspelt.rq:8: asks for skos:preflabel, which the graph has not"
    )
    assert made.report.conforms
    described = {triple.subject for triple in made.layers["queries"]}
    assert thing("query/unfitting") in described
    assert thing("query/unfitting/example") not in described
    assert thing("query/nameless") not in described


@pytest.mark.nightly
def test_a_strict_build_refuses_broken_queries(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in (copy / "data" / "graph").iterdir()}
    with pytest.raises(SystemExit) as left:
        cli.main(["-C", str(copy), "build", "--strict"])
    assert left.value.code == 1
    assert "query: nameless.rq:1: the header has no 'title'" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in (copy / "data" / "graph").iterdir()} == before


def test_validation_finds_broken_queries(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["-C", str(copy), "validate"])
    assert left.value.code == 1
    lines = capsys.readouterr().out.splitlines()
    for name in BROKEN:
        (line,) = (line for line in lines if f": query/{name}: " in line)
        assert line.startswith(f"Violation: query/{name}: Stored query: ")
        assert f"[{copy}/queries/{name}.rq:" in line
