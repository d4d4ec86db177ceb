"""Read the CSV files of facts strictly, each as its CSV on the Web metadata describes it.

The metadata (https://www.w3.org/TR/tabular-metadata/) stands in `NAME.csv-metadata.json`; of it,
the columns' `name`, `required`, `separator` and `datatype` and the `primaryKey` are used.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tipgraph.errors import InputError

BASES = {"string": ".+", "integer": "[0-9]+"}
"""What the cells of a column without a format look like, by the base of its datatype."""


@dataclass(frozen=True)
class Column:
    """What the metadata say of a column; `separator` parts several values in a cell."""

    name: str
    required: bool
    separator: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Schema:
    """The columns of a table in order, and those whose cells tell its rows apart."""

    columns: tuple[Column, ...]
    key: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A row: its cells by column, where the column has a separator with several values."""

    cells: Mapping[str, str | tuple[str, ...]]
    path: Path
    line: int

    def error(self, what: str) -> InputError:
        """Return an error about this row."""
        return InputError(what, self.path, self.line)


def read_table(path: Path) -> tuple[Row, ...]:
    """Return the rows of a CSV file.

    Raises InputError with file and line where the file is not as its metadata say, or where it
    has no metadata.
    """
    schema = _schema(path.with_name(f"{path.name}-metadata.json"))
    records = _records(path)
    _, header = next(records, (1, []))
    names = [column.name for column in schema.columns]
    if header != names:
        raise InputError(f"the columns must be {', '.join(names)}", path, 1)
    rows = tuple(_row(schema, path, line, record) for line, record in records)
    _refuse_doubles(schema, rows)
    return rows


def _schema(path: Path) -> Schema:
    try:
        table: Any = json.loads(path.read_text(encoding="utf-8"))["tableSchema"]
        columns = tuple(map(_column, table["columns"]))
        return Schema(columns, tuple(table["primaryKey"]))
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", path) from error
    except (KeyError, TypeError, ValueError, re.error):
        raise InputError("is no CSV on the Web description of a table", path) from None


def _column(entry: Any) -> Column:
    return Column(
        name=entry["name"],
        required=entry["required"],
        separator=entry.get("separator", ""),
        pattern=re.compile(entry["datatype"].get("format") or BASES[entry["datatype"]["base"]]),
    )


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the number of its line; a cell has no line break."""
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", path) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError("is not UTF-8 text", path, line) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for record in reader:
            if reader.line_num != line:
                raise InputError("a cell has a line break", path, line)
            yield line, record
            line += 1
    except csv.Error as error:
        raise InputError(f"broken CSV: {error}", path, line) from None


def _row(schema: Schema, path: Path, line: int, record: list[str]) -> Row:
    if len(record) != len(schema.columns):
        what = f"the row has {len(record)} cells, not {len(schema.columns)}"
        raise InputError(what, path, line)
    pairs = zip(schema.columns, record, strict=True)
    row = Row({column.name: _cell(column, text) for column, text in pairs}, path, line)
    for column in schema.columns:
        _refuse_wrong(column, row)
    return row


def _cell(column: Column, text: str) -> str | tuple[str, ...]:
    if not column.separator:
        return text
    return tuple(text.split(column.separator)) if text else ()


def _refuse_wrong(column: Column, row: Row) -> None:
    cell = row.cells[column.name]
    if not cell and column.required:
        raise row.error(f"the {column.name} is missing")
    for value in (cell,) if isinstance(cell, str) else cell:
        is_fitting = value == value.strip() and column.pattern.fullmatch(value)
        if cell and not is_fitting:
            raise row.error(f"the {column.name} '{value}' is not of the form")


def _refuse_doubles(schema: Schema, rows: tuple[Row, ...]) -> None:
    seen: dict[tuple[str | tuple[str, ...], ...], int] = {}
    for row in rows:
        key = tuple(row.cells[name] for name in schema.key)
        first = seen.setdefault(key, row.line)
        if first != row.line:
            raise row.error(f"the row has the same {', '.join(schema.key)} as line {first}")
