"""Times in one standing: the days on which it may hold, and those on which it surely does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from tipgraph.derive.when import NEVER_BEGUN, NEVER_ENDED, When, before, following
from tipgraph.source.facts import Record


@dataclass(frozen=True)
class Days:
    """A row of days, both ends included; none where it ends before it begins."""

    first: date
    last: date

    def __bool__(self) -> bool:
        return self.first <= self.last

    def within(self, other: Days) -> Days:
        """Return the days that both have."""
        return Days(max(self.first, other.first), min(self.last, other.last))

    def without(self, other: Days) -> Iterator[Days]:
        """Yield the days that the other has not: before it, and after it."""
        if not self.within(other):
            yield self
            return
        if self.first < other.first:
            yield Days(self.first, before(other.first))
        if other.last < self.last:
            yield Days(following(other.last), self.last)


NO_DAYS = Days(NEVER_ENDED, NEVER_BEGUN)
ENDED = "ended"
"""The standing of one whom an instrument bound until it ended, or until that one left."""


@dataclass(frozen=True)
class Time:
    """A time in one standing.

    On the days of `may` it is the strongest standing that the records leave possible, on those of
    `sure` it holds. `starts` and `ends` are its own first day, and the day on which it is over, as
    far as they are known. It rests on records, first that of the act by which it began.
    """

    standing: str
    may: Days
    sure: Days
    starts: When
    ends: When | None = None
    rests_on: tuple[Record, ...] = ()
    missing: str = ""
    ground: str = ""

    @property
    def unknown(self) -> str:
        """What is not known of its first and its last day, in words."""
        starts = self.missing
        if not starts and self.sure and self.may.first < self.sure.first:
            starts = "the day on which it began"
        has_open_end = bool(self.sure) and self.sure.last < self.may.last
        ends = "the day on which it ended" if has_open_end else ""
        return "; ".join(filter(None, (starts, ends)))


def time_between(
    standing: str,
    starts: When,
    ends: When | None,
    rests_on: tuple[Record, ...],
    missing: str = "",
) -> Time:
    """Return the time from one day to the day before another, which may never come.

    The first of the records that it rests on is the act by which it began.
    """
    over = ends or When(NEVER_ENDED, NEVER_ENDED)
    may = Days(starts.first, NEVER_ENDED if ends is None else before(over.last))
    sure = Days(starts.last, NEVER_ENDED if ends is None else before(over.first))
    if starts.last == NEVER_ENDED:
        sure = NO_DAYS
    return Time(standing, may, sure, starts, ends, rests_on, missing)


def ended(*times: Time) -> Iterator[Time]:
    """Yield the time after each that has an end, in which it is over."""
    for time in times:
        if time.may and time.ends is not None:
            yield time_between(ENDED, time.ends, None, time.rests_on)


def apart(times: Iterable[Time]) -> list[Time]:
    """Return times so that no day is in two: each keeps what the stronger before it leave.

    They come from the strongest to the weakest, and go in the order of their days.
    """
    kept: list[Time] = []
    for time in times:
        left = [time.may] if time.may else []
        for stronger in kept:
            left = [piece for days in left for piece in days.without(stronger.may)]
        kept += [replace(time, may=days, sure=time.sure.within(days)) for days in left]
    return sorted(kept, key=lambda time: time.may.first)
