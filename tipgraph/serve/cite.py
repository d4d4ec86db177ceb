"""Citations over HTTP: of a thing, of the answer of a question, and of the dataset."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from tipgraph.errors import quoted
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.iris import thing
from tipgraph.serve import pages
from tipgraph.serve.calls import call_of
from tipgraph.serve.http.conditional import format_for, freshness, not_modified
from tipgraph.serve.http.problems import Problem
from tipgraph.serve.questions import bound_of, query_named
from tipgraph.serve.site import fields_named, query_fields, site_of
from tipgraph.serve.things import node_at
from tipgraph.tell.citation import TYPES, Citation
from tipgraph.tell.cite import cite_answer, cite_thing

FORMAT = "format"
Fields = list[tuple[str, str]]


async def cite(request: Request) -> Response:
    """Answer with a citation, in the format that the argument or the Accept header says.

    Raises Problem where there is nothing of that name or path, or an argument is wrong.
    """
    return await run_in_threadpool(_cite, request)


def _cite(request: Request) -> Response:
    site, fields = site_of(request), query_fields(request)
    format, citation = _format(request, fields), _cited(request, fields, site.kg)
    if format == "html":
        page = pages.cite(citation, _addresses(request, fields))
        return HTMLResponse(page, headers={"Vary": "Accept"})
    headers = freshness(site.tag("cite", citation.address, format))
    if same := not_modified(request, headers):
        return same
    media_type = f"{TYPES[format]}; charset=utf-8"
    return Response(f"{citation.to(format)}\n", media_type=media_type, headers=headers)


def _format(request: Request, fields: Fields) -> str:
    given = [value for name, value in fields if name == FORMAT]
    if len(given) > 1 or (given and given[0] not in TYPES):
        told = f"{FORMAT}: {' and '.join(map(quoted, given))} is none of {', '.join(TYPES)}"
        raise Problem(400, told, argument=FORMAT, allowed=list(TYPES))
    return given[0] if given else format_for(request, "", TYPES)


def _cited(request: Request, fields: Fields, kg: KnowledgeGraph) -> Citation:
    """Return the citation of what the address names; a page of an answer is cited as the whole."""
    name = request.path_params.get("name")
    if name is not None:
        given = [field for field in fields if field[0] != FORMAT]
        return cite_answer(bound_of(kg, call_of(query_named(kg, name), given)), kg.reader)
    fields_named(request, FORMAT)
    path = request.path_params.get("path")
    return cite_thing(node_at(path, kg.store)[0] if path else thing("dataset"), kg.reader)


def _addresses(request: Request, fields: Fields) -> dict[str, str]:
    """Return the address of each format."""
    path = request.url.path
    return {format: f"{path}?{urlencode([*fields, (FORMAT, format)])}" for format in TYPES}
