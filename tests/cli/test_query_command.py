"""`tipgraph query`: the stored questions as commands."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
import rdflib
from conftest import ROOT, Ran, Run, assert_refused
from golden import FILES, SELECT, golden, rows_of
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse
from rdflib.collection import Collection
from virtuoso import free_ports

from tipgraph import KnowledgeGraph
from tipgraph.files.folder import PARTS
from tipgraph.rdf.formats import GRAPH_FORMATS, ROW_FORMATS
from tipgraph.rdf.iris import BASE, ONTOLOGY, PREFIXES, term, thing

ASEAN = ("query", "instruments-of-organization", "--organization", "ASEAN")
COLUMNS = ["instrument", "title", "kind", "adopted", "force", "issuer"]
TRIPLES = ("query", "everything-about", "--about", "ASEAN")


def test_query_lists_the_queries(run: Run) -> None:
    ran = run("query")
    assert (ran.code, ran.err) == (0, "")
    assert all(f"  {name} " in ran.out for name in FILES)


@pytest.mark.parametrize("name", FILES)
def test_query_help_names_parameters_and_columns(name: str, run: Run, kg: KnowledgeGraph) -> None:
    query = kg.queries[name]
    ran = run("query", name, "--help")
    assert (ran.code, ran.err) == (0, "")
    words = ran.out.split()
    assert all(f"--{p.name.replace('_', '-')}" in words for p in query.parameters)
    assert all(column in ran.out for column in query.columns)
    assert ("It gives triples." in ran.out) == (query.form == "CONSTRUCT")


def test_help_says_what_a_parameter_takes(run: Run) -> None:
    words = " ".join(run("query", "instruments-with-force", "--help").out.split())
    assert "(concept, may be repeated, default: binding)" in words
    assert "One of: binding, mixed, non-binding, not-applicable, unknown." in words
    words = " ".join(run("query", "instruments-of-decade", "--help").out.split())
    assert "(integer, required) One of the column decade of decades." in words


@pytest.mark.parametrize("format", ROW_FORMATS)
def test_query_answers_in_every_format(format: str, run: Run) -> None:
    ran = run(*ASEAN, "--format", format)
    assert (ran.code, ran.err) == (0, "")
    assert "2004-11-29" in ran.out
    assert ran.out.endswith("\n")
    assert not ran.out.endswith("\n\n")


def test_query_as_csv(run: Run) -> None:
    header, *rows = csv.reader(io.StringIO(run(*ASEAN, "--format", "csv").out))
    assert header == COLUMNS
    assert rows[0][0] == "https://w3id.org/tipgraph/instrument/asean-declaration-2004"


def test_query_as_tsv(run: Run) -> None:
    header, first, *_ = run(*ASEAN, "--format", "tsv").out.split("\n")
    assert header.split("\t")[:2] == ["?instrument", "?title"]
    assert first.startswith("<https://w3id.org/tipgraph/instrument/asean-declaration-2004>\t")


def test_query_as_json(run: Run) -> None:
    body = json.loads(run(*ASEAN, "--format", "json").out)
    assert body["truncated"] is False
    assert body["rows"][0]["adopted"] == "2004-11-29"


def test_query_as_json_lines(run: Run) -> None:
    lines = run(*ASEAN, "--format", "jsonl").out.rstrip("\n").split("\n")
    assert [json.loads(line) for line in lines] == json.loads(run(*ASEAN, "--format", "json").out)[
        "rows"
    ]


def test_query_as_sparql_json(run: Run) -> None:
    body = json.loads(run(*ASEAN, "--format", "srj").out)
    first = body["results"]["bindings"][0]
    assert body["head"]["vars"] == COLUMNS
    assert first["instrument"]["type"] == "uri"
    assert first["title"]["xml:lang"] == "en"
    assert "adopted" not in body["results"]["bindings"][0] or first["adopted"]


def test_query_as_markdown(run: Run) -> None:
    header, rule, *rows = run(*ASEAN, "--format", "markdown").out.rstrip("\n").split("\n")
    assert header.startswith("| instrument | title |")
    assert set(rule) <= set("| -")
    assert len(rows) == 3


def test_rows_that_fit_in_no_table_are_given_cell_by_cell(
    run: Run, kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    rows = kg.query("country-coverage", country="NGA", on="2024-06-30").rows
    records = run("query", "country-coverage", "--country", "NGA", "--on", "2024-06-30").out
    blocks = records.rstrip("\n").split("\n\n")
    assert len(blocks) == len(rows)
    for block, row in zip(blocks, rows, strict=True):
        told = [line.split()[0] for line in block.split("\n") if not line.startswith(" ")]
        shown = kg.queries["country-coverage"].shown
        assert told == [column for column in shown if row[column] is not None]
        assert " ".join(str(row.title).split()) in " ".join(block.split())
        lines = [line for line in block.split("\n") if len(line.split()[-1]) < 80]
        assert all(len(line) <= 100 for line in lines)


@pytest.mark.parametrize(
    ("width", "first"),
    [("100", "instrument           title"), ("60", "instrument  instrument/asean-")],
)
def test_a_table_is_one_where_it_fits(
    width: str, first: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    assert run(*ASEAN).out.startswith(first)


def test_an_answer_without_rows_names_its_columns(
    run: Run, kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    head, rule = run("query", "country-coverage", "--country", "ATA").out.rstrip("\n").split("\n")
    assert head.split() == list(kg.queries["country-coverage"].shown)
    assert set(rule) == set("- ")


def test_a_row_without_any_value_is_a_row(copy: Path, run: Run) -> None:
    text = "#+ title: T\n#+ description: D.\n#+ columns: {a: text}\n"
    (copy / "queries" / "empty.rq").write_text(f"{text}SELECT ?a {{ VALUES ?a {{ UNDEF 'x' }} }}")
    asked = ("-C", copy, "query", "empty", "--format")
    assert run(*asked, "table").out == "a\n-\n\nx\n"
    assert run(*asked, "csv").out == 'a\n""\nx\n'
    assert run(*asked, "tsv").out == '?a\n\n"x"\n'
    assert [row["a"] for row in json.loads(run(*asked, "json").out)["rows"]] == [None, "x"]
    assert read_rows(run(*asked, "jsonld").out) == [{}, {"a": "x"}]


@pytest.mark.parametrize("format", GRAPH_FORMATS)
def test_query_gives_triples_in_every_format(format: str, run: Run, kg: KnowledgeGraph) -> None:
    ran = run(*TRIPLES, "--format", format)
    assert (ran.code, ran.err) == (0, "")
    expected = kg.construct("everything-about", about="ASEAN").triples
    quads = set(parse(ran.out.encode(), GRAPH_FORMATS[format]))
    found = {quad.triple for quad in quads if format != "jsonld" or is_named(quad)}
    assert found == expected


def is_named(quad: Quad) -> bool:
    return not isinstance(quad.graph_name, DefaultGraph)


def test_what_linked_triples_rest_on_is_said_of_their_graph(run: Run) -> None:
    quads = list(parse(run(*TRIPLES, "--format", "jsonld").out.encode(), RdfFormat.JSON_LD))
    (answer,) = {quad.graph_name for quad in quads if is_named(quad)}
    said = {q.predicate: q.object for q in quads if q.subject == answer and not is_named(q)}
    assert said[term("rdf:type")] == term("prov:Entity")
    call = said[term("prov:wasGeneratedBy")]
    asked = {quad.object for quad in quads if quad.subject == call}
    assert {thing("query/everything-about"), thing("dataset"), thing("org/asean")} <= asked


def test_query_for_triples_has_no_pages(run: Run) -> None:
    assert_refused(run(*TRIPLES, "--limit", "2"), 2)
    assert_refused(run(*TRIPLES, "--format", "csv"), 2)


def csv_rows(ran: Ran) -> list[list[str]]:
    assert ran.code == 0
    return list(csv.reader(io.StringIO(ran.out)))[1:]


@pytest.mark.parametrize("name", ["organizations", "instruments-of-kind", "timeline"])
@pytest.mark.parametrize("limit", [11, 22, 1000])
def test_the_pages_together_are_the_whole(name: str, limit: int, run: Run) -> None:
    given = ["--kind", "treaty"] if name == "instruments-of-kind" else []
    asked = ("query", name, *given, "--format", "csv")
    whole = csv_rows(run(*asked))
    pages = -(-len(whole) // limit)
    rows = []
    for page in range(1, pages + 1):
        ran = run(*asked, "--limit", str(limit), "--page", str(page))
        is_last = page == pages
        told = "" if is_last else f"cut after {limit} rows; --page {page + 1} has more\n"
        assert ran.err == told
        rows += csv_rows(ran)
    assert rows == whole
    after = run(*asked, "--limit", str(limit), "--page", str(pages + 1))
    assert csv_rows(after) == []
    assert after.err == f"no rows: page {pages + 1} is after the last\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--page", "2"], "--page: how many rows a page has is said by --limit"),
        (["--limit", "0"], "Invalid value for '--limit'"),
        (["--limit", "many"], "Invalid value for '--limit'"),
        (["--limit", "-1"], "Invalid value for '--limit'"),
        (["--limit", "1", "--page", "0"], "Invalid value for '--page'"),
        (["--format", "nonsense"], "Invalid value for '--format'"),
        (["--engine", "jena"], "Invalid value for '--engine'"),
        (["--engine", "rdflib", "--endpoint", "http://127.0.0.1:9/"], "can't both be given"),
        (["--endpoint", "ftp://x.org/"], "is no endpoint's URL"),
    ],
)
def test_wrong_options_are_refused(arguments: list[str], says: str, run: Run) -> None:
    ran = run("query", "organizations", *arguments)
    assert_refused(ran, 2)
    assert says in ran.err


def test_a_cut_is_said_in_json(run: Run) -> None:
    for limit, is_cut in ((2, True), (22, False)):
        ran = run("query", "organizations", "--limit", str(limit), "--format", "json")
        assert json.loads(ran.out)["truncated"] is is_cut
        ran = run("query", "organizations", "--limit", str(limit), "--format", "jsonld")
        assert json.loads(ran.out)["truncated"] is is_cut


def test_query_without_rows_says_so(run: Run) -> None:
    ran = run(*ASEAN, "--kind", "case-digest", "--format", "csv")
    assert (ran.code, ran.out) == (0, ",".join(COLUMNS) + "\n")
    assert ran.err == "no rows: nothing in the graph fits this question\n"


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
def test_query_asks_the_engine_that_is_named(engine: str, run: Run) -> None:
    assert run(*ASEAN, "--engine", engine) == run(*ASEAN)


def test_an_endpoint_needs_no_graph_here(tmp_path: Path, run: Run, remote: KnowledgeGraph) -> None:
    for part in PARTS:
        (tmp_path / part).mkdir()
    shutil.copytree(ROOT / "queries", tmp_path / "queries", dirs_exist_ok=True)
    asked = ("-C", tmp_path, *ASEAN)
    assert run(*asked, "--endpoint", remote.graph.endpoint) == run(*ASEAN)
    assert "Options:" in run("-C", tmp_path, *ASEAN[:2], "--help").out
    assert_refused(run(*asked), 3)


def test_an_endpoint_that_is_not_there_gives_no_empty_answer(run: Run) -> None:
    (port,) = free_ports(1)
    ran = run(*ASEAN, "--endpoint", f"http://127.0.0.1:{port}/sparql")
    assert_refused(ran, 3)
    assert f"http://127.0.0.1:{port}/sparql" in ran.err


PROVENANCE = ("--kind", "convention", "--provenance")


@pytest.mark.parametrize("format", [*sorted(ROW_FORMATS.keys() - {"json", "jsonld"})])
def test_provenance_is_told_beside_the_rows(format: str, run: Run, kg: KnowledgeGraph) -> None:
    ran = run(*ASEAN, *PROVENANCE, "--format", format)
    assert ran.code == 0
    assert ran.out == run(*ASEAN, *PROVENANCE[:2], "--format", format).out
    dataset, query, arguments = ran.err.rstrip("\n").split("\n")
    assert dataset == f"dataset {BASE}dataset version {kg.version or 'unknown'}"
    assert query == f"query {BASE}query/{ASEAN[1]} version {kg.queries[ASEAN[1]].version}"
    kind = f"<{BASE}concept/instrument-kind/convention>"
    assert arguments == f"arguments organization = <{BASE}org/asean>; kind = {kind}"


def test_provenance_of_json_is_in_it(run: Run, kg: KnowledgeGraph) -> None:
    ran = run(
        "query",
        "instruments-of-kind",
        "--kind=act",
        "--kind=treaty",
        "--provenance",
        "--format=json",
    )
    assert (ran.code, ran.err) == (0, "")
    kinds = [f"<{BASE}concept/instrument-kind/{kind}>" for kind in ("act", "treaty")]
    assert json.loads(ran.out)["provenance"] == {
        "dataset": f"{BASE}dataset",
        "dataset_version": kg.version,
        "query": f"{BASE}query/instruments-of-kind",
        "query_version": kg.queries["instruments-of-kind"].version,
        "arguments": {"kind": kinds},
    }
    assert "provenance" not in json.loads(run(*ASEAN, "--format", "json").out)


def test_provenance_of_triples_is_told_beside_them(run: Run) -> None:
    ran = run(*TRIPLES, "--provenance")
    assert ran.out == run(*TRIPLES).out
    assert ran.err.endswith(f"arguments about = <{BASE}org/asean>\n")


def test_provenance_of_no_arguments(run: Run) -> None:
    assert run("query", "decades", "--provenance").err.endswith("arguments none\n")


def read_graph(document: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    graph.parse(data=document, format="json-ld")
    return graph


def read_rows(document: str) -> list[dict[str, str]]:
    """Return the rows of a JSON-LD answer in order, as an independent reader finds them."""
    graph = read_graph(document)
    (head,) = graph.objects(None, rdflib.URIRef(f"{ONTOLOGY}rows"))
    return [
        {str(column).rpartition("#")[2]: str(value) for column, value in graph[row]}
        for row in Collection(graph, head)
    ]


@pytest.mark.parametrize("name", SELECT)
def test_rows_are_linked_data_that_others_read(name: str, run: Run, kg: KnowledgeGraph) -> None:
    query = kg.queries[name]
    given = [
        f"--{key.replace('_', '-')}={value}"
        for key, values in query.example.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    ran = run("query", name, *given, "--format", "jsonld")
    assert (ran.code, ran.err) == (0, "")
    header, *rows = rows_of(golden(name).read_text("utf-8"))
    found = read_rows(ran.out)
    assert [[row.get(column, "") for column in header] for row in found] == rows
    assert all(row.keys() <= set(header) for row in found)


def test_what_linked_rows_rest_on_is_read_by_others(run: Run, kg: KnowledgeGraph) -> None:
    graph = read_graph(run(*ASEAN, "--format", "jsonld").out)
    found = graph.query(
        """SELECT ?version ?queryVersion ?organization {
          ?answer a prov:Entity ; tip:rows ?rows ; prov:wasGeneratedBy ?call .
          ?call a prov:Activity ; prov:used ?dataset , ?query .
          ?call parameter:organization ?organization .
          ?query schema:version ?queryVersion .
          FILTER (STRENDS(STR(?query), "query/instruments-of-organization"))
          FILTER (STRENDS(STR(?dataset), "/dataset"))
          OPTIONAL { ?dataset schema:version ?version }
        }""",
        initNs=PREFIXES,
    )
    (row,) = ({str(name): str(node) for name, node in row.items()} for row in found.bindings)
    assert row.get("version", "") == kg.version
    assert row["queryVersion"] == kg.queries[ASEAN[1]].version
    assert row["organization"] == f"{BASE}org/asean"


@pytest.fixture
def complete(monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Complete what is typed, as the shell does."""

    def completed(*typed: str) -> Ran:
        monkeypatch.setenv("_TIPGRAPH_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(["tipgraph", *typed]))
        monkeypatch.setenv("COMP_CWORD", str(len(typed)))
        return run()

    return completed


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["que"], ["query"]),
        (["query", "focal-p"], ["focal-point-statements", "focal-points"]),
        (["query", "instruments-of-organization", "--o"], ["--organization"]),
        (["query", "instruments-of-organization", "--kind", "prot"], ["protocol"]),
        (["query", "instruments-with-force", "--force", "non"], ["non-binding"]),
        (["query", "organizations-for-target", "--target", "8"], ["8.7"]),
        (["query", "linked-pages", "--scheme", ""], ["http", "https"]),
        (["query", "organizations", "--format", "json"], ["json", "jsonl", "jsonld"]),
        (["query", "organizations", "--engine", "r"], ["rdflib"]),
        (["query", "instrument", "--instrument", "act"], []),
        (["query", "nonsense", "--o"], []),
    ],
)
def test_the_shell_completes(typed: list[str], offered: list[str], complete: Run) -> None:
    lines = complete(*typed).out.split("\n")
    assert [line.removeprefix("plain,") for line in lines if line] == offered


def test_completion_leaves_out_the_broken_and_looks_in_the_folder(
    complete: Run, copy: Path
) -> None:
    (copy / "queries" / "focal-new.rq").write_text((ROOT / "queries" / "decades.rq").read_text())
    (copy / "queries" / "focal-points.rq").write_text("broken")
    ran = complete("-C", str(copy), "query", "focal-")
    assert ran.out.split() == ["plain,focal-new", "plain,focal-point-statements"]


def test_a_misprint_answers_for_its_thing_and_says_so(run: Run) -> None:
    ran = run("query", "organization", "--organization", "Puebla Group")
    assert ran.code == 0
    assert ran.err == (
        "'Puebla Group' is a wrong name in the table; "
        "taken for Regional Conference on Migration (org/rcm)\n"
    )
    assert "wrong name" in run("show", "Puebla Group").err
    assert run("query", "organization", "--organization", "RCM").err == ""


def test_no_rows_between_two_days_says_nothing_of_the_graph(run: Run) -> None:
    ran = run("query", "timeline", "--after", "2013-01-01", "--before", "2010-01-01")
    assert (ran.code, ran.err) == (0, "no rows\n")
