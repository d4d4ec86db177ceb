"""What the graph says of one thing, and its card: the same as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tipgraph.errors import quoted
from tipgraph.tell.parts import (
    Event,
    Fact,
    Ground,
    Identifier,
    Link,
    Listed,
    Member,
    Note,
    Place,
    Record,
    Records,
    Value,
)
from tipgraph.tell.text import hanging, in_columns

WIDTH = 100
CAVEAT = "The table is of about 2020, and this is no legal advice."
NO_RECORD = "Where there is no row, nothing is recorded; that is not a “no”."
PLAIN = ("/concept/", "/period/", "/extension/")
"""Where links lead whose address says no more than their text."""

Lines = Iterator[tuple[str, str]]


@dataclass(frozen=True)
class Thing:
    """What the graph says of a thing; `str` gives its card.

    `facts` are what is said of it, `pointers` who says it of others, both with their grounds;
    `decisions` are the grounds of its names. `incomplete` are, for a country, the lists in which it
    may be missing.
    """

    iri: str
    path: str
    label: str
    kind: str
    names: tuple[str, ...]
    definition: str
    facts: tuple[Fact, ...]
    listed: tuple[Listed, ...]
    members: tuple[Member, ...]
    records: tuple[Records, ...]
    incomplete: tuple[Value, ...]
    pointers: tuple[Fact, ...]
    events: tuple[Event, ...]
    identifiers: tuple[Identifier, ...]
    notes: tuple[Note, ...]
    decisions: tuple[tuple[str, Ground], ...]
    places: tuple[Place, ...]
    classes: tuple[Link, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        return asdict(self)

    def __repr__(self) -> str:
        return f"<Thing {self.path}: {quoted(self.label)} ({self.kind})>"

    def __str__(self) -> str:
        title = hanging("", self.label, WIDTH)
        head = [*title, "=" * max(map(len, title)), self.iri]
        if self.names:
            head += hanging("", f"also: {'; '.join(self.names)}", WIDTH)
        if self.definition:
            head += hanging("", self.definition, WIDTH)
        body = [line for section in _sections(self) for line in _section(*section)]
        return "\n".join([*head, *body, "", CAVEAT])


def _sections(thing: Thing) -> Iterator[tuple[str, Lines]]:
    yield "", _facts((*_kind(thing), *thing.facts))
    yield "Instruments listed under it", map(_listed, thing.listed)
    yield "What belongs to it", (("", f"{_named(m.link)}: {m.definition}") for m in thing.members)
    for records in thing.records:
        yield records.heading, _records(records)
    incomplete = (("", f"{_named(one.link)}: {one.remark}") for one in thing.incomplete)
    yield "Lists that are not surely complete", incomplete
    yield "What refers to it", _facts(thing.pointers)
    yield "Identifiers and links", map(_identifier, thing.identifiers)
    yield "Notes about the sources", ((n.link.text, f"{n.matter} {n.instead}") for n in thing.notes)
    yield "Decided by hand", _grounds(thing)
    yield "Where it stands", map(_place, thing.places)


def _section(heading: str, lines: Lines) -> Iterator[str]:
    """Yield a part of the card under its heading; one without lines is left out."""
    if found := list(lines):
        yield ""
        if heading:
            yield heading
        yield from in_columns(found, WIDTH)


def _facts(facts: tuple[Fact, ...]) -> Lines:
    for fact in facts:
        for value in fact.values:
            yield fact.heading, _told(value)
        if fact.more:
            yield fact.heading, f"and {fact.more} more"


def _kind(thing: Thing) -> Iterator[Fact]:
    """Yield what a thing is, where no fact of its own says so."""
    told = (value.link.text.casefold() for fact in thing.facts for value in fact.values)
    if thing.kind.casefold() not in told:
        yield Fact("what it is", (Value(Link(thing.kind)),))


def _told(value: Value) -> str:
    return f"{_named(value.link)}{f' ({value.remark})' if value.remark else ''}"


def _named(link: Link) -> str:
    """Return what a link is called and, for a thing of ours, its path."""
    has_path = link.href.startswith("/") and not link.href.startswith(PLAIN)
    return f"{link.text} ({link.href[1:]})" if has_path else link.text


def _listed(one: Listed) -> tuple[str, str]:
    issuers = ", ".join(link.text for link in one.issuers) or "not recorded"
    told = f"{_named(one.link)}: {one.kind}; legal force: {one.force}; issued by: {issuers}"
    return one.year or "undated", told


def _records(records: Records) -> Lines:
    """Yield the thing's own list by standing, its records in other lists one by one."""
    if records.is_own:
        yield from _counted(records.rows)
        if records.completeness:
            yield "the list", records.completeness
    else:
        for row in records.rows:
            yield "", _record(row, records)
    yield "", NO_RECORD


def _counted(rows: tuple[Record, ...]) -> Lines:
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(row.status, []).append(row.of.text)
    for status, found in sorted(names.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield status, f"{len(found)}: {'; '.join(found)}"


def _record(row: Record, records: Records) -> str:
    parts = (
        row.status,
        f"{records.dated.lower()} {row.since or 'not recorded'}",
        f"until {row.until}" if row.until else "",
        f"as of {row.as_of}",
    )
    cited = _cited([records.sources[number - 1] for number in row.sources])
    return f"{_named(row.of)}: {'; '.join(filter(None, parts))}{cited}"


def _identifier(one: Identifier) -> tuple[str, str]:
    target = one.link.href if one.link.is_outward and one.link.href else one.link.text
    remark = f" ({one.remark})" if one.remark else ""
    return one.relation, f"{target}{remark}{_cited(one.sources)}"


def _cited(sources: Sequence[str]) -> str:
    """Return the first of some citations in brackets, and how many more there are."""
    more = f" (and {len(sources) - 1} more)" if len(sources) > 1 else ""
    return f" [{sources[0]}{more}]" if sources else ""


def _grounds(thing: Thing) -> Lines:
    for _, ground in thing.decisions:
        yield ground.heading, _because(ground)
    for fact in thing.facts:
        for value in fact.values:
            yield from ((ground.heading, _because(ground)) for ground in value.grounds)
    for fact in thing.pointers:
        for value in fact.values:
            of = value.link.text
            yield from ((fact.heading, f"{of}: {_because(ground)}") for ground in value.grounds)


def _because(ground: Ground) -> str:
    return f"{ground.reason} [{ground.certainty}; {ground.evidence}]"


def _place(place: Place) -> tuple[str, str]:
    if place.quote:
        return place.link.text, f"“{place.quote}”"
    return ("", place.citation) if place.citation else ("", _named(place.link))
