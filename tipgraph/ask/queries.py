"""Stored queries: each a `.rq` file that is valid SPARQL as it lies and says what it asks for."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tipgraph.ask.header import (
    asked_as_of,
    check_form,
    columns_of,
    example_of,
    parameters_of,
    read_header,
)
from tipgraph.ask.near import folded, near_names
from tipgraph.ask.parameters import Parameter
from tipgraph.errors import InputError, UsageError, quoted
from tipgraph.files.yaml import read_text
from tipgraph.rdf.sparql_text import query_form


@dataclass(frozen=True)
class StoredQuery:
    """A stored query: its name, what its header says, and its SPARQL text (header included).

    `form` is SELECT, or CONSTRUCT for a query that gives triples and has no columns; `shown` are
    the columns that answer, where the others are evidence; `empty` says what no row means;
    `services` are the other endpoints that it asks; `asked_as` are the words by which people ask
    it, by language.
    """

    name: str
    title: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: dict[str, str]
    example: dict[str, str | tuple[str, ...]]
    text: str
    path: Path
    shown: tuple[str, ...] = ()
    empty: str = ""
    form: str = "SELECT"
    services: tuple[str, ...] = ()
    asked_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<StoredQuery {self.name}: {quoted(self.title)}>"

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter of that name."""
        return next((p for p in self.parameters if p.name == name), None)

    @property
    def version(self) -> str:
        """A short digest of the text: it changes when the query does."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]


class Catalogue:
    """The stored queries of a folder, read when they are asked for; a broken one stops no other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, tuple[int, StoredQuery]] = {}

    def __getitem__(self, name: str) -> StoredQuery:
        """Return a query; raise UsageError with near names where there is none of that name.

        Raises InputError with file and line where it is broken.
        """
        path = self.folder / f"{name}.rq"
        if name in self._read and path.is_file():
            return self._latest(path)
        names = self.names
        if name not in names:
            near = near_names(name, folded(names))
            hint = f"did you mean {' or '.join(near)}?" if near else "'tipgraph query' lists them"
            raise UsageError(f"no query is called {quoted(name)}; {hint}")
        return self._latest(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the queries, broken ones too, in order."""
        files = (file for file in os.listdir(self.folder) if not file.startswith("."))
        return tuple(sorted(file[:-3] for file in files if file.endswith(".rq")))

    def read(self) -> tuple[dict[str, StoredQuery], list[InputError]]:
        """Return the queries by name, and what is the matter with the broken ones."""
        queries, errors = {}, []
        for name in self.names:
            try:
                queries[name] = self[name]
            except InputError as error:
                errors.append(error)
        return queries, errors

    def _latest(self, path: Path) -> StoredQuery:
        """Return the query of a file as it is now; only a changed file is read again."""
        try:
            changed = path.stat().st_mtime_ns
        except OSError as error:
            raise InputError(f"can't be read: {error.strerror}", path) from None
        if self._read.get(path.stem, (0, None))[0] != changed:
            self._read[path.stem] = (changed, read_query(path))
        return self._read[path.stem][1]


def read_query(path: Path) -> StoredQuery:
    """Read one stored query; raise InputError with file and line where it is wrong."""
    if not re.fullmatch(r"[\w-]+", path.stem):
        raise InputError("a query's file is named with letters, digits, '-' and '_' alone", path)
    return parse_query(read_text(path), path)


def parse_query(text: str, path: Path) -> StoredQuery:
    """Parse the text of a stored query; its name is that of the file.

    Raises InputError where the header is wrong; `lint` holds the text against the rules.
    """
    header = read_header(text, path)
    check_form(header)
    data = header.data
    return StoredQuery(
        name=path.stem,
        title=data["title"],
        description=" ".join(data["description"].split()),
        tags=tuple(data.get("tags") or ()),
        parameters=tuple(parameters_of(header)),
        columns=columns_of(header),
        example=example_of(header),
        text=text,
        path=path,
        shown=tuple(data.get("shown") or ()),
        empty=" ".join(data.get("empty", "").split()),
        form=_form(text, path),
        services=tuple(data.get("federates") or ()),
        asked_as=asked_as_of(header),
    )


def _form(text: str, path: Path) -> str:
    try:
        form = query_form(text)
    except UsageError as error:
        raise InputError(str(error), path, error.line) from None
    if form not in {"SELECT", "CONSTRUCT"}:
        raise InputError("is neither a SELECT nor a CONSTRUCT query", path)
    return form
