"""Read an SSSOM TSV file strictly."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tipgraph.errors import InputError, quoted
from tipgraph.files.sssom.mapping import (
    BUILT_IN,
    COLUMNS,
    IRIS,
    KEYS,
    NOT,
    PROPAGATED,
    REQUIRED,
    REQUIRED_KEYS,
    Mapping,
    MappingSet,
    key_of,
)
from tipgraph.files.sssom.values import JUSTIFICATIONS, is_day, is_web_iri
from tipgraph.files.yaml import Document, parse_yaml
from tipgraph.rdf.iris import expanded


def mapping_files(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return a folder's files of decided mappings, and its files of candidates to decide on."""
    files = sorted(folder.glob("*.sssom.tsv"))
    candidates = [path for path in files if path.name.endswith(".candidates.sssom.tsv")]
    return [path for path in files if path not in candidates], candidates


def read_mappings(path: Path) -> MappingSet:
    """Read an SSSOM TSV file.

    Raises InputError with file and line where it can't be read, is broken, has an unknown prefix,
    or has a mapping twice.
    """
    lines = _text(path).split("\n")
    head = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    metadata, prefixes = _metadata(lines[:head], path)
    records = _records("\n".join(lines[head:]), path, head + 1)
    first, names = next(records, (head + 1, []))
    _check_header(names, path, first)
    reader = _Reader(path, {**BUILT_IN, **prefixes}, metadata)
    mappings = tuple(reader.mapping(line, names, record) for line, record in records)
    _refuse_doubles(mappings)
    return MappingSet(metadata, prefixes, mappings)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", path) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError("is not UTF-8 text", path, line) from None


def _metadata(lines: list[str], path: Path) -> tuple[dict[str, str], dict[str, str]]:
    document = parse_yaml("\n".join(line[1:] for line in lines), path)
    data = document.data
    if not isinstance(data, dict):
        raise InputError("has no lines '#mapping_set_id: …' about its set", path, 1)
    prefixes = data.pop("curie_map", {})
    if not isinstance(prefixes, dict):
        raise document.error("the curie_map is no list of prefixes", "curie_map")
    _refuse_wrong_prefixes(prefixes, document)
    for key in REQUIRED_KEYS:
        if key not in data:
            raise InputError(f"its lines about the set lack {key}", path, 1)
    _refuse_unknown_keys(data, document)
    return data, prefixes


def _refuse_wrong_prefixes(prefixes: dict[str, Any], document: Document) -> None:
    for prefix, namespace in prefixes.items():
        if not isinstance(namespace, str) or not is_web_iri(namespace):
            what = f"the prefix {quoted(prefix)} stands for no IRI of http or https"
            raise document.error(what, "curie_map", prefix)


def _refuse_unknown_keys(data: dict[str, Any], document: Document) -> None:
    for key, value in data.items():
        if key not in KEYS:
            raise document.error(f"{quoted(key)} is none of {', '.join(KEYS)}, curie_map", key)
        if not isinstance(value, str):
            raise document.error(f"the {key} is no text", key)


def _records(text: str, path: Path, first: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
    line = first
    try:
        for record in reader:
            if reader.line_num + first - 1 != line:
                raise InputError("a cell has a line break", path, line)
            yield line, record
            line += 1
    except csv.Error as error:
        raise InputError(f"broken table: {error}", path, line) from None


def _check_header(names: list[str], path: Path, line: int) -> None:
    for name in names:
        if name not in COLUMNS:
            raise InputError(
                f"the column {quoted(name)} is none of {', '.join(COLUMNS)}", path, line
            )
        if names.count(name) > 1:
            raise InputError(f"the column {name} stands twice", path, line)
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise InputError(f"the column {missing[0]} is missing", path, line)


def _refuse_doubles(mappings: Iterable[Mapping]) -> None:
    seen: dict[tuple[str, str, str], int | None] = {}
    for mapping in mappings:
        first = seen.setdefault(key_of(mapping), mapping.line)
        if first != mapping.line:
            raise mapping.error(f"the mapping stands on line {first} already")


@dataclass(frozen=True)
class _Reader:
    """Reads the rows of one file, with its prefixes and what it says of all its mappings."""

    path: Path
    prefixes: Dictionary[str, str]
    metadata: Dictionary[str, str]

    def mapping(self, line: int, names: list[str], record: list[str]) -> Mapping:
        if len(record) != len(names):
            what = f"the row has {len(record)} cells, not {len(names)}"
            raise InputError(what, self.path, line)
        cells = {name: cell for name, cell in zip(names, record, strict=True) if cell}
        for name in REQUIRED:
            if name not in cells:
                raise InputError(f"the {name} is missing", self.path, line)
        read = {name: self._value(name, cell, line) for name, cell in cells.items()}
        return self._complete(Mapping(**read, path=self.path, line=line))

    def _complete(self, mapping: Mapping) -> Mapping:
        """Add what the lines about the set say of each mapping in it."""
        said = {
            name: self._value(name, self.metadata[name], 1)
            for name in PROPAGATED
            if name in self.metadata and not getattr(mapping, name)
        }
        return replace(mapping, **said)

    def _value(self, name: str, cell: str, line: int) -> Any:
        if name in IRIS:
            return self._iri(name, cell, line)
        if name == "mapping_provider" and not is_web_iri(cell):
            what = f"the {name} {quoted(cell)} is no IRI of http or https"
            raise InputError(what, self.path, line)
        if name == "confidence":
            return self._confidence(cell, line)
        if name == "see_also":
            return tuple(cell.split("|"))
        if name == "predicate_modifier" and cell != NOT:
            raise InputError(
                f"the predicate_modifier is {quoted(cell)}, not {NOT}", self.path, line
            )
        if name == "mapping_date" and not is_day(cell):
            raise InputError(f"{quoted(cell)} is no date as 2020-06-30", self.path, line)
        return cell

    def _iri(self, name: str, cell: str, line: int) -> str:
        iri = expanded(cell, self.prefixes) or cell
        is_short = ":" in cell and not cell.partition(":")[2].startswith("//")
        if iri == cell and is_short:
            what = f"the prefix of {quoted(cell)} is not in the curie_map"
            raise InputError(what, self.path, line)
        if not is_web_iri(iri):
            what = f"the {name} {quoted(cell)} is no CURIE or IRI of http or https"
            raise InputError(what, self.path, line)
        if name == "mapping_justification" and iri not in JUSTIFICATIONS:
            what = f"{quoted(cell)} is no justification that the standard has"
            raise InputError(what, self.path, line)
        return iri

    def _confidence(self, cell: str, line: int) -> float:
        if not re.fullmatch(r"0(\.\d+)?|1(\.0+)?", cell):
            what = f"the confidence {quoted(cell)} is no number from 0 to 1"
            raise InputError(what, self.path, line)
        return float(cell)
