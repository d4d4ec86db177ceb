"""Run a stored query: resolve its arguments, bind them, ask the engine, return the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from tipgraph.bind import bind
from tipgraph.engine import select
from tipgraph.errors import InputError, UsageError
from tipgraph.iris import term
from tipgraph.queries import StoredQuery
from tipgraph.resolve import Names, resolve

Term = NamedNode | Literal
Value = str | int | float | None
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
        return value_of(self.terms[self.columns.index(column)])

    def __getattr__(self, column: str) -> Value:
        if column.startswith("_") or column not in self.columns:
            raise AttributeError(column)
        return self[column]

    def __iter__(self) -> Iterator[Value]:
        return map(value_of, self.terms)

    def to_dict(self) -> dict[str, Value]:
        """Return the row as a dict of plain values; what is not stated is None."""
        return dict(zip(self.columns, self, strict=True))


@dataclass(frozen=True)
class Answer:
    """The rows of a query in order, its columns and their types, and whether rows were cut."""

    columns: tuple[str, ...]
    types: Mapping[str, str]
    rows: tuple[Row, ...]
    truncated: bool = False

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def to_dicts(self) -> list[dict[str, Value]]:
        """Return every row as a dict."""
        return [row.to_dict() for row in self.rows]


def value_of(node: Term | None) -> Value:
    """Return a term as a plain value: an IRI or text as str, a number as int or float."""
    if node is None:
        return None
    if isinstance(node, Literal):
        number = NUMBERS.get(node.datatype)
        return number(node.value) if number else node.value
    return node.value


def arguments_of(
    query: StoredQuery, given: Mapping[str, str], store: Store, names: Names
) -> dict[str, Term]:
    """Return the terms of the arguments given for a query.

    Raises UsageError for an unknown parameter, a missing one, or a value of another type.
    """
    for name in given:
        if query.parameter(name) is None:
            known = ", ".join(f"--{p.name}" for p in query.parameters) or "none"
            raise UsageError(f"'{query.name}' has no parameter --{name} (it has {known})")
    for parameter in query.parameters:
        if parameter.required and parameter.name not in given:
            example = query.example.get(parameter.name, "…")
            raise UsageError(
                f"'{query.name}' needs --{parameter.name}: {parameter.description} "
                f"(for example --{parameter.name} {example})"
            )
    return {
        parameter.name: resolve(parameter, given[parameter.name], store, names)
        for parameter in query.parameters
        if parameter.name in given
    }


def run(
    query: StoredQuery, arguments: Mapping[str, Term], store: Store, limit: int | None
) -> Answer:
    """Ask the embedded engine a stored query; a `limit` cuts the rows and says so."""
    text = bind(query.text, arguments, None if limit is None else limit + 1)
    solutions = select(text, store)
    columns = tuple(query.columns)
    projected = {variable.value for variable in solutions.variables}
    if missing := set(columns) ^ projected:
        raise InputError(f"declares and selects different columns: {sorted(missing)}", query.path)
    rows = tuple(
        Row(columns, tuple(solution[column] for column in columns)) for solution in solutions
    )
    cut = limit is not None and len(rows) > limit
    return Answer(columns, query.columns, rows[:limit] if cut else rows, cut)
