"""Describe the dataset itself: what it is, its licence, its layers and their sizes (VoID, DCAT)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from tipgraph.describe.layers import Layer, english, number
from tipgraph.iris import BASE, ELSEWHERE, ONTOLOGY, PREFIXES, layer_graph, term, thing
from tipgraph.triples import serialized

TITLE = "tipgraph: multilateral organizations combating trafficking in persons"
VERSION_LENGTH = 16
LICENSE = NamedNode("https://creativecommons.org/licenses/by/4.0/")
CAVEAT = (
    "The table is of about 2020 and this is no legal advice. A cell marked N/A, an empty cell and "
    "the absence of a record are three different things."
)


def describe_dataset(
    layers: dict[str, Layer], document: NamedNode, caveats: tuple[str, ...] = (CAVEAT,)
) -> Layer:
    """Return the triples that describe the dataset made of these layers."""
    layer = Layer()
    dataset = thing("dataset")
    layer.a(dataset, "void:Dataset", "dcat:Dataset")
    layer.add(dataset, "dcterms:title", english(TITLE))
    layer.add(dataset, "dcterms:description", *map(english, caveats))
    layer.add(dataset, "dcterms:license", LICENSE)
    layer.add(dataset, "prov:hadPrimarySource", document)
    layer.add(dataset, "void:vocabulary", *_vocabularies(layers))
    for name, part in layers.items():
        subset = layer_graph(name)
        layer.add(dataset, "void:subset", subset)
        layer.a(subset, "void:Dataset")
        layer.add(subset, "dcterms:title", english(f"The {name} layer"))
        layer.add(subset, "void:triples", number(len(part.triples)))
    return layer


def version_statement(triples: Iterable[Triple]) -> Triple:
    """Return the statement of the version of a dataset that consists of these triples.

    It is the beginning of the SHA-256 of their N-Triples, one a line, the lines sorted as bytes:
    it changes when anything else in the dataset does.
    """
    lines = serialized(triples, RdfFormat.N_TRIPLES).splitlines(keepends=True)
    digest = hashlib.sha256(b"".join(sorted(set(lines)))).hexdigest()
    return Triple(thing("dataset"), term("schema:version"), Literal(digest[:VERSION_LENGTH]))


def _vocabularies(layers: dict[str, Layer]) -> list[NamedNode]:
    used = {triple.predicate.value for layer in layers.values() for triple in layer.triples} | {
        triple.object.value
        for layer in layers.values()
        for triple in layer.triples
        if triple.predicate == term("rdf:type") and isinstance(triple.object, NamedNode)
    }
    outside = {ns for p, ns in PREFIXES.items() if not ns.startswith(BASE) and p not in ELSEWHERE}
    namespaces = outside | {ONTOLOGY}
    return [
        NamedNode(namespace.rstrip("#") if namespace == ONTOLOGY else namespace)
        for namespace in sorted(namespaces)
        if any(iri.startswith(namespace) for iri in used)
    ]
