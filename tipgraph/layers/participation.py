"""Describe memberships: who takes part in which organization, in what standing, over what time."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from tipgraph.layers.citations import cite, is_derived
from tipgraph.layers.layer import Layer, describe_decision
from tipgraph.rdf.iris import concept, term, thing
from tipgraph.rdf.terms import bounds, date, english, number
from tipgraph.source.check_facts import counted_scheme, is_dated
from tipgraph.source.facts import (
    Completeness,
    Country,
    CountryName,
    FactNote,
    Facts,
    InForce,
    Membership,
    OptOut,
    OtherMember,
    PartyAction,
)


def membership_iri(membership: Membership) -> NamedNode:
    """Return the IRI of a membership; the one without a stated entry ends in `1`."""
    pair = f"{membership.organization}/{membership.member}"
    return thing(f"membership/{pair}/{membership.since or '1'}")


def describe_membership(
    membership: Membership, members: Mapping[str, NamedNode], layer: Layer, provenance: Layer
) -> None:
    """Add a membership to its layer, and its sources to the provenance layer."""
    iri = membership_iri(membership)
    layer.a(iri, "org:Membership")
    layer.add(iri, "org:member", members[membership.member])
    layer.add(iri, "org:organization", thing(f"org/{membership.organization}"))
    layer.add(iri, "tip:standing", concept("standing", membership.standing))
    _describe_interval(iri, membership, layer)
    _describe_standing(iri, membership, layer)
    describe_record(iri, membership.as_of, membership.source, layer)
    layer.add(iri, "skos:note", *map(english, membership.remark))
    cite(layer, iri, provenance, membership.source)


def describe_record(iri: NamedNode, as_of: str, source: tuple[str, ...], layer: Layer) -> None:
    """Add the as-of date of a record, and mark the record where it is derived."""
    layer.add(iri, "tip:asOf", as_of_literal(as_of))
    if is_derived(source):
        layer.a(iri, "tip:Derived")


def as_of_literal(as_of: str) -> Literal:
    """Return an as-of date as a date or, where it is undated, as its words."""
    return date(as_of) if is_dated(as_of) else Literal(as_of)


def _describe_interval(iri: NamedNode, membership: Membership, layer: Layer) -> None:
    if membership.since:
        layer.add(iri, "tip:since", date(membership.since))
        layer.add(iri, "tip:earliest", bounds(membership.since)[0])
    if membership.until:
        layer.add(iri, "tip:until", date(membership.until))
        layer.add(iri, "tip:latest", bounds(membership.until)[1])
    last = membership.until or membership.as_of
    surely = membership.since or last
    if is_dated(surely):
        layer.add(iri, "tip:certainFrom", bounds(surely)[1])
    if is_dated(last):
        layer.add(iri, "tip:certainUntil", bounds(last)[0])


def _describe_standing(iri: NamedNode, membership: Membership, layer: Layer) -> None:
    if membership.standing_since:
        layer.add(iri, "tip:standingSince", date(membership.standing_since))
        layer.add(iri, "tip:standingFrom", bounds(membership.standing_since)[0])
    elif membership.until:
        layer.add(iri, "tip:standingFrom", _day_after(bounds(membership.until)[1]))


def _day_after(day: Literal) -> Literal:
    next_day = datetime.date.fromisoformat(day.value) + datetime.timedelta(days=1)
    return date(next_day.isoformat())


def action_iri(action: PartyAction) -> NamedNode:
    """Return the IRI of a party action."""
    return thing(f"party/{action.instrument}/{action.actor}")


def describe_action(
    action: PartyAction,
    members: Mapping[str, NamedNode],
    in_force: Mapping[str, str],
    layer: Layer,
    provenance: Layer,
) -> None:
    """Add a party action to its layer, and its sources to the provenance layer.

    `in_force` has the day by which a treaty is shown to be in force, where one is.
    """
    iri = action_iri(action)
    layer.a(iri, "tip:PartyAction")
    layer.add(iri, "tip:actor", members[action.actor])
    layer.add(iri, "tip:instrument", thing(f"instrument/{action.instrument}"))
    layer.add(iri, "tip:partyStatus", concept("party-status", action.status))
    if action.date:
        layer.add(iri, "dcterms:date", date(action.date))
        layer.add(iri, "tip:earliest", bounds(action.date)[0])
    surely = action.date or action.as_of
    if is_dated(surely):
        layer.add(iri, "tip:certainFrom", bounds(surely)[1])
        if action.status == "party" and (shown := in_force.get(action.instrument)):
            bound = max(_year_after(bounds(surely)[1].value), shown)
            layer.add(iri, "tip:boundFrom", date(bound))
    if is_dated(action.as_of):
        layer.add(iri, "tip:certainUntil", bounds(action.as_of)[0])
    describe_record(iri, action.as_of, action.source, layer)
    layer.add(iri, "skos:note", *map(english, action.remark))
    cite(layer, iri, provenance, action.source)


def _year_after(day: str) -> str:
    """Return the day a year later: no treaty here enters into force later for who joins it."""
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=366)).isoformat()


def describe_in_force(shown: InForce, layer: Layer, provenance: Layer) -> None:
    """Add the day by which a treaty is in force to the layer of party actions, with its ground."""
    treaty, by = thing(f"instrument/{shown.instrument}"), date(shown.by)
    layer.add(treaty, "tip:inForceBy", by)
    iri = thing(f"statement/instrument/{shown.instrument}/in-force")
    describe_decision(
        provenance,
        iri,
        (treaty, "tip:inForceBy", by),
        because=shown.because,
        evidence=shown.source,
        certainty=shown.certainty,
    )


def describe_opt_out(out: OptOut, layer: Layer, provenance: Layer) -> None:
    """Add an opt-out to the layer of party actions, backed by a statement with its ground."""
    instrument, country = thing(f"instrument/{out.instrument}"), country_iri(out.actor)
    layer.add(instrument, "tip:excepts", country)
    iri = thing(f"statement/instrument/{out.instrument}/excepts/{out.actor}")
    describe_decision(
        provenance,
        iri,
        (instrument, "tip:excepts", country),
        because=out.because,
        evidence=out.source,
        certainty=out.certainty,
    )


CODES = {"Alpha2": "alpha_2", "Alpha3": "alpha_3", "Numeric": "numeric"}


def country_iri(code: str) -> NamedNode:
    """Return the IRI of a country by its alpha-3 code."""
    return thing(f"country/{code}")


def members(facts: Facts, things: Collection[str]) -> dict[str, NamedNode]:
    """Return what can be a member or party in the graph that has these things, by its code."""
    others = (other for other in facts.other_members if other.name or other.thing in things)
    return {
        **{country.alpha_3: country_iri(country.alpha_3) for country in facts.countries},
        **{other.code: thing(other.thing) for other in others},
    }


def describe_countries(
    facts: Facts, things: Collection[str], catalog: Layer, provenance: Layer
) -> None:
    """Add the countries to the catalog, and the other members that it has not yet."""
    for country in facts.countries:
        _describe_country(country, catalog)
        cite(catalog, country_iri(country.alpha_3), provenance, country.source)
    for name in facts.names:
        _describe_name(name, catalog)
        cite(catalog, country_iri(name.country), provenance, name.source)
    for other in facts.other_members:
        if other.name and other.thing not in things:
            _describe_other(other, catalog)
            cite(catalog, thing(other.thing), provenance, other.source)


def _describe_country(country: Country, catalog: Layer) -> None:
    iri = country_iri(country.alpha_3)
    catalog.a(iri, "tip:State")
    label, *others = _distinct((country.common_name, country.name, country.official_name))
    catalog.add(iri, "skos:prefLabel", english(label))
    catalog.add(iri, "skos:altLabel", *map(english, others))
    for scheme, column in CODES.items():
        code = Literal(getattr(country, column), datatype=term(f"tip:{scheme}"))
        catalog.add(iri, "skos:notation", code)
    if country.region:
        catalog.add(iri, "tip:region", concept("region", country.region))


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, names)))


def _describe_name(name: CountryName, catalog: Layer) -> None:
    catalog.add(country_iri(name.country), "skos:altLabel", english(name.name))


def _describe_other(other: OtherMember, catalog: Layer) -> None:
    iri = thing(other.thing)
    catalog.a(iri, "org:Organization")
    catalog.add(iri, "skos:prefLabel", english(other.name))
    if other.acronym:
        catalog.add(iri, "skos:altLabel", english(other.acronym))
        notation = Literal(other.acronym, datatype=term("tip:Acronym"))
        catalog.add(iri, "skos:notation", notation)


def completeness_iri(about: str) -> NamedNode:
    """Return the IRI of what is said of the completeness of a list, by the path of its thing."""
    return thing(f"completeness/{about}")


def describe_completeness(completeness: Completeness, layer: Layer, provenance: Layer) -> None:
    """Add the completeness of a list to the layer of the list."""
    iri, about = completeness_iri(completeness.about), completeness.about
    layer.a(iri, "tip:Completeness")
    layer.add(iri, "rdfs:label", english(extent_in_words(completeness)))
    layer.add(thing(about), "tip:completeness", iri)
    layer.add(iri, "tip:known", number(int(completeness.known)))
    layer.add(iri, "tip:publishedAtLeast", number(int(completeness.published_least)))
    layer.add(iri, "tip:publishedAtMost", number(int(completeness.published_most)))
    layer.add(iri, "tip:extent", concept("extent", completeness.extent))
    counted = (concept(counted_scheme(about), name) for name in completeness.counts)
    layer.add(iri, "tip:countedStanding", *counted)
    layer.add(iri, "tip:asOf", as_of_literal(completeness.as_of))
    if completeness.remark:
        layer.add(iri, "skos:note", english(completeness.remark))
    cite(layer, iri, provenance, completeness.source)


def extent_in_words(completeness: Completeness) -> str:
    """Return how complete a list is, how many are known, of how many published, and of when."""
    known, least, most = (
        completeness.known,
        completeness.published_least,
        completeness.published_most,
    )
    counted = (
        f"{known} of {most}" if least == most else f"{known} known, {least} to {most} published"
    )
    when = f"as of {completeness.as_of}" if is_dated(completeness.as_of) else completeness.as_of
    return f"{completeness.extent}: {counted}, {when}"


def describe_note(note: FactNote, provenance: Layer) -> None:
    """Add a note about facts to the provenance layer."""
    iri = thing(f"note/{note.id}")
    provenance.a(iri, "tip:SourceNote")
    provenance.add(iri, "skos:notation", Literal(note.id))
    provenance.add(iri, "tip:quote", Literal(note.quote))
    provenance.add(iri, "tip:noteKind", concept("note-kind", note.kind))
    provenance.add(iri, "tip:matter", english(note.matter))
    provenance.add(iri, "tip:instead", english(note.instead))
    provenance.add(iri, "tip:reason", english(note.because))
    provenance.add(iri, "tip:certainty", concept("certainty", note.certainty))
    provenance.add(iri, "tip:about", *map(thing, note.about))
    cite(provenance, iri, provenance, note.source)
