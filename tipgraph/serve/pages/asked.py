"""Stored questions that a page asks for its answers, each bound and run once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tipgraph.ask.answer import Answer
from tipgraph.ask.arguments import Given
from tipgraph.ask.bind import Term
from tipgraph.ask.queries import StoredQuery
from tipgraph.ask.run import BoundQuery
from tipgraph.knowledge_graph import KnowledgeGraph


@dataclass(frozen=True)
class Asked:
    """The answers of questions by name, what each says where it has no row, and their day.

    `given` are the terms of the arguments that are given for several things.
    """

    answers: Mapping[str, Answer]
    empty: Mapping[str, str]
    day: str
    given: Mapping[str, tuple[Term, ...]]


def ask_all(
    kg: KnowledgeGraph, names: Iterable[str], given: Mapping[str, Given], day: str
) -> Asked | None:
    """Return the answers of questions on a day, theirs by default; None where one is missing.

    Each takes of what is given the arguments that it has. Raises ArgumentError where one is wrong.
    """
    wanted = tuple(names)
    if not set(wanted) <= set(kg.queries.names):
        return None
    bound = [_bound(kg, kg.queries[name], given, day) for name in wanted]
    days = [one.arguments[_day_of(one.query)] for one in bound]
    return Asked(
        answers={one.query.name: kg.questions.rows(one) for one in bound},
        empty={one.query.name: one.query.empty for one in bound},
        day=getattr(days[0], "value", ""),
        given={
            name: argument
            for one in bound
            for name, argument in one.arguments.items()
            if isinstance(argument, tuple)
        },
    )


def _bound(
    kg: KnowledgeGraph, query: StoredQuery, given: Mapping[str, Given], day: str
) -> BoundQuery:
    taken = {name: value for name, value in given.items() if query.parameter(name)}
    return kg.questions.bound(query, {**taken, _day_of(query): day or None})


def _day_of(query: StoredQuery) -> str:
    """Return the parameter of a question that is a day."""
    return next(parameter.name for parameter in query.parameters if parameter.type == "date")
