"""The ontology folder as the build needs it: its triples, and what it says of each kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from tipgraph.errors import InputError
from tipgraph.graph.engines.oxigraph import select
from tipgraph.rdf.iris import BASE
from tipgraph.rdf.triples import store_of

KIND_QUERY = """
SELECT ?kind ?class ?force ?ground WHERE {
  ?kind tip:instrumentClass ?class ; tip:usualForce ?force ; skos:scopeNote ?ground
}
"""


@dataclass(frozen=True)
class Kind:
    """What a kind of instrument entails: its class, its usual legal force and why."""

    instrument_class: NamedNode
    usual_force: NamedNode
    ground: Literal


@dataclass(frozen=True)
class Vocabulary:
    """The triples of the ontology folder, and the kinds of instrument by their names."""

    triples: frozenset[Triple]
    kinds: dict[str, Kind]


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


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read every Turtle file of an ontology folder, its concepts included."""
    triples = read_turtle_files(folder.rglob("*.ttl"))
    rows = select(KIND_QUERY, store_of(triples))
    kinds = {
        row["kind"].value.rpartition("/")[2]: Kind(row["class"], row["force"], row["ground"])
        for row in rows
    }
    if "undetermined" not in kinds:
        raise InputError(
            "has no instrument kind 'undetermined' with class, force and ground", folder
        )
    return Vocabulary(frozenset(triples), kinds)


def _renamed(triples: list[Triple], file: str) -> set[Triple]:
    """Return triples with their blank nodes named by the file, so that files share none."""

    def name(node: Any) -> Any:
        return BlankNode(f"{file}-{node.value}") if isinstance(node, BlankNode) else node

    return {Triple(name(t.subject), t.predicate, name(t.object)) for t in triples}
