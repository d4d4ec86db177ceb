"""Whom an instrument binds on a day, out of the answer of a stored question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from tipgraph.ask.answer import Answer, Row
from tipgraph.tell.days import day_in_words
from tipgraph.tell.parts import Link
from tipgraph.tell.reader import Reader
from tipgraph.tell.standing import (
    Standing,
    brief_link,
    said_of_party,
    standing_of,
    term_in,
    text_in,
    why,
)

QUESTIONS = ("parties-on",)
"""The stored question whose answer says whom an instrument binds."""


@dataclass(frozen=True)
class Instrument:
    """Whom an instrument binds on a day, who else has a standing, and who has no record."""

    day: str
    sentence: str
    parties: tuple[Standing, ...]
    others: tuple[Standing, ...]
    unrecorded: tuple[Link, ...]


def instrument_on(
    node: NamedNode, day: str, answers: Mapping[str, Answer], reader: Reader
) -> Instrument | None:
    """Return what the answer of the question says of an instrument; None where it is of none.

    Who may be bound is among the parties.
    """
    rows = answers["parties-on"].rows
    recorded = [row for row in rows if text_in(row, "since")]
    if not recorded:
        return None
    standings = [_standing(node, row, reader) for row in recorded]
    unrecorded = [brief_link(row, "actor", reader) for row in rows if not text_in(row, "since")]
    sure, possible = said_of_party(reader)
    parties = tuple(one for one in standings if one.said in {sure, possible})
    bound = sum(one.said == sure for one in parties)
    return Instrument(
        day=day,
        sentence=_sentence(day, bound, len(parties) - bound, len(unrecorded)),
        parties=parties,
        others=tuple(one for one in standings if one not in parties),
        unrecorded=tuple(unrecorded),
    )


def _sentence(day: str, bound: int, possible: int, unrecorded: int) -> str:
    """Return in words whom an instrument binds on a day.

    >>> _sentence("2010-01-01", 175, 3, 0)
    'On 1 January 2010 it surely binds 175 states and organizations, and may bind 3 more.'
    """
    told = f"On {day_in_words(day)} it surely binds {bound or 'no'} states and organizations"
    more = f", and may bind {possible} more" if possible else ""
    rest = f"; of {unrecorded} countries and areas nothing is recorded" if unrecorded else ""
    return f"{told}{more}{rest}."


def _standing(node: NamedNode, row: Row, reader: Reader) -> Standing:
    actor = term_in(row, "actor")
    is_state = isinstance(actor, NamedNode) and reader.is_a(actor, "tip:State")
    address = why(actor, node) if is_state else ""
    return standing_of(row, "actor", text_in(row, "binds"), reader, address)
