"""What happened when: the dated events of instruments, and the dated records of a thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from tipgraph.tell.parts import Event, Record, Records
from tipgraph.tell.reader import Reader

DATES = ("tip:adoptedOrIssued", "tip:updated", "tip:horizon")


def events_of(thing: NamedNode, records: Iterable[Records], reader: Reader) -> tuple[Event, ...]:
    """Return the events of an instrument, or of the instruments listed under an organization.

    The dated ones of its records are among them.
    """
    instruments = [thing, *reader.subjects("tip:listedUnder", thing)]
    found = {event for node in instruments for event in _events(node, reader)}
    found |= {event for each in records for row in each.rows for event in _of_record(row)}
    return tuple(sorted(found, key=lambda event: (event.date, event.of.text, event.what)))


def year_of(instrument: NamedNode, reader: Reader) -> int | None:
    """Return the year of adoption or issue, else that in which its period begins."""
    periods = reader.nodes(instrument, "dcterms:temporal")
    starts = (reader.value(period, "dcat:startDate") for period in periods)
    return _year((reader.value(instrument, "tip:adoptedOrIssued"), *starts))


def _year(dates: Iterable[str]) -> int | None:
    return next((int(date[:4]) for date in dates if date[:4].isdigit()), None)


def _events(node: NamedNode, reader: Reader) -> Iterator[Event]:
    link = reader.link(node)
    for predicate in DATES:
        for date in reader.objects(node, predicate):
            yield Event(date.value, reader.heading(predicate), link)
    for period in reader.nodes(node, "dcterms:temporal"):
        start, end = (reader.value(period, f"dcat:{edge}Date") for edge in ("start", "end"))
        if start:
            yield Event(start, "period begins", link)
        if end:
            yield Event(end, "period ends" if start else "extension ends", link)


def _of_record(record: Record) -> Iterator[Event]:
    """Yield a record's events: its first and its last day, as far as they are known as one."""
    if record.since[:4].isdigit() and " " not in record.since:
        yield Event(record.since, record.status, record.of)
    if record.until and " " not in record.until:
        yield Event(record.until, f"last day as {record.status}", record.of)
