"""Describe a thing: all that the graph says of it, read once for every writer."""

from __future__ import annotations

from pyoxigraph import NamedNode

from tipgraph.rdf.iris import path_of
from tipgraph.tell.events import events_of, year_of
from tipgraph.tell.facts import decisions_about, facts_of, pointers_to
from tipgraph.tell.identifiers import identifiers_of
from tipgraph.tell.parts import Link, Listed, Member, Note, Place
from tipgraph.tell.reader import Reader
from tipgraph.tell.records import incomplete_lists, records_of
from tipgraph.tell.text import text_of_markup
from tipgraph.tell.thing import Thing

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
    ("org:Membership", "Membership"),
    ("tip:Obligation", "Obligation"),
    ("tip:Participation", "Standing towards an instrument"),
    ("tip:TreatyAct", "Act towards a treaty"),
    ("tip:MembershipAct", "Act of membership"),
    ("tip:StatedStanding", "What a source says of a standing"),
    ("tip:ListedMember", "Entry of a list"),
    ("tip:Rule", "Rule of an instrument"),
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


def describe(node: NamedNode, reader: Reader) -> Thing:
    """Return what a graph says of a thing."""
    label, records = reader.label(node), records_of(node, reader)
    decided = tuple(decisions_about(node, reader))
    return Thing(
        iri=node.value,
        path=path_of(node.value),
        label=label,
        kind=kind_of(node, reader),
        names=tuple(n.value for n in reader.objects(node, "skos:altLabel") if n.value != label),
        definition=reader.value(node, "skos:definition", "dcterms:description", "rdfs:comment"),
        facts=facts_of(node, decided, reader),
        listed=_listed(node, reader),
        members=_members(node, reader),
        records=records,
        incomplete=incomplete_lists(reader) if reader.is_a(node, "tip:State") else (),
        pointers=pointers_to(node, reader),
        events=events_of(node, records, reader),
        identifiers=identifiers_of(node, reader),
        notes=tuple(_note(note, node, reader) for note in reader.subjects("tip:about", node)),
        decisions=tuple(
            (value.value, ground) for name, value, ground in decided if name.startswith("skos:")
        ),
        places=tuple(_place(one, reader) for one in reader.nodes(node, "dcterms:source")),
        classes=tuple(map(reader.link, reader.objects(node, "rdf:type"))),
    )


def kind_of(node: NamedNode, reader: Reader) -> str:
    """Return what kind of thing a thing is, in a word or two."""
    if kinds := reader.labels(node, "dcterms:type"):
        return kinds[0].upper() + kinds[1:]
    found = (name for kind, name in CLASSES if reader.is_a(node, kind))
    return next(found, "Thing")


def _listed(organization: NamedNode, reader: Reader) -> tuple[Listed, ...]:
    rows = (
        Listed(
            str(year_of(node, reader) or ""),
            reader.link(node),
            reader.labels(node, "dcterms:type"),
            reader.labels(node, "tip:legalForce"),
            tuple(map(reader.link, reader.objects(node, "tip:issuedBy"))),
        )
        for node in reader.subjects("tip:listedUnder", organization)
    )
    return tuple(sorted(rows, key=lambda row: (row.year or "undated", row.link.text)))


def _members(node: NamedNode, reader: Reader) -> tuple[Member, ...]:
    found = reader.subjects("skos:inScheme", node) + reader.subjects("rdfs:isDefinedBy", node)
    return tuple(
        Member(
            reader.link(one),
            one.value.rpartition("#")[2],
            reader.value(one, "skos:definition"),
        )
        for one in found
    )


def _note(note: NamedNode, thing: NamedNode, reader: Reader) -> Note:
    about = reader.nodes(note, "tip:about")
    return Note(
        Link(reader.value(note, "skos:notation"), reader.link(note).href),
        text_of_markup(reader.value(note, "tip:quote")),
        reader.value(note, "tip:matter"),
        reader.value(note, "tip:instead"),
        reader.labels(note, "tip:certainty"),
        tuple(reader.link(one) for one in about if one != thing),
    )


def _place(node: NamedNode, reader: Reader) -> Place:
    """Return a place: of the table, of a work that is cited, or of a decision."""
    words = reader.value(node, "dcterms:bibliographicCitation")
    link = Link("about this citation", reader.link(node).href) if words else reader.link(node)
    return Place(
        link, reader.value(node, "prov:value"), words or reader.value(node, "tip:evidence")
    )
