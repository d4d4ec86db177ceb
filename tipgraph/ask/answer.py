"""The answer of a SELECT query: rows with the columns' names, and plain values or terms."""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, overload

from pyoxigraph import BlankNode, Literal, NamedNode

from tipgraph.errors import LONGEST_QUOTE, quoted
from tipgraph.graph.engines.engine import Term
from tipgraph.rdf.iris import BASE, curie, path_of, term
from tipgraph.rdf.terms import bounds

if TYPE_CHECKING:
    import pandas

Value = str | int | float | None
DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
NUMBERS: dict[NamedNode, Callable[[str], int | float]] = {
    term("xsd:integer"): int,
    term("xsd:decimal"): float,
    term("xsd:double"): float,
}


@dataclass(frozen=True)
class Row:
    """A row of an answer; its values are read by column name: `row.title` or `row["title"]`."""

    columns: tuple[str, ...]
    terms: tuple[Term | None, ...]

    def __getitem__(self, column: str) -> Value:
        if column not in self.columns:
            raise KeyError(column)
        return value_of(self.terms[self.columns.index(column)])

    def __getattr__(self, column: str) -> Value:
        if column.startswith("_") or column not in self.columns:
            raise AttributeError(column)
        return self[column]

    def __iter__(self) -> Iterator[Value]:
        return map(value_of, self.terms)

    def __repr__(self) -> str:
        told = ", ".join(f"{c}={v!r}" for c, v in self.to_dict().items() if v is not None)
        return f"<Row {told if len(told) <= LONGEST_QUOTE else f'{told[:LONGEST_QUOTE]}…'}>"

    def days(self, column: str) -> tuple[datetime.date, datetime.date] | None:
        """Return the first and the last day that a date can mean, or None where there is none.

        A date is a text as exact as it is recorded, "2010" or "2010-05", so that it may be no day.
        Raises KeyError for an unknown column, ValueError where its value is no date.

        >>> row = Row(("adopted",), (Literal("2010-05"),))
        >>> row.adopted, str(row.days("adopted")[1])
        ('2010-05', '2010-05-31')
        """
        value = self[column]
        if value is None:
            return None
        if not isinstance(value, str) or not DATE.fullmatch(value):
            raise ValueError(f"{column}: {quoted(str(value))} is no date")
        first, last = (datetime.date.fromisoformat(day.value) for day in bounds(value))
        return first, last

    def to_dict(self) -> dict[str, Value]:
        """Return the row as a dict of plain values; what is not stated is None."""
        return dict(zip(self.columns, self, strict=True))


@dataclass(frozen=True)
class Answer:
    """The rows of a query in order, its columns and their types, and whether rows were cut.

    `shown` are the columns that answer; the others are evidence.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    types: Mapping[str, str] = field(default_factory=dict)
    truncated: bool = False
    shown: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def answering(self) -> Answer:
        """The answer without the columns that are evidence."""
        if not self.shown:
            return self
        places = [self.columns.index(column) for column in self.shown]
        rows = (Row(self.shown, tuple(row.terms[n] for n in places)) for row in self.rows)
        return replace(self, columns=self.shown, rows=tuple(rows))

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Answer: ...
    def __getitem__(self, place: int | slice) -> Row | Answer:
        if not isinstance(place, slice):
            return self.rows[place]
        rows = self.rows[place]
        return replace(self, rows=rows, truncated=self.truncated or len(rows) < len(self.rows))

    def __repr__(self) -> str:
        more = ", and there are more" if self.truncated else ""
        columns = ", ".join(self.columns)
        return f"<Answer of {len(self.rows)} rows{more}: {columns}>"

    def to_dicts(self) -> list[dict[str, Value]]:
        """Return every row as a dict."""
        return [row.to_dict() for row in self.rows]

    def to_csv(self) -> str:
        """Return the rows as CSV, the columns' names first."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([["" if value is None else value for value in row] for row in self.rows])
        return text.getvalue()

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a pandas frame; raise ImportError where pandas is not installed."""
        import pandas

        return pandas.DataFrame([list(row) for row in self.rows], columns=list(self.columns))


def value_of(node: Term | None) -> Value:
    """Return a term as a plain value: an IRI or text as str, a number as int or float.

    A blank node has `_:` before its name (SPARQL 1.1 Query Results CSV and TSV, section 3.2).
    """
    if node is None:
        return None
    if isinstance(node, BlankNode):
        return str(node)
    if isinstance(node, Literal) and node.datatype in NUMBERS:
        return _number(node)
    return node.value


def _number(node: Literal) -> int | float | str:
    """Return the number of a literal, or its text where it is none or not finite."""
    try:
        number = NUMBERS[node.datatype](node.value)
    except ValueError:
        return node.value
    is_finite = isinstance(number, int) or math.isfinite(number)
    return number if is_finite else node.value


def short(node: Term | None, type: str = "") -> str:
    """Return a term as people read it: a concept by its name, a thing by its path."""
    if node is None:
        return ""
    if isinstance(node, Literal):
        return node.value
    if type == "concept":
        return node.value.rpartition("/")[2].rpartition("#")[2]
    if isinstance(node, BlankNode):
        return str(node)
    return path_of(node.value) if node.value.startswith(BASE) else curie(node.value)
