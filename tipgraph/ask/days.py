"""The day that a sentence names: "on 1 January 2010", "in 2010", "today"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from tipgraph.ask.words import months, stop_words, words_for_today

YEAR = re.compile(r"(19|20)[0-9]{2}$")
ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th|er)$")


class Day(NamedTuple):
    """A day, and from which word up to which it is named; a year or month is its first day."""

    day: str
    start: int
    end: int


def day_in(words: Sequence[str]) -> Day | None:
    """Return the first day that words name, or None.

    >>> day_in(["el", "1", "de", "enero", "de", "2010"])
    Day(day='2010-01-01', start=1, end=6)
    """
    places = [place for place, word in enumerate(words) if word not in stop_words()]
    for first in range(len(places)):
        for length in (3, 2, 1):
            within = places[first : first + length]
            if len(within) == length and (day := _day(tuple(words[place] for place in within))):
                return Day(day, within[0], within[-1] + 1)
    return None


def _day(words: tuple[str, ...]) -> str:
    """Return the day that words name, all of them, or nothing."""
    parts: tuple[str, str | int, str]
    match words:
        case (today,) if today in words_for_today():
            return datetime.date.today().isoformat()
        case (year,):
            parts = (year, 1, "1")
        case (month, year) if month in months():
            parts = (year, months()[month], "1")
        case (day, month, year) if month in months():
            parts = (year, months()[month], ORDINAL.sub("", day))
        case (month, day, year) if month in months():
            parts = (year, months()[month], ORDINAL.sub("", day))
        case (year, month, day):
            parts = (year, month, day)
        case _:
            return ""
    return _of(*parts)


def _of(year: str, month: str | int, day: str) -> str:
    try:
        return (
            datetime.date(int(year), int(month), int(day)).isoformat() if YEAR.match(year) else ""
        )
    except ValueError:
        return ""
