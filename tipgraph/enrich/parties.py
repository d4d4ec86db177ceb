"""Describe party actions: what states and organizations have done about treaties; and opt-outs."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from tipgraph.describe.layers import Layer, bounds, date, english
from tipgraph.enrich.check import is_dated
from tipgraph.enrich.citations import cite
from tipgraph.enrich.countries import country_iri
from tipgraph.enrich.facts import OptOut, PartyAction
from tipgraph.enrich.memberships import describe_record
from tipgraph.iris import concept, term, thing


def action_iri(action: PartyAction) -> NamedNode:
    """Return the IRI of a party action."""
    return thing(f"party/{action.instrument}/{action.actor}")


def describe_action(
    action: PartyAction, members: Mapping[str, NamedNode], layer: Layer, provenance: Layer
) -> None:
    """Add a party action to its layer, and its sources to the provenance layer."""
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
    if is_dated(action.as_of):
        layer.add(iri, "tip:certainUntil", bounds(action.as_of)[0])
    describe_record(iri, action.as_of, action.source, layer)
    layer.add(iri, "skos:note", *map(english, action.remark))
    cite(layer, iri, provenance, action.source)


def describe_opt_out(out: OptOut, layer: Layer, provenance: Layer) -> None:
    """Add an opt-out to the layer of party actions, backed by a statement with its ground."""
    instrument, country = thing(f"instrument/{out.instrument}"), country_iri(out.actor)
    layer.add(instrument, "tip:excepts", country)
    iri = thing(f"statement/instrument/{out.instrument}/excepts/{out.actor}")
    provenance.a(iri, "rdf:Statement")
    provenance.add(iri, "rdf:subject", instrument)
    provenance.add(iri, "rdf:predicate", term("tip:excepts"))
    provenance.add(iri, "rdf:object", country)
    provenance.add(iri, "tip:reason", english(out.because))
    provenance.add(iri, "tip:evidence", *map(Literal, out.source))
    provenance.add(iri, "tip:certainty", concept("certainty", out.certainty))
