"""The whole graph and its layers as files, and the description of the dataset they are of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store, Triple
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from tipgraph.files.replace import write_file
from tipgraph.graph.export import document
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.formats import DUMPS, ENDINGS, GRAPH_TYPES
from tipgraph.rdf.iris import LAYERS, layer_graph, term, thing
from tipgraph.serve import pages
from tipgraph.serve.http.conditional import (
    format_for,
    freshness,
    not_modified,
    split_suffix,
)
from tipgraph.serve.http.problems import Problem
from tipgraph.serve.site import Site, address_of, site_of
from tipgraph.serve.things import FORMATS

WHOLE = "tipgraph"


async def dump(request: Request) -> Response:
    """Answer with the graph, or a layer of it, as a file; raise Problem where there is none such.

    It is written when it is first asked for. A name can have the version of the graph after it, and
    is then that of one content for ever.
    """
    site = site_of(request)
    name, format = split_suffix(request.path_params["name"])
    name = name.removesuffix(f"-{site.kg.version}")
    if format not in GRAPH_TYPES or name not in (WHOLE, *LAYERS):
        endings = ", ".join(f".{ENDINGS[known]}" for known in GRAPH_TYPES)
        names = ", ".join((WHOLE, *LAYERS))
        told = f"there are the dumps {names}, each with one of {endings}"
        raise Problem(404, f"{told}, and of no version but {site.kg.version}")
    headers = freshness(site.tag("dump", name, format), site.modified)
    if same := not_modified(request, headers, site.modified):
        return same
    path = await _written(site, name, format)
    return FileResponse(path, headers=headers, media_type=GRAPH_TYPES[format])


async def _written(site: Site, name: str, format: str) -> Path:
    path = site.dumps / f"{name}.{ENDINGS[format]}"
    async with site.writing:
        if not path.exists():
            layers = () if name == WHOLE else (name,)
            data = await run_in_threadpool(site.kg.export, format, *layers)
            await run_in_threadpool(write_file, path, data)
    return path


async def void(request: Request) -> Response:
    """Answer with what is in the dataset, and where this server gives it."""
    return await run_in_threadpool(_void, request)


def front(request: Request) -> Response:
    """Answer with the front page, or to whoever asks for no page with what is in the dataset."""
    if format_for(request, "", FORMATS) != "html":
        return _void(request)
    return HTMLResponse(pages.front(site_of(request).kg), headers={"Vary": "Accept"})


def _void(request: Request) -> Response:
    site = site_of(request)
    format = format_for(request, "", FORMATS)
    if format == "html":
        format = "turtle"
    base = address_of(request)
    headers = freshness(site.tag("void", base.value, format))
    if same := not_modified(request, headers):
        return same
    links = dataset_links(base, DUMPS)
    body = document(dataset_description(site.kg.store) | set(links), format)
    return Response(body, media_type=FORMATS[format], headers=headers)


NAMED_FORMATS = "http://www.w3.org/ns/formats/"
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
            Triple(service, term("sd:resultFormat"), NamedNode(NAMED_FORMATS + name))
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
