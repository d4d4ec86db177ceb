"""Derive where a state stands towards a treaty over time, from its acts and the treaty's rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tipgraph.derive.times import ENDED, Days, Time, apart, ended, time_between
from tipgraph.derive.when import NEVER_BEGUN, NEVER_ENDED, When, before, following, later
from tipgraph.source.check_facts import is_dated
from tipgraph.source.facts import StatedParty, TreatyAct
from tipgraph.source.rules import TREATY, Rule

PARTY, CONTRACTING, SIGNATORY = "party", "contracting", "signatory"
DENOUNCED, NOT_PARTY = "denounced", "not-party"
SUCCESSION = "succession"
"""The act of a state that may have been bound already as a part of another."""
STRENGTH = (PARTY, CONTRACTING, DENOUNCED, ENDED, SIGNATORY, NOT_PARTY)
"""Standings towards a treaty, from the strongest to the weakest."""


@dataclass(frozen=True)
class Consent:
    """That a state has consented to be bound: when, by which act, and on which records."""

    when: When
    rests_on: tuple[TreatyAct | StatedParty, ...]
    act: TreatyAct | StatedParty
    missing: str = ""


@dataclass(frozen=True)
class Records:
    """What is recorded of one state and one treaty, without what is doubtful."""

    acts: tuple[TreatyAct, ...] = ()
    stated: tuple[StatedParty, ...] = ()
    implied: tuple[Consent, ...] = ()
    not_before: date = NEVER_BEGUN
    gives: Mapping[str, str] = field(default_factory=dict)

    def giving(self, standing: str) -> tuple[TreatyAct, ...]:
        """Return the acts that give a standing."""
        return tuple(act for act in self.acts if self.gives.get(act.act) == standing)

    def saying(self, standing: str) -> tuple[StatedParty, ...]:
        """Return the statements that a standing was held."""
        return tuple(one for one in self.stated if one.standing == standing)


def treaty_times(records: Records, rule: Rule) -> list[Time]:
    """Return the times of a state in each standing towards a treaty, no day in two of them.

    Raises InputError with file and line where two records contradict each other.
    """
    ends = sorted(records.giving(DENOUNCED), key=lambda act: _when(act, rule).first)
    rounds = list(_rounds(consents(records, rule), ends, rule))
    times = [time for consent, end in rounds for time in _times_of(consent, end, records, rule)]
    times += _signed(records, rule, min((one.when for one, _ in rounds), key=_first, default=None))
    times += _not_party(records)
    _refuse_contradictions(times, records)
    return apart(sorted(times, key=lambda time: STRENGTH.index(time.standing)))


def first_consent(records: Records, rule: Rule) -> Consent | None:
    """Return the first consent of a state, as exactly as all that is said of it tells."""
    return next((consent for consent, _ in _rounds(consents(records, rule), (), rule)), None)


def consents(records: Records, rule: Rule) -> list[Consent]:
    """Return the consents of a state, the first one first; readings of one of them are joined."""
    found = [
        Consent(_when(act, rule), (act,), act, _missing_of(act))
        for act in records.giving(CONTRACTING)
    ]
    found += [
        Consent(_by(one.on, rule), (one,), one, _missing_of(one)) for one in records.saying(PARTY)
    ]
    found += records.implied
    return sorted((_narrowed(one, records) for one in found), key=_place)


def _place(consent: Consent) -> tuple[bool, int, int]:
    """Put what is dated best first: one act is the ground, and the others support it."""
    days = (consent.when.last - consent.when.first).days
    return (not isinstance(consent.act, TreatyAct), days, consent.when.first.toordinal())


def _narrowed(consent: Consent, records: Records) -> Consent:
    """Return a consent that came after the days on which it surely had not been given."""
    days = [before(records.not_before), *(day for _, day in _days_not_party(records))]
    within = [day for day in days if consent.when.first <= day < consent.when.last]
    if not within:
        return consent
    return replace(consent, when=When(following(max(within)), consent.when.last))


def _rounds(
    found: Sequence[Consent], ends: Sequence[TreatyAct], rule: Rule
) -> Iterator[tuple[Consent, TreatyAct | None]]:
    """Yield each consent with the denunciation that ended it; what is said again counts once."""
    left = list(found)
    for end in [*ends, None]:
        over = When(NEVER_ENDED, NEVER_ENDED) if end is None else _when(end, rule)
        own = [one for one in left if one.when.first < over.last]
        left = [one for one in left if one not in own]
        if own:
            yield _joined(own), end
        elif end is not None:
            when = When(When.of(rule.adopted).first, over.first)
            yield Consent(when, (end,), end, "the day of deposit"), end


def _joined(found: Sequence[Consent]) -> Consent:
    first, *others = found
    when, rests_on = first.when, first.rests_on
    for other in others:
        when, rests_on = when.joined(other.when), (*rests_on, *other.rests_on)
    is_clear = when.is_known and not _is_succession(first.act)
    return replace(first, when=when, rests_on=rests_on, missing="" if is_clear else first.missing)


def _times_of(
    consent: Consent, end: TreatyAct | None, records: Records, rule: Rule
) -> Iterator[Time]:
    bound, printed = _bound(consent, records, rule)
    over = None if end is None else _over(end, rule, bound)
    if over is None and rule.ended:
        over = When.of(rule.ended).after("P1D")
    rests_on = (*consent.rests_on, *printed)
    missing = "" if bound.is_known else consent.missing or _unknown_entry(rule)
    waited = bound if over is None else bound.not_after(over)
    yield time_between(CONTRACTING, consent.when, waited, consent.rests_on)
    party = time_between(PARTY, bound, over, rests_on, missing)
    yield replace(party, ground=TREATY)
    if end is None:
        yield from ended(party)
    elif over is not None:
        yield time_between(DENOUNCED, over, None, (end,))


def _bound(consent: Consent, records: Records, rule: Rule) -> tuple[When, tuple[TreatyAct, ...]]:
    """Return from when the treaty binds who consented: as printed, else by its rule.

    Nobody waits who declares to be bound still; since when it has been is not known.
    """
    printed = records.giving(PARTY)
    if printed:
        when = [When.of(act.date) for act in printed]
        later_ones = [one for one in when if one.last >= consent.when.first]
        if later_ones:
            return min(later_ones, key=lambda one: (one.last - one.first, one.first)), printed
    in_force = When.of(rule.in_force) if rule.in_force else When(NEVER_BEGUN, NEVER_ENDED)
    if _is_succession(consent.act):
        return When(When.of(rule.adopted).first, consent.when.last).not_before(in_force), ()
    earliest = later(consent.when.first, rule.waits_at_least or rule.waits)
    return When(earliest, later(consent.when.last, rule.waits)).not_before(in_force), ()


def _is_succession(record: TreatyAct | StatedParty) -> bool:
    return isinstance(record, TreatyAct) and record.act == SUCCESSION


def _unknown_entry(rule: Rule) -> str:
    return "" if rule.in_force else "the day on which the treaty entered into force"


def _over(end: TreatyAct, rule: Rule, bound: When) -> When:
    """Return when a denunciation of what `bound` it has taken effect.

    Its day may be that of the notice; one that is not dated came after the state was bound.
    """
    told = _when(end, rule)
    last = told.after(rule.leaves).last if rule.leaves else NEVER_ENDED
    return When(min(max(told.first, following(bound.first)), last), last)


def _signed(records: Records, rule: Rule, given: When | None) -> Iterator[Time]:
    """Yield the time as signatory until consent is given; surely so while a source says it."""
    for act in records.giving(SIGNATORY):
        time = time_between(SIGNATORY, _when(act, rule), given, (act,))
        yield time if given else replace(time, sure=Days(time.sure.first, _known_until(act.as_of)))
    for one in records.saying(SIGNATORY):
        time = time_between(SIGNATORY, _by(one.on, rule), given, (one,))
        yield replace(time, sure=time.sure.within(Days(NEVER_BEGUN, _known_until(one.on))))


def _first(when: When) -> tuple[date, date]:
    return when.first, when.last


def _known_until(as_of: str) -> date:
    return When.of(as_of).first if is_dated(as_of) else NEVER_BEGUN


def _not_party(records: Records) -> Iterator[Time]:
    for one, day in _days_not_party(records):
        days, when = Days(day, day), When(day, day)
        yield Time(NOT_PARTY, days, days, when, None, (one,))


def _days_not_party(records: Records) -> list[tuple[StatedParty, date]]:
    """Return the statements that a state was no party, with the first day that each can mean.

    Who was none on the last of these days was none on the first.
    """
    said = records.saying(NOT_PARTY)
    return [(one, When.of(one.on).first) for one in said if is_dated(one.on)]


def _refuse_contradictions(times: Iterable[Time], records: Records) -> None:
    held = [time for time in times if time.standing in (PARTY, CONTRACTING)]
    for one, day in _days_not_party(records):
        if any(time.sure.first <= day <= time.sure.last for time in held):
            raise one.row.error(f"{one.actor} is said to be no party, and has consented before")


def _when(act: TreatyAct, rule: Rule) -> When:
    """Return when an act was done: its date, or any day from adoption until its source."""
    return When.of(act.date) if act.date else _by(act.as_of, rule)


def _by(as_of: str, rule: Rule) -> When:
    last = When.of(as_of).last if is_dated(as_of) else NEVER_ENDED
    return When(When.of(rule.adopted).first, last)


def _missing_of(record: TreatyAct | StatedParty) -> str:
    """Return in words what is not known of the day on which a state consented."""
    if _is_succession(record):
        return "whether it was bound from its independence"
    known = {4: "; only the year is recorded", 7: "; only the month is recorded"}
    return "the day of deposit" + known.get(len(getattr(record, "date", "")), "")
