"""The IRIs that stored queries ask for, held against a graph and the shapes."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store, Triple

from tipgraph.ask.queries import StoredQuery
from tipgraph.errors import InputError
from tipgraph.graph.engines.services import service_groups
from tipgraph.rdf.iris import PREFIXES
from tipgraph.rdf.read import read_turtle_files
from tipgraph.rdf.sparql_text import Token, declared_prefixes, iri_of_token, line_at, tokens


def missing_terms(
    queries: Iterable[StoredQuery], triples: Iterable[Triple], shapes: Path
) -> Iterator[InputError]:
    """Yield an error for each IRI of a query that stands neither in the graph nor in the shapes.

    A property that the shapes speak of may have no statement yet, and is no mistake.
    """
    known = frozenset((*_iris(triples), *_iris(read_turtle_files(shapes.glob("*.ttl")))))
    for query in queries:
        yield from unknown_terms(query, known)


def check_terms(query: StoredQuery, store: Store, shapes: Path) -> None:
    """Raise InputError where a query asks for an IRI that stands neither in a store nor the shapes.

    A store is asked for each IRI of the query, and the shapes are read only where it lacks one.
    """
    if any(unknown_terms(query, _Stored(store))):
        for error in missing_terms([query], (quad.triple for quad in store), shapes):
            raise error


class _Stored(Container[str]):
    """The IRIs that stand in a store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __contains__(self, iri: object) -> bool:
        node = NamedNode(str(iri))
        look = self.store.quads_for_pattern
        found = (look(node, None, None), look(None, node, None), look(None, None, node))
        return any(next(iter(quads), None) for quads in found)


def _iris(triples: Iterable[Triple]) -> Iterator[str]:
    for triple in triples:
        for node in (triple.subject, triple.predicate, triple.object):
            if isinstance(node, NamedNode):
                yield node.value
            elif isinstance(node, Literal):
                yield node.datatype.value


def unknown_terms(query: StoredQuery, known: Container[str]) -> Iterator[InputError]:
    """Yield an error for each IRI of a query that no statement of the graph has.

    What a query asks of another endpoint is not held against this graph.
    """
    prefixes = {**PREFIXES, **declared_prefixes(query.text)}
    declared = set(declared_prefixes(query.text).values())
    elsewhere = list(service_groups(query.text))
    for token in tokens(query.text):
        is_here = not any(group.start <= token.start < group.end for group in elsewhere)
        iri = _iri(token, prefixes) if is_here else ""
        is_free = iri in declared or iri.startswith(PREFIXES["xsd"])
        if iri and not is_free and iri not in known:
            line = line_at(query.text, token.start)
            yield InputError(f"asks for {token.text}, which the graph has not", query.path, line)


def _iri(token: Token, prefixes: Mapping[str, str]) -> str:
    """Return the IRI of a token, or nothing where it is none or only declares a prefix."""
    if token.kind == "name" and token.text.endswith(":"):
        return ""
    iri = iri_of_token(token, prefixes)
    return iri if token.kind == "iri" else iri.rstrip(".").replace("\\", "")
