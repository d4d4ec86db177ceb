"""The page of one thing: what the graph says of it, where each fact stands, how to cite it."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.iris import path_of
from tipgraph.rdf.iris import thing as our_thing
from tipgraph.serve.pages.asking import questions_about
from tipgraph.serve.pages.dataset import dataset_page
from tipgraph.serve.pages.render import render
from tipgraph.tell.events import events_of, year_of
from tipgraph.tell.facts import decisions_about, facts_of, pointers_to
from tipgraph.tell.identifiers import identifiers_of
from tipgraph.tell.pictures.neighbours import neighbours_picture
from tipgraph.tell.reader import Link, Reader
from tipgraph.tell.records import records_of
from tipgraph.tell.schema_org import described

FORMATS = (("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"), ("rdf", "RDF/XML"))
CLASSES = (
    ("tip:Organization", "Organization"),
    ("tip:State", "Country or area"),
    ("org:Post", "Post"),
    ("org:Organization", "Body"),
    ("skos:ConceptScheme", "Concepts"),
    ("skos:Concept", "Concept"),
    ("tip:SourceNote", "Note about the table"),
    ("tip:SourceItem", "Entry of the table"),
    ("tip:SourceRow", "Row of the table"),
    ("tip:SourceCell", "Cell of the table"),
    ("tip:SourceDocument", "The table"),
    ("tip:Citation", "Citation"),
    ("tip:Completeness", "How complete a list is"),
    ("org:Membership", "Membership record"),
    ("tip:PartyAction", "Party record"),
    ("tip:Link", "Link to something elsewhere"),
    ("tip:LinkToCheck", "Link to check"),
    ("rdf:Statement", "Decision"),
    ("tip:LinkedPage", "Linked page"),
    ("dcterms:PeriodOfTime", "Period"),
    ("owl:Ontology", "Ontology"),
    ("owl:Class", "Class of things"),
    ("owl:ObjectProperty", "Property"),
    ("owl:DatatypeProperty", "Property"),
    ("owl:AnnotationProperty", "Property"),
    ("rdfs:Datatype", "System of codes"),
    ("dcat:Dataset", "Dataset"),
    ("void:Dataset", "Part of the dataset"),
)
"""What to call a thing of a class, the first that fits."""


@dataclass(frozen=True)
class Source:
    """A place where a thing stands: the place, and the words there."""

    place: Link
    quote: str
    citation: str


@dataclass(frozen=True)
class Listed:
    """A thing of a list: when, what, and remarks in columns."""

    date: str
    link: Link
    kind: str
    force: str
    issuers: tuple[Link, ...]


@dataclass(frozen=True)
class Member:
    """A concept of a scheme or a term of an ontology, with its definition."""

    link: Link
    anchor: str
    definition: str


def thing(kg: KnowledgeGraph, iri: NamedNode) -> str:
    """Return the page of a thing; the dataset has one of its own."""
    if iri == our_thing("dataset"):
        return dataset_page(kg, iri)
    reader = Reader(kg.store)
    title = reader.label(iri)
    records = records_of(iri, reader)
    events = events_of(iri, records, reader)
    return render(
        "thing.html",
        title=title,
        iri=iri.value,
        path=f"/{path_of(iri.value)}",
        kind=kind_of(iri, reader),
        names=[n.value for n in reader.objects(iri, "skos:altLabel") if n.value != title],
        definition=reader.value(iri, "skos:definition", "dcterms:description", "rdfs:comment"),
        facts=facts_of(iri, reader),
        pointers=pointers_to(iri, reader),
        members=_members(iri, reader),
        listed=_listed(iri, reader),
        records=records,
        asking=questions_about(iri, kg),
        events=events if len(events) > 1 or records else [],
        picture=neighbours_picture(iri, records, reader),
        notes=_notes(iri, reader),
        decisions=_other_decisions(iri, reader),
        sources=_sources(iri, reader),
        identifiers=identifiers_of(iri, reader),
        classes=[reader.link(node) for node in reader.objects(iri, "rdf:type")],
        formats=FORMATS,
        version=kg.version,
        described=described(iri, reader),
    )


def kind_of(thing: NamedNode, reader: Reader) -> str:
    """Return what kind of thing a thing is, in a word or two."""
    if kinds := reader.labels(thing, "dcterms:type"):
        return kinds[0].upper() + kinds[1:]
    found = (name for kind, name in CLASSES if reader.is_a(thing, kind))
    return next(found, "Thing")


def _listed(organization: NamedNode, reader: Reader) -> list[Listed]:
    found = reader.subjects("tip:listedUnder", organization)
    rows = [
        Listed(
            str(year_of(node, reader) or ""),
            reader.link(node),
            reader.labels(node, "dcterms:type"),
            reader.labels(node, "tip:legalForce"),
            tuple(map(reader.link, reader.objects(node, "tip:issuedBy"))),
        )
        for node in found
    ]
    return sorted(rows, key=lambda row: (row.date or "undated", row.link.text))


def _members(thing: NamedNode, reader: Reader) -> list[Member]:
    nodes = reader.subjects("skos:inScheme", thing) + reader.subjects("rdfs:isDefinedBy", thing)
    return [
        Member(reader.link(node), node.value.rpartition("#")[2], definition)
        for node in nodes
        for definition in [reader.value(node, "skos:definition")]
    ]


def _notes(thing: NamedNode, reader: Reader) -> list[dict[str, object]]:
    return [
        {
            "link": Link(reader.value(note, "skos:notation"), reader.link(note).href),
            "quote": reader.value(note, "tip:quote"),
            "matter": reader.value(note, "tip:matter"),
            "instead": reader.value(note, "tip:instead"),
            "certainty": reader.labels(note, "tip:certainty"),
        }
        for note in reader.subjects("tip:about", thing)
    ]


def _other_decisions(thing: NamedNode, reader: Reader) -> list[object]:
    """Return the decisions about names, which the facts do not show."""
    decided = decisions_about(thing, reader)
    return [(ground, node.value) for name, node, ground in decided if name.startswith("skos:")]


def _sources(thing: NamedNode, reader: Reader) -> list[Source]:
    return [_source(node, reader) for node in reader.nodes(thing, "dcterms:source")]


def _source(node: NamedNode, reader: Reader) -> Source:
    """Return a place: of the table, of a work that is cited, or of a decision."""
    words = reader.value(node, "dcterms:bibliographicCitation")
    place = Link("about this citation", reader.link(node).href) if words else reader.link(node)
    citation = words or reader.value(node, "tip:evidence")
    return Source(place, reader.value(node, "prov:value"), citation)
