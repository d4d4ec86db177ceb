"""Stored questions over HTTP: arguments in the address, the answer in the form asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from tipgraph.ask.answer import Answer
from tipgraph.ask.near import folded, near_names
from tipgraph.ask.queries import StoredQuery
from tipgraph.ask.run import BoundQuery
from tipgraph.errors import EngineError, UsageError, quoted
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.formats import ENDINGS, GRAPH_TYPES, ROW_FORMATS
from tipgraph.serve import pages
from tipgraph.serve.calls import Call, call_of, explained, given_by, not_allowed
from tipgraph.serve.http.conditional import (
    format_for,
    freshness,
    not_modified,
    split_suffix,
)
from tipgraph.serve.http.kept import Body
from tipgraph.serve.http.problems import Problem
from tipgraph.serve.site import Site, query_fields, site_of
from tipgraph.serve.things import FORMATS as DESCRIPTIONS
from tipgraph.serve.things import thing_at
from tipgraph.serve.threads import in_daemon
from tipgraph.tell.documents import graph_text
from tipgraph.tell.rows import present

ROWS = {name: ROW_FORMATS[name] for name in ("json", *ROW_FORMATS)}
TRIPLES = {name: GRAPH_TYPES[name] for name in ("turtle", *GRAPH_TYPES)}
T = TypeVar("T")
TELLS_PROVENANCE = frozenset({"json", "jsonld"})


def questions(request: Request) -> Response:
    """Answer with the list of the stored questions."""
    format, kg = format_for(request, "", {"json": ROW_FORMATS["json"]}), site_of(request).kg
    if format == "html":
        return HTMLResponse(pages.questions(kg), headers={"Vary": "Accept"})
    return JSONResponse({"questions": listed(kg)}, headers={"Vary": "Accept"})


def listed(kg: KnowledgeGraph) -> list[dict[str, object]]:
    """Return what can be asked: each stored question with its address."""
    return [
        {
            "name": query.name,
            "title": query.title,
            "description": query.description,
            "tags": list(query.tags),
            "asks": list(query.services),
            "address": f"/query/{query.name}",
        }
        for query in kg.queries.read()[0].values()
    ]


async def question(request: Request) -> Response:
    """Answer a stored question, or describe it where RDF is asked for at its bare address.

    So is it where rows are asked for as a graph. Raises Problem where the question is unknown or an
    argument is wrong.
    """
    name, suffixed = split_suffix(request.path_params["name"])
    query = query_named(site_of(request).kg, name)
    answers = ROWS if query.form == "SELECT" else TRIPLES
    formats = {**answers, **DESCRIPTIONS}
    format = format_for(request, suffixed, formats)
    if format == "html":
        return await _in_thread(request, query, _page, request, query)
    is_named = formats[format] in request.headers.get("accept", "")
    is_bare = is_named and not suffixed and not request.url.query
    if format in DESCRIPTIONS and (is_bare or format not in answers):
        path = f"query/{request.path_params['name']}"
        return await run_in_threadpool(thing_at, request, path)
    if others := not_allowed(query, site_of(request).kg):
        raise Problem(403, f"it asks {others[0]} as well, which this site is not allowed to")
    return await _data(request, call_of(query, query_fields(request)), format, formats[format])


def query_named(kg: KnowledgeGraph, name: str) -> StoredQuery:
    """Return a stored question; raise Problem with near names where there is none."""
    try:
        return kg.queries[name]
    except UsageError:
        near = near_names(name, folded(kg.queries.names))
        hint = "" if near else "; /query/ lists them"
        titles = {f"/query/{one}": kg.queries[one].title for one in near}
        told = f"no question is called {quoted(name)}{hint}"
        raise Problem(404, told, near, called=titles) from None


def _page(request: Request, query: StoredQuery) -> Response:
    """Return the page of a question: its form, and the answer as soon as it can be asked.

    A field of a form that is left empty is not given.
    """
    if not_allowed(query, site_of(request).kg):
        page = pages.federated(site_of(request).kg, query)
        return HTMLResponse(page, headers={"Vary": "Accept"})
    fields = [(name, value) for name, value in query_fields(request) if value]
    call, kg = Call(query, given_by(fields)), site_of(request).kg
    bound: BoundQuery | None = None
    answer: Answer | None = None
    wrong: Problem | None = None
    if fields or not any(parameter.required for parameter in query.parameters):
        try:
            call = call_of(query, fields)
            bound = bound_of(kg, call)
            answer = _rows(kg, bound, call) if query.form == "SELECT" else None
        except Problem as problem:
            wrong = problem
    asked = pages.Asked(call.given, None if wrong else bound, answer, wrong.detail if wrong else "")
    page = pages.question(kg, query, asked, _place(call, answer))
    return HTMLResponse(page, wrong.status if wrong else 200, {"Vary": "Accept"})


async def _data(request: Request, call: Call, format: str, media_type: str) -> Response:
    """Return the answer to a call, as it was given before where it was."""
    site = site_of(request)
    if call.query.services:
        headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    else:
        headers = freshness(site.tag(call.query.version, call.address(ENDINGS[format])))
        if same := not_modified(request, headers):
            return same
    body = await _in_thread(request, call.query, _body, site, call, format)
    if links := ", ".join(_links(call, body, format)):
        headers["Link"] = links
    return Response(body.data, headers=headers, media_type=media_type)


def _body(site: Site, call: Call, format: str) -> Body:
    """Return the body of an answer: the one given before, unless it may be another next time."""
    bound = bound_of(site.kg, call)
    if call.query.services:
        return _answered(site.kg, bound, call, format)
    key = bound.key, format, call.limit, call.page
    kept = site.kept.get(key)
    if kept is None:
        kept = _answered(site.kg, bound, call, format)
        site.kept.keep(key, kept)
    return kept


def _answered(kg: KnowledgeGraph, bound: BoundQuery, call: Call, format: str) -> Body:
    provenance = kg.questions.provenance(bound) if format in TELLS_PROVENANCE else None
    if call.query.form != "SELECT":
        triples = kg.questions.triples(bound).triples
        return Body(graph_text(triples, format, provenance))
    answer = _rows(kg, bound, call)
    text = f"{present(answer, format, provenance=provenance)}\n"
    return Body(text.encode(), answer.truncated)


async def _in_thread(
    request: Request, query: StoredQuery, answer: Callable[..., T], *arguments: object
) -> T:
    """Return what a function answers: where others are asked, in one of a few threads for that.

    Nobody waits for these when the server stops.
    """
    if not query.services:
        return await run_in_threadpool(answer, *arguments)
    async with site_of(request).asking:
        return await in_daemon(answer, *arguments)


def bound_of(kg: KnowledgeGraph, call: Call) -> BoundQuery:
    """Return the query of a call with its terms; raise Problem where an argument is wrong."""
    with explained(call.query, kg):
        return kg.questions.bound(call.query, call.given)


def _rows(kg: KnowledgeGraph, bound: BoundQuery, call: Call) -> Answer:
    try:
        return kg.questions.rows(bound, call.limit, call.page)
    except EngineError as error:
        if not call.query.services:
            raise
        raise Problem(502, str(error)) from None


def _place(call: Call, answer: Answer | None) -> pages.Place:
    """Return where the page of an answer is among the others."""
    others = {} if answer is None else _others(call, answer.truncated)
    return pages.Place(call.address(), call.paging, others)


def _others(call: Call, is_cut: bool, ending: str = "") -> dict[str, str]:
    """Return the addresses of the first page, the one before and the one after."""
    if call.limit is None:
        return {}
    pages = {"first": 1, "prev": call.page - 1, "next": call.page + 1 if is_cut else 0}
    return {
        relation: replace(call, page=page).address(ending)
        for relation, page in pages.items()
        if page > 0
    }


def _links(call: Call, body: Body, format: str) -> Iterator[str]:
    """Yield the links of RFC 8288 to other pages."""
    for relation, address in _others(call, body.is_cut, ENDINGS[format]).items():
        yield f'<{address}>; rel="{relation}"'
