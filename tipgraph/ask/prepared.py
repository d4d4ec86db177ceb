"""Stored queries held against a graph: what their headers name as terms, and what it lacks."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store, Triple

from tipgraph.ask.bind import Argument, Term
from tipgraph.ask.header import read_header
from tipgraph.ask.lints import unknown_terms
from tipgraph.ask.names import check
from tipgraph.ask.parameters import Parameter
from tipgraph.ask.queries import StoredQuery
from tipgraph.errors import InputError, UsageError
from tipgraph.files.yaml import Document
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.vocabulary import read_turtle_files


@dataclass(frozen=True)
class Prepared:
    """A stored query with the terms of its example, and by parameter the allowed and the default.

    What the graph does not have is left out; only limited parameters have allowed terms.
    """

    query: StoredQuery
    example: Mapping[str, Argument] = field(default_factory=dict)
    allowed: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    defaults: Mapping[str, Argument] = field(default_factory=dict)


def prepare(query: StoredQuery, graph: KnowledgeGraph) -> tuple[Prepared, list[InputError]]:
    """Return a query with the terms that its header names, and what it names in vain.

    An example is tried only where the parameters are in order.
    """
    header = read_header(query.text, query.path)
    problems: list[InputError] = []
    example: dict[str, Argument] = {}
    allowed: dict[str, tuple[Term, ...]] = {}
    defaults: dict[str, Argument] = {}
    for parameter in query.parameters:
        with _noted(problems, header, "parameters", parameter.name):
            _check_scheme(parameter, graph)
            if parameter.is_limited:
                allowed[parameter.name] = _allowed(parameter, graph)
            if parameter.default:
                defaults |= graph.bound(replace(query, parameters=(parameter,)), {})
    if query.example and not problems:
        with _noted(problems, header, "example"):
            example = graph.bound(query, query.example)
    return Prepared(query, example, allowed, defaults), problems


@contextmanager
def _noted(problems: list[InputError], header: Document, *place: str) -> Iterator[None]:
    """Note a wrong use as a problem of the header's value at a place."""
    try:
        yield
    except UsageError as error:
        problems.append(header.error(f"doesn't fit this graph: {error}", *place))


def _check_scheme(parameter: Parameter, graph: KnowledgeGraph) -> None:
    if parameter.type == "concept" and not graph.names.concepts(parameter.scheme):
        raise UsageError(f"no concept is in the scheme '{parameter.scheme}'")


def _allowed(parameter: Parameter, graph: KnowledgeGraph) -> tuple[Term, ...]:
    terms = graph.choices(parameter)
    for node in terms:
        check(parameter, node, graph.names)
    return terms


def query_problems(graph: KnowledgeGraph) -> list[InputError]:
    """Return what is the matter with the stored queries of a folder in its graph.

    A file that is no stored query, a name that the graph does not have, a term it does not use.
    """
    queries, problems = graph.queries.read()
    for query in queries.values():
        problems += prepare(query, graph)[1]
    triples = (quad.triple for quad in graph.store)
    return [*problems, *missing_terms(queries.values(), triples, graph.folder.shapes)]


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
