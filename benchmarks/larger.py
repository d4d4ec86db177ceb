"""Folders with a graph many times as large as the real one, made of renamed copies of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from tipgraph.files.folder import Folder
from tipgraph.rdf.triples import serialized

COPIED = ("source", "catalog", "inferred", "provenance")
THING = re.compile(
    r"(https://w3id\.org/tipgraph/(?:org|body|instrument|resource|source|note)/[^>\s]+)"
)
LABEL = re.compile(r'((?:prefLabel|altLabel|notation)> ".*?)("(?:@|\^\^| \.))')


def larger(folder: Folder, times: int, target: Path) -> Folder:
    """Write a folder whose graph has `times` copies of the things of a folder, and return it."""
    for name in ("ontology", "queries", "shapes"):
        shutil.copytree(folder.root / name, target / name)
    (target / "data" / "graph").mkdir(parents=True)
    for path in folder.graph.glob("*.ttl"):
        copies = 1 if path.stem not in COPIED else times
        triples = (quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE))
        lines = serialized(triples, RdfFormat.N_TRIPLES).decode()
        with (target / "data" / "graph" / path.name).open("w", encoding="utf-8") as file:
            for number in range(copies):
                file.write(copy(lines, number))
    return Folder(target)


def copy(lines: str, number: int) -> str:
    """Return N-Triples lines with the things and their names marked by a number, 0 leaves them."""
    if not number:
        return lines
    return LABEL.sub(rf"\1 {number}\2", THING.sub(rf"\1-{number}", lines))
