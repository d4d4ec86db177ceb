"""Layers of triples while they are described, and the terms they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from tipgraph.rdf.iris import concept, term, thing
from tipgraph.rdf.terms import english

Term = NamedNode | Literal
RDF_TYPE = term("rdf:type")


@dataclass
class Layer:
    """The triples of one layer."""

    triples: set[Triple] = field(default_factory=set)

    def add(self, subject: NamedNode, predicate: str, *objects: Term) -> None:
        """Add a triple for each object; the predicate is a CURIE."""
        self.triples |= {Triple(subject, term(predicate), object) for object in objects}

    def a(self, subject: NamedNode, *classes: str) -> None:
        """Add the classes of a thing, given as CURIEs."""
        self.add(subject, "rdf:type", *map(term, classes))


def describe_decision(
    layer: Layer,
    iri: NamedNode,
    said: tuple[NamedNode, str, Term],
    *,
    because: str,
    evidence: Iterable[str],
    certainty: str,
) -> None:
    """Add a statement that a person decided, with its reason, evidence and certainty.

    What is said is a subject, the CURIE of a property, and a value.
    """
    subject, predicate, value = said
    layer.a(iri, "rdf:Statement")
    layer.add(iri, "rdf:subject", subject)
    layer.add(iri, "rdf:predicate", term(predicate))
    layer.add(iri, "rdf:object", value)
    layer.add(iri, "tip:reason", english(because))
    layer.add(iri, "tip:evidence", *map(Literal, evidence))
    layer.add(iri, "tip:certainty", concept("certainty", certainty))


def listed(layer: Layer, name: str, terms: Sequence[Term]) -> NamedNode:
    """Add a list of terms to a layer, its nodes named `list/NAME/1` and so on; return its head.

    The nodes have IRIs since no blank nodes are in the data.
    """
    nodes = [thing(f"list/{name}/{place}") for place in range(1, len(terms) + 1)]
    rests = [*nodes[1:], term("rdf:nil")]
    for node, first, rest in zip(nodes, terms, rests, strict=False):
        layer.add(node, "rdf:first", first)
        layer.add(node, "rdf:rest", rest)
    return nodes[0] if nodes else term("rdf:nil")
