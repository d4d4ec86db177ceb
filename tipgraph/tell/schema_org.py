"""What search engines read of a page: the thing, or the dataset, in schema.org's words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode

from tipgraph.rdf.iris import path_of, term
from tipgraph.rdf.iris import thing as our_thing
from tipgraph.tell.reader import Reader

CONTEXT = "https://schema.org/"
TYPES = (
    ("tip:Organization", "Organization"),
    ("tip:State", "Country"),
    ("org:Organization", "Organization"),
    ("tip:NormativeInstrument", "Legislation"),
    ("tip:FrameworkInstrument", "CreativeWork"),
    ("skos:ConceptScheme", "DefinedTermSet"),
    ("skos:Concept", "DefinedTerm"),
)
"""Our classes and those of schema.org, the first that fits; any other thing is a Thing."""

NO_KEYS = {term("tip:Acronym"), term("tip:DACChannel"), term("tip:UNLibraryHeading")}
"""The systems whose codes are no identifiers: names, and accounts for payments."""


def described(thing: NamedNode, reader: Reader) -> dict[str, Any]:
    """Return a thing in schema.org's words."""
    kind = next((name for ours, name in TYPES if reader.is_a(thing, ours)), "Thing")
    told = {
        "@context": CONTEXT,
        "@id": thing.value,
        "@type": kind,
        "name": reader.label(thing),
        "alternateName": [node.value for node in reader.objects(thing, "skos:altLabel")],
        "identifier": list(_identifiers(thing, reader)),
        "sameAs": [node.value for node in reader.nodes(thing, "schema:sameAs")],
        "description": reader.value(thing, "skos:definition"),
        **dict(_links(thing, kind, reader)),
    }
    return {key: value for key, value in told.items() if value}


def dataset(reader: Reader) -> dict[str, Any]:
    """Return the dataset in schema.org's words."""
    node = our_thing("dataset")
    told = {
        "@context": CONTEXT,
        "@id": node.value,
        "@type": "Dataset",
        "name": reader.value(node, "dcterms:title"),
        "description": reader.value(node, "dcterms:description"),
        "license": reader.value(node, "dcterms:license"),
        "version": reader.value(node, "schema:version"),
        "isBasedOn": reader.value(node, "prov:hadPrimarySource"),
    }
    return {key: value for key, value in told.items() if value}


def _identifiers(thing: NamedNode, reader: Reader) -> Iterator[dict[str, str]]:
    """Yield the codes that tell a thing apart, each with the system that it is of."""
    for code in reader.objects(thing, "skos:notation"):
        if isinstance(code, Literal) and code.datatype not in NO_KEYS:
            system = path_of(code.datatype.value).removeprefix("ontology#")
            yield {"@type": "PropertyValue", "propertyID": system, "value": code.value}


def _links(thing: NamedNode, kind: str, reader: Reader) -> Iterator[tuple[str, object]]:
    date = reader.value(thing, "tip:adoptedOrIssued")
    if kind == "Organization":
        yield "parentOrganization", _references(thing, "org:subOrganizationOf", reader)
        yield "url", [reader.value(page, "schema:url") for page in reader.nodes(thing, "foaf:page")]
    elif kind == "Legislation":
        yield "legislationDate", date
        yield "legislationType", reader.labels(thing, "dcterms:type")
        yield "legislationPassedBy", _references(thing, "tip:issuedBy", reader)
    elif kind == "CreativeWork":
        yield "datePublished", date
        yield "publisher", _references(thing, "tip:issuedBy", reader)
    elif kind == "DefinedTerm":
        yield "inDefinedTermSet", [node.value for node in reader.nodes(thing, "skos:inScheme")]


def _references(thing: NamedNode, predicate: str, reader: Reader) -> list[dict[str, str]]:
    return [
        {"@type": "Organization", "@id": node.value, "name": reader.label(node)}
        for node in reader.nodes(thing, predicate)
    ]
