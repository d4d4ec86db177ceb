"""Show one thing as a card: names, facts, what points to it, notes, and where each fact stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from tipgraph.rdf.iris import curie, path_of, term
from tipgraph.tell.card_records import about_records, sources_of
from tipgraph.tell.patterns import Patterns
from tipgraph.tell.rows import hanging

WIDTH = 100
CAVEAT = "The table is of about 2020, and this is no legal advice."
FACTS = (
    ("dcterms:type", "kind"),
    ("tip:legalForce", "legal force"),
    ("tip:legalForceGround", "why this force"),
    ("tip:adoptedOrIssued", "adopted or issued"),
    ("tip:inForceBy", "shown in force by"),
    ("dcterms:temporal", "planned period"),
    ("tip:horizon", "horizon"),
    ("tip:updated", "updated"),
    ("tip:issuedBy", "issued by"),
    ("tip:adoptedBy", "adopted by"),
    ("eli:is_annex_of", "annex of"),
    ("tip:supplements", "supplements"),
    ("tip:extends", "extends"),
    ("tip:follows", "follows"),
    ("tip:implements", "implements"),
    ("tip:reportsOn", "reports on"),
    ("dcterms:replaces", "replaces"),
    ("eli:amends", "amends"),
    ("tip:listedUnder", "listed under"),
    ("dcterms:subject", "topic"),
    ("tip:foundingBasis", "rests on"),
    ("org:subOrganizationOf", "part of"),
    ("org:postIn", "post in"),
    ("tip:addressesTarget", "addresses"),
    ("tip:focalPointStatement", "focal point in the table"),
    ("tip:focalPoint", "focal point"),
    ("foaf:page", "link"),
    ("tip:region", "region"),
    ("tip:excepts", "does not bind"),
)
"""What a card says of a thing itself, in this order."""
HEADINGS = {
    **dict(FACTS),
    "rdf:type": "what it is",
    "skos:altLabel": "other name",
    "skos:hiddenLabel": "misprint",
    "skos:notation": "symbol",
    "skos:prefLabel": "name",
}
"""What the decided statements of a card are headed by."""
POINTERS = (
    ("tip:issuedBy", "Issued"),
    ("tip:supplements", "Supplemented by"),
    ("tip:extends", "Extended by"),
    ("tip:follows", "Followed by"),
    ("tip:implements", "Implemented by"),
    ("tip:reportsOn", "Reported on by"),
    ("tip:adoptedBy", "Adopted by it"),
    ("org:subOrganizationOf", "Its parts"),
    ("org:postIn", "Its posts"),
    ("tip:focalPoint", "Focal point of"),
    ("tip:addressesTarget", "Addressed by"),
    ("tip:excepts", "Does not bind it"),
)
"""What a card says of the things that point to a thing."""


RELATIONS = {"schema:sameAs": "the same", "rdfs:seeAlso": "see also"}
"""What the links of a card are headed by, apart from codes and those of concepts."""
MATCHES = {
    "dcterms:subject": "subject",
    "skos:broadMatch": "broader match",
    "skos:closeMatch": "close match",
    "skos:exactMatch": "exact match",
    "skos:narrowMatch": "narrower match",
    "skos:relatedMatch": "related match",
}
"""What the links of concepts are headed by, and those of the targets that the UN itself matches."""


@dataclass(frozen=True)
class Section:
    """A part of a card: a heading and its lines, a label before each (or none)."""

    heading: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Card:
    """What the graph says of one thing."""

    title: str
    iri: str
    names: tuple[str, ...]
    sections: tuple[Section, ...]

    def __str__(self) -> str:
        title = hanging("", self.title, WIDTH)
        head = [*title, "=" * max(map(len, title)), self.iri]
        if self.names:
            head += hanging("", f"also: {'; '.join(self.names)}", WIDTH)
        body = [line for section in self.sections for line in _section(section)]
        return "\n".join([*head, *body, "", CAVEAT])


def _section(section: Section) -> Iterator[str]:
    yield ""
    if section.heading:
        yield section.heading
    width = max((len(label) for label, _ in section.lines), default=0)
    last = None
    for label, text in section.lines:
        lead = f"  {'' if label == last else label:<{width}}{'  ' if width else ''}"
        last = label
        yield from hanging(lead, text, max(WIDTH, len(lead) + 30))


def show(thing: NamedNode, store: Store) -> Card:
    """Return the card of a thing."""
    graph = Patterns(store)
    names = sorted(n.value for n in graph.objects(thing, "skos:altLabel"))
    sections = (
        Section("", tuple(_facts(graph, thing))),
        Section("Instruments", tuple(_instruments(graph, thing))),
        *(Section(heading, lines) for heading, lines in about_records(graph, thing)),
        *(
            Section(heading, tuple(("", graph.named(s)) for s in graph.subjects(predicate, thing)))
            for predicate, heading in POINTERS
        ),
        Section("Identifiers and links", tuple(_identifiers(graph, thing))),
        Section("Notes about the source", tuple(_notes(graph, thing))),
        Section("Decided by hand", tuple(_decisions(graph, thing))),
        Section("Where it stands", tuple(_sources(graph, thing))),
    )
    kept = tuple(section for section in sections if section.lines)
    return Card(graph.label(thing), thing.value, tuple(names), kept)


def _facts(graph: Patterns, thing: NamedNode) -> Iterator[tuple[str, str]]:
    if _is_state(graph, thing):
        yield "codes", ", ".join(n.value for n in graph.objects(thing, "skos:notation"))
    for predicate, heading in FACTS:
        for node in graph.objects(thing, predicate):
            yield heading, _fact(graph, node)
    if graph.objects(thing, "tip:legalForce") and not graph.objects(thing, "tip:issuedBy"):
        yield "issued by", "(not recorded)"


def _is_state(graph: Patterns, thing: NamedNode) -> bool:
    return term("tip:State") in graph.objects(thing, "rdf:type")


def _fact(graph: Patterns, node: NamedNode | Literal) -> str:
    if isinstance(node, Literal):
        return node.value
    path = path_of(node.value)
    if path.startswith(("period/", "extension/")):
        start, end = graph.value(node, "dcat:startDate"), graph.value(node, "dcat:endDate")
        return f"{start} to {end}" if start else f"extended until {end}"
    if path.startswith("resource/"):
        return _link(graph, node)
    return graph.named(node)


def _link(graph: Patterns, page: NamedNode) -> str:
    note = graph.value(page, "skos:note")
    corrected = graph.value(page, "tip:correctedUrl")
    return "".join(
        (
            graph.value(page, "schema:url"),
            f" ({note})" if note else "",
            f" (as printed; likely meant: {corrected})" if corrected else "",
        )
    )


def _instruments(graph: Patterns, organization: NamedNode) -> Iterator[tuple[str, str]]:
    rows = []
    for instrument in graph.subjects("tip:listedUnder", organization):
        date = graph.value(instrument, "tip:adoptedOrIssued")
        periods = [_fact(graph, p) for p in graph.objects(instrument, "dcterms:temporal")]
        when = date[:4] or next((p[:4] for p in periods if p[:4].isdigit()), "")
        kind, force = (graph.labels(instrument, p) for p in ("dcterms:type", "tip:legalForce"))
        issuers = graph.labels(instrument, "tip:issuedBy")
        issued = f"issued by {issuers}" if issuers else "issuer not recorded"
        told = f"{graph.named(instrument)}: {kind}; legal force: {force}; {issued}"
        rows.append((when or "undated", told))
    yield from sorted(rows)


def _notes(graph: Patterns, thing: NamedNode) -> Iterator[tuple[str, str]]:
    for note in graph.subjects("tip:about", thing):
        name = path_of(note.value).removeprefix("note/")
        matter, instead = graph.value(note, "tip:matter"), graph.value(note, "tip:instead")
        yield name, f"{matter} {instead}"


def _decisions(graph: Patterns, thing: NamedNode) -> Iterator[tuple[str, str]]:
    statements = graph.subjects("rdf:subject", thing)
    if _is_state(graph, thing):
        statements += graph.subjects("rdf:object", thing)
    for statement in statements:
        if not graph.objects(statement, "tip:certainty"):
            continue
        predicate = ", ".join(curie(p.value) for p in graph.objects(statement, "rdf:predicate"))
        certainty = graph.labels(statement, "tip:certainty")
        reason, evidence = (graph.value(statement, p) for p in ("tip:reason", "tip:evidence"))
        yield HEADINGS.get(predicate, predicate), f"{reason} [{certainty}; {evidence}]"


def _identifiers(graph: Patterns, thing: NamedNode) -> Iterator[tuple[str, str]]:
    told = []
    for link in graph.subjects("rdf:subject", thing):
        to_check = term("tip:LinkToCheck") in graph.objects(link, "rdf:type")
        if not to_check and term("tip:Link") not in graph.objects(link, "rdf:type"):
            continue
        (target,) = graph.objects(link, "rdf:object")
        remark = graph.value(link, "tip:reason" if to_check else "skos:note")
        label = "to check" if to_check else _relation(graph, link, target)
        said = f"{target.value}{f' ({remark})' if remark else ''}"
        told.append((label, f"{said} [{sources_of(graph, link)}]"))
    yield from sorted(told)


def _relation(graph: Patterns, link: NamedNode, target: NamedNode | Literal) -> str:
    if isinstance(target, Literal):
        return graph.value(target.datatype, "rdfs:label")
    predicate = graph.value(link, "rdf:predicate")
    return {**RELATIONS, **MATCHES}[predicate]


def _sources(graph: Patterns, thing: NamedNode) -> Iterator[tuple[str, str]]:
    for source in graph.objects(thing, "dcterms:source"):
        if isinstance(source, NamedNode) and (quote := graph.value(source, "prov:value")):
            yield path_of(source.value).removeprefix("source/"), f"“{quote}”"
