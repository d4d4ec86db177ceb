"""Check facts against each other and against the graph they enrich."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tipgraph.files.csvw import Row
from tipgraph.rdf.terms import bounds
from tipgraph.source.facts import Completeness, Facts, Membership, PartyAction


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
    for membership in facts.memberships:
        _check_membership(membership, known, members)
    for action in facts.parties:
        _check_action(action, known, members)
    for out in facts.excepts:
        _be_known(out.row, "instrument", f"instrument/{out.instrument}", known.things)
        _be_known(out.row, "country", out.actor, codes)
        _be_concept(out.row, "certainty", out.certainty, known)
    for shown in facts.in_force:
        _be_known(shown.row, "instrument", f"instrument/{shown.instrument}", known.things)
        _be_concept(shown.row, "certainty", shown.certainty, known)
        _be_real(shown.row, "by", shown.by)
    counts = _counts(facts)
    for completeness in facts.completeness:
        _check_completeness(completeness, known, counts)
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


def _check_membership(membership: Membership, known: Known, members: Collection[str]) -> None:
    row = membership.row
    _be_known(row, "organization", f"org/{membership.organization}", known.things)
    _be_known(row, "member", membership.member, members)
    _be_concept(row, "standing", membership.standing, known)
    since, until = ("since", membership.since), ("until", membership.until)
    standing, as_of = ("standing_since", membership.standing_since), ("as_of", membership.as_of)
    _check_order(row, (since, until, as_of), (since, standing, as_of))


def _check_action(action: PartyAction, known: Known, members: Collection[str]) -> None:
    row = action.row
    _be_known(row, "instrument", f"instrument/{action.instrument}", known.things)
    _be_known(row, "state or organization", action.actor, members)
    _be_concept(row, "party-status", action.status, known)
    _check_order(row, (("date", action.date), ("as_of", action.as_of)))


def _check_order(row: Row, *chains: tuple[tuple[str, str], ...]) -> None:
    """Refuse a date that is none, and one that surely comes after a later one of its chain."""
    for chain in chains:
        stated = [(name, text) for name, text in chain if is_dated(text)]
        for name, text in stated:
            _be_real(row, name, text)
        for place, (name, text) in enumerate(stated):
            for later, other in stated[place + 1 :]:
                if bounds(text)[0].value > bounds(other)[1].value:
                    raise row.error(f"{name} {text} comes after {later} {other}")


def _be_real(row: Row, name: str, text: str) -> None:
    try:
        datetime.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        raise row.error(f"{name} {text} is no date") from None


def _counts(facts: Facts) -> Counter[tuple[str, str]]:
    """Count the rows of each list by standing or status."""
    members = ((f"org/{m.organization}", m.standing) for m in facts.memberships)
    actions = ((f"instrument/{p.instrument}", p.status) for p in facts.parties)
    return Counter([*members, *actions])


def _check_completeness(
    completeness: Completeness, known: Known, counts: Mapping[tuple[str, str], int]
) -> None:
    row, about = completeness.row, completeness.about
    _be_known(row, "list", about, known.things)
    _be_concept(row, "extent", completeness.extent, known)
    for name in completeness.counts:
        _be_concept(row, counted_scheme(about), name, known)
    _check_order(row, (("as_of", completeness.as_of),))
    counted = sum(counts.get((about, name), 0) for name in completeness.counts)
    if int(completeness.known) != counted:
        raise row.error(f"{completeness.known} are said to be known, but {counted} rows count")
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
