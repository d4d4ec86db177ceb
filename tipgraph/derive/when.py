"""Days known only between bounds, and the waits by which one day follows from another."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from tipgraph.rdf.terms import bounds

NEVER_BEGUN, NEVER_ENDED = date.min, date.max
"""The first and the last day there are: what has no start or end on record reaches them."""
WAIT = re.compile(r"(first-of-month-after-)?P(?:([0-9]+)M|([0-9]+)Y|([0-9]+)D)")
"""How long a rule waits: a duration of ISO 8601, and whether the next month has to begin."""
ONE = timedelta(days=1)


@dataclass(frozen=True)
class When:
    """A day that lies between two days, both included; they are the same where it is known."""

    first: date
    last: date

    @classmethod
    def of(cls, text: str) -> When:
        """Return what a year, month or day can mean.

        >>> When.of("2012-02").last
        datetime.date(2012, 2, 29)
        """
        first, last = bounds(text)
        return cls(date.fromisoformat(first.value), date.fromisoformat(last.value))

    @property
    def is_known(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last

    def after(self, wait: str) -> When:
        """Return when a wait after it is over.

        >>> When.of("2002-05-28").after("P30D").first
        datetime.date(2002, 6, 27)
        >>> When.of("2008-01-09").after("first-of-month-after-P3M").first
        datetime.date(2008, 5, 1)
        """
        return When(later(self.first, wait), later(self.last, wait))

    def not_before(self, other: When) -> When:
        """Return the later of two days, as far as it is known."""
        return When(max(self.first, other.first), max(self.last, other.last))

    def not_after(self, other: When) -> When:
        """Return the earlier of two days, as far as it is known."""
        return When(min(self.first, other.first), min(self.last, other.last))

    def joined(self, other: When) -> When:
        """Return what two readings of one day leave possible: both, or all where they disagree."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        if first <= last:
            return When(first, last)
        return When(min(self.first, other.first), max(self.last, other.last))

    def in_words(self) -> str:
        """Return it as exactly as it is known.

        >>> When.of("1957").in_words()
        '1957'
        >>> When(date(1957, 3, 1), date(1958, 2, 28)).in_words()
        '1957-03-01 to 1958-02-28'
        >>> When(date(2022, 11, 28), NEVER_ENDED).in_words()
        'not recorded, 2022-11-28 at the earliest'
        >>> When(NEVER_BEGUN, date(2016, 12, 31)).in_words()
        'not recorded, 2016-12-31 at the latest'
        """
        if self == When(NEVER_BEGUN, NEVER_ENDED):
            return "not recorded"
        if self.last == NEVER_ENDED:
            return f"not recorded, {self.first} at the earliest"
        if self.first == NEVER_BEGUN:
            return f"not recorded, {self.last} at the latest"
        iso = self.first.isoformat()
        for text in (iso, iso[:7], iso[:4]):
            if When.of(text) == self:
                return text
        return f"{self.first} to {self.last}"


def later(day: date, wait: str) -> date:
    """Return the day on which a wait that begins on a day is over; the last day there is stays."""
    found = WAIT.fullmatch(wait)
    if found is None:
        raise ValueError(wait)
    if day == NEVER_ENDED:
        return day
    has_next_month, months, years, days = found.groups()
    over = _months_later(day, int(months or 0) + 12 * int(years or 0))
    over += timedelta(days=int(days or 0))
    return _months_later(over.replace(day=1), 1) if has_next_month else over


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def before(day: date) -> date:
    """Return the day before a day; before the first day there is none other.

    What never ends has no last day, and so none before it.
    """
    return day if day in (NEVER_BEGUN, NEVER_ENDED) else day - ONE


def following(day: date) -> date:
    """Return the day after a day; after the last day there is none other."""
    return day if day == NEVER_ENDED else day + ONE
