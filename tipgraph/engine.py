"""The embedded engine: questions over the union of the layers, and RDF as bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import (
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from tipgraph.errors import UsageError
from tipgraph.iris import PREFIXES


def select(text: str, store: Store) -> QuerySolutions:
    """Return the solutions of a SELECT query; its default graph is the union of the layers.

    Our prefixes need no declaration. Raises UsageError where the text is no SELECT query.
    """
    try:
        answer = store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
    except (SyntaxError, ValueError) as error:
        raise UsageError(_syntax_error(str(error), text)) from None
    if not isinstance(answer, QuerySolutions):
        raise UsageError("the query is no SELECT query")
    return answer


def _syntax_error(message: str, text: str) -> str:
    """Return the engine's complaint with the line it is about, without its list of tokens."""
    place = re.search(r"error at (\d+):(\d+)", message)
    if place is None:
        return f"broken SPARQL: {message[:200]}"
    line = text.split("\n")[int(place[1]) - 1].strip()
    why = "; a prefix is not declared" if "Prefix not found" in message else ""
    return f"broken SPARQL at line {place[1]}, column {place[2]}: '{line[:80]}'{why}"


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
