"""Turtle files, read with file and line in what is refused."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, RdfFormat, Triple, parse

from tipgraph.errors import InputError
from tipgraph.rdf.iris import BASE


def read_turtle(path: Path) -> list[Triple]:
    """Read the triples of a Turtle file; raise InputError with file and line where it is broken."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", path) from error
    try:
        return [quad.triple for quad in parse(data, RdfFormat.TURTLE, base_iri=BASE)]
    except SyntaxError as error:
        raise InputError(f"broken Turtle: {error.msg}", path, error.lineno) from None


def read_turtle_files(paths: Iterable[Path]) -> set[Triple]:
    """Read the triples of several Turtle files; files share no blank nodes."""
    triples: set[Triple] = set()
    for path in sorted(paths):
        triples |= _renamed(read_turtle(path), path.stem)
    return triples


def _renamed(triples: list[Triple], file: str) -> set[Triple]:
    """Return triples with their blank nodes named by the file, so that files share none."""

    def name(node: Any) -> Any:
        return BlankNode(f"{file}-{node.value}") if isinstance(node, BlankNode) else node

    return {Triple(name(t.subject), t.predicate, name(t.object)) for t in triples}
