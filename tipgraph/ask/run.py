"""Run a stored query with bound arguments on an engine."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from tipgraph.ask.answer import Answer, Row
from tipgraph.ask.bind import Argument, bind
from tipgraph.ask.queries import StoredQuery
from tipgraph.errors import ArgumentError, UsageError
from tipgraph.graph.engines.engine import Engine, Graph, Solutions, solutions

MOST = 1_000_000
"""The largest limit and page that are taken."""


@dataclass(frozen=True)
class BoundQuery:
    """A stored query and the terms of its arguments, defaults included."""

    query: StoredQuery
    arguments: Mapping[str, Argument]

    @property
    def key(self) -> Hashable:
        """What is the same for everybody who asks this, however the arguments are written."""
        return self.query.version, tuple(self.arguments.items())

    @property
    def sparql(self) -> str:
        """The SPARQL that is asked, without its header and blank lines."""
        lines = bind(self.query.text, self.arguments).split("\n")
        return "\n".join(line for line in lines if line.strip() and not line.startswith("#+"))


def rows_of(bound: BoundQuery, engine: Engine, limit: int | None = None, page: int = 1) -> Answer:
    """Return the rows of a bound query; a `limit` cuts them into pages and says so.

    One row more is asked for than given, to know whether there are more. Raises UsageError where
    the query gives triples, or the limit or the page is out of bounds.
    """
    query = bound.query
    if query.form != "SELECT":
        raise UsageError(f"'{query.name}' gives triples, not rows")
    for name, number in (("limit", 1 if limit is None else limit), ("page", page)):
        if not isinstance(number, int) or not 1 <= number <= MOST:
            raise ArgumentError(name, f"is a whole number from 1 to {MOST}")
    if page > 1 and limit is None:
        raise ArgumentError("page", "how many rows a page has is said by", others=("limit",))
    more, offset = (None, 0) if limit is None else (limit + 1, (page - 1) * limit)
    text = bind(query.text, bound.arguments, more, offset)
    return answer_of(solutions(text, engine), limit, query)


def triples_of(bound: BoundQuery, engine: Engine) -> Graph:
    """Return the triples of a bound query; raise UsageError where it gives rows."""
    result = engine.query(bind(bound.query.text, bound.arguments))
    if not isinstance(result, Graph):
        raise UsageError(f"'{bound.query.name}' gives rows, not triples")
    return result


def answer_of(
    found: Solutions, limit: int | None = None, query: StoredQuery | None = None
) -> Answer:
    """Return solutions as an answer of at most `limit` rows."""
    rows = tuple(Row(found.variables, terms) for terms in found.rows)
    is_cut = limit is not None and len(rows) > limit
    types, shown = (query.columns, query.shown) if query else ({}, ())
    return Answer(found.variables, rows[:limit] if is_cut else rows, types, is_cut, shown)
