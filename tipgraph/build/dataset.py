"""Describe the dataset itself: what it is, its licence, its layers and their sizes (VoID, DCAT)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from tipgraph.build.contents import counted, describe_contents
from tipgraph.layers.layer import Layer
from tipgraph.rdf.formats import DUMPS
from tipgraph.rdf.iris import BASE, ELSEWHERE, ONTOLOGY, PREFIXES, layer_graph, term, thing
from tipgraph.rdf.terms import english, number
from tipgraph.rdf.triples import serialized

TITLE = "tipgraph: multilateral organizations combating trafficking in persons"
AUTHORS = "The tipgraph authors"
KEYWORDS = ("human trafficking", "international organizations", "treaties")
VERSION_LENGTH = 16
PASSES = 3
"""The description counts itself: the first pass has no numbers, and the second those of too few."""
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
LICENSE = NamedNode("https://creativecommons.org/licenses/by/4.0/")
CAVEAT = (
    "The table is of about 2020 and this is no legal advice. A cell marked N/A, an empty cell and "
    "the absence of a record are three different things."
)


def describe_dataset(
    layers: dict[str, Layer], document: NamedNode, caveats: tuple[str, ...] = (CAVEAT,)
) -> Layer:
    """Return the triples that describe the dataset made of these layers.

    What they count has themselves and the version in it.
    """
    counts, version = counted(layers), version_statement(())
    said = layer = _said(layers, document, caveats)
    for _ in range(PASSES):
        whole = layer.triples | {version}
        contents = describe_contents(counts.plus(whole))
        sizes = _sizes(layers, len(whole))
        layer = Layer(said.triples | contents.triples | sizes.triples)
    return layer


def _said(layers: dict[str, Layer], document: NamedNode, caveats: tuple[str, ...]) -> Layer:
    """Return what is said of the dataset but its numbers."""
    layer, dataset, authors = Layer(), thing("dataset"), thing("dataset/authors")
    layer.a(dataset, "void:Dataset", "dcat:Dataset")
    layer.add(dataset, "dcterms:title", english(TITLE))
    layer.add(dataset, "dcterms:description", *map(english, caveats))
    layer.add(dataset, "dcterms:license", LICENSE)
    layer.add(dataset, "dcterms:creator", authors)
    layer.a(authors, "foaf:Agent")
    layer.add(authors, "rdfs:label", english(AUTHORS))
    layer.add(dataset, "prov:hadPrimarySource", document)
    layer.add(dataset, "dcat:keyword", *map(english, KEYWORDS))
    layer.add(dataset, "dcat:landingPage", NamedNode(BASE))
    layer.add(dataset, "void:uriSpace", Literal(BASE))
    for name in layers:
        subset = layer_graph(name)
        layer.add(dataset, "void:subset", subset)
        layer.a(subset, "void:Dataset")
        layer.add(subset, "dcterms:title", english(f"The {name} layer"))
    for name, media_type in DUMPS.items():
        _describe_dump(layer, name, media_type)
    layer.add(dataset, "void:vocabulary", *_vocabularies((*layers.values(), layer)))
    return layer


def _describe_dump(layer: Layer, name: str, media_type: str) -> None:
    dataset, address = thing("dataset"), thing(f"dump/{name}")
    distribution = thing(f"dataset/distribution/{name.partition('.')[2]}")
    layer.add(dataset, "void:dataDump", address)
    layer.add(dataset, "dcat:distribution", distribution)
    layer.a(distribution, "dcat:Distribution")
    layer.add(distribution, "dcat:downloadURL", address)
    layer.add(distribution, "dcat:mediaType", NamedNode(MEDIA_TYPES + media_type))
    layer.add(distribution, "dcterms:license", LICENSE)


def _sizes(layers: dict[str, Layer], described: int) -> Layer:
    """Return how many triples each layer has, the description being in one of them."""
    layer = Layer()
    for name, part in layers.items():
        size = len(part.triples) + (described if name == "provenance" else 0)
        layer.add(layer_graph(name), "void:triples", number(size))
    return layer


def version_statement(triples: Iterable[Triple]) -> Triple:
    """Return the statement of the version of a dataset that consists of these triples.

    It is the beginning of the SHA-256 of their N-Triples, one a line, the lines sorted as bytes:
    it changes when anything else in the dataset does.
    """
    lines = serialized(triples, RdfFormat.N_TRIPLES).splitlines(keepends=True)
    digest = hashlib.sha256(b"".join(sorted(set(lines)))).hexdigest()
    return Triple(thing("dataset"), term("schema:version"), Literal(digest[:VERSION_LENGTH]))


def _vocabularies(layers: Iterable[Layer]) -> list[NamedNode]:
    triples = [triple for layer in layers for triple in layer.triples]
    used = {triple.predicate.value for triple in triples} | {
        triple.object.value
        for triple in triples
        if triple.predicate == term("rdf:type") and isinstance(triple.object, NamedNode)
    }
    outside = {ns for p, ns in PREFIXES.items() if not ns.startswith(BASE) and p not in ELSEWHERE}
    namespaces = outside | {ONTOLOGY}
    return [
        NamedNode(namespace.rstrip("#") if namespace == ONTOLOGY else namespace)
        for namespace in sorted(namespaces)
        if any(iri.startswith(namespace) for iri in used)
    ]
