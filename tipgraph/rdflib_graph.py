"""Triples as rdflib's graphs, which the reasoner and the SHACL validator take, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, parse

from tipgraph.triples import serialized

if TYPE_CHECKING:
    import rdflib


def rdflib_graph(triples: Iterable[Triple]) -> rdflib.Graph:
    """Return triples as an rdflib graph."""
    import rdflib

    graph = rdflib.Graph()
    graph.parse(data=serialized(triples, RdfFormat.N_TRIPLES), format="nt")
    return graph


def triples_of(graph: rdflib.Graph) -> set[Triple]:
    """Return the triples of an rdflib graph."""
    data = graph.serialize(format="nt", encoding="utf-8")
    return {quad.triple for quad in parse(data, RdfFormat.N_TRIPLES)}
