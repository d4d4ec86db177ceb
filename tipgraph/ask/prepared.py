"""Stored queries held against a graph: what their headers name as terms, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from tipgraph.ask.bind import Argument, Term
from tipgraph.ask.header import read_header
from tipgraph.ask.known_terms import missing_terms
from tipgraph.ask.lints import lint
from tipgraph.ask.parameters import Parameter
from tipgraph.ask.queries import Catalogue, StoredQuery
from tipgraph.ask.questions import Questions
from tipgraph.ask.terms import check
from tipgraph.errors import InputError, UsageError
from tipgraph.files.yaml import Document


@dataclass(frozen=True)
class Prepared:
    """A stored query with the terms of its example, and by parameter the allowed and the default.

    What the graph does not have is left out; only limited parameters have allowed terms.
    """

    query: StoredQuery
    example: Mapping[str, Argument] = field(default_factory=dict)
    allowed: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    defaults: Mapping[str, Argument] = field(default_factory=dict)


def prepare(query: StoredQuery, questions: Questions) -> tuple[Prepared, list[InputError]]:
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
            _check_scheme(parameter, questions)
            if parameter.is_limited:
                allowed[parameter.name] = _allowed(parameter, questions)
            if parameter.default:
                defaults |= questions.terms(replace(query, parameters=(parameter,)), {})
    if query.example and not problems:
        with _noted(problems, header, "example"):
            example = questions.terms(query, query.example)
    return Prepared(query, example, allowed, defaults), problems


@contextmanager
def _noted(problems: list[InputError], header: Document, *place: str) -> Iterator[None]:
    """Note a wrong use as a problem of the header's value at a place."""
    try:
        yield
    except UsageError as error:
        problems.append(header.error(f"doesn't fit this graph: {error}", *place))


def _check_scheme(parameter: Parameter, questions: Questions) -> None:
    if parameter.type == "concept" and not questions.names.concepts(parameter.scheme):
        raise UsageError(f"no concept is in the scheme '{parameter.scheme}'")


def _allowed(parameter: Parameter, questions: Questions) -> tuple[Term, ...]:
    terms = questions.choices(parameter)
    for node in terms:
        check(parameter, node, questions.names)
    return terms


def sound_queries(catalogue: Catalogue) -> tuple[dict[str, StoredQuery], list[InputError]]:
    """Return the queries that can be read and break no rule, and what is the matter with others."""
    queries, problems = catalogue.read()
    for name, query in list(queries.items()):
        try:
            lint(query)
        except InputError as error:
            problems.append(error)
            del queries[name]
    return queries, problems


def query_problems(questions: Questions) -> list[InputError]:
    """Return what is the matter with the stored queries of a folder in its graph.

    A file that is no stored query, a name that the graph does not have, a term it does not use.
    """
    queries, problems = sound_queries(questions.queries)
    for query in queries.values():
        problems += prepare(query, questions)[1]
    triples = (quad.triple for quad in questions.graph.store)
    return [*problems, *missing_terms(queries.values(), triples, questions.folder.shapes)]
