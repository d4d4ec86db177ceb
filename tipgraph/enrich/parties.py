"""Describe what states and organizations have done about treaties, and whom these then bind."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from pyoxigraph import NamedNode

from tipgraph.describe.layers import Layer, bounds, date, describe_decision, english
from tipgraph.enrich.check import is_dated
from tipgraph.enrich.citations import cite
from tipgraph.enrich.countries import country_iri
from tipgraph.enrich.facts import InForce, OptOut, PartyAction
from tipgraph.enrich.memberships import describe_record
from tipgraph.iris import concept, thing


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
