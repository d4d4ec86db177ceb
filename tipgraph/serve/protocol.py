"""The SPARQL 1.1 Protocol, for queries: what is asked, of which graphs, and in which format."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from tipgraph.graph.export import document
from tipgraph.rdf.formats import GRAPH_TYPES, RESULT_TYPES
from tipgraph.serve import pages
from tipgraph.serve.dumps import service_description
from tipgraph.serve.http.conditional import format_for
from tipgraph.serve.http.negotiate import HTML, preferred
from tipgraph.serve.http.problems import Problem
from tipgraph.serve.site import address_of, fields_of, query_fields, site_of
from tipgraph.serve.workers.worker import (
    NotAcceptableError,
    Question,
    RefusedError,
    Reply,
)
from tipgraph.tell.readable import MOST, RESULTS, readable

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
LONGEST = 2**20
"""Bytes that the body of a request may have."""
ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
"""What clients ask for who mean SPARQL results."""


@dataclass(frozen=True)
class Asked:
    """The operation of a request: its query, if it has one, and the graphs it names."""

    text: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


async def sparql(request: Request) -> Response:
    """Answer a query, or without one describe the endpoint, or show the page to ask from.

    The form of the page gets a text where no script asks for something else.
    """
    asked = await _asked(request)
    accept = request.headers.get("accept", "")
    is_page = _prefers_page(accept)
    if is_page and request.method != "POST":
        page = await run_in_threadpool(pages.sparql, site_of(request).kg, asked.text or "")
        return HTMLResponse(page, headers={"Vary": "Accept"})
    if asked.text is None:
        return await run_in_threadpool(_description, request)
    if not asked.text.strip():
        raise Problem(400, "query: is missing", argument="query")
    if is_page:
        reply = await _reply(request, asked, RESULTS, "turtle", MOST)
        text = await run_in_threadpool(readable, reply.media_type, reply.body)
        return PlainTextResponse(text, headers={"Vary": "Accept"})
    limit = site_of(request).options.answer
    reply = await _reply(request, asked, _results_type(accept), _triples_format(accept), limit)
    return Response(reply.body, media_type=reply.media_type, headers={"Vary": "Accept"})


async def _reply(
    request: Request, asked: Asked, results: str | None, triples: str | None, limit: int
) -> Reply:
    text, default, named = asked.text or "", asked.default_graphs, asked.named_graphs
    question = Question(text, default, named, results, triples, limit)
    try:
        return await _unless_gone(request, question)
    except RefusedError as error:
        raise Problem(403, str(error)) from None
    except NotAcceptableError as error:
        raise Problem(406, str(error), available=list(error.available)) from None


async def _unless_gone(request: Request, question: Question) -> Reply:
    """Return the answer; give its worker up as soon as nobody is there to take it."""
    answer = asyncio.create_task(site_of(request).workers.answer(question))
    gone = asyncio.create_task(_hung_up(request))
    try:
        await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
        answer.cancel()
    try:
        return await answer
    except asyncio.CancelledError:
        raise Problem(400, "whoever asked has hung up") from None


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _asked(request: Request) -> Asked:
    fields = query_fields(request)
    if request.method == "POST":
        fields += await _body_fields(request)
    if any(name == "update" for name, _ in fields):
        raise Problem(403, "updates are refused: this endpoint only answers queries")
    queries = [value for name, value in fields if name == "query"]
    if len(queries) > 1:
        raise Problem(400, "query: takes one value, and several are given", argument="query")
    if not queries and request.method == "POST":
        raise Problem(400, "query: is missing", argument="query")
    default, named = (
        tuple(value for name, value in fields if name == wanted)
        for wanted in ("default-graph-uri", "named-graph-uri")
    )
    return Asked(queries[0] if queries else None, default, named)


async def _body_fields(request: Request) -> list[tuple[str, str]]:
    """Return the fields of a form; a query sent as itself is the field `query`."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == UPDATE:
        raise Problem(403, "updates are refused: this endpoint only answers queries")
    if media_type not in {FORM, DIRECT}:
        raise Problem(415, f"a query is sent as {FORM} or as {DIRECT}")
    body = await _body(request)
    if media_type == FORM:
        return fields_of(body)
    try:
        return [("query", body.decode("utf-8"))]
    except UnicodeDecodeError:
        raise Problem(400, "the query is not UTF-8 text") from None


async def _body(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST:
            raise Problem(413, f"a query may have {LONGEST:,} bytes")
    return body


def _prefers_page(accept: str) -> bool:
    offers = (*RESULT_TYPES, *ALIASES, *GRAPH_TYPES.values(), HTML)
    return preferred(accept, offers) == HTML


def _results_type(accept: str) -> str | None:
    chosen = preferred(accept, (*RESULT_TYPES, *ALIASES))
    return ALIASES.get(chosen, chosen) if chosen else None


def _triples_format(accept: str) -> str | None:
    formats = {media_type: format for format, media_type in GRAPH_TYPES.items()}
    chosen = preferred(accept, formats)
    return formats[chosen] if chosen else None


def _description(request: Request) -> Response:
    format = format_for(request, "", GRAPH_TYPES)
    described = service_description(site_of(request).kg, address_of(request, "sparql"))
    body = document(described, format)
    return Response(body, media_type=GRAPH_TYPES[format], headers={"Vary": "Accept"})
