"""Describe links: what they state, and for each the statement with its evidence."""

from __future__ import annotations

from collections.abc import Collection

from pyoxigraph import Literal, NamedNode, Triple

from tipgraph.describe.layers import Layer, english
from tipgraph.enrich.citations import cite
from tipgraph.enrich.links import Links
from tipgraph.enrich.statements import Stated, statements
from tipgraph.iris import BASE, curie, path_of, slug, thing

LONGEST = 200
"""The longest last segment of a link's IRI: codes and headings are not to be cut."""


def describe_links(
    links: Links, known: Collection[str], stated: Collection[Triple]
) -> tuple[Layer, Layer]:
    """Return the triples of the links of known things, and those of the citations they rest on.

    What is among the triples stated elsewhere is not stated again.
    """
    layer, provenance = Layer(), Layer()
    for link in statements(links):
        triple = link.triple
        if isinstance(triple.subject, NamedNode) and triple.subject.value in known:
            if not link.to_check and triple not in stated:
                layer.triples.add(triple)
            _describe(link, triple.subject, layer, provenance)
    return layer, provenance


def _describe(link: Stated, subject: NamedNode, layer: Layer, provenance: Layer) -> None:
    iri = link_iri(link.triple)
    layer.a(iri, "tip:LinkToCheck" if link.to_check else "tip:Link")
    layer.add(iri, "rdf:subject", subject)
    layer.add(iri, "rdf:predicate", link.triple.predicate)
    if isinstance(link.triple.object, NamedNode | Literal):
        layer.add(iri, "rdf:object", link.triple.object)
    if link.remark:
        layer.add(iri, "skos:note", english(link.remark))
    if link.to_check:
        layer.add(iri, "tip:reason", english(link.to_check))
    cite(layer, iri, provenance, link.sources)


def link_iri(triple: Triple) -> NamedNode:
    """Return the IRI of the link that states a triple, by its thing and what it is linked to."""
    subject, object = triple.subject, triple.object
    if not isinstance(subject, NamedNode) or not isinstance(object, NamedNode | Literal):
        raise TypeError(f"no link states {triple}")
    is_ours = subject.value.startswith(BASE)
    about = path_of(subject.value) if is_ours else slug(curie(subject.value))
    if isinstance(object, Literal):
        target = f"{object.datatype.value.rpartition('#')[2]} {object.value}"
    else:
        target = object.value.partition("://")[2]
    return thing(f"link/{about}/{slug(target, LONGEST)}")
