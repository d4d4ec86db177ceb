"""Stored queries: each a `.rq` file that is valid SPARQL as it lies and says what it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tipgraph.bind import conditions, variables
from tipgraph.errors import InputError
from tipgraph.plain_yaml import Document
from tipgraph.query_header import read_header

VALUE_TYPES = frozenset({"text", "integer", "decimal", "boolean", "date", "iri", "concept"})
THING_TYPES = {
    "organization": "tip:Organization",
    "instrument": "tip:FrameworkInstrument",
    "thing": "",
}
"""Types of parameters that are things of the graph, and their classes."""
COLUMN_TYPES = VALUE_TYPES
RESERVED = frozenset({"this", "path", "value"})
FORMS: dict[str, type] = {
    "title": str,
    "description": str,
    "tags": list,
    "parameters": dict,
    "columns": dict,
    "example": dict,
}
"""The keys of a header, and the form of what each holds."""


@dataclass(frozen=True)
class Parameter:
    """A typed parameter of a stored query, written `$name` in its text."""

    name: str
    type: str
    description: str
    required: bool = False
    scheme: str = ""


@dataclass(frozen=True)
class StoredQuery:
    """A stored query: its name, what its header says, and its SPARQL text (header included)."""

    name: str
    title: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: dict[str, str]
    example: dict[str, str]
    text: str
    path: Path

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter of that name."""
        return next((p for p in self.parameters if p.name == name), None)


def read_queries(folder: Path) -> dict[str, StoredQuery]:
    """Read the stored queries of a folder, by name."""
    return {path.stem: read_query(path) for path in sorted(folder.glob("*.rq"))}


def read_query(path: Path) -> StoredQuery:
    """Read one stored query; raise InputError with file and line where its header is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"can't be read: {error}", path) from error
    return parse_query(text, path)


def parse_query(text: str, path: Path) -> StoredQuery:
    """Parse the text of a stored query; its name is that of the file."""
    header = read_header(text, path)
    _check_form(header)
    data: dict[str, Any] = header.data
    query = StoredQuery(
        name=path.stem,
        title=data["title"],
        description=" ".join(data["description"].split()),
        tags=tuple(data.get("tags") or ()),
        parameters=tuple(_parameters(header)),
        columns=_columns(header),
        example=dict(data.get("example") or {}),
        text=text,
        path=path,
    )
    _check_variables(query, header)
    return query


def _check_form(header: Document) -> None:
    data: dict[str, Any] = header.data
    for key in ("title", "description", "columns"):
        if not data.get(key):
            raise header.error(f"the header has no '{key}'")
    for key in sorted(data.keys() - FORMS.keys()):
        raise header.error(f"the header has an unknown key '{key}'", key)
    for key, form in FORMS.items():
        if data.get(key) and not isinstance(data[key], form):
            raise header.error(f"the header's '{key}' is not of the expected form", key)
    for key in ("columns", "example"):
        for name, value in (data.get(key) or {}).items():
            if not isinstance(value, str):
                raise header.error(f"the header's '{key}' gives '{name}' no plain text", key, name)


def _check_variables(query: StoredQuery, header: Document) -> None:
    """Hold the `$name` tokens of the text against the declared parameters."""
    used, conditional = set(variables(query.text)), set(conditions(query.text))
    declared = {parameter.name: parameter for parameter in query.parameters}
    for name in sorted((used | conditional) - declared.keys()):
        raise header.error(f"the text uses ${name}, which is no declared parameter")
    for name, parameter in declared.items():
        place = ("parameters", name)
        if name not in used:
            raise header.error(f"the parameter '{name}' is not used in the text", *place)
        if not parameter.required and name not in conditional:
            raise header.error(f"'{name}' is optional and has no '#if ${name}' lines", *place)


def _parameters(header: Document) -> Iterator[Parameter]:
    for name, entry in (header.data.get("parameters") or {}).items():
        place = ("parameters", name)
        if name in RESERVED or not name.isidentifier():
            raise header.error(f"a parameter can't be named '{name}'", *place)
        if not isinstance(entry, dict) or not entry.get("description"):
            raise header.error(f"the parameter '{name}' needs a type and a description", *place)
        if str(entry.get("type")) not in VALUE_TYPES | THING_TYPES.keys():
            raise header.error(f"the parameter '{name}' has no known type", *place)
        if entry["type"] == "concept" and not entry.get("scheme"):
            raise header.error(f"the parameter '{name}' needs the scheme of its concepts", *place)
        yield Parameter(
            name,
            entry["type"],
            entry["description"],
            entry.get("required", "false") == "true",
            entry.get("scheme", ""),
        )


def _columns(header: Document) -> dict[str, str]:
    columns: dict[str, str] = header.data["columns"]
    for name, type in columns.items():
        if type not in COLUMN_TYPES:
            raise header.error(f"the column '{name}' has no known type", "columns", name)
    return columns
