"""Derive with which organizations an instrument goes, and over which days its plan lasts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from tipgraph.layers.layer import Layer
from tipgraph.rdf.iris import term

Edges = Mapping[object, set[NamedNode]]
WITH = ("tip:listedUnder", "tip:issuedBy")
ABOVE = ("org:postIn", "org:subOrganizationOf", "org:transitiveSubOrganizationOf")


def describe_reach(stated: Iterable[Triple], layer: Layer) -> None:
    """Add to a layer what follows from the catalog: whose an instrument is, and its period.

    `stated` has the catalog with what is inferred, the vocabulary and the rules.

    An instrument goes with who lists or issued it, and with what that is a post or a part of.
    """
    triples = tuple(stated)
    organizations = {
        t.subject
        for t in triples
        if t.predicate == term("rdf:type") and t.object == term("tip:Organization")
    }
    above = _edges(triples, *ABOVE)
    for instrument, issuers in _edges(triples, *WITH).items():
        if isinstance(instrument, NamedNode):
            reached = {node for issuer in issuers for node in _with_above(issuer, above)}
            layer.add(instrument, "tip:ofOrganization", *(reached & organizations))
    _describe_periods(triples, layer)
    _describe_answers(triples, layer)


def _describe_answers(rows: Collection[Triple], layer: Layer) -> None:
    """Add what is said of members of whom nothing else is recorded, by force and by rule."""
    said = _values(rows, "tip:saidOfMembers")
    ruled = {triple.object for triple in rows if triple.predicate == term("tip:ruleOf")}
    for instrument, forces in _edges(rows, "tip:legalForce").items():
        if isinstance(instrument, NamedNode):
            of = {term("force:binding")} if instrument in ruled else forces
            layer.add(instrument, "tip:saidOfMembers", *(said[one] for one in of if one in said))


def _values(triples: Iterable[Triple], predicate: str) -> dict[object, Literal]:
    return {
        triple.subject: triple.object
        for triple in triples
        if triple.predicate == term(predicate) and isinstance(triple.object, Literal)
    }


def _with_above(node: NamedNode, above: Edges) -> Iterator[NamedNode]:
    left, seen = [node], set()
    while left:
        if (one := left.pop()) not in seen:
            seen.add(one)
            left += above.get(one, ())
            yield one


def _edges(triples: Iterable[Triple], *predicates: str) -> dict[object, set[NamedNode]]:
    wanted = set(map(term, predicates))
    edges: dict[object, set[NamedNode]] = defaultdict(set)
    for triple in triples:
        if triple.predicate in wanted and isinstance(triple.object, NamedNode):
            edges[triple.subject].add(triple.object)
    return edges


def _describe_periods(rows: Collection[Triple], layer: Layer) -> None:
    periods = _edges(rows, "dcterms:temporal")
    for property, bound, is_last in (
        ("tip:planFrom", "tip:earliest", False),
        ("tip:planTo", "tip:latest", True),
    ):
        days = _values(rows, bound)
        for instrument, own in periods.items():
            known = sorted((days[one] for one in own if one in days), key=lambda day: day.value)
            if known and isinstance(instrument, NamedNode):
                layer.add(instrument, property, known[-1 if is_last else 0])
