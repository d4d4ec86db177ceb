"""The codes and links of a thing, each with what it rests on."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from tipgraph.graph.engines.engine import Term
from tipgraph.tell.facts import is_link
from tipgraph.tell.parts import Identifier
from tipgraph.tell.reader import Reader

SAME = ("schema:sameAs", "rdfs:seeAlso")
"""What links a thing to something elsewhere, stated by a link or not."""


def identifiers_of(thing: NamedNode, reader: Reader) -> tuple[Identifier, ...]:
    """Return the identifiers of a thing; those that no link states have no sources."""
    about = reader.subjects("rdf:subject", thing)
    stated = [statement for statement in about if is_link(statement, reader)]
    targets = {node for one in stated for node in reader.objects(one, "rdf:object")}
    others = reader.objects(thing, "skos:notation", *SAME)
    told = [_stated(statement, reader) for statement in stated]
    told += [
        Identifier(_system(node, reader), reader.link(node))
        for node in others
        if node not in targets
    ]
    return tuple(sorted(told, key=lambda one: (one.relation.casefold(), one.link.text)))


def _stated(statement: NamedNode, reader: Reader) -> Identifier:
    (target,) = reader.objects(statement, "rdf:object")
    citations = reader.nodes(statement, "dcterms:source")
    return Identifier(
        relation=_relation(statement, target, reader),
        link=reader.link(target),
        remark=reader.value(statement, "tip:reason", "skos:note"),
        sources=tuple(reader.label(citation) for citation in citations),
    )


def _relation(statement: NamedNode, target: Term, reader: Reader) -> str:
    if reader.is_a(statement, "tip:LinkToCheck"):
        return "to check"
    if isinstance(target, Literal):
        return _system(target, reader)
    return reader.heading(reader.value(statement, "rdf:predicate"))


def _system(node: Term, reader: Reader) -> str:
    """Return what a code is called by its datatype, or that a link is one."""
    if not isinstance(node, Literal):
        return reader.heading("rdfs:seeAlso")
    return reader.value(node.datatype, "rdfs:label") or "code"
