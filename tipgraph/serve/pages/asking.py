"""The stored questions that can be asked about a thing, filled in with it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from tipgraph.ask.parameters import THING_TYPES, Parameter
from tipgraph.ask.queries import StoredQuery
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.tell.parts import Link


@dataclass(frozen=True)
class Asking:
    """Links to questions: those made for its type, and those for any thing that have rows."""

    own: tuple[Link, ...]
    any: tuple[Link, ...]


def questions_about(thing: NamedNode, kg: KnowledgeGraph) -> Asking:
    """Return the questions that take a thing and need nothing else, those that need it first."""
    found = [
        (query, parameter)
        for query in kg.queries.read()[0].values()
        if set(query.services) <= set(kg.graph.services)
        for parameter in query.parameters
        if _is_enough(parameter, query) and _takes(parameter, thing, kg)
    ]
    found.sort(key=lambda pair: not pair[1].required)
    return Asking(
        tuple(_link(thing, *pair, kg) for pair in found if pair[1].type != "thing"),
        tuple(_link(thing, *pair, kg) for pair in found if _tells(thing, *pair, kg)),
    )


def _tells(thing: NamedNode, query: StoredQuery, parameter: Parameter, kg: KnowledgeGraph) -> bool:
    """Tell whether a question that takes any thing has a row for this one."""
    if parameter.type != "thing":
        return False
    return kg.questions.has_rows(kg.questions.bound(query, {parameter.name: thing}))


def _is_enough(parameter: Parameter, query: StoredQuery) -> bool:
    needed = [other for other in query.parameters if other.required]
    return parameter.least == 1 and all(other == parameter for other in needed)


def _takes(parameter: Parameter, thing: NamedNode, kg: KnowledgeGraph) -> bool:
    if parameter.type == "concept":
        is_of_scheme = thing in kg.questions.names.concepts(parameter.scheme).values()
        return is_of_scheme and (
            not parameter.is_limited or thing in kg.questions.choices(parameter)
        )
    return parameter.type in THING_TYPES and kg.questions.names.is_a(thing, parameter.type)


def _link(thing: NamedNode, query: StoredQuery, parameter: Parameter, kg: KnowledgeGraph) -> Link:
    written = kg.questions.names.written(thing, parameter.type)
    fields = urlencode({parameter.name: written}, safe="/")
    return Link(query.title, f"/query/{query.name}?{fields}")
