"""The ontology folder as the build needs it: its triples, and what it says of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from tipgraph.errors import InputError
from tipgraph.graph.engines.oxigraph import select
from tipgraph.rdf.read import read_turtle_files
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
