"""Describe facts as triples of the layers they belong to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Triple

from tipgraph.derive.completeness import check_completeness
from tipgraph.derive.derive import Derived, derive
from tipgraph.layers.countries import describe_countries, members
from tipgraph.layers.derived import Present, describe_derived
from tipgraph.layers.layer import RDF_TYPE, Layer
from tipgraph.layers.links import Here, check_links, describe_links
from tipgraph.layers.lists import describe_completeness, describe_note, extent_in_words
from tipgraph.layers.records import describe_record
from tipgraph.layers.rules import describe_rule
from tipgraph.layers.vocabulary import concepts_of, standings_of
from tipgraph.rdf.iris import path_of
from tipgraph.source.check_facts import Known, check_facts
from tipgraph.source.facts import (
    Completeness,
    Facts,
    ListedMember,
    MembershipAct,
    StatedParty,
    TreatyAct,
)
from tipgraph.source.links import Links
from tipgraph.source.rules import Exemption


@dataclass(frozen=True)
class Enrichment:
    """What facts add to each layer."""

    catalog: Layer = field(default_factory=Layer)
    membership: Layer = field(default_factory=Layer)
    parties: Layer = field(default_factory=Layer)
    obligations: Layer = field(default_factory=Layer)
    provenance: Layer = field(default_factory=Layer)


def enrich(
    layers: Mapping[str, Layer],
    facts: Facts,
    links: Links,
    released: Collection[str] = (),
) -> dict[str, Layer]:
    """Return the layers of a graph (`catalog` and `vocabulary` among them) with these added.

    Raises InputError as `describe_facts` and `check_links` do.
    """
    catalog, vocabulary = layers["catalog"].triples, layers["vocabulary"].triples
    with_facts = _joined(layers, vars(describe_facts(facts, catalog, vocabulary, released)))
    return _joined(with_facts, _linked(with_facts, links, released))


def _joined(layers: Mapping[str, Layer], added: Mapping[str, Layer]) -> dict[str, Layer]:
    stated = {name: layers[name].triples if name in layers else set() for name in added}
    return {**layers, **{name: Layer(stated[name] | added[name].triples) for name in added}}


def _linked(
    layers: Mapping[str, Layer], links: Links, released: Collection[str]
) -> dict[str, Layer]:
    stated = layers["catalog"].triples | layers["vocabulary"].triples
    classes = _classes(stated)
    check_links(links, Here(classes, frozenset(released)))
    layer, provenance = describe_links(links, classes, stated)
    return {"links": layer, "provenance": provenance}


def _classes(triples: Iterable[Triple]) -> dict[str, set[str]]:
    """Return the classes of what triples describe, by IRI."""
    classes: dict[str, set[str]] = {}
    for node, predicate, value in triples:
        if isinstance(node, NamedNode):
            own = classes.setdefault(node.value, set())
            if predicate == RDF_TYPE and isinstance(value, NamedNode):
                own.add(value.value)
    return classes


def describe_facts(
    facts: Facts,
    catalog: Iterable[Triple],
    vocabulary: Iterable[Triple],
    released: Iterable[str] = (),
) -> Enrichment:
    """Return the triples of facts about the things of a catalog, and of their countries.

    Facts about a released IRI (of the register) that this catalog has not are left out, as when
    another table is built. Raises InputError with file and line where a fact names what neither
    has, or can't be as it is said.
    """
    things, terms = _paths(triple.subject for triple in catalog), tuple(vocabulary)
    known = Known(things | {path_of(iri) for iri in released}, concepts_of(terms))
    check_facts(facts, known)
    standings = standings_of(terms)
    derived = derive(facts, facts.rules, standings)
    check_completeness(facts.completeness, derived)
    enrichment = Enrichment()
    describe_countries(facts, things, enrichment.catalog, enrichment.provenance)
    _describe_records(facts, things, enrichment)
    lists = {row.about: extent_in_words(row) for row in facts.completeness}
    here = Present(things, members(facts, things), standings.belonging, lists)
    _describe_derived(derived, facts, here, enrichment)
    _describe_lists(facts, things, enrichment)
    return enrichment


def _paths(nodes: Iterable[object]) -> set[str]:
    return {path_of(node.value) for node in nodes if isinstance(node, NamedNode)}


def _describe_records(facts: Facts, things: Collection[str], enrichment: Enrichment) -> None:
    codes, provenance = members(facts, things), enrichment.provenance
    within: tuple[ListedMember | MembershipAct, ...] = (*facts.memberships, *facts.membership_acts)
    for membership in within:
        if f"org/{membership.organization}" in things and membership.member in codes:
            describe_record(membership, codes, enrichment.membership, provenance)
    for founding in facts.founded:
        if f"org/{founding.organization}" in things:
            describe_record(founding, codes, enrichment.membership, provenance)
    exemptions = (exemption for rule in facts.rules for exemption in rule.exemptions)
    towards: tuple[TreatyAct | StatedParty | Exemption, ...]
    towards = (*facts.treaty_acts, *facts.treaty_standings, *exemptions)
    for record in towards:
        if f"instrument/{record.instrument}" in things and record.actor in codes:
            describe_record(record, codes, enrichment.parties, provenance)


def _describe_derived(
    derived: Derived, facts: Facts, here: Present, enrichment: Enrichment
) -> None:
    for rule in facts.rules:
        if f"instrument/{rule.instrument}" in here.things:
            describe_rule(rule, enrichment.parties, enrichment.provenance)
    rules = {rule.instrument: rule for rule in facts.rules}
    describe_derived(derived, rules, here, enrichment.obligations)


def _describe_lists(facts: Facts, things: Collection[str], enrichment: Enrichment) -> None:
    for completeness in facts.completeness:
        if completeness.about in things:
            layer = _layer_of(completeness, enrichment)
            describe_completeness(completeness, layer, enrichment.provenance)
    here = {*things, *(f"country/{country.alpha_3}" for country in facts.countries)}
    for note in facts.notes:
        if here.issuperset(note.about):
            describe_note(note, enrichment.provenance)


def _layer_of(completeness: Completeness, enrichment: Enrichment) -> Layer:
    is_of_members = completeness.about.startswith("org/")
    return enrichment.membership if is_of_members else enrichment.parties
