"""Dates, planned periods, extensions, horizons and updates, read from the words of a title."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tipgraph.source.values import Period

YEAR = r"(?:18|19|20)[0-9]{2}"
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
PERIOD = re.compile(rf"\b({YEAR})\s*[-–—/]\s*({YEAR})\b")
EXTENDED = re.compile(rf",?\s*\bextended (?:until|to|through) ({YEAR})\b", re.IGNORECASE)
HORIZON = re.compile(rf"\bby ({YEAR})\b", re.IGNORECASE)
UPDATED = re.compile(rf"\(?\b(?:updated|revised) (?:in )?({YEAR})\b\)?", re.IGNORECASE)
DAY_FIRST = re.compile(rf"\b(\d\d?) ({'|'.join(MONTHS)}),? \(?({YEAR})\)?", re.IGNORECASE)
MONTH_FIRST = re.compile(rf"\b({'|'.join(MONTHS)}) (\d\d?),? \(?({YEAR})\)?", re.IGNORECASE)
MONTH_ONLY = re.compile(rf"\b({'|'.join(MONTHS)}),? \(?({YEAR})\)?", re.IGNORECASE)
ISO = re.compile(rf"(?<![\w-])({YEAR})-(\d\d)-(\d\d)(?![\w-])")
NUMERIC = re.compile(rf"(?<![\w/])(\d\d?)/(\d\d?)/({YEAR})\b")
OTHER_TEXT = re.compile(
    r",? \b(?:supplementing|amending|replacing|extending|to the)\b", re.IGNORECASE
)
YEAR_PLACES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\(({YEAR})\)",
        rf"\(({YEAR})[ ,;][^()]*\)",
        rf"\([^()]*[ ,;]({YEAR})\)",
        rf", (?:[^,]* )?({YEAR})$",
        rf"\bof ({YEAR})\b",
    )
)


@dataclass(frozen=True)
class Dates:
    """What a title says of time: ISO dates, years, a period; empty where nothing.

    `no_date` are words like those of a day that there is not, of which nothing is read.
    """

    date: str = ""
    period: Period | None = None
    extension: str = ""
    horizon: str = ""
    updated: str = ""
    other_date: str = ""
    no_date: str = ""


def find_dates(title: str) -> Dates:
    """Read the dates of a title.

    A year printed after another text's name ("supplementing …") may date that text: it is not
    taken, but given as `other_date`.

    >>> dates = find_dates("Initial Plan (2002-2003), extended until 2011")
    >>> str(dates.period), dates.extension
    ('2002/2003', '2011')
    >>> dates = find_dates("Protocol of 2014, supplementing the Forced Labour Convention (1930)")
    >>> dates.date, dates.other_date
    ('2014', '1930')
    >>> find_dates("Plan (30 February 2006)").no_date
    '30 February 2006'
    """
    found = Dates(
        extension=_first(EXTENDED, title),
        horizon=_first(HORIZON, title),
        updated=_first(UPDATED, title),
    )
    rest = UPDATED.sub("", HORIZON.sub("", EXTENDED.sub("", title))).strip()
    period = PERIOD.search(rest)
    if period and period[1] <= period[2]:
        return replace(found, period=Period(period[1], period[2]))
    own, *other = OTHER_TEXT.split(rest, maxsplit=1)
    found = replace(found, date=_date(own), other_date=_date("".join(other)))
    return replace(found, no_date="" if found.date else _no_date(own))


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""


def _date(text: str) -> str:
    return next(filter(None, _readings(text)), "")


def _readings(text: str) -> Iterator[str]:
    """Yield the ways to read a date from a text, the finest first; empty where there is no such.

    Of a text with words like those of a day that there is not, nothing is read.
    """
    days = list(_days(text))
    yield from (day for _, day in days)
    if not days:
        if match := MONTH_ONLY.search(text):
            yield f"{match[2]}-{_month(match[1]):02}"
        yield from (match[1] for place in YEAR_PLACES if (match := place.search(text)))


def _days(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is written as a day in a text, and the day, empty where there is no such day."""
    if match := DAY_FIRST.search(text):
        yield match[0], _iso(match[3], _month(match[2]), match[1])
    if match := MONTH_FIRST.search(text):
        yield match[0], _iso(match[3], _month(match[1]), match[2])
    if match := ISO.search(text):
        yield match[0], _iso(match[1], int(match[2]), match[3])
    if (match := NUMERIC.search(text)) and int(match[1]) > 12 and int(match[2]) <= 12:
        yield match[0], _iso(match[3], int(match[2]), match[1])


def _no_date(text: str) -> str:
    return next((words.strip("()") for words, day in _days(text) if not day), "")


def _month(name: str) -> int:
    return MONTHS.index(name.casefold()) + 1


def _iso(year: str, month: int, day: str) -> str:
    try:
        return datetime.date(int(year), month, int(day)).isoformat()
    except ValueError:
        return ""
