"""Describe the rules by which instruments bind."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from tipgraph.layers.citations import cite
from tipgraph.layers.layer import Layer
from tipgraph.rdf.iris import concept, thing
from tipgraph.rdf.terms import date, english
from tipgraph.source.rules import Rule


def rule_iri(rule: Rule) -> NamedNode:
    """Return the IRI of the rule of an instrument."""
    return thing(f"rule/{rule.instrument}")


def describe_rule(rule: Rule, layer: Layer, provenance: Layer) -> None:
    """Add a rule to its layer, the days of its instrument, and its sources."""
    iri, instrument = rule_iri(rule), thing(f"instrument/{rule.instrument}")
    layer.a(iri, "tip:Rule")
    layer.add(iri, "tip:ruleOf", instrument)
    layer.add(iri, "tip:ground", concept("ground", rule.ground))
    layer.add(iri, "tip:clause", english(rule.clause))
    layer.add(iri, "skos:definition", english(rule.gist))
    layer.add(iri, "tip:certainty", concept("certainty", rule.certainty))
    texts = {"tip:waits": rule.waits, "tip:waitsAtLeast": rule.waits_at_least}
    texts |= {"tip:leaves": rule.leaves, "tip:quote": rule.words}
    for property, text in texts.items():
        layer.add(iri, property, *([Literal(text)] if text else []))
    things = {"tip:requires": rule.requires and f"instrument/{rule.requires}"}
    things["tip:bindsMembersOf"] = rule.of and f"org/{rule.of}"
    for property, path in things.items():
        layer.add(iri, property, *([thing(path)] if path else []))
    days = {"tip:inForceFrom": rule.in_force, "tip:inForceUntil": rule.ended}
    days["tip:transposedBy"] = rule.transposed_by
    for property, day in days.items():
        layer.add(instrument, property, *([date(day)] if day else []))
    if rule.organizations:
        layer.add(iri, "tip:openToOrganizations", Literal(rule.organizations == "yes"))
    cite(layer, iri, provenance, rule.source)
