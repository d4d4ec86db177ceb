"""Memberships and party actions: who belongs to what, since when, and by which source."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from tipgraph.tell.reader import Link, Reader


@dataclass(frozen=True)
class Record:
    """A row of a list: the other side, its standing, its dates, and the numbers of its sources."""

    of: Link
    status: str
    since: str
    until: str
    as_of: str
    notes: str
    address: str
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Records:
    """A list of records, what it is of, how complete it is, and the sources of its rows."""

    key: str
    heading: str
    column: str
    dated: str
    rows: tuple[Record, ...]
    completeness: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """A kind of list: its words, the property of the thing it is of, and of the other side."""

    key: str
    heading: str
    column: str
    dated: str
    own: str
    other: str


ACTED = "Act or deposit"
KINDS = (
    Kind(
        "members",
        "Members and others who take part",
        "Who",
        "Since",
        "org:organization",
        "org:member",
    ),
    Kind("memberships", "Memberships", "Organization", "Since", "org:member", "org:organization"),
    Kind("parties", "Parties and signatories", "Who", ACTED, "tip:instrument", "tip:actor"),
    Kind("treaties", "Treaties", "Treaty", ACTED, "tip:actor", "tip:instrument"),
)


def records_of(thing: NamedNode, reader: Reader) -> list[Records]:
    """Return the lists of records in which a thing stands."""
    found = (_records(thing, reader, kind) for kind in KINDS)
    return [records for records in found if records.rows]


def _records(thing: NamedNode, reader: Reader, kind: Kind) -> Records:
    numbers: dict[str, int] = {}
    rows = tuple(
        _record(node, kind.other, reader, numbers)
        for node in reader.subjects(kind.own, thing)
        if reader.nodes(node, kind.other)
    )
    ordered = tuple(sorted(rows, key=lambda row: (row.of.text, row.since)))
    told = completeness(thing, reader)
    return Records(kind.key, kind.heading, kind.column, kind.dated, ordered, told, tuple(numbers))


def _record(node: NamedNode, other: str, reader: Reader, numbers: dict[str, int]) -> Record:
    cited = [reader.label(source) for source in reader.objects(node, "dcterms:source")]
    for citation in cited:
        numbers.setdefault(citation, len(numbers) + 1)
    return Record(
        of=reader.link(reader.nodes(node, other)[0]),
        status=reader.labels(node, "tip:standing", "tip:partyStatus"),
        since=reader.value(node, "tip:since", "dcterms:date"),
        until=reader.value(node, "tip:until"),
        as_of=reader.value(node, "tip:asOf"),
        notes=reader.value(node, "skos:note"),
        address=reader.link(node).href,
        sources=tuple(numbers[citation] for citation in cited),
    )


def completeness(thing: NamedNode, reader: Reader) -> str:
    """Return in words how complete the list of a thing is, or nothing where none is recorded."""
    for node in reader.nodes(thing, "tip:completeness"):
        least, most = (reader.value(node, f"tip:publishedAt{bound}") for bound in ("Least", "Most"))
        published = least if least == most else f"{least} to {most}"
        known, as_of = reader.value(node, "tip:known"), reader.value(node, "tip:asOf")
        extent, note = reader.labels(node, "tip:extent"), reader.value(node, "skos:note")
        told = f"{known} recorded of {published or 'an unknown number'} published, as of {as_of}"
        return f"{told}: the list is {extent}. {note}".strip()
    return ""
