"""Describe memberships: who takes part in which organization, in what standing, over what time."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from tipgraph.describe.layers import Layer, bounds, date, english
from tipgraph.enrich.check import is_dated
from tipgraph.enrich.citations import cite, is_derived
from tipgraph.enrich.facts import Membership
from tipgraph.iris import concept, thing


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
