"""`tipgraph sparql`: any query, from anywhere, in every format that fits what it gives."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import rdflib
from conftest import Run, assert_refused
from pyoxigraph import QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results
from virtuoso import free_ports

from tipgraph import KnowledgeGraph
from tipgraph.graph.engines.engine import Graph
from tipgraph.rdf.formats import GRAPH_FORMATS, ROW_FORMATS

SELECT = "SELECT ?name { tiporg:asean skos:prefLabel ?name }"
ASK = "ASK { tiporg:asean a tip:Organization }"
CONSTRUCT = "CONSTRUCT { ?s a ?class } { ?s a tip:Organization , ?class }"
DESCRIBE = "DESCRIBE tiporg:asean"
NAME = "Association of Southeast Asian Nations"


@pytest.mark.parametrize("format", [name for name in ROW_FORMATS if name != "jsonld"])
def test_rows_in_every_format(format: str, run: Run) -> None:
    ran = run("sparql", SELECT, "--format", format)
    assert (ran.code, ran.err) == (0, "")
    assert NAME in ran.out
    assert ran.out.endswith("\n")


@pytest.mark.parametrize("text", [CONSTRUCT, DESCRIBE])
@pytest.mark.parametrize("format", GRAPH_FORMATS)
def test_triples_in_every_format(text: str, format: str, run: Run, kg: KnowledgeGraph) -> None:
    ran = run("sparql", text, "--format", format)
    assert (ran.code, ran.err) == (0, "")
    expected = kg.engine.query(text)
    assert isinstance(expected, Graph)
    if format == "jsonld":
        read = rdflib.Graph().parse(data=ran.out, format="json-ld")
        assert len(read) == len(expected.triples)
    else:
        quads = parse(ran.out.encode(), GRAPH_FORMATS[format])
        assert {quad.triple for quad in quads} == expected.triples


@pytest.mark.parametrize("format", ROW_FORMATS)
@pytest.mark.parametrize(("text", "truth"), [(ASK, "true"), ("ASK { tip:x a tip:y }", "false")])
def test_a_truth_in_every_format(text: str, truth: str, format: str, run: Run) -> None:
    ran = run("sparql", text, "--format", format)
    assert (ran.code, ran.err) == (0, "")
    if "js" not in format and format != "srj":
        assert ran.out == f"{truth}\n"
    else:
        assert json.loads(ran.out)["boolean"] is (truth == "true")
        result = parse_query_results(ran.out.encode(), format=QueryResultsFormat.JSON)
        assert isinstance(result, QueryBoolean)


@pytest.mark.parametrize(
    ("text", "start"),
    [(SELECT, "name\n----"), (ASK, "true\n"), (CONSTRUCT, "@prefix"), (DESCRIBE, "@prefix")],
)
def test_every_form_has_a_format_of_its_own(text: str, start: str, run: Run) -> None:
    assert run("sparql", text).out.startswith(start)


@pytest.mark.parametrize(
    ("text", "format"),
    [
        (CONSTRUCT, "csv"),
        (DESCRIBE, "table"),
        (SELECT, "turtle"),
        (SELECT, "jsonld"),
        (ASK, "trig"),
        (ASK, "nonsense"),
    ],
)
def test_a_format_that_does_not_fit_is_refused(text: str, format: str, run: Run) -> None:
    ran = run("sparql", text, "--format", format)
    assert_refused(ran, 2)
    assert "format" in ran.err or "jsonld" in ran.err


@pytest.mark.parametrize("value", ['"text"', "1", '"a"@en'])
def test_a_type_that_is_a_literal_is_kept_in_json_ld(value: str, run: Run) -> None:
    ran = run("sparql", f"CONSTRUCT {{ <x:y> a {value}, <x:z> }} {{}}", "--format", "jsonld")
    assert ran.code == 0
    triples = run("sparql", f"CONSTRUCT {{ <x:y> a {value}, <x:z> }} {{}}", "--format", "nt").out
    found = {quad.triple for quad in parse(ran.out.encode(), RdfFormat.JSON_LD)}
    assert found == {quad.triple for quad in parse(triples, RdfFormat.N_TRIPLES)}


@pytest.mark.parametrize("format", ["table", "markdown", "csv", "tsv", "json", "jsonl"])
def test_a_blank_node_is_told_from_text(run: Run, format: str) -> None:
    query = "SELECT ?x { BIND (BNODE() AS ?x) }"
    assert "_:" in run("sparql", query, "--format", format).out
    assert "_:" not in run("sparql", query, "--format", "srj").out


def test_a_property_that_is_no_xml_name_is_refused(run: Run) -> None:
    ran = run("sparql", "CONSTRUCT { <x:y> <http://a/b/> 1 } {}", "--format", "rdfxml")
    assert_refused(ran, 2)
    assert "RDF/XML can't name the property 'http://a/b/'" in ran.err


def test_sparql_results_are_read_by_others(run: Run) -> None:
    text = "SELECT ?x ?y { VALUES (?x ?y) { (tip:a 'b'@en) (1.5 UNDEF) ('é\\n\"\\t' true) } }"
    ran = run("sparql", text, "--format", "srj")
    result = rdflib.query.Result.parse(io.BytesIO(ran.out.encode()), format="json")
    own = rdflib.Graph().query(text, initNs={"tip": "https://w3id.org/tipgraph/ontology#"})
    assert list(result) == list(own)
    ran = run("sparql", text, "--format", "tsv")
    result = rdflib.query.Result.parse(io.BytesIO(ran.out.encode()), format="tsv")
    assert len(list(result)) == 3


def test_no_rows_are_said(run: Run) -> None:
    ran = run("sparql", "SELECT ?x { ?x a tip:nothing }", "--format", "csv")
    assert (ran.code, ran.out, ran.err) == (0, "x\n", "no rows\n")


def test_a_query_comes_from_a_file_or_standard_input(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "query.rq"
    path.write_text(f"# é\n{SELECT}", "utf-8")
    expected = run("sparql", SELECT)
    assert run("sparql", "--file", path) == expected
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes()), "ascii"))
    assert run("sparql", "--file", "-") == expected


@pytest.mark.parametrize("text", ["", "\ufeff", "SELECT", "SELECT * {", "ASK", "hello"])
def test_broken_text_is_refused(text: str, run: Run) -> None:
    ran = run("sparql", text)
    assert_refused(ran, 2)
    assert ran.err.startswith("tipgraph: broken SPARQL")


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
def test_broken_text_is_refused_with_its_line(engine: str, run: Run) -> None:
    ran = run("sparql", "SELECT *\n{\n?s ?p }\n", "--engine", engine)
    assert_refused(ran, 2)
    assert "broken SPARQL" in ran.err
    assert "line" in ran.err


def test_a_prefix_that_is_not_declared_is_named(run: Run) -> None:
    ran = run("sparql", "ASK\n{ ?s ex:p ?o }")
    told = "broken SPARQL at line 2, column 11: '{ ?s ex:p ?o }'; the prefix 'ex' is not declared"
    assert ran.err == f"tipgraph: {told}\n"


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
@pytest.mark.parametrize("text", ["INSERT DATA { tip:a tip:b tip:c }", "CLEAR ALL", "DROP ALL"])
def test_an_update_is_refused(text: str, engine: str, run: Run) -> None:
    assert_refused(run("sparql", text, "--engine", engine), 2)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ([], 2, "give the query as TEXT or with --file"),
        ([ASK, "--file", "x.rq"], 2, "give the query as TEXT or with --file"),
        (["--file", "gone.rq"], 3, "gone.rq: can't be read: No such file or directory"),
        (["--file", "."], 3, ".: can't be read: Is a directory"),
        ([ASK, ASK], 2, "unexpected extra argument"),
        ([ASK, "--engine", "jena"], 2, "Invalid value for '--engine'"),
        ([ASK, "--endpoint", "x"], 2, "is no endpoint's URL"),
        ([ASK, "--endpoint", "http://x.org/", "--engine", "rdflib"], 2, "can't both be given"),
    ],
)
def test_wrong_use_is_refused(arguments: list[str], code: int, says: str, run: Run) -> None:
    ran = run("sparql", *arguments)
    assert_refused(ran, code)
    assert says in ran.err


@pytest.mark.parametrize("name", ["query.rq", "-"])
def test_a_query_that_is_no_text_is_refused(
    name: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "query.rq"
    path.write_bytes(b"ASK { ?s ?p '\xff' }")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    ran = run("sparql", "--file", name if name == "-" else path)
    assert_refused(ran, 3)
    assert "is not UTF-8 text" in ran.err


def test_every_engine_is_asked_by_name(run: Run, remote: KnowledgeGraph) -> None:
    expected = run("sparql", SELECT)
    assert run("sparql", SELECT, "--engine", "rdflib") == expected
    assert run("sparql", SELECT, "--endpoint", remote.graph.endpoint) == expected


@pytest.mark.parametrize("text", [SELECT, ASK, CONSTRUCT, DESCRIBE])
def test_an_endpoint_that_is_not_there_gives_no_empty_answer(text: str, run: Run) -> None:
    (port,) = free_ports(1)
    ran = run("sparql", text, "--endpoint", f"http://127.0.0.1:{port}/sparql")
    assert_refused(ran, 3)
    assert f"http://127.0.0.1:{port}/sparql" in ran.err


def test_a_service_that_fails_is_no_empty_answer(run: Run) -> None:
    url = "http://127.0.0.1:9/"
    ran = run("sparql", f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}", "--allow-service", url)
    assert_refused(ran, 3)
    assert f"{url}: nobody answers" in ran.err
