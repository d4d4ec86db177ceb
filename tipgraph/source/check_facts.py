"""Check facts against each other and against the graph they enrich."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tipgraph.files.csvw import Row
from tipgraph.rdf.terms import bounds
from tipgraph.source.facts import (
    Completeness,
    Facts,
    ListedMember,
    MembershipAct,
    StatedParty,
    TreatyAct,
)
from tipgraph.source.rules import TREATY, Rule

ENTRY_INTO_FORCE = "entry-into-force"
"""The act whose day a source can print before it comes."""


@dataclass(frozen=True)
class Known:
    """What facts may speak of: the paths of things (`org/asean`), and concepts by their scheme."""

    things: Collection[str]
    concepts: Mapping[str, Collection[str]]


def is_dated(as_of: str) -> bool:
    """Tell whether an as-of date is a date, and not words that say it is undated."""
    return as_of[:1].isdigit()


def check_facts(facts: Facts, known: Known) -> None:
    """Raise InputError with file and line at the first fact that can't be as it is said."""
    codes = {country.alpha_3 for country in facts.countries}
    _check_countries(facts, known, codes)
    members = codes | {other.code for other in facts.other_members}
    for listed in facts.memberships:
        _check_listed(listed, known, members)
    for joining in facts.membership_acts:
        _check_membership_act(joining, known, members)
    for act in facts.treaty_acts:
        _check_treaty_act(act, known, members)
    for stated in facts.treaty_standings:
        _check_stated(stated, known, members)
    for founding in facts.founded:
        _be_known(founding.row, "organization", f"org/{founding.organization}", known.things)
        _be_real(founding.row, "founded", founding.founded)
    _check_rules(facts.rules, known, codes)
    for completeness in facts.completeness:
        _check_completeness(completeness, known)
    _check_notes(facts, known, codes)


def _be_known(row: Row, what: str, value: str, allowed: Collection[str]) -> None:
    if value not in allowed:
        raise row.error(f"no {what} is known as '{value}'")


def _be_concept(row: Row, scheme: str, name: str, known: Known) -> None:
    _be_known(row, f"concept of the scheme {scheme}", name, known.concepts.get(scheme, ()))


def _check_countries(facts: Facts, known: Known, codes: Collection[str]) -> None:
    for country in facts.countries:
        if country.region:
            _be_concept(country.row, "region", country.region, known)
    for name in facts.names:
        _be_known(name.row, "country", name.country, codes)
    for other in facts.other_members:
        if other.code in codes:
            raise other.row.error(f"'{other.code}' is the code of a country")
        if not other.name:
            _be_known(other.row, "thing", other.thing, known.things)


def _check_listed(listed: ListedMember, known: Known, members: Collection[str]) -> None:
    _check_member(listed, known, members)
    _be_concept(listed.row, "standing", listed.standing, known)
    _check_order(listed.row, (("as_of", listed.as_of),))


def _check_membership_act(act: MembershipAct, known: Known, members: Collection[str]) -> None:
    _check_member(act, known, members)
    _check_act(act, "membership-act", known)


def _check_member(
    record: ListedMember | MembershipAct, known: Known, members: Collection[str]
) -> None:
    _be_known(record.row, "organization", f"org/{record.organization}", known.things)
    _be_known(record.row, "member", record.member, members)


def _check_treaty_act(act: TreatyAct, known: Known, members: Collection[str]) -> None:
    _check_actor(act, known, members)
    _check_act(act, "treaty-act", known)


def _check_stated(stated: StatedParty, known: Known, members: Collection[str]) -> None:
    _check_actor(stated, known, members)
    _be_concept(stated.row, "party-status", stated.standing, known)
    _be_concept(stated.row, "certainty", stated.certainty, known)
    _check_order(stated.row, (("on", stated.on),))


def _check_actor(record: TreatyAct | StatedParty, known: Known, members: Collection[str]) -> None:
    _be_known(record.row, "instrument", f"instrument/{record.instrument}", known.things)
    _be_known(record.row, "state or organization", record.actor, members)


def _check_act(act: MembershipAct | TreatyAct, scheme: str, known: Known) -> None:
    _be_concept(act.row, scheme, act.act, known)
    _be_concept(act.row, "certainty", act.certainty, known)
    dates = (("date", act.date), ("as_of", act.as_of))
    is_announced = act.act == ENTRY_INTO_FORCE
    _check_order(act.row, *([(date,) for date in dates] if is_announced else [dates]))


def _check_rules(rules: Collection[Rule], known: Known, codes: Collection[str]) -> None:
    treaties = {rule.instrument for rule in rules if rule.ground == TREATY}
    for rule in rules:
        _check_rule(rule, known, codes)
        if rule.requires == rule.instrument:
            raise rule.error(f"'{rule.instrument}' can't require '{rule.requires}'")
        if rule.requires and rule.requires not in treaties:
            raise rule.error(f"'{rule.requires}' is no treaty with a rule")


def _check_rule(rule: Rule, known: Known, codes: Collection[str]) -> None:
    needed = [f"instrument/{rule.instrument}"]
    needed += [f"instrument/{rule.requires}"] * bool(rule.requires)
    needed += [f"org/{rule.of}"] * bool(rule.of)
    for path in needed:
        if path not in known.things:
            raise rule.error(f"no thing is known as '{path}'")
    life = (("adopted", rule.adopted), ("in-force", rule.in_force), ("ended", rule.ended))
    _check_order(rule, life, (("transposed-by", rule.transposed_by),))
    exempted: set[str] = set()
    for exemption in rule.exemptions:
        if exemption.actor not in codes:
            raise rule.error(f"no country is known as '{exemption.actor}'")
        if exemption.actor in exempted:
            raise rule.error(f"'{exemption.actor}' is exempted twice")
        exempted.add(exemption.actor)
        days = (("bound-from", exemption.bound_from), ("bound-until", exemption.bound_until))
        _check_order(rule, days)


def _check_order(row: Row | Rule, *chains: tuple[tuple[str, str], ...]) -> None:
    """Refuse a date that is none, and one that surely comes after a later one of its chain."""
    for chain in chains:
        stated = [(name, text) for name, text in chain if is_dated(text)]
        for name, text in stated:
            _be_real(row, name, text)
        for place, (name, text) in enumerate(stated):
            for later, other in stated[place + 1 :]:
                if bounds(text)[0].value > bounds(other)[1].value:
                    raise row.error(f"{name} {text} comes after {later} {other}")


def _be_real(row: Row | Rule, name: str, text: str) -> None:
    try:
        datetime.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        raise row.error(f"{name} {text} is no date") from None


def _check_completeness(completeness: Completeness, known: Known) -> None:
    row, about = completeness.row, completeness.about
    _be_known(row, "list", about, known.things)
    _be_concept(row, "extent", completeness.extent, known)
    for name in completeness.counts:
        _be_concept(row, counted_scheme(about), name, known)
    _check_order(row, (("as_of", completeness.as_of),))
    if int(completeness.published_least) > int(completeness.published_most):
        raise row.error("published_least is more than published_most")


def counted_scheme(about: str) -> str:
    """Return the scheme of what is counted in a list: of members, or of parties."""
    return "standing" if about.startswith("org/") else "party-status"


def _check_notes(facts: Facts, known: Known, codes: Iterable[str]) -> None:
    things = {*known.things, *(f"country/{code}" for code in codes)}
    for note in facts.notes:
        _be_concept(note.row, "note-kind", note.kind, known)
        _be_concept(note.row, "certainty", note.certainty, known)
        for about in note.about:
            _be_known(note.row, "thing", about, things)
