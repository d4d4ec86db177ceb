"""The facts of a thing, each with the ground it stands on, and what points to the thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from tipgraph.graph.engines.engine import Term
from tipgraph.rdf.iris import curie, path_of
from tipgraph.tell.card import FACTS, HEADINGS, POINTERS
from tipgraph.tell.reader import Link, Reader, named

FEW = 60
"""How many things a list names before it only counts the rest."""
SHOWN_APART = frozenset(
    {
        *("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "skos:notation", "rdf:type"),
        *("dcterms:source", "dcterms:date", "dcterms:creator", "dcterms:relation", "rdfs:label"),
        *("tip:earliest", "tip:latest", "tip:legalForceGround", "tip:completeness", "tip:issued"),
        *("org:transitiveSubOrganizationOf", "org:hasSubOrganization", "org:hasPost"),
        *("tip:supplementedBy", "tip:extendedBy", "tip:followedBy", "tip:focalPointOf"),
        *("skos:definition", "dcterms:title", "dcterms:bibliographicCitation"),
        *("skos:narrower", "skos:hasTopConcept", "skos:topConceptOf"),
        *("rdfs:isDefinedBy", "rdfs:seeAlso", "schema:sameAs"),
    }
)
"""Properties that a page shows elsewhere, or says in another way."""
UNDERSTOOD = {
    **dict(POINTERS),
    "eli:is_annex_of": "Its annexes",
    "dcterms:replaces": "Replaced by",
    "eli:amends": "Amended by",
    "skos:broader": "Narrower ones",
    "dcterms:type": "Instruments of this kind",
    "tip:legalForce": "Instruments with this force",
    "dcterms:subject": "Instruments on this topic",
    "tip:usualForce": "Kinds that usually have it",
    "tip:foundingBasis": "Organizations that rest on it",
    "tip:focalPointStatement": "Organizations of which the table says so",
    "tip:region": "Countries and areas",
    "foaf:page": "Links to it",
    "dcterms:source": "What rests on it",
    "rdfs:subClassOf": "Narrower classes",
    "rdfs:subPropertyOf": "Narrower properties",
    "rdfs:domain": "Properties of its things",
    "rdfs:range": "Properties that lead to its things",
}
"""Properties of which people understand that something has them, and what then to say."""


@dataclass(frozen=True)
class Ground:
    """Why a person decided a statement, how sure that is, and where it can be checked."""

    heading: str
    reason: str
    certainty: str
    evidence: str


@dataclass(frozen=True)
class Value:
    """A value of a fact, a remark to it, and the decisions it rests on."""

    link: Link
    remark: str = ""
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True)
class Fact:
    """A heading, and the values under it; `more` counts those that are left out."""

    heading: str
    values: tuple[Value, ...]
    more: int = 0


def facts_of(thing: NamedNode, reader: Reader) -> list[Fact]:
    """Return what the graph says of a thing, the usual facts first."""
    usual = [predicate for predicate, _ in FACTS]
    others = {
        curie(predicate.value)
        for predicate, _ in reader.statements(thing)
        if curie(predicate.value) not in (*usual, *SHOWN_APART)
    }
    headings = list(FACTS)
    headings += [(p, reader.property_label(named(p))) for p in sorted(others)]
    if reader.objects(thing, "tip:focalPoint"):
        headings = [pair for pair in headings if pair[0] != "tip:listedFocalPoint"]
    told = [
        _fact(heading, thing, predicate, reader)
        for predicate, heading in headings
        if predicate not in SHOWN_APART
    ]
    return [fact for fact in (*told, *_unknowns(thing, reader)) if fact.values]


def pointers_to(thing: NamedNode, reader: Reader) -> list[Fact]:
    """Return the named things that point to a thing, grouped by what that says of it."""
    told, decided = [], list(_decisions("rdf:object", thing, "rdf:subject", reader))
    for predicate, heading in UNDERSTOOD.items():
        found = [node for node in reader.subjects(predicate, thing) if reader.is_named(node)]
        values = tuple(
            Value(reader.link(node), grounds=_grounds(decided, predicate, node))
            for node in found[:FEW]
        )
        told.append(Fact(heading, values, max(0, len(found) - FEW)))
    return [fact for fact in told if fact.values]


def is_link(statement: NamedNode, reader: Reader) -> bool:
    """Tell whether a statement is a link to something elsewhere, accepted or to check."""
    return reader.is_a(statement, "tip:Link") or reader.is_a(statement, "tip:LinkToCheck")


def decisions_about(thing: NamedNode, reader: Reader) -> Iterator[tuple[str, Term, Ground]]:
    """Yield the property, the value and the ground of each decided statement about a thing."""
    yield from _decisions("rdf:subject", thing, "rdf:object", reader)


def _decisions(
    side: str, thing: NamedNode, other: str, reader: Reader
) -> Iterator[tuple[str, Term, Ground]]:
    """Yield the property, the other side and the ground of each decision with a thing on one."""
    for statement in reader.subjects(side, thing):
        if is_link(statement, reader):
            continue
        for predicate in reader.nodes(statement, "rdf:predicate"):
            name = curie(predicate.value)
            ground = Ground(
                HEADINGS.get(name) or reader.property_label(predicate),
                reader.value(statement, "tip:reason"),
                reader.labels(statement, "tip:certainty"),
                reader.value(statement, "tip:evidence"),
            )
            for node in reader.objects(statement, other):
                yield name, node, ground


def when(period: NamedNode, reader: Reader) -> str:
    """Return a planned period or an extension in words."""
    start, end = reader.value(period, "dcat:startDate"), reader.value(period, "dcat:endDate")
    return f"{start} to {end or 'an end that is not recorded'}" if start else f"extended to {end}"


def _fact(heading: str, thing: NamedNode, predicate: str, reader: Reader) -> Fact:
    nodes = reader.objects(thing, predicate)
    decided = list(decisions_about(thing, reader)) if nodes else []
    values = (
        _value(node, predicate, reader, thing, _grounds(decided, predicate, node)) for node in nodes
    )
    return Fact(heading, tuple(values))


def _grounds(
    decided: list[tuple[str, Term, Ground]], predicate: str, node: Term
) -> tuple[Ground, ...]:
    """Return what the statement was decided on that joins a thing and a node by a property."""
    return tuple(ground for name, said, ground in decided if (name, said) == (predicate, node))


def _value(
    node: Term, predicate: str, reader: Reader, thing: NamedNode, grounds: tuple[Ground, ...]
) -> Value:
    remark = reader.value(thing, "tip:legalForceGround") if predicate == "tip:legalForce" else ""
    if isinstance(node, NamedNode):
        path = path_of(node.value)
        if path.startswith(("period/", "extension/")):
            return Value(Link(when(node, reader), f"/{path}"), remark, grounds)
        if path.startswith("resource/"):
            return Value(_page_link(node, reader), _page_remark(node, reader), grounds)
    return Value(reader.link(node), remark, grounds)


def _page_link(page: NamedNode, reader: Reader) -> Link:
    url = reader.value(page, "tip:correctedUrl") or reader.value(page, "schema:url")
    is_web = url.startswith(("https://", "http://"))
    return Link(url, url if is_web else "")


def _page_remark(page: NamedNode, reader: Reader) -> str:
    printed, note = reader.value(page, "tip:urlAsPrinted"), reader.value(page, "skos:note")
    corrected = reader.value(page, "tip:correctedUrl")
    told = f"Printed as {printed}; this is what is likely meant." if corrected else ""
    return " ".join(filter(None, (told, note)))


def _unknowns(thing: NamedNode, reader: Reader) -> Iterator[Fact]:
    """Yield what is usually told of an instrument, where it is not recorded."""
    if not reader.objects(thing, "tip:legalForce"):
        return
    for predicate, heading in (
        ("tip:adoptedOrIssued", "adopted or issued"),
        ("tip:issuedBy", "issued by"),
    ):
        if not reader.objects(thing, predicate):
            yield Fact(heading, (Value(Link("not recorded")),))
