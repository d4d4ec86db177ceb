"""What the server says of itself in RDF: the endpoint's service description, and VoID."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Store, Triple

from tipgraph.iris import LAYERS, layer_graph, term, thing
from tipgraph.knowledge_graph import KnowledgeGraph

FORMATS = "http://www.w3.org/ns/formats/"
ROWS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
TRIPLES = ("Turtle", "TriG", "N-Triples", "N-Quads", "RDF_XML", "JSON-LD")
TYPE = term("rdf:type")


def service_description(kg: KnowledgeGraph, service: NamedNode) -> set[Triple]:
    """Return the SPARQL 1.1 service description of the endpoint at an address.

    The default graph is said to be the union of the named ones.
    """
    dataset, default = NamedNode(f"{service.value}#dataset"), NamedNode(f"{service.value}#default")
    return {
        Triple(service, TYPE, term("sd:Service")),
        Triple(service, term("sd:endpoint"), service),
        Triple(service, term("sd:supportedLanguage"), term("sd:SPARQL11Query")),
        Triple(service, term("sd:feature"), term("sd:UnionDefaultGraph")),
        *(
            Triple(service, term("sd:resultFormat"), NamedNode(FORMATS + name))
            for name in (*ROWS, *TRIPLES)
        ),
        Triple(service, term("sd:defaultDataset"), dataset),
        Triple(dataset, TYPE, term("sd:Dataset")),
        Triple(dataset, term("sd:defaultGraph"), default),
        Triple(default, TYPE, term("sd:Graph")),
        Triple(default, term("void:triples"), Literal(len(kg.store))),
        *_named_graphs(kg, service.value),
    }


def _named_graphs(kg: KnowledgeGraph, address: str) -> Iterator[Triple]:
    dataset = NamedNode(f"{address}#dataset")
    for layer in LAYERS:
        name = layer_graph(layer)
        size = sum(1 for _ in kg.store.quads_for_pattern(None, None, None, name))
        entry, graph = NamedNode(f"{address}#named-{layer}"), NamedNode(f"{address}#{layer}")
        yield Triple(dataset, term("sd:namedGraph"), entry)
        yield Triple(entry, TYPE, term("sd:NamedGraph"))
        yield Triple(entry, term("sd:name"), name)
        yield Triple(entry, term("sd:graph"), graph)
        yield Triple(graph, TYPE, term("sd:Graph"))
        yield Triple(graph, term("void:triples"), Literal(size))


def dataset_description(store: Store) -> set[Triple]:
    """Return what a graph says of itself as a dataset, its parts and what it links to included."""
    paths = (thing("dataset").value, layer_graph("").value)
    return {
        quad.triple
        for quad in store.quads_for_pattern(None, None, None, layer_graph("provenance"))
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(paths)
    }


def dataset_links(base: NamedNode, dumps: Iterable[str]) -> Iterator[Triple]:
    """Yield where a server at an address gives the dataset: its endpoint and its dumps."""
    dataset = thing("dataset")
    yield Triple(dataset, term("void:sparqlEndpoint"), NamedNode(f"{base.value}sparql"))
    for dump in dumps:
        yield Triple(dataset, term("void:dataDump"), NamedNode(f"{base.value}dump/{dump}"))
