"""The ontology folder as the build needs it: its triples, and what it says of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from tipgraph.derive.memberships import Standings
from tipgraph.errors import InputError
from tipgraph.graph.engines.oxigraph import select
from tipgraph.rdf.iris import BASE, concept, term
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


def concepts_of(vocabulary: Iterable[Triple]) -> dict[str, set[str]]:
    """Return the names of the concepts of each scheme, by the name of the scheme."""
    concepts: dict[str, set[str]] = {}
    for triple in vocabulary:
        if triple.predicate == term("skos:inScheme"):
            scheme, name = _concept(triple.subject)
            concepts.setdefault(scheme, set()).add(name)
    return concepts


def standings_of(vocabulary: Iterable[Triple]) -> Standings:
    """Return the standings there are: what each act gives, and which count as belonging."""
    triples = tuple(vocabulary)
    gives = {
        _concept(triple.subject)[1]: _concept(triple.object)[1]
        for triple in triples
        if triple.predicate == term("tip:gives")
    }
    broader: dict[object, object] = {
        triple.subject: triple.object
        for triple in triples
        if triple.predicate == term("skos:broader")
    }
    belonging = {
        _concept(one)[1]
        for one in broader
        if concept("standing", "belonging") in _above(one, broader)
    }
    return Standings(gives, belonging)


def _above(node: object, broader: Mapping[object, object]) -> Iterator[object]:
    while node in broader:
        node = broader[node]
        yield node


def _concept(node: object) -> tuple[str, str]:
    """Return the scheme and the name of a concept."""
    assert isinstance(node, NamedNode)
    scheme, _, name = node.value.removeprefix(f"{BASE}concept/").rpartition("/")
    return scheme, name
