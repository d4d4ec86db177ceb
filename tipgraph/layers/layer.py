"""Layers of triples while they are described, and the terms they are made of."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from tipgraph.rdf.iris import concept, term, thing

Term = NamedNode | Literal
RDF_TYPE = term("rdf:type")
DATE_TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


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


def english(text: str) -> Literal:
    """Return a text in English."""
    return Literal(text, language="en")


def number(value: int) -> Literal:
    """Return an integer."""
    return Literal(str(value), datatype=term("xsd:integer"))


def date(text: str) -> Literal:
    """Return a date of the precision it is written with: a year, a month or a day.

    >>> date("2013-12").datatype.value
    'http://www.w3.org/2001/XMLSchema#gYearMonth'
    """
    return Literal(text, datatype=term(DATE_TYPES[len(text)]))


def bounds(text: str) -> tuple[Literal, Literal]:
    """Return the first and the last day that a year, month or day can mean.

    >>> [bound.value for bound in bounds("2012-02")]
    ['2012-02-01', '2012-02-29']
    """
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    last_month = month or 12
    last_day = day or monthrange(year, last_month)[1]
    return (
        date(f"{year:04}-{month or 1:02}-{day or 1:02}"),
        date(f"{year:04}-{last_month:02}-{last_day:02}"),
    )
