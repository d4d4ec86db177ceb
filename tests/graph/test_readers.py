"""Independent readers find the same statements in every export: N3.js, jsonld.js and Raptor."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import Export
from pyoxigraph import Quad, RdfFormat, Triple, parse

from tipgraph import KnowledgeGraph
from tipgraph.rdf.formats import WITH_GRAPH_NAMES
from tipgraph.rdf.iris import LAYERS, layer_graph

READERS = Path(__file__).parents[1] / "readers"
IN_CI = os.environ.get("CI") == "true"


def needs(present: object, what: str) -> pytest.MarkDecorator:
    """Skip where a component is missing; in CI its absence is a failure."""
    return pytest.mark.skipif(not present and not IN_CI, reason=f"{what} is not installed")


HAS_NODE = shutil.which("node") and (READERS / "node_modules").is_dir()


def quads_of(lines: bytes) -> set[Quad]:
    return set(parse(lines, RdfFormat.N_QUADS))


def expected(kg: KnowledgeGraph, named: bool) -> set[Quad]:
    return {
        quad if named else Quad(quad.subject, quad.predicate, quad.object)
        for layer in LAYERS
        for quad in kg.store.quads_for_pattern(None, None, None, layer_graph(layer))
    }


def written(export: Export, folder: Path, format: str) -> Path:
    path = folder / f"export.{format}"
    path.write_bytes(export(format))
    return path


def read_by_javascript(path: Path, format: str) -> set[Quad]:
    command = ["node", str(READERS / "read.js"), format, str(path)]
    read = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return quads_of(read.stdout)


@needs(HAS_NODE, "node with N3.js and jsonld.js (make readers)")
@pytest.mark.parametrize(
    "format",
    [
        "turtle",
        "nq",
        *(pytest.param(n, marks=pytest.mark.nightly) for n in ("jsonld", "nt", "trig")),
    ],
)
def test_javascript_reads_the_same(
    kg: KnowledgeGraph, export: Export, tmp_path: Path, format: str
) -> None:
    path = written(export, tmp_path, format)
    assert read_by_javascript(path, format) == expected(kg, format in WITH_GRAPH_NAMES)


@needs(HAS_NODE, "node with N3.js and jsonld.js (make readers)")
def test_javascript_reads_the_json_ld_of_a_smaller_graph(
    lean_kg: KnowledgeGraph, tmp_path: Path
) -> None:
    path = written(lean_kg.export, tmp_path, "jsonld")
    assert read_by_javascript(path, "jsonld") == expected(lean_kg, named=False)


@needs(shutil.which("rapper"), "rapper")
def test_raptor_reads_the_same(kg: KnowledgeGraph, export: Export, tmp_path: Path) -> None:
    path = written(export, tmp_path, "rdfxml")
    command = ["rapper", "--quiet", "--input", "rdfxml", "--output", "ntriples", str(path)]
    read = subprocess.run(command, capture_output=True, check=True, timeout=60)
    found = {Triple(q.subject, q.predicate, q.object) for q in quads_of(read.stdout)}
    assert found == {Triple(q.subject, q.predicate, q.object) for q in expected(kg, named=False)}
