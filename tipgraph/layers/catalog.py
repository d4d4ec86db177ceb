"""Describe the catalog layer (the entities) and, for every decided statement, its provenance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from tipgraph.layers.layer import Layer, describe_decision
from tipgraph.layers.vocabulary import Vocabulary
from tipgraph.rdf.iris import PREFIXES, concept, path_of, slug, term, thing
from tipgraph.rdf.terms import bounds, date, english
from tipgraph.source.claims import Claim, Decision, Entity
from tipgraph.source.properties import PROPERTIES
from tipgraph.source.values import Period, PrintedLink, Symbol

BROKEN = "As printed this is no address; its odd characters are escaped."
CLASSES = {"organization": "tip:Organization", "body": "org:Organization", "post": "org:Post"}


@dataclass
class Catalog:
    """The catalog layer and the provenance layer while the entities of an edition are described."""

    edition: str
    vocabulary: Vocabulary
    catalog: Layer = field(default_factory=Layer)
    provenance: Layer = field(default_factory=Layer)
    backed: dict[NamedNode, NamedNode | Literal] = field(default_factory=dict)

    def source(self, place: str) -> NamedNode:
        """Return the IRI of a source item by its path in the table."""
        return thing(f"source/{self.edition}/{place}")

    def state(
        self, subject: NamedNode, claim: Claim, predicate: str, object: NamedNode | Literal
    ) -> None:
        """Add the triple of a claim, and its backing where a decision is the ground."""
        self.catalog.add(subject, predicate, object)
        if claim.decision is not None:
            self._back(subject, claim, claim.decision, predicate, object)

    def _back(
        self,
        subject: NamedNode,
        claim: Claim,
        decision: Decision,
        predicate: str,
        object: NamedNode | Literal,
    ) -> None:
        iri = statement_iri(subject, claim)
        while self.backed.setdefault(iri, object) != object:
            iri = NamedNode(f"{iri.value}-again")
        describe_decision(
            self.provenance,
            iri,
            (subject, predicate, object),
            because=decision.because,
            evidence=(decision.evidence,),
            certainty=decision.sure,
        )


def statement_iri(subject: NamedNode, claim: Claim) -> NamedNode:
    """Return the IRI of the reified statement that backs a claim: it says what it says."""
    return thing(
        f"statement/{path_of(subject.value)}/{claim.property}/{slug(str(claim.value), 80)}"
    )


def entity_iri(entity: Entity) -> NamedNode:
    """Return an entity's IRI, by its name."""
    return named_iri(entity.name)


def named_iri(name: str) -> NamedNode:
    """Return the IRI of a name: ours, or for `target/8.7` the one in the goals' own vocabulary."""
    path, _, code = name.partition("/")
    return NamedNode(PREFIXES["sdg"] + code) if path == "target" else thing(name)


def describe_entities(
    entities: Iterable[Entity], edition: str, vocabulary: Vocabulary
) -> tuple[Layer, Layer]:
    """Return the catalog layer and the provenance layer of named entities."""
    work = Catalog(edition, vocabulary)
    for entity in entities:
        _describe(work, entity)
    return work.catalog, work.provenance


def _describe(work: Catalog, entity: Entity) -> None:
    iri = entity_iri(entity)
    _describe_class(work, entity)
    _describe_labels(work, entity)
    work.catalog.add(iri, "dcterms:source", *map(work.source, entity.items))
    for claim in entity.claims:
        DESCRIBERS[PROPERTIES[claim.property].values](work, entity, claim)
    if entity.kind_of_thing == "instrument":
        _describe_force(work, entity)
    if entity.kind_of_thing == "organization" and not entity.values("founding-basis"):
        work.catalog.add(iri, "tip:foundingBasis", concept("founding-basis", "unknown"))


def _describe_class(work: Catalog, entity: Entity) -> None:
    iri = entity_iri(entity)
    if entity.kind_of_thing == "target":
        work.catalog.a(iri, "sdgo:Target")
    elif entity.kind_of_thing == "instrument":
        kind = work.vocabulary.kinds[_kind(entity)]
        work.catalog.add(iri, "rdf:type", kind.instrument_class)
        if not entity.values("kind"):
            work.catalog.add(iri, "dcterms:type", concept("instrument-kind", "undetermined"))
    else:
        work.catalog.a(iri, CLASSES[entity.kind_of_thing])


def _describe_labels(work: Catalog, entity: Entity) -> None:
    work.catalog.add(entity_iri(entity), "skos:prefLabel", english(entity.label))


def _describe_text(work: Catalog, entity: Entity, claim: Claim) -> None:
    iri, text = entity_iri(entity), str(claim.value)
    predicate = PROPERTIES[claim.property].curie
    if predicate != "skos:altLabel" or text != entity.label:
        work.state(iri, claim, predicate, english(text))
    if claim.property == "acronym":
        work.catalog.add(iri, "skos:notation", Literal(text, datatype=term("tip:Acronym")))
    if claim.property == "label" and entity.key == entity.name:
        work.catalog.add(iri, "dcterms:source", statement_iri(iri, claim))


def _describe_thing(work: Catalog, entity: Entity, claim: Claim) -> None:
    other = named_iri(str(claim.value))
    work.state(entity_iri(entity), claim, PROPERTIES[claim.property].curie, other)


def _describe_concept(work: Catalog, entity: Entity, claim: Claim) -> None:
    property = PROPERTIES[claim.property]
    if property.name != "legal-force":
        node = concept(property.scheme, str(claim.value))
        work.state(entity_iri(entity), claim, property.curie, node)


def _describe_type(work: Catalog, entity: Entity, claim: Claim) -> None:
    if claim.value == "collaboration":
        node = term("org:OrganizationalCollaboration")
        work.state(entity_iri(entity), claim, "rdf:type", node)


def _describe_symbol(work: Catalog, entity: Entity, claim: Claim) -> None:
    symbol = claim.value
    assert isinstance(symbol, Symbol)
    notation = Literal(symbol.text, datatype=term(f"tip:{symbol.scheme}"))
    work.state(entity_iri(entity), claim, "skos:notation", notation)
    if symbol.text != entity.label:
        work.catalog.add(entity_iri(entity), "skos:altLabel", english(symbol.text))


def _describe_page(work: Catalog, entity: Entity, claim: Claim) -> None:
    link = claim.value
    assert isinstance(link, PrintedLink)
    page = _page_iri(link)
    work.state(entity_iri(entity), claim, "foaf:page", page)
    layer = work.catalog
    layer.a(page, "tip:LinkedPage")
    layer.add(page, "schema:url", NamedNode(link.iri))
    layer.add(page, "tip:urlAsPrinted", Literal(link.printed))
    layer.add(page, "dcterms:source", work.source(claim.item))
    if link.remark:
        layer.add(page, "skos:note", english(link.remark.strip("()")))
    if link.is_broken:
        layer.add(page, "skos:note", english(BROKEN))


def _page_iri(link: PrintedLink) -> NamedNode:
    return thing(f"resource/{slug(link.printed.rpartition('://')[2], 200)}")


def _describe_correction(work: Catalog, entity: Entity, claim: Claim) -> None:
    """State the right address of the link that is printed in the item of the decision."""
    for other in entity.claims:
        if isinstance(other.value, PrintedLink) and other.item == claim.item:
            address = NamedNode(str(claim.value))
            work.state(_page_iri(other.value), claim, PROPERTIES[claim.property].curie, address)


def _kind(entity: Entity) -> str:
    return next(iter(entity.values("kind")), "undetermined")


def _describe_force(work: Catalog, entity: Entity) -> None:
    iri = entity_iri(entity)
    decided = next((c for c in entity.claims if c.property == "legal-force"), None)
    if decided is not None and decided.decision is not None:
        work.state(iri, decided, "tip:legalForce", concept("legal-force", str(decided.value)))
        work.catalog.add(iri, "tip:legalForceGround", english(decided.decision.because))
        return
    kind = work.vocabulary.kinds[_kind(entity)]
    work.catalog.add(iri, "tip:legalForce", kind.usual_force)
    work.catalog.add(iri, "tip:legalForceGround", kind.ground)


def _describe_date(work: Catalog, entity: Entity, claim: Claim) -> None:
    day = str(claim.value)
    work.state(entity_iri(entity), claim, PROPERTIES[claim.property].curie, date(day))
    _add_bounds(work, entity_iri(entity), day, day)


def _describe_year(work: Catalog, entity: Entity, claim: Claim) -> None:
    year = date(str(claim.value))
    work.state(entity_iri(entity), claim, PROPERTIES[claim.property].curie, year)


def _describe_period(work: Catalog, entity: Entity, claim: Claim) -> None:
    planned = claim.value
    assert isinstance(planned, Period)
    period = thing(f"period/{_short(entity)}/{planned.start}-{planned.end}")
    work.state(entity_iri(entity), claim, PROPERTIES[claim.property].curie, period)
    work.catalog.a(period, "dcterms:PeriodOfTime")
    work.catalog.add(period, "dcat:startDate", date(planned.start))
    work.catalog.add(period, "dcat:endDate", date(planned.end))
    work.catalog.add(period, "dcterms:source", work.source(claim.item))
    _add_bounds(work, period, planned.start, planned.end)


def _describe_extension(work: Catalog, entity: Entity, claim: Claim) -> None:
    end = str(claim.value)
    extension = thing(f"extension/{_short(entity)}/{end}")
    work.state(entity_iri(entity), claim, PROPERTIES[claim.property].curie, extension)
    work.catalog.a(extension, "tip:Extension")
    work.catalog.add(extension, "dcat:endDate", date(end))
    work.catalog.add(extension, "tip:latest", bounds(end)[1])
    work.catalog.add(extension, "dcterms:source", work.source(claim.item))


def _add_bounds(work: Catalog, iri: NamedNode, start: str, end: str) -> None:
    work.catalog.add(iri, "tip:earliest", bounds(start)[0])
    work.catalog.add(iri, "tip:latest", bounds(end)[1])


def _short(entity: Entity) -> str:
    return entity.name.rpartition("/")[2]


DESCRIBERS: Mapping[str, Callable[[Catalog, Entity, Claim], None]] = {
    "thing": _describe_thing,
    "concept": _describe_concept,
    "class": _describe_type,
    "text": _describe_text,
    "symbol": _describe_symbol,
    "link": _describe_page,
    "address": _describe_correction,
    "date": _describe_date,
    "period": _describe_period,
    "extension": _describe_extension,
    "year": _describe_year,
}
"""What describes a claim, by what the values of its property are."""
