"""How a country stands on a day, out of the answers of stored questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from tipgraph.ask.answer import Answer, Row
from tipgraph.rdf.iris import concept
from tipgraph.tell.days import counted, day_in_words, is_known, number_in_words
from tipgraph.tell.parts import Link
from tipgraph.tell.reader import Reader
from tipgraph.tell.standing import (
    Standing,
    brief_link,
    newest_of,
    said_of_party,
    standing_of,
    term_in,
    text_in,
    why,
)

QUESTIONS = ("country-coverage", "memberships-of-country", "write-to", "current-on")
"""The stored questions whose answers say how a country stands."""
COMMITMENT = concept("legal-force", "non-binding")
NO_COMMITMENT = concept("legal-force", "not-applicable")


@dataclass(frozen=True)
class Commitment:
    """An instrument that binds nobody, and on what day what of it was over, if it was."""

    link: Link
    title: str
    over: str
    ends: str


@dataclass(frozen=True)
class Office:
    """An office to write to, its address or nothing, and what the table says of it."""

    organization: Link
    office: Link
    address: str
    site: str
    statement: str
    place: Link


@dataclass(frozen=True)
class Country:
    """What is known of a country on a day; `materials` are no commitments.

    `newest` says of when the newest source of what binds it is.
    """

    day: str
    sentence: str
    newest: str
    binding: tuple[Standing, ...]
    others: tuple[Standing, ...]
    commitments: tuple[tuple[Link, tuple[Commitment, ...]], ...]
    materials: tuple[Link, ...]
    offices: tuple[Office, ...]
    memberships: tuple[Standing, ...]


def country_on(node: NamedNode, day: str, answers: Mapping[str, Answer], reader: Reader) -> Country:
    """Return what the answers of the questions say of a country on a day."""
    coverage, memberships, offices, periods = (answers[name].rows for name in QUESTIONS)
    by_force = {row: term_in(row, "force") for row in coverage}
    duties = [
        _towards(node, row, reader)
        for row, force in by_force.items()
        if force not in (COMMITMENT, NO_COMMITMENT)
    ]
    sure, possible = said_of_party(reader)
    binding = tuple(one for one in duties if one.said == sure)
    commitments = [row for row, force in by_force.items() if force == COMMITMENT]
    materials = [row for row, force in by_force.items() if force == NO_COMMITMENT]
    return Country(
        day=day,
        sentence=_sentence(
            reader.label(node), day, binding, sum(one.said == possible for one in duties)
        ),
        newest=newest_of(answers["country-coverage"]),
        binding=binding,
        others=tuple(one for one in duties if one.said != sure),
        commitments=_commitments(commitments, day, periods, reader),
        materials=tuple(dict.fromkeys(brief_link(row, "instrument", reader) for row in materials)),
        offices=tuple(_office(row, reader) for row in offices),
        memberships=tuple(_membership(row, reader) for row in memberships),
    )


def _sentence(name: str, day: str, binding: Sequence[Standing], possible: int) -> str:
    """Return in words what binds a country on a day, and how surely.

    >>> _sentence("Utopia", "2010-01-01", [], 2)
    'On 1 January 2010, nothing recorded here surely binds Utopia; two may.'
    """
    told = counted(len(binding), "instrument") if binding else "nothing"
    verb = "recorded here surely bind" + ("" if len(binding) > 1 else "s")
    parts = [f"On {day_in_words(day)}, {told} {verb} {name}"]
    if open := sum(not is_known(one.since) for one in binding):
        parts.append(f"of {number_in_words(open)} it is not recorded since when")
    if possible:
        parts.append(f"{number_in_words(possible)}{' more' if binding else ''} may")
    return "; ".join(parts) + "."


def _towards(node: NamedNode, row: Row, reader: Reader) -> Standing:
    address = why(node, term_in(row, "instrument")) if text_in(row, "since") else ""
    return standing_of(row, "instrument", text_in(row, "binds"), reader, address)


def _membership(row: Row, reader: Reader) -> Standing:
    standing = term_in(row, "standing")
    return standing_of(row, "organization", reader.label(standing) if standing else "", reader)


def _commitments(
    rows: Iterable[Row], day: str, periods: Iterable[Row], reader: Reader
) -> tuple[tuple[Link, tuple[Commitment, ...]], ...]:
    """Return the commitments by organization, with what is over of them on the day."""
    period_of = {term_in(row, "instrument"): row for row in periods}
    grouped: dict[Link, list[Commitment]] = {}
    for row in rows:
        organization = brief_link(row, "organization", reader)
        period = period_of.get(term_in(row, "instrument"))
        grouped.setdefault(organization, []).append(_commitment(row, period, day, reader))
    ordered = sorted(grouped.items(), key=lambda pair: pair[0].text)
    return tuple((link, tuple(found)) for link, found in ordered)


def _commitment(row: Row, period: Row | None, day: str, reader: Reader) -> Commitment:
    ends = text_in(period, "ends") if period else ""
    over = text_in(period, "answer") if period and ends and ends < day else ""
    return Commitment(brief_link(row, "instrument", reader), text_in(row, "title"), over, ends)


def _office(row: Row, reader: Reader) -> Office:
    statement, source = term_in(row, "statement"), term_in(row, "source")
    is_own = text_in(row, "link_of") == "office"
    link = text_in(row, "link")
    return Office(
        organization=brief_link(row, "organization", reader),
        office=brief_link(row, "focal_point", reader),
        address=link if is_own else "",
        site="" if is_own else link,
        statement=reader.label(statement) if statement else "",
        place=reader.link(source) if source else Link(""),
    )
