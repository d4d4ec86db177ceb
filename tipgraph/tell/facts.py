"""The facts of a thing, each with the ground it stands on, and what points to the thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode

from tipgraph.graph.engines.engine import Term
from tipgraph.rdf.iris import curie, path_of
from tipgraph.tell.parts import Fact, Ground, Link, Value
from tipgraph.tell.reader import Reader

USUAL = (
    *("dcterms:type", "tip:legalForce", "tip:adoptedOrIssued", "tip:inForceFrom"),
    *("tip:inForceUntil", "tip:transposedBy"),
    *("dcterms:temporal", "tip:horizon", "tip:updated", "tip:issuedBy", "tip:adoptedBy"),
    *("eli:is_annex_of", "tip:supplements", "tip:extends", "tip:follows", "tip:implements"),
    *("tip:reportsOn", "tip:monitors", "dcterms:replaces", "eli:amends", "tip:listedUnder"),
    *("dcterms:subject",),
    *("tip:foundingBasis", "org:subOrganizationOf", "org:postIn", "tip:addressesTarget"),
    *("tip:focalPointStatement", "tip:focalPoint", "foaf:page", "tip:region"),
)
"""The facts that are told first, in this order; others follow by name."""
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
        *("rdfs:isDefinedBy", "rdfs:seeAlso", "schema:sameAs", "tip:ofOrganization"),
        *("tip:planFrom", "tip:planTo", "tip:saidOfMembers", "tip:listInWords"),
        *("tip:from", "tip:surelyFrom", "tip:surelyTo", "tip:to", "tip:actInWords"),
    }
)
"""Properties that a page shows elsewhere, or says in another way."""
RELATIONS = (
    *("tip:issuedBy", "tip:supplements", "tip:extends", "tip:follows", "tip:implements"),
    *(
        "tip:reportsOn",
        "tip:monitors",
        "tip:adoptedBy",
        "org:subOrganizationOf",
        "org:postIn",
        "tip:focalPoint",
    ),
    *("tip:addressesTarget", "tip:ruleOf", "eli:is_annex_of", "dcterms:replaces", "eli:amends"),
)
"""The properties that join one thing to another."""
POINTED = (
    *RELATIONS,
    *("skos:broader", "dcterms:type", "tip:legalForce", "dcterms:subject", "tip:usualForce"),
    *("tip:foundingBasis", "tip:focalPointStatement", "tip:region", "foaf:page"),
    *("dcterms:source", "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range"),
)
"""The properties by which what points to a thing is told, in this order."""
TOLD_WHERE_UNKNOWN = ("tip:adoptedOrIssued", "tip:issuedBy")
"""What is said of an instrument to be not recorded, where it is not."""
Decided = tuple[str, Term, Ground]
"""The property of a decided statement, the other side of it, and its ground."""


def facts_of(thing: NamedNode, decided: Sequence[Decided], reader: Reader) -> tuple[Fact, ...]:
    """Return what the graph says of a thing, the usual facts first, with their decided grounds."""
    own = {curie(predicate.value) for predicate, _ in reader.statements(thing)} - SHOWN_APART
    if "tip:focalPoint" in own:
        own.discard("tip:listedFocalPoint")
    ordered = (*(p for p in USUAL if p in own), *sorted(own.difference(USUAL)))
    told = [_fact(predicate, thing, decided, reader) for predicate in ordered]
    return (*told, *_unknowns(thing, own, reader))


def pointers_to(thing: NamedNode, reader: Reader) -> tuple[Fact, ...]:
    """Return the named things that point to a thing, grouped by what that says of it."""
    told, decided = [], list(_decisions("rdf:object", thing, "rdf:subject", reader))
    for predicate in POINTED:
        found = [node for node in reader.subjects(predicate, thing) if reader.is_named(node)]
        values = tuple(
            Value(reader.link(node), grounds=_grounds(decided, predicate, node))
            for node in found[:FEW]
        )
        if values:
            heading = reader.inverse_heading(predicate)
            told.append(Fact(heading, values, max(0, len(found) - FEW)))
    return tuple(told)


def is_link(statement: NamedNode, reader: Reader) -> bool:
    """Tell whether a statement is a link to something elsewhere, accepted or to check."""
    return reader.is_a(statement, "tip:Link") or reader.is_a(statement, "tip:LinkToCheck")


def decisions_about(thing: NamedNode, reader: Reader) -> Iterator[Decided]:
    """Yield the property, the value and the ground of each decided statement about a thing."""
    yield from _decisions("rdf:subject", thing, "rdf:object", reader)


def _decisions(side: str, thing: NamedNode, other: str, reader: Reader) -> Iterator[Decided]:
    """Yield the property, the other side and the ground of each decision with a thing on one."""
    for statement in reader.subjects(side, thing):
        if is_link(statement, reader):
            continue
        for predicate in reader.nodes(statement, "rdf:predicate"):
            name = curie(predicate.value)
            ground = Ground(
                reader.heading(name),
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


def _fact(predicate: str, thing: NamedNode, decided: Sequence[Decided], reader: Reader) -> Fact:
    values = (
        _value(node, predicate, reader, thing, _grounds(decided, predicate, node))
        for node in reader.objects(thing, predicate)
    )
    return Fact(reader.heading(predicate), tuple(values))


def _grounds(decided: Sequence[Decided], predicate: str, node: Term) -> tuple[Ground, ...]:
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


def _unknowns(thing: NamedNode, own: set[str], reader: Reader) -> Iterator[Fact]:
    """Yield what is usually told of an instrument, where it is not recorded."""
    if "tip:legalForce" in own:
        for predicate in TOLD_WHERE_UNKNOWN:
            if predicate not in own:
                yield Fact(reader.heading(predicate), (Value(Link("not recorded")),))
