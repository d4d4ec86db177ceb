"""Triples as rdflib's graphs, which the reasoner and the SHACL validator take, and back."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from tipgraph.rdf.iris import term

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import IdentifiedNode

PLAIN = {term("rdf:langString"), term("xsd:string")}
"""The datatypes that a literal has without saying so."""


def rdflib_graph(triples: Iterable[Triple]) -> rdflib.Graph:
    """Return triples as an rdflib graph."""
    import rdflib

    graph = rdflib.Graph()
    node = cache(_node)
    for triple in triples:
        graph.add((node(triple.subject), node(triple.predicate), node(triple.object)))
    return graph


def triples_of(graph: rdflib.Graph) -> set[Triple]:
    """Return the triples of an rdflib graph."""
    data = graph.serialize(format="nt", encoding="utf-8")
    return {quad.triple for quad in parse(data, RdfFormat.N_TRIPLES)}


def _node(node: object) -> IdentifiedNode | rdflib.Literal:
    import rdflib

    if isinstance(node, NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, BlankNode):
        return rdflib.BNode(node.value)
    if not isinstance(node, Literal):
        raise TypeError(f"rdflib has no such term: {node}")
    datatype = None if node.datatype in PLAIN else rdflib.URIRef(node.datatype.value)
    return rdflib.Literal(node.value, lang=node.language, datatype=datatype)
