"""Derive whom an act of an organization binds: its members, less those whom it exempts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tipgraph.derive.times import Days, Time, apart, ended, time_between
from tipgraph.derive.when import NEVER_BEGUN, NEVER_ENDED, When, before
from tipgraph.source.rules import MEMBERSHIP, Exemption, Rule

BOUND, OUTSIDE, OPTED_OUT = "bound-as-member", "outside", "opted-out"


def duty_times(belonging: Iterable[Time], rule: Rule, actor: str) -> list[Time]:
    """Return the times in which an act of an organization binds, or exempts, one that belongs.

    `belonging` are its times in the organization whose act it is.
    """
    own = next((one for one in rule.exemptions if one.actor == actor), None)
    bound = [_within(time, rule) for time in belonging]
    if own is None:
        return apart([*bound, *ended(*bound)])
    bound = [replace(time, rests_on=(own, *time.rests_on)) for time in bound]
    if not own.bound_from and not own.bound_until:
        return apart(replace(time, standing=OUTSIDE, ground="") for time in bound)
    other = [*_other_times(bound, own)]
    return apart([*other, *ended(*(time for time in other if time.standing == BOUND))])


def _within(time: Time, rule: Rule) -> Time:
    """Return a time of belonging cut to the time in which the instrument is in force."""
    starts, ends = _life(rule)
    life = time_between(BOUND, starts, ends, time.rests_on)
    return replace(
        life,
        ground=MEMBERSHIP,
        may=time.may.within(life.may),
        sure=time.sure.within(life.sure),
        starts=time.starts.not_before(starts),
        ends=time.ends.not_after(ends) if time.ends and ends else time.ends or ends,
        missing=time.missing or ("" if rule.in_force else "the day on which it entered into force"),
    )


def _life(rule: Rule) -> tuple[When, When | None]:
    """Return when an instrument entered into force, and when it is over, where that is told."""
    adopted = When.of(rule.adopted).first if rule.adopted else NEVER_BEGUN
    starts = When.of(rule.in_force) if rule.in_force else When(adopted, NEVER_ENDED)
    return starts, When.of(rule.ended).after("P1D") if rule.ended else None


def _other_times(bound: Iterable[Time], own: Exemption) -> Iterator[Time]:
    """Yield the times of one that the instrument binds from or until another day than others."""
    for time in bound:
        starts, ends = time.starts, time.ends
        may, sure = time.may, time.sure
        if own.bound_from:
            starts = When.of(own.bound_from)
            may, sure = Days(starts.first, may.last), Days(starts.last, sure.last)
        if own.bound_until:
            ends = When.of(own.bound_until).after("P1D")
            may, sure = Days(may.first, before(ends.last)), Days(sure.first, before(ends.first))
        yield replace(time, may=may, sure=sure, starts=starts, ends=ends)
        yield replace(time, standing=OPTED_OUT, ends=starts, ground="")
