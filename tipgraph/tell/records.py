"""Who belongs to what and who is bound by what, since when, and by which source."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from tipgraph.derive.when import NEVER_ENDED
from tipgraph.rdf.iris import concept
from tipgraph.tell.parts import Record, Records, Value
from tipgraph.tell.reader import Reader


@dataclass(frozen=True)
class Kind:
    """A kind of list: its words, the property of the thing it is of, and of the other side.

    `is_own` says that the list is the thing's own, and its completeness that of the list.
    """

    key: str
    heading: str
    column: str
    dated: str
    own: str
    other: str
    is_own: bool


KINDS = (
    Kind(
        "members",
        "Members and others who take part",
        "Who",
        "Since",
        "org:organization",
        "org:member",
        is_own=True,
    ),
    Kind(
        "memberships",
        "Memberships",
        "Organization",
        "Since",
        "org:member",
        "org:organization",
        is_own=False,
    ),
    Kind(
        "parties",
        "Parties and signatories",
        "Who",
        "Since",
        "tip:towards",
        "tip:party",
        is_own=True,
    ),
    Kind(
        "treaties",
        "Treaties and other acts that can bind",
        "Instrument",
        "Since",
        "tip:party",
        "tip:towards",
        is_own=False,
    ),
)


KEPT = ("tip:Belonging", "tip:Obligation")
OPEN = NEVER_ENDED.isoformat()
"""The last day of what has no end on record."""


def records_of(thing: NamedNode, reader: Reader) -> tuple[Records, ...]:
    """Return the lists of records in which a thing stands."""
    found = (_records(thing, reader, kind) for kind in KINDS)
    return tuple(records for records in found if records.rows)


def incomplete_lists(reader: Reader) -> tuple[Value, ...]:
    """Return what has a list that is not surely complete, each with what is known of it."""
    found = [
        Value(reader.link(about), reader.value(stated, "rdfs:label"))
        for extent in ("partial", "undetermined")
        for stated in reader.subjects("tip:extent", concept("extent", extent))
        for about in reader.subjects("tip:completeness", stated)
    ]
    return tuple(sorted(found, key=lambda value: value.link.text))


def _records(thing: NamedNode, reader: Reader, kind: Kind) -> Records:
    numbers: dict[str, int] = {}
    rows = tuple(
        _record(node, kind.other, reader, numbers)
        for node in reader.subjects(kind.own, thing)
        if reader.nodes(node, kind.other) and _is_shown(node, kind, reader)
    )
    ordered = tuple(sorted(rows, key=lambda row: (row.of.text, row.since)))
    return Records(
        key=kind.key,
        heading=kind.heading,
        column=kind.column,
        dated=kind.dated,
        is_own=kind.is_own,
        rows=ordered,
        completeness=completeness(thing, reader) if kind.is_own else "",
        sources=tuple(numbers),
    )


def _is_shown(node: NamedNode, kind: Kind, reader: Reader) -> bool:
    """Tell whether a time still lasts; of one country those of belonging and of duty count too."""
    if reader.value(node, "tip:to") == OPEN:
        return True
    return not kind.is_own and any(reader.is_a(node, kept) for kept in KEPT)


def _record(node: NamedNode, other: str, reader: Reader, numbers: dict[str, int]) -> Record:
    records = reader.nodes(node, "prov:wasDerivedFrom")
    of_records = [s for record in records for s in reader.objects(record, "dcterms:source")]
    cited = list(dict.fromkeys(map(reader.label, of_records)))
    notes = [reader.value(record, "skos:note") for record in records]
    for citation in cited:
        numbers.setdefault(citation, len(numbers) + 1)
    return Record(
        of=reader.link(reader.nodes(node, other)[0]),
        status=reader.labels(node, "tip:standing", "tip:partyStatus"),
        since=reader.value(node, "tip:since"),
        until=reader.value(node, "tip:until"),
        as_of=reader.value(node, "tip:asOf"),
        notes=" ".join(dict.fromkeys(filter(None, notes))),
        address=reader.link(node).href,
        sources=tuple(numbers[citation] for citation in cited),
    )


def completeness(thing: NamedNode, reader: Reader) -> str:
    """Return in words how complete the list of a thing is, or nothing where none is recorded."""
    for node in reader.nodes(thing, "tip:completeness"):
        note = reader.value(node, "skos:note")
        return reader.value(node, "rdfs:label") + (f". {note}" if note else "")
    return ""
