"""Describe what is derived: who belongs, who is bound, and whom an organization's acts reach."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from tipgraph.derive.derive import Derived
from tipgraph.derive.times import NO_DAYS, Time
from tipgraph.derive.when import NEVER_BEGUN, When, before
from tipgraph.layers.layer import Layer
from tipgraph.layers.records import describe_sources, record_in_words, record_iri
from tipgraph.layers.rules import rule_iri
from tipgraph.rdf.iris import concept, thing
from tipgraph.rdf.terms import DATE_TYPES, date, english
from tipgraph.source.rules import Rule


@dataclass(frozen=True)
class Present:
    """What derived times may be of: the paths of things, members by their code, and standings.

    `lists` tells in words how complete the lists of members and parties are, by path.
    """

    things: Collection[str]
    members: Mapping[str, NamedNode]
    belonging: Collection[str]
    lists: Mapping[str, str]

    def list_of(self, path: str) -> Literal:
        """Return in words how complete the list of an organization or a treaty is."""
        return english(self.lists.get(path, "no list is recorded"))


def describe_derived(
    derived: Derived, rules: Mapping[str, Rule], here: Present, layer: Layer
) -> None:
    """Add the memberships and the standings towards instruments to their layer."""
    for (organization, member), times in derived.memberships.items():
        if f"org/{organization}" in here.things and member in here.members:
            for time in times:
                _describe_membership(organization, member, time, here, layer)
    for (instrument, actor), times in derived.participations.items():
        if f"instrument/{instrument}" in here.things and actor in here.members:
            for time in times:
                _describe_participation(rules[instrument], actor, time, here, layer)


def _describe_membership(
    organization: str, member: str, time: Time, here: Present, layer: Layer
) -> None:
    iri = _describe_time(f"membership/{organization}/{member}", time, layer)
    layer.a(iri, "org:Membership")
    if time.standing in here.belonging:
        layer.a(iri, "tip:Belonging")
    layer.add(iri, "org:member", here.members[member])
    layer.add(iri, "org:organization", thing(f"org/{organization}"))
    layer.add(iri, "tip:standing", concept("standing", time.standing))
    layer.add(iri, "tip:listInWords", here.list_of(f"org/{organization}"))


def _describe_participation(
    rule: Rule, actor: str, time: Time, here: Present, layer: Layer
) -> None:
    iri = _describe_time(f"participation/{rule.instrument}/{actor}", time, layer)
    layer.a(iri, "tip:Participation")
    layer.add(iri, "tip:party", here.members[actor])
    layer.add(iri, "tip:towards", thing(f"instrument/{rule.instrument}"))
    layer.add(iri, "tip:partyStatus", concept("party-status", time.standing))
    of = f"org/{rule.of}" if rule.of else f"instrument/{rule.instrument}"
    layer.add(iri, "tip:listInWords", here.list_of(of))
    _describe_ground(iri, time, rule, layer)


def _describe_time(pair: str, time: Time, layer: Layer) -> NamedNode:
    """Add the days of a time and what it rests on; return its IRI, which ends in its first day."""
    first = "1" if time.may.first == NEVER_BEGUN else time.may.first.isoformat()
    iri = thing(f"{pair}/{first}")
    layer.add(iri, "tip:from", _day(time.may.first))
    layer.add(iri, "tip:to", _day(time.may.last))
    sure = time.sure or NO_DAYS
    layer.add(iri, "tip:surelyFrom", _day(sure.first))
    layer.add(iri, "tip:surelyTo", _day(sure.last))
    layer.add(iri, "tip:since", _in_words(time.starts))
    if time.ends is not None:
        last = When(before(time.ends.first), before(time.ends.last))
        layer.add(iri, "tip:until", _in_words(last))
    if time.unknown:
        layer.add(iri, "tip:missing", english(time.unknown))
    layer.add(iri, "prov:wasDerivedFrom", *map(record_iri, time.rests_on))
    describe_sources(iri, time.rests_on, layer)
    return iri


def _describe_ground(iri: NamedNode, time: Time, rule: Rule, layer: Layer) -> None:
    layer.add(iri, "tip:byRule", rule_iri(rule))
    if time.ground:
        layer.a(iri, "tip:Obligation")
        layer.add(iri, "tip:ground", concept("ground", time.ground))
    act = time.rests_on[0]
    if getattr(act, "instrument", rule.instrument) == rule.instrument:
        layer.add(iri, "tip:byAct", record_iri(act))
        layer.add(iri, "tip:actInWords", english(record_in_words(act)))


def _day(day: datetime.date) -> Literal:
    return date(day.isoformat())


def _in_words(when: When) -> Literal:
    words = when.in_words()
    return date(words) if len(words) in DATE_TYPES and words[0].isdigit() else Literal(words)
