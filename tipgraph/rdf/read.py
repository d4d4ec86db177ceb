"""RDF files, read with file and line in what is refused."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, RdfFormat, Triple, parse

from tipgraph.errors import InputError
from tipgraph.rdf.iris import BASE

MOST_DEEP = 100
"""How deep objects of JSON-LD, or triple terms, may stand in one another: parsers are recursive."""
NESTS = {RdfFormat.JSON_LD: ((b"{", b"["), (b"}", b"]"))}
"""What opens and closes a nested part, by format; in the others a triple that is a term does."""
BRACKET = re.compile(
    rb'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|<[^<>"{}|^`\\\s]*>|\#[^\n]*|<<|>>|[\[\]{}]',
    re.DOTALL,
)


def read_rdf(path: Path, format: RdfFormat, base: str | None = None) -> list[Triple]:
    """Read the triples of an RDF file, whatever graphs they are in.

    A byte order mark is skipped. Raises InputError with file and line where the file can't be read,
    is broken, is nested too deep, or has triples as terms (RDF 1.2), which SHACL does not know.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror or error}", path) from error
    return parse_rdf(data, format, path, base)


def parse_rdf(data: bytes, format: RdfFormat, path: Path, base: str | None) -> list[Triple]:
    """Parse the triples of an RDF file that was read; raises what `read_rdf` does of a file."""
    data = data.removeprefix(BOM_UTF8)
    _check_depth(data, format, path)
    try:
        triples = [quad.triple for quad in parse(data, format, base_iri=base)]
    except SyntaxError as error:
        raise InputError(f"broken {format.name}: {error.msg}", path, error.lineno) from None
    except (ValueError, RuntimeError) as error:
        raise InputError(f"broken {format.name}: {error}", path) from None
    if any(isinstance(triple.object, Triple) for triple in triples):
        raise InputError("has triples as terms (RDF 1.2), which the shapes do not know", path)
    return triples


def read_turtle(path: Path) -> list[Triple]:
    """Read the triples of a Turtle file; raises what `read_rdf` does."""
    return read_rdf(path, RdfFormat.TURTLE, BASE)


def read_turtle_files(paths: Iterable[Path]) -> set[Triple]:
    """Read the triples of several Turtle files; files share no blank nodes."""
    triples: set[Triple] = set()
    for path in sorted(paths):
        triples |= _renamed(read_turtle(path), path.stem)
    return triples


def _check_depth(data: bytes, format: RdfFormat, path: Path) -> None:
    opening, closing = NESTS.get(format, ((b"<<",), (b">>",)))
    depth = 0
    for found in BRACKET.finditer(data):
        depth += (found[0] in opening) - (found[0] in closing and depth > 0)
        if depth > MOST_DEEP:
            line = data.count(b"\n", 0, found.start()) + 1
            raise InputError(f"is nested more than {MOST_DEEP} deep", path, line)


def _renamed(triples: list[Triple], file: str) -> set[Triple]:
    """Return triples with their blank nodes named by the file, so that files share none."""

    def name(node: Any) -> Any:
        return BlankNode(f"{file}-{node.value}") if isinstance(node, BlankNode) else node

    return {Triple(name(t.subject), t.predicate, name(t.object)) for t in triples}
