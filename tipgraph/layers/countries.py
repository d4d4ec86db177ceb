"""Describe the countries, and the members of organizations that are none."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pyoxigraph import Literal, NamedNode

from tipgraph.layers.citations import cite
from tipgraph.layers.layer import Layer
from tipgraph.rdf.iris import concept, term, thing
from tipgraph.rdf.terms import english
from tipgraph.source.facts import Country, CountryName, Facts, OtherMember

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
