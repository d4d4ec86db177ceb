"""Derive in what standing a member was in an organization over time, from acts and from lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from tipgraph.derive.times import Days, Time, time_between
from tipgraph.derive.when import NEVER_BEGUN, NEVER_ENDED, When, following
from tipgraph.source.check_facts import is_dated
from tipgraph.source.facts import DOUBTFUL, Founding, ListedMember, MembershipAct, Record

MEMBER, WITHDRAWN = "member", "withdrawn"
STARTING = "the day on which it joined"


@dataclass(frozen=True)
class Phase:
    """A standing that begins, when, and by which record.

    `founding` is that of the organization, where the start rests on it too.
    """

    standing: str
    starts: When
    record: MembershipAct | ListedMember
    founding: Founding | None = None

    @property
    def rests_on(self) -> tuple[Record, ...]:
        """The records that it rests on, first the one by which it begins."""
        return (self.record, self.founding) if self.founding else (self.record,)


@dataclass(frozen=True)
class Standings:
    """The standings there are: which of them each act gives, and which count as belonging."""

    gives: Mapping[str, str]
    belonging: Collection[str]

    def gives_later(self, record: Record) -> bool:
        """Tell whether a record is an act that only a member can do or suffer."""
        return isinstance(record, MembershipAct) and self.gives[record.act] != MEMBER


def membership_times(
    acts: Iterable[MembershipAct],
    lists: Iterable[ListedMember],
    founding: Founding | None,
    standings: Standings,
) -> list[Time]:
    """Return the times of a member in each standing in an organization, no day in two of them.

    Raises InputError with file and line where an act can't follow the one before it.
    """
    phases = _begun(acts, founding, standings)
    for listed in lists:
        phases = _with_listed(phases, listed, founding, standings)
    around = zip([None, *phases], phases, [*phases[1:], None], strict=False)
    times = (_time(one_before, phase, after, standings) for one_before, phase, after in around)
    return [time for time in times if time.may]


def _since(founding: Founding | None) -> When:
    return When.of(founding.founded) if founding else When(NEVER_BEGUN, NEVER_BEGUN)


def _begun(
    acts: Iterable[MembershipAct], founding: Founding | None, standings: Standings
) -> list[Phase]:
    """Return the standings that acts give, in the order in which they began.

    Of what was done before the organization existed, in what it followed, the last act counts.
    """
    since = _since(founding)
    usable = sorted(
        (act for act in acts if act.certainty != DOUBTFUL and act.date),
        key=lambda act: (When.of(act.date).last, standings.gives[act.act] == WITHDRAWN),
    )
    before = [act for act in usable if When.of(act.date).last < since.first]
    if before and standings.gives[before[-1].act] == WITHDRAWN:
        usable = usable[len(before) :]
    elif before:
        usable = usable[len(before) - 1 :]
    phases = [_by_act(act, founding, standings) for act in usable]
    _refuse_disorder(phases)
    return [
        phase
        for phase, one_before in zip(phases, [None, *phases], strict=False)
        if one_before is None or one_before.standing != phase.standing
    ]


def _by_act(act: MembershipAct, founding: Founding | None, standings: Standings) -> Phase:
    done = When.of(act.date)
    starts = done.not_before(_since(founding))
    return Phase(standings.gives[act.act], starts, act, founding if starts != done else None)


def _refuse_disorder(phases: list[Phase]) -> None:
    for phase, after in pairwise(phases):
        if phase.standing == WITHDRAWN and after.standing not in (MEMBER, WITHDRAWN):
            raise after.record.row.error("who has left can only join again")


def _with_listed(
    phases: list[Phase], listed: ListedMember, founding: Founding | None, standings: Standings
) -> list[Phase]:
    """Return the phases with what a list adds: an unknown start, a later standing, or a name."""
    since = _since(founding)
    by = When.of(listed.as_of).last if is_dated(listed.as_of) else NEVER_ENDED
    unknown = When(since.first, max(by, since.last))
    if not phases:
        return [Phase(listed.standing, unknown, listed, founding)]
    named = [_named(phase, listed, standings) for phase in phases]
    first, last = named[0], named[-1]
    if first.standing in standings.belonging and standings.gives_later(first.record):
        earlier = Phase(MEMBER, When(since.first, first.starts.first), listed, founding)
        named.insert(0, _named(earlier, listed, standings))
    is_later = listed.standing not in (MEMBER, last.standing) and by >= last.starts.last
    if is_later and listed.standing in standings.gives.values():
        named.append(Phase(listed.standing, When(last.starts.first, unknown.last), listed))
    return named


def _named(phase: Phase, listed: ListedMember, standings: Standings) -> Phase:
    """Return a phase of a member under the name that the organization has for its members."""
    has_own_name = listed.standing not in standings.gives.values()
    if phase.standing == MEMBER and has_own_name and listed.standing in standings.belonging:
        return replace(phase, standing=listed.standing)
    return phase


def _time(
    one_before: Phase | None, phase: Phase, after: Phase | None, standings: Standings
) -> Time:
    """Return the time of a phase between the one before it and the one after.

    On days that may be those of either, who belongs under one of them belongs; where both do, the
    earlier lasts until the later has surely begun.
    """
    starts = phase.starts if one_before is None else _turn(one_before, phase, standings)
    ends = None if after is None else _end(phase, after, standings)
    missing = "" if starts.is_known else STARTING
    time = time_between(phase.standing, starts, ends, phase.rests_on, missing)
    return replace(time, starts=phase.starts, ends=after.starts if after else None)


def _end(phase: Phase, after: Phase, standings: Standings) -> When:
    """Return the day on which a standing is over: who belongs may do so until the other began."""
    turn = _turn(phase, after, standings)
    if phase.standing not in standings.belonging:
        return When(turn.first, turn.first)
    return turn if after.standing in standings.belonging else after.starts


def _turn(earlier: Phase, later: Phase, standings: Standings) -> When:
    """Return the day on which one standing counts as followed by another."""
    if later.standing in standings.belonging and earlier.standing not in standings.belonging:
        return later.starts
    return When(later.starts.last, later.starts.last)


def belonging_times(times: Iterable[Time], standings: Standings) -> list[Time]:
    """Return the times of belonging, those that follow each other as one."""
    found: list[Time] = []
    for time in times:
        if time.standing not in standings.belonging:
            continue
        if found and following(found[-1].may.last) >= time.may.first:
            found[-1] = _one(found[-1], time)
        else:
            found.append(time)
    return found


def _one(first: Time, second: Time) -> Time:
    sure = Days(min(first.sure.first, second.sure.first), second.sure.last)
    return replace(
        first,
        may=Days(first.may.first, second.may.last),
        sure=sure if first.sure else second.sure,
        ends=second.ends,
        rests_on=(*first.rests_on, *second.rests_on),
    )
