"""The facts of a thing, each with the ground it stands on, and what points to the thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from tipgraph.engines.engine import Term
from tipgraph.iris import curie, path_of
from tipgraph.serve.pages.reader import Link, Reader, named
from tipgraph.show import FACTS, HEADINGS, POINTERS

FEW = 60
"""How many things a list names before it only counts the rest."""
SHOWN_APART = frozenset(
    {
        *("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "skos:notation", "rdf:type"),
        *("dcterms:source", "dcterms:date", "dcterms:creator", "dcterms:relation", "rdfs:label"),
        *("tip:earliest", "tip:latest", "tip:legalForceGround", "tip:completeness", "tip:issued"),
        *("org:transitiveSubOrganizationOf", "org:hasSubOrganization", "org:hasPost"),
        *("tip:supplementedBy", "tip:extendedBy", "tip:followedBy", "tip:focalPointOf"),
        *("rdfs:isDefinedBy", "skos:topConceptOf", "rdfs:seeAlso", "schema:sameAs"),
    }
)
"""Properties that a page shows elsewhere, or says in another way."""
POINTERS_APART = frozenset(
    {
        *("tip:listedUnder", "tip:about", "rdf:subject", "rdf:object", "rdfs:isDefinedBy"),
        *("org:organization", "org:member", "tip:actor", "tip:instrument", "tip:input"),
        *("org:transitiveSubOrganizationOf", "tip:focalPointOf", "tip:listedFocalPoint"),
        *("tip:supplementedBy", "tip:extendedBy", "tip:followedBy", "tip:issued"),
        *("org:hasSubOrganization", "org:hasPost", "dcterms:creator", "dcterms:relation"),
        *("skos:inScheme", "skos:topConceptOf", "tip:exampleCall"),
    }
)
"""The same for properties that point to the thing of a page."""


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
    """Return what points to a thing, grouped by what it says of it."""
    usual = dict(POINTERS)
    grouped: dict[str, list[Value]] = {}
    for predicate, subject in reader.pointers(thing):
        name = curie(predicate.value)
        if name not in POINTERS_APART and not name.startswith("parameter:"):
            heading = usual.get(name) or f"Those with it as “{reader.property_label(predicate)}”"
            grouped.setdefault(heading, []).append(Value(reader.link(subject)))
    ordered = sorted(grouped.items(), key=lambda item: (item[0] not in usual.values(), item[0]))
    return [Fact(h, tuple(v[:FEW]), max(0, len(v) - FEW)) for h, v in ordered]


def is_link(statement: NamedNode, reader: Reader) -> bool:
    """Tell whether a statement is a link to something elsewhere, accepted or to check."""
    return reader.is_a(statement, "tip:Link") or reader.is_a(statement, "tip:LinkToCheck")


def decisions_about(thing: NamedNode, reader: Reader) -> Iterator[tuple[str, Term, Ground]]:
    """Yield the property, the value and the ground of each decided statement about a thing."""
    for statement in reader.subjects("rdf:subject", thing):
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
            for node in reader.objects(statement, "rdf:object"):
                yield name, node, ground


def when(period: NamedNode, reader: Reader) -> str:
    """Return a planned period or an extension in words."""
    start, end = reader.value(period, "dcat:startDate"), reader.value(period, "dcat:endDate")
    return f"{start} to {end or 'an end that is not recorded'}" if start else f"extended to {end}"


def _fact(heading: str, thing: NamedNode, predicate: str, reader: Reader) -> Fact:
    decided = list(decisions_about(thing, reader))
    values = []
    for node in reader.objects(thing, predicate):
        grounds = tuple(
            ground for name, said, ground in decided if (name, said) == (predicate, node)
        )
        values.append(_value(node, predicate, reader, thing, grounds))
    return Fact(heading, tuple(values))


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


def literal_kind(node: Term) -> str:
    """Return the local name of a literal's datatype."""
    return curie(node.datatype.value).rpartition(":")[2] if isinstance(node, Literal) else ""
