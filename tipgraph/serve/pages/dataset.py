"""The page about the dataset: what it is, of when, from where, and how to take and cite it."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.formats import DUMPS, ENDINGS, GRAPH_FORMATS
from tipgraph.rdf.iris import LAYERS, layer_graph, term
from tipgraph.serve.pages.front import counts_of
from tipgraph.serve.pages.question import TRIPLES
from tipgraph.serve.pages.render import render
from tipgraph.tell.cite import cite_dataset
from tipgraph.tell.reader import Reader
from tipgraph.tell.schema_org import dataset


@dataclass(frozen=True)
class Layer:
    """A part of the dataset: its name, what it is called, and how many statements it has."""

    name: str
    title: str
    triples: str


def dataset_page(kg: KnowledgeGraph, iri: NamedNode) -> str:
    """Return the page about the dataset, which is the thing of an IRI."""
    reader = kg.reader
    return render(
        "dataset.html",
        iri=iri.value,
        title=reader.label(iri),
        description=reader.value(iri, "dcterms:description"),
        license=reader.value(iri, "dcterms:license"),
        keywords=[node.value for node in reader.objects(iri, "dcat:keyword")],
        version=kg.version,
        counts=counts_of(reader),
        triples=len(kg.store),
        layers=[_layer(name, reader) for name in LAYERS],
        primary=[reader.link(node) for node in reader.objects(iri, "prov:hadPrimarySource")],
        citations=[reader.link(n) for n in reader.subjects("rdf:type", term("tip:Citation"))],
        read=_read(reader),
        dumps=[(f"/dump/{name}", name) for name in DUMPS],
        endings=[ENDINGS[format] for format in GRAPH_FORMATS],
        formats=TRIPLES,
        citation=str(cite_dataset(reader)),
        described=dataset(reader),
    )


def _layer(name: str, reader: Reader) -> Layer:
    graph = layer_graph(name)
    return Layer(name, reader.label(graph), reader.value(graph, "void:triples"))


def _read(reader: Reader) -> tuple[str, str] | None:
    """Return the days, months or years of the oldest and the newest dated source of a record."""
    quads = reader.store.quads_for_pattern(None, term("tip:asOf"), None, None)
    found = {quad.object.value for quad in quads if isinstance(quad.object, Literal)}
    dated = [value for value in found if value[:4].isdigit()]
    return (min(dated), max(dated)) if dated else None
