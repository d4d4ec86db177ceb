"""Export the graph, or some of its layers, in every graph format: canonical and lossless."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import RdfFormat, Store, Triple

from tipgraph.errors import UsageError
from tipgraph.rdf.context import compacted, json_ld_context, text_of
from tipgraph.rdf.formats import GRAPH_FORMATS, WITH_GRAPH_NAMES
from tipgraph.rdf.iris import LAYERS, layer_graph
from tipgraph.rdf.triples import in_graph, serialized
from tipgraph.rdf.turtle import (
    canonical_trig,
    canonical_turtle,
    in_order,
    iris_of,
    used_prefixes,
)
from tipgraph.rdf.xml import check_properties, checked_xml


def export(store: Store, format: str, layers: Iterable[str] = ()) -> bytes:
    """Return the named layers (all without names) as one document in a graph format.

    TriG and N-Quads keep the layers apart as named graphs; the other formats hold their union.
    Raises UsageError for an unknown layer.
    """
    chosen = tuple(layers) or LAYERS
    for layer in chosen:
        if layer not in LAYERS:
            raise UsageError(f"no layer is called '{layer}'; the layers are {', '.join(LAYERS)}")
    graphs = {layer: _triples(store, layer) for layer in chosen}
    if format in WITH_GRAPH_NAMES:
        return _with_names(graphs, format)
    triples = {triple for graph in graphs.values() for triple in graph}
    if format == "jsonld":
        return text_of(compacted(triples, json_ld_context(_triples(store, *LAYERS))))
    return document(triples, format)


def document(triples: Iterable[Triple], format: str) -> bytes:
    """Return triples as one document in a graph format, in canonical order.

    Raises UsageError where RDF/XML can't write a property or a character, or JSON-LD a triple that
    is a term.
    """
    if format == "turtle":
        return canonical_turtle(triples)
    if format == "jsonld":
        triples = set(triples)
        return text_of(compacted(triples, json_ld_context(triples)))
    ordered = in_order(triples)
    if format == "rdfxml":
        check_properties(ordered)
    data = serialized(ordered, GRAPH_FORMATS[format], used_prefixes(iris_of(ordered)))
    return checked_xml(data) if format == "rdfxml" else data


def _triples(store: Store, *layers: str) -> set[Triple]:
    return {
        quad.triple
        for layer in layers
        for quad in store.quads_for_pattern(None, None, None, layer_graph(layer))
    }


def _with_names(graphs: dict[str, set[Triple]], format: str) -> bytes:
    if format == "trig":
        return canonical_trig({layer_graph(name): graph for name, graph in graphs.items()})
    quads = [
        in_graph(triple, layer_graph(name))
        for name, graph in sorted(graphs.items())
        for triple in in_order(graph)
    ]
    return serialized(quads, RdfFormat.N_QUADS)
