"""The properties of claims: what decisions call them, what RDF does, and what their values are.

Everything that has to know the properties reads this table: curation, the schema of the decision
files, and the catalog. What people call them is their label in the ontology.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Property:
    """A property of claims.

    `values` says what its values are: a `thing`, a `concept` (of a `scheme`), a `text`, a `symbol`,
    a `link`, an `address`, a `date`, a `period`, an `extension`, a `year` or a `class`. One that
    has a single value takes the decided one in the place of the recognized. `is_printed` are those
    that the table alone says; values of `from_draft` are keys of drafts until these have names.
    """

    name: str
    curie: str
    values: str
    scheme: str = ""
    is_single: bool = False
    is_printed: bool = False
    is_deniable: bool = False
    from_draft: bool = False


PROPERTIES: Mapping[str, Property] = {
    property.name: property
    for property in (
        Property("issued-by", "tip:issuedBy", "thing"),
        Property("adopted-by", "tip:adoptedBy", "thing"),
        Property("annex-of", "eli:is_annex_of", "thing"),
        Property("supplements", "tip:supplements", "thing"),
        Property("extends", "tip:extends", "thing"),
        Property("follows", "tip:follows", "thing"),
        Property("implements", "tip:implements", "thing"),
        Property("reports-on", "tip:reportsOn", "thing"),
        Property("monitors", "tip:monitors", "thing"),
        Property("replaces", "dcterms:replaces", "thing"),
        Property("amends", "eli:amends", "thing"),
        Property("part-of", "org:subOrganizationOf", "thing"),
        Property("post-in", "org:postIn", "thing"),
        Property("listed-under", "tip:listedUnder", "thing", is_single=True, from_draft=True),
        Property("focal-point", "tip:focalPoint", "thing", is_printed=True, from_draft=True),
        Property(
            "listed-focal-point",
            "tip:listedFocalPoint",
            "thing",
            is_printed=True,
            from_draft=True,
        ),
        Property(
            "addresses-target", "tip:addressesTarget", "thing", is_printed=True, from_draft=True
        ),
        Property("topic", "dcterms:subject", "concept", "topic", is_deniable=True),
        Property("kind", "dcterms:type", "concept", "instrument-kind", is_single=True),
        Property("legal-force", "tip:legalForce", "concept", "legal-force", is_single=True),
        Property(
            "founding-basis", "tip:foundingBasis", "concept", "founding-basis", is_single=True
        ),
        Property(
            "focal-point-statement",
            "tip:focalPointStatement",
            "concept",
            "focal-point-statement",
            is_printed=True,
        ),
        Property("type", "rdf:type", "class"),
        Property("label", "skos:prefLabel", "text", is_single=True, is_printed=True),
        Property("alt-label", "skos:altLabel", "text"),
        Property("acronym", "skos:altLabel", "text"),
        Property("misprint", "skos:hiddenLabel", "text"),
        Property("title", "tip:titleAsPrinted", "text", is_printed=True),
        Property("symbol", "skos:notation", "symbol"),
        Property("page", "foaf:page", "link", is_printed=True),
        Property("corrected-url", "tip:correctedUrl", "address"),
        Property("date", "tip:adoptedOrIssued", "date", is_single=True),
        Property("period", "dcterms:temporal", "period", is_printed=True),
        Property("extension", "dcterms:temporal", "extension", is_printed=True),
        Property("horizon", "tip:horizon", "year", is_printed=True),
        Property("updated", "tip:updated", "year", is_printed=True),
    )
}


def is_of_thing(name: str) -> bool:
    """Tell whether the values of a property are names of entities."""
    return PROPERTIES[name].values == "thing"
