"""Derive memberships and standings towards instruments from all facts and rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from tipgraph.derive.duties import duty_times
from tipgraph.derive.memberships import Standings, belonging_times, membership_times
from tipgraph.derive.times import Time
from tipgraph.derive.treaties import Consent, Records, first_consent, treaty_times
from tipgraph.derive.when import When
from tipgraph.source.facts import (
    DOUBTFUL,
    Facts,
    ListedMember,
    MembershipAct,
    StatedParty,
    TreatyAct,
)
from tipgraph.source.rules import MEMBERSHIP, TREATY, Rule

Pair = tuple[str, str]
"""An organization or instrument, and who takes part in it or stands towards it."""


@dataclass(frozen=True)
class Derived:
    """The times of each member in each organization, and of each actor towards each instrument."""

    memberships: Mapping[Pair, list[Time]]
    participations: Mapping[Pair, list[Time]]


def derive(facts: Facts, rules: Collection[Rule], standings: Standings) -> Derived:
    """Derive who belongs and who is bound, from when until when.

    Raises InputError with file and line where records contradict each other, or where there is a
    record of a treaty and no rule.
    """
    memberships = _memberships(facts, standings)
    participations = dict(_treaties(facts, {rule.instrument: rule for rule in rules}, standings))
    for rule in rules:
        if rule.ground == MEMBERSHIP:
            participations |= _duties(rule, memberships, standings)
    return Derived(memberships, participations)


def _memberships(facts: Facts, standings: Standings) -> dict[Pair, list[Time]]:
    acts: dict[Pair, list[MembershipAct]] = defaultdict(list)
    lists: dict[Pair, list[ListedMember]] = defaultdict(list)
    for act in facts.membership_acts:
        acts[act.organization, act.member].append(act)
    for listed in facts.memberships:
        lists[listed.organization, listed.member].append(listed)
    founded = {founding.organization: founding for founding in facts.founded}
    return {
        pair: membership_times(acts[pair], lists[pair], founded.get(pair[0]), standings)
        for pair in sorted({*acts, *lists})
    }


def _treaties(
    facts: Facts, rules: Mapping[str, Rule], standings: Standings
) -> Iterator[tuple[Pair, list[Time]]]:
    records = _records(facts, rules, standings)
    for rule in rules.values():
        if rule.requires:
            records |= dict(_required(records, rule, rules[rule.requires]))
    for pair, own in sorted(records.items()):
        if times := treaty_times(own, rules[pair[0]]):
            yield pair, times


def _records(facts: Facts, rules: Mapping[str, Rule], standings: Standings) -> dict[Pair, Records]:
    acts: dict[Pair, list[TreatyAct]] = defaultdict(list)
    stated: dict[Pair, list[StatedParty]] = defaultdict(list)
    towards: tuple[TreatyAct | StatedParty, ...] = (*facts.treaty_acts, *facts.treaty_standings)
    for record in towards:
        rule = rules.get(record.instrument)
        if rule is None or rule.ground != TREATY:
            raise record.row.error(f"no rule says from when '{record.instrument}' binds a party")
        if record.certainty == DOUBTFUL:
            continue
        if isinstance(record, TreatyAct):
            acts[record.instrument, record.actor].append(record)
        else:
            stated[record.instrument, record.actor].append(record)
    return {
        pair: Records(tuple(acts[pair]), tuple(stated[pair]), gives=standings.gives)
        for pair in {*acts, *stated}
    }


def _required(
    records: Mapping[Pair, Records], rule: Rule, required: Rule
) -> Iterator[tuple[Pair, Records]]:
    """Yield the records of a treaty, and of the one to which its parties have to be party too.

    Who consents to the one has consented to the other by then, and not to the one before.
    """
    for (instrument, actor), own in records.items():
        if instrument != rule.instrument:
            continue
        pair = (required.instrument, actor)
        theirs = records.get(pair, Records(gives=own.gives))
        if given := first_consent(theirs, required):
            yield (instrument, actor), replace(own, not_before=given.when.first)
        if consent := first_consent(own, rule):
            when = When(When.of(required.adopted).first, consent.when.last)
            implied = Consent(when, consent.rests_on, consent.act, "the day of deposit")
            yield pair, replace(theirs, implied=(implied,))


def _duties(
    rule: Rule, memberships: Mapping[Pair, list[Time]], standings: Standings
) -> Iterator[tuple[Pair, list[Time]]]:
    for (organization, member), times in memberships.items():
        if organization == rule.of:
            belonging = belonging_times(times, standings)
            if duties := duty_times(belonging, rule, member):
                yield (rule.instrument, member), duties
