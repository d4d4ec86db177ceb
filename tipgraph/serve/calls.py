"""The call of a stored question that an address makes: its arguments, and the page of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tipgraph.ask.near import folded, near_names
from tipgraph.ask.queries import StoredQuery
from tipgraph.ask.terms import day_of
from tipgraph.errors import ArgumentError, quoted
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.serve.http.problems import Problem

MOST_ROWS = 10_000
PAGE = 100
"""How many rows a page has where nothing is said."""
PAGING = ("limit", "page")

Given = Mapping[str, str | list[str]]
"""What is given for each parameter: a value, or several."""


@dataclass(frozen=True)
class Call:
    """A stored question with what is given for it, and which page of how many rows is asked for."""

    query: StoredQuery
    given: Given
    limit: int | None = None
    page: int = 1

    @property
    def paging(self) -> dict[str, int]:
        """The page of the answer as arguments, or none where it is not cut into pages."""
        return {} if self.limit is None else {"limit": self.limit, "page": self.page}

    def address(self, ending: str = "") -> str:
        """Return the address of the answer, with an ending."""
        fields = urlencode({**self.given, **self.paging}, doseq=True)
        name = f"{self.query.name}.{ending}" if ending else self.query.name
        return f"/query/{name}{'?' if fields else ''}{fields}"


def call_of(query: StoredQuery, fields: Sequence[tuple[str, str]]) -> Call:
    """Return the call of a question that the fields of an address make.

    Raises Problem where an argument is unknown or missing, or the paging is wrong.
    """
    limit, page = (_number(name, fields) for name in PAGING)
    given = given_by(fields)
    _check_names(query, given)
    if query.form != "SELECT" and (limit or page):
        name = "limit" if limit else "page"
        raise Problem(400, f"{name}: a question of triples gives all of them", argument=name)
    return Call(query, _on_days(query, given), limit or (PAGE if page else None), page or 1)


def _on_days(query: StoredQuery, given: Given) -> Given:
    """Return what is given with today as the day it is: an address answers the same for ever."""
    days = {parameter.name for parameter in query.parameters if parameter.type == "date"}
    return {
        name: day_of(value) if name in days and isinstance(value, str) else value
        for name, value in given.items()
    }


def given_by(fields: Sequence[tuple[str, str]]) -> Given:
    """Return what fields give for the parameters of a question."""
    found: dict[str, list[str]] = {}
    for name, value in fields:
        if name not in PAGING:
            found.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def not_allowed(query: StoredQuery, kg: KnowledgeGraph) -> tuple[str, ...]:
    """Return the other endpoints that a question asks without leave."""
    return tuple(url for url in query.services if url not in kg.graph.services)


@contextmanager
def explained(query: StoredQuery, kg: KnowledgeGraph) -> Iterator[None]:
    """Raise Problem with the allowed values where an argument of a question is wrong."""
    try:
        yield
    except ArgumentError as error:
        parameter = query.parameter(error.parameter)
        allowed = kg.questions.values(parameter) if parameter else []
        members: dict[str, Any] = {"allowed": allowed} if allowed else {}
        raise Problem(400, str(error), error.near, argument=error.parameter, **members) from None


def _number(name: str, fields: Sequence[tuple[str, str]]) -> int | None:
    values = [value for field, value in fields if field == name]
    if not values:
        return None
    is_number = len(values) == 1 and values[0].isascii() and values[0].isdigit()
    number = int(values[0][:9]) if is_number else 0
    if not 1 <= number <= MOST_ROWS:
        raise Problem(400, f"{name}: is a whole number from 1 to {MOST_ROWS}", argument=name)
    return number


def _check_names(query: StoredQuery, given: Given) -> None:
    known = [parameter.name for parameter in query.parameters]
    for name in given:
        if name not in known:
            told = ", ".join((*known, *PAGING)) if query.form == "SELECT" else ", ".join(known)
            why = f"{quoted(name)} is no argument of this question; it takes {told}"
            raise Problem(400, why, near_names(name, folded(known)), argument=name)
    for parameter in query.parameters:
        if parameter.required and parameter.name not in given:
            why = f"{parameter.name}: is needed. {parameter.description}"
            raise Problem(400, why, argument=parameter.name)
