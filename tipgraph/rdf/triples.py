"""Triples as bytes, as quads of a named graph, and as a store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, serialize


def serialized(
    statements: Iterable[Triple] | Iterable[Quad],
    format: RdfFormat,
    prefixes: Mapping[str, str] | None = None,
) -> bytes:
    """Return triples or quads as a document of an RDF format."""
    data = serialize(statements, format=format, prefixes=dict(prefixes or {}))
    return data if data is not None else b""


def in_graph(triple: Triple, graph: NamedNode) -> Quad:
    """Return a triple as a quad of a named graph."""
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def store_of(triples: Iterable[Triple]) -> Store:
    """Return a store that holds triples in its default graph."""
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    return store
