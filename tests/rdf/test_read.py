"""RDF files of others are read, or refused in one line; none ends the process."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run, assert_refused
from pyoxigraph import RdfFormat

from tipgraph import InputError
from tipgraph.rdf.read import MOST_DEEP, read_rdf

TURTLE = "<x:a> <x:b> "
DEEP = {
    "turtle.ttl": lambda n: TURTLE + "<<( <x:a> <x:b> " * n + "1" + " )>>" * n + " .",
    "lines.nt": lambda n: TURTLE + "<<( <x:a> <x:b> " * n + "<x:c>" + " )>>" * n + " .",
    "objects.jsonld": lambda n: '{"@id":"x:a","x:p":' * n + "1" + "}" * n,
    "arrays.jsonld": lambda n: '{"@id":"x:a","x:p":' + "[" * n + "1" + "]" * n + "}",
    "reified.ttl": lambda n: "<< " * n + "<x:a> <x:b> 1" + " >> <x:b> 1" * n + " .",
}


@pytest.mark.parametrize("name", DEEP)
@pytest.mark.parametrize("depth", [MOST_DEEP + 1, 20_000])
def test_a_file_that_is_too_deep_is_refused(
    tmp_path: Path, run: Run, name: str, depth: int
) -> None:
    path = tmp_path / name
    path.write_text(DEEP[name](depth))
    ran = run("validate", path)
    assert_refused(ran, 3)
    assert f"{path}:1: is nested more than {MOST_DEEP} deep" in ran.err


def test_brackets_in_texts_are_no_depth(tmp_path: Path) -> None:
    path = tmp_path / "texts.ttl"
    deep = "<<[{" * 200
    path.write_text(f'<x:a> <x:b> "{deep}", """{deep}\n"{deep}""" . # {deep}\n')
    assert len(read_rdf(path, RdfFormat.TURTLE)) == 2


@pytest.mark.parametrize(
    "text", ["<x:a> <x:b> <<( <x:a> <x:b> 1 )>> .", "<< <x:a> <x:b> 1 >> <x:q> 2 ."]
)
def test_triples_as_terms_are_refused_in_a_sentence(tmp_path: Path, run: Run, text: str) -> None:
    path = tmp_path / "terms.ttl"
    path.write_text(text)
    ran = run("validate", path)
    assert_refused(ran, 3)
    assert "has triples as terms (RDF 1.2)" in ran.err


@pytest.mark.parametrize("name", ["a.ttl", "a.nt", "a.jsonld"])
def test_a_byte_order_mark_is_skipped(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    is_json = name.endswith("jsonld")
    text = (
        '{"@id": "http://x/a", "http://x/b": 1}' if is_json else "<http://x/a> <http://x/b> <x:c> ."
    )
    path.write_text("\ufeff" + text, "utf-8")
    format = RdfFormat.from_extension(path.suffix[1:])
    assert format
    assert len(read_rdf(path, format)) == 1


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<x:a> <x:b> 1 .\n<x:a> <x:b .\n")
    with pytest.raises(InputError, match=r"broken\.ttl:2: broken Turtle"):
        read_rdf(path, RdfFormat.TURTLE)
