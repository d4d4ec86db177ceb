"""What a terminal, a full disk, a closed output or little memory make of an answer: one line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import ROOT, Run, assert_refused

TIPGRAPH = f"{sys.executable} -m tipgraph"
COMMANDS = [
    *(
        "show asean",
        "query organizations",
        "search plan --limit 100",
        "export --graph catalog",
        "--help",
    ),
    "sparql 'ASK {}'",
]
CARRIAGE_RETURN = r'"a\rb"'


def shell(line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, cwd=ROOT, check=False, timeout=60
    )


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("to", "says"), [("> /dev/full", "No space left on device"), (">&-", "is closed")]
)
def test_an_output_that_takes_nothing_is_told(command: str, to: str, says: str) -> None:
    done = shell(f"{TIPGRAPH} {command} {to}")
    assert done.returncode == 3
    assert done.stderr.startswith("tipgraph: standard output")
    assert done.stderr.count("\n") == 1
    assert says in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_goes_is_no_fault(command: str) -> None:
    done = shell(f"set -o pipefail; {TIPGRAPH} {command} | head -c 1")
    assert (done.returncode, done.stderr) == (0, "")


def test_little_memory_is_enough_for_a_card() -> None:
    done = shell(f"ulimit -v 450000; {TIPGRAPH} show asean")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("text", ["SELECT (1 AS ?x) {}\r\n", "ASK {}", "# c\nSELECT * {}"])
def test_a_byte_order_mark_before_a_query_is_skipped(tmp_path: Path, run: Run, text: str) -> None:
    path = tmp_path / "query.rq"
    path.write_text("\ufeff" + text, "utf-8")
    assert run("sparql", "--file", path).code == 0


def test_a_carriage_return_outlives_xml(run: Run) -> None:
    text = f"CONSTRUCT {{ <x:a> <http://x/p> {CARRIAGE_RETURN} }} {{}}"
    data = run("sparql", text, "--format", "rdfxml").out
    (value,) = ElementTree.fromstring(data).iter("{http://x/}p")
    assert value.text == "a\rb"


@pytest.mark.parametrize("break_", [r"\n", r"\r", r"\r\n", r"\u2028", r"\u000B"])
def test_a_line_break_breaks_no_row_of_markdown(run: Run, break_: str) -> None:
    told = run("sparql", f'SELECT ("a{break_}b" AS ?x) {{}}', "--format", "markdown").out
    assert told == "| x |\n| --- |\n| a<br>b |\n"


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
def test_a_relative_iri_is_one_of_ours(run: Run, engine: str) -> None:
    assert run("sparql", "ASK { <org/asean> a ?class }", "--engine", engine).out == "true\n"


def test_triples_as_terms_are_refused_where_a_format_has_none(run: Run) -> None:
    text = "CONSTRUCT { <x:a> <x:b> <<( <x:a> <x:b> <x:c> )>> } {}"
    ran = run("sparql", text, "--format", "jsonld")
    assert_refused(ran, 2)
    assert "JSON-LD can't hold triples as terms" in ran.err
    assert "<<( <x:a> <x:b> <x:c> )>>" in run("sparql", text).out
