"""Describe the catalog layer (the entities) and, for every decided statement, its provenance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from tipgraph.layers.layer import Layer, describe_decision
from tipgraph.layers.vocabulary import Vocabulary
from tipgraph.rdf.iris import PREFIXES, concept, path_of, slug, term, thing
from tipgraph.rdf.terms import bounds, date, english
from tipgraph.source.claims import Claim, Decision, Entity
from tipgraph.source.recognize.symbols import Symbol
from tipgraph.source.recognize.text import Link

TO_THINGS = {
    "issued-by": "tip:issuedBy",
    "adopted-by": "tip:adoptedBy",
    "annex-of": "eli:is_annex_of",
    "supplements": "tip:supplements",
    "extends": "tip:extends",
    "follows": "tip:follows",
    "implements": "tip:implements",
    "reports-on": "tip:reportsOn",
    "replaces": "dcterms:replaces",
    "amends": "eli:amends",
    "part-of": "org:subOrganizationOf",
    "post-in": "org:postIn",
    "listed-under": "tip:listedUnder",
    "focal-point": "tip:focalPoint",
    "listed-focal-point": "tip:listedFocalPoint",
    "addresses-target": "tip:addressesTarget",
}
TO_CONCEPTS = {
    "kind": ("dcterms:type", "instrument-kind"),
    "topic": ("dcterms:subject", "topic"),
    "legal-force": ("tip:legalForce", "legal-force"),
    "founding-basis": ("tip:foundingBasis", "founding-basis"),
    "focal-point-statement": ("tip:focalPointStatement", "focal-point-statement"),
}
TO_TEXTS = {
    "label": "skos:prefLabel",
    "alt-label": "skos:altLabel",
    "acronym": "skos:altLabel",
    "misprint": "skos:hiddenLabel",
    "title": "tip:titleAsPrinted",
}
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
    return thing(f"statement/{path_of(subject.value)}/{claim.property}/{slug(claim.value, 80)}")


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
        if claim.property in TO_THINGS:
            work.state(iri, claim, TO_THINGS[claim.property], named_iri(claim.value))
        elif claim.property in TO_CONCEPTS and claim.property != "legal-force":
            predicate, scheme = TO_CONCEPTS[claim.property]
            work.state(iri, claim, predicate, concept(scheme, claim.value))
        elif claim.property == "symbol":
            _describe_symbol(work, entity, claim)
        elif claim.property == "page":
            _describe_page(work, entity, claim)
        elif claim.property == "type" and claim.value == "collaboration":
            work.state(iri, claim, "rdf:type", term("org:OrganizationalCollaboration"))
        elif claim.property in TIMES:
            TIMES[claim.property](work, entity, claim)
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
    iri = entity_iri(entity)
    work.catalog.add(iri, "skos:prefLabel", english(entity.label))
    for claim in entity.claims:
        predicate = TO_TEXTS.get(claim.property)
        if predicate == "skos:altLabel" and claim.value == entity.label:
            continue
        if predicate:
            work.state(iri, claim, predicate, english(claim.value))
        if claim.property == "acronym":
            notation = Literal(claim.value, datatype=term("tip:Acronym"))
            work.catalog.add(iri, "skos:notation", notation)
        if claim.property == "label" and entity.key == entity.name:
            work.catalog.add(iri, "dcterms:source", statement_iri(iri, claim))


def _describe_symbol(work: Catalog, entity: Entity, claim: Claim) -> None:
    symbol = Symbol.parse(claim.value)
    notation = Literal(symbol.text, datatype=term(f"tip:{symbol.scheme}"))
    work.state(entity_iri(entity), claim, "skos:notation", notation)
    if symbol.text != entity.label:
        work.catalog.add(entity_iri(entity), "skos:altLabel", english(symbol.text))


def _describe_page(work: Catalog, entity: Entity, claim: Claim) -> None:
    link = Link.parse(claim.value)
    page = thing(f"resource/{slug(link.printed.rpartition('://')[2], 200)}")
    work.state(entity_iri(entity), claim, "foaf:page", page)
    layer = work.catalog
    layer.a(page, "tip:LinkedPage")
    layer.add(page, "schema:url", NamedNode(link.iri))
    layer.add(page, "tip:urlAsPrinted", Literal(link.printed))
    layer.add(page, "dcterms:source", work.source(claim.item))
    if link.remark:
        layer.add(page, "skos:note", english(link.remark.strip("()")))
    for other in entity.claims:
        if other.property == "corrected-url":
            work.state(page, other, "tip:correctedUrl", NamedNode(other.value))


def _kind(entity: Entity) -> str:
    return next(iter(entity.values("kind")), "undetermined")


def _describe_force(work: Catalog, entity: Entity) -> None:
    iri = entity_iri(entity)
    decided = next((c for c in entity.claims if c.property == "legal-force"), None)
    if decided is not None and decided.decision is not None:
        work.state(iri, decided, "tip:legalForce", concept("legal-force", decided.value))
        work.catalog.add(iri, "tip:legalForceGround", english(decided.decision.because))
        return
    kind = work.vocabulary.kinds[_kind(entity)]
    work.catalog.add(iri, "tip:legalForce", kind.usual_force)
    work.catalog.add(iri, "tip:legalForceGround", kind.ground)


def _describe_date(work: Catalog, entity: Entity, claim: Claim) -> None:
    work.state(entity_iri(entity), claim, "tip:adoptedOrIssued", date(claim.value))
    _add_bounds(work, entity_iri(entity), claim.value, claim.value)


def _describe_year(work: Catalog, entity: Entity, claim: Claim) -> None:
    work.state(entity_iri(entity), claim, f"tip:{claim.property}", date(claim.value))


def _describe_period(work: Catalog, entity: Entity, claim: Claim) -> None:
    start, _, end = claim.value.partition("/")
    period = thing(f"period/{_short(entity)}/{start}-{end}")
    work.state(entity_iri(entity), claim, "dcterms:temporal", period)
    work.catalog.a(period, "dcterms:PeriodOfTime")
    work.catalog.add(period, "dcat:startDate", date(start))
    work.catalog.add(period, "dcat:endDate", date(end))
    work.catalog.add(period, "dcterms:source", work.source(claim.item))
    _add_bounds(work, period, start, end)


def _describe_extension(work: Catalog, entity: Entity, claim: Claim) -> None:
    extension = thing(f"extension/{_short(entity)}/{claim.value}")
    work.state(entity_iri(entity), claim, "dcterms:temporal", extension)
    work.catalog.a(extension, "tip:Extension")
    work.catalog.add(extension, "dcat:endDate", date(claim.value))
    work.catalog.add(extension, "tip:latest", bounds(claim.value)[1])
    work.catalog.add(extension, "dcterms:source", work.source(claim.item))


def _add_bounds(work: Catalog, iri: NamedNode, start: str, end: str) -> None:
    work.catalog.add(iri, "tip:earliest", bounds(start)[0])
    work.catalog.add(iri, "tip:latest", bounds(end)[1])


def _short(entity: Entity) -> str:
    return entity.name.rpartition("/")[2]


TIMES = {
    "date": _describe_date,
    "period": _describe_period,
    "extension": _describe_extension,
    "horizon": _describe_year,
    "updated": _describe_year,
}
