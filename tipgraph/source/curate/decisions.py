"""Read the human decisions of `data/curation/`: what rules can't know, each with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from tipgraph.files.yaml import Document, parse_yaml, read_yaml
from tipgraph.source.claims import Decision
from tipgraph.source.forms import check_form
from tipgraph.source.printed import Cell, Table
from tipgraph.source.properties import PROPERTIES

FORMS: dict[str, dict[str, Any]] = {
    "thing": {"$ref": "#/$defs/names"},
    "concept": {"$ref": "#/$defs/concepts"},
    "one concept": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    "text": {"$ref": "#/$defs/texts"},
    "symbol": {"$ref": "#/$defs/texts"},
    "class": {"enum": ["organization", "collaboration", "body", "post", "instrument"]},
    "address": {"type": "string", "pattern": "^https?://\\S+$"},
    "date": {
        "type": "string",
        "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
        "description": "a date is YYYY, YYYY-MM or YYYY-MM-DD",
    },
}
"""The form of the decided values of properties, in JSON Schema."""
NOT = "not-"
"""What stands before the name of a property of which a decision denies values."""
GROUND_KEYS = frozenset({"because", "evidence", "sure"})


@dataclass(frozen=True)
class Place:
    """Where a decision stands: file and line."""

    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line}"


@dataclass(frozen=True)
class Say:
    """A decided statement about a thing: one property, its values, and the ground.

    One that `is_denied` says that the thing does not have these values.
    """

    property: str
    values: tuple[str, ...]
    ground: Decision
    place: Place
    is_denied: bool = False


@dataclass(frozen=True)
class Piece:
    """One of several things that an item names by some of its words."""

    text: str
    name: str
    say: tuple[Say, ...] = ()


@dataclass(frozen=True)
class ItemDecision:
    """What is decided of a source item (or of a part of it), found by the item's exact text."""

    item: str
    place: Place
    part: str = ""
    name: str = ""
    label: str = ""
    ground: Decision | None = None
    split: tuple[Piece, ...] = ()
    belongs_to: str = ""
    link_of: str = ""
    say: tuple[Say, ...] = ()


@dataclass(frozen=True)
class Addition:
    """A thing that no item is about but that statements need: an issuing organ, an adopting act."""

    name: str
    kind_of_thing: str
    label: str
    ground: Decision
    place: Place
    item: str = ""
    say: tuple[Say, ...] = ()


@dataclass(frozen=True)
class Note:
    """A note about the source: what is printed, what is the matter, what the graph says instead."""

    id: str
    kind: str
    at: str
    quote: str
    matter: str
    instead: str
    because: str
    evidence: tuple[str, ...]
    sure: str
    about: tuple[str, ...]
    place: Place

    def stands_in(self, table: Table) -> bool:
        """Tell whether the quote stands at its place in a table."""
        return bool(self.places(table))

    def places(self, table: Table) -> tuple[str, ...]:
        """Return the paths of the items that hold the quote, else of the cell or row that does."""
        line, _, column = self.at.partition("/")
        if int(line[1:]) in table.header_lines:
            return (line,) if self.quote in "\t".join(table.header) else ()
        cells = [
            cell
            for row in table.rows
            for cell in row.cells
            if f"L{row.line}" == line and column in ("", f"c{cell.column}")
        ]
        items = (item for cell in cells for item in cell.items)
        holding = tuple(i.path for i in items if self.quote and self.quote in i.text)
        if holding:
            return holding
        if not column and self.quote in "\t".join(cell.text for cell in cells):
            return (line,)
        return tuple(f"{line}/c{cell.column}" for cell in cells if self._is_in(cell))

    def _is_in(self, cell: Cell) -> bool:
        return self.quote in cell.text if self.quote else not cell.text.strip()


@dataclass(frozen=True)
class SourceDocument:
    """What is known of the printed document an edition of the table comes from."""

    edition: str
    title: str
    date: str
    publisher: str
    description: str


@dataclass(frozen=True)
class Curation:
    """All decisions of a folder."""

    items: tuple[ItemDecision, ...] = ()
    additions: tuple[Addition, ...] = ()
    notes: tuple[Note, ...] = ()
    documents: tuple[SourceDocument, ...] = ()


def read_curation(folder: Path) -> Curation:
    """Read every YAML file of a curation folder, in the order of their names.

    Raises InputError with file and line where a file is broken or not of the form.
    """
    files_read = [_of(read_yaml(path)) for path in sorted(folder.glob("*.yaml"))]
    return Curation(
        items=tuple(item for curation in files_read for item in curation.items),
        additions=tuple(added for curation in files_read for added in curation.additions),
        notes=tuple(note for curation in files_read for note in curation.notes),
        documents=tuple(entry for curation in files_read for entry in curation.documents),
    )


def parse_curation(text: str, path: Path) -> Curation:
    """Parse the decisions of one curation file."""
    return _of(parse_yaml(text, path))


def _of(document: Document) -> Curation:
    if document.data is None:
        return Curation()
    check_form(document, curation_schema())
    return Curation(
        items=tuple(_items(document)),
        additions=tuple(_additions(document)),
        notes=tuple(_notes(document)),
        documents=tuple(SourceDocument(**entry) for entry in document.data.get("documents", ())),
    )


@cache
def curation_schema() -> dict[str, Any]:
    """Return the JSON Schema of a curation file, with what may be said of each property."""
    text = (files("tipgraph.source.curate") / "schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    sayable = dict(_sayable())
    say = schema["$defs"]["say"]
    say["properties"] |= sayable
    say["oneOf"] = [{"required": [name]} for name in sayable]
    return schema


def _sayable() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what a decision may say: the name of each property, and the form of its value."""
    for property in PROPERTIES.values():
        if not property.is_printed:
            form = FORMS[property.values]
            is_one = property.is_single and property.values == "concept"
            yield property.name, FORMS["one concept"] if is_one else form
            if property.is_deniable:
                yield f"{NOT}{property.name}", form


def _items(document: Document) -> Iterator[ItemDecision]:
    for number, entry in enumerate(document.data.get("items", ())):
        at = ("items", number)
        yield ItemDecision(
            item=entry["item"],
            place=Place(document.path, document.line(*at)),
            part=entry.get("part", ""),
            name=entry.get("name", ""),
            label=entry.get("label", ""),
            ground=_ground(entry),
            split=tuple(_pieces(document, entry, at)),
            belongs_to=entry.get("misplaced", {}).get("belongs-to", ""),
            link_of=entry.get("link-of", ""),
            say=tuple(_says(document, entry, at)),
        )


def _pieces(document: Document, entry: Any, at: tuple[str | int, ...]) -> Iterator[Piece]:
    for number, piece in enumerate(entry.get("split", ())):
        says = tuple(_says(document, piece, (*at, "split", number)))
        yield Piece(piece["text"], piece["name"], says)


def _additions(document: Document) -> Iterator[Addition]:
    for number, entry in enumerate(document.data.get("added", ())):
        at = ("added", number)
        yield Addition(
            name=entry["name"],
            kind_of_thing=entry["type"],
            label=entry["label"],
            ground=Decision(entry["because"], entry["evidence"], entry.get("sure", "certain")),
            place=Place(document.path, document.line(*at)),
            item=entry.get("item", ""),
            say=tuple(_says(document, entry, at)),
        )


def _says(document: Document, entry: Any, at: tuple[str | int, ...]) -> Iterator[Say]:
    for number, said in enumerate(entry.get("say", ())):
        ((property, value),) = ((k, v) for k, v in said.items() if k not in GROUND_KEYS)
        ground = Decision(said["because"], said["evidence"], said.get("sure", "certain"))
        values = tuple(value) if isinstance(value, list) else (value,)
        place = Place(document.path, document.line(*at, "say", number))
        name = property.removeprefix(NOT)
        yield Say(name, values, ground, place, is_denied=name != property)


def _notes(document: Document) -> Iterator[Note]:
    for number, entry in enumerate(document.data.get("notes", ())):
        place = Place(document.path, document.line("notes", number))
        lists = {key: tuple(entry[key]) for key in ("evidence", "about")}
        yield Note(**{**entry, **lists, "place": place})


def _ground(entry: dict[str, str]) -> Decision | None:
    if "because" not in entry:
        return None
    return Decision(entry["because"], entry["evidence"], entry.get("sure", "certain"))
