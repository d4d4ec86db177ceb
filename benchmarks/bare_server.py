"""A peer of the server: Starlette around an engine and nothing else.

Usage: python -m benchmarks.bare_server oxigraph|rdflib PORT
"""

from __future__ import annotations

import sys

import uvicorn
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import tipgraph

RESULTS = "application/sparql-results+json"


def with_oxigraph() -> Starlette:
    """Return the least that answers SPARQL with pyoxigraph."""
    store = tipgraph.load().store

    async def sparql(request: Request) -> Response:
        found = store.query(request.query_params["query"], use_default_graph_as_union=True)
        assert isinstance(found, QuerySolutions)
        return Response(found.serialize(format=QueryResultsFormat.JSON), media_type=RESULTS)

    return Starlette(routes=[Route("/sparql", sparql)])


def with_rdflib() -> Starlette:
    """Return rdflib-endpoint on the same graph."""
    import rdflib
    from rdflib_endpoint import SparqlEndpoint

    dataset = rdflib.Dataset(default_union=True)
    dumped = tipgraph.load().store.dump(format=RdfFormat.N_QUADS)
    dataset.parse(data=dumped, format="nquads")
    endpoint: Starlette = SparqlEndpoint(graph=dataset, path="/sparql")
    return endpoint


if __name__ == "__main__":
    made = {"oxigraph": with_oxigraph, "rdflib": with_rdflib}[sys.argv[1]]
    uvicorn.run(made(), port=int(sys.argv[2]), log_level="critical")
