"""Stored questions over HTTP: arguments in the address, the answer in the form asked for."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from tipgraph.answer import Answer
from tipgraph.errors import UsageError, quoted
from tipgraph.export import document
from tipgraph.formats import GRAPH_TYPES, ROW_FORMATS
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.present import present
from tipgraph.queries import StoredQuery
from tipgraph.serve import pages
from tipgraph.serve.answers import (
    ENDINGS,
    format_for,
    freshness,
    is_known,
    not_modified,
    split_suffix,
)
from tipgraph.serve.problems import Problem, problem_of
from tipgraph.serve.site import query_fields, site_of
from tipgraph.serve.things import FORMATS as THING_FORMATS
from tipgraph.serve.things import thing_at

ROWS = {name: ROW_FORMATS[name] for name in ("json", *ROW_FORMATS)}
TRIPLES = {name: GRAPH_TYPES[name] for name in ("turtle", *GRAPH_TYPES)}
MOST_ROWS = 10_000
PAGING = ("limit", "page")
TELLS_PROVENANCE = {"json", "jsonld"}


@dataclass(frozen=True)
class Call:
    """A stored question with what is given for it, and which page of how many rows is asked for."""

    query: StoredQuery
    given: Mapping[str, str | list[str]]
    limit: int | None
    page: int

    def address(self, ending: str = "", **paging: int) -> str:
        """Return the address of the answer, with an ending and arguments of paging."""
        fields = urlencode({**self.given, **paging}, doseq=True)
        name = f"{self.query.name}.{ending}" if ending else self.query.name
        return f"/query/{name}{'?' if fields else ''}{fields}"


async def questions(request: Request) -> Response:
    """Answer with the list of the stored questions."""
    format = format_for(request, split_suffix(request.url.path)[1], {"json": ROW_FORMATS["json"]})
    kg = site_of(request).kg
    if format == "html":
        page = await run_in_threadpool(pages.questions, kg)
        return HTMLResponse(page, headers={"Vary": "Accept"})
    return JSONResponse({"questions": listed(kg)}, headers={"Vary": "Accept"})


def listed(kg: KnowledgeGraph) -> list[dict[str, object]]:
    """Return what can be asked: each stored question with its address."""
    return [
        {
            "name": query.name,
            "title": query.title,
            "description": query.description,
            "tags": list(query.tags),
            "address": f"/query/{query.name}",
        }
        for query in kg.queries.read()[0].values()
    ]


async def question(request: Request) -> Response:
    """Answer a stored question; raise Problem where it is unknown or an argument is wrong."""
    return await run_in_threadpool(_question, request)


def _question(request: Request) -> Response:
    name, suffixed = split_suffix(request.path_params["name"])
    query = _query(site_of(request).kg, name)
    is_rows = query.form == "SELECT"
    formats = {**ROWS, **THING_FORMATS, "jsonld": ROWS["jsonld"]} if is_rows else TRIPLES
    format = format_for(request, suffixed, formats)
    if is_rows and format in THING_FORMATS and format not in ROWS:
        return thing_at(request, f"query/{request.path_params['name']}")
    if format == "html":
        return _page(request, query)
    call = _call(request, query)
    headers = _headers(request, call, format)
    if is_known(request, headers.get("ETag", "")):
        return not_modified(headers)
    body = _rows(request, call, format, headers) if is_rows else _triples(request, call, format)
    return Response(body, media_type=formats[format], headers=headers)


def _query(kg: KnowledgeGraph, name: str) -> StoredQuery:
    if name not in kg.queries.names:
        near = tuple(difflib.get_close_matches(name, kg.queries.names, n=3, cutoff=0.5))
        hint = f"; did you mean {' or '.join(near)}?" if near else "; /query/ lists them"
        raise Problem(404, f"no question is called {quoted(name)}{hint}", near)
    return kg.queries[name]


def _call(request: Request, query: StoredQuery) -> Call:
    """Return the question that the address of a request asks; what is empty is not given."""
    given: dict[str, list[str]] = {}
    for name, value in query_fields(request):
        if value:
            given.setdefault(name, []).append(value)
    limit, page = (_number(given.pop(name, []), name) for name in PAGING)
    if page is not None and limit is None:
        raise Problem(400, "page: needs limit, how many rows a page has", argument="page")
    _check_names(query, given)
    values = {name: found[0] if len(found) == 1 else found for name, found in given.items()}
    return Call(query, values, limit, page or 1)


def _number(values: list[str], name: str) -> int | None:
    if not values:
        return None
    number = (
        int(values[0]) if len(values) == 1 and values[0].isascii() and values[0].isdigit() else 0
    )
    if not 1 <= number <= MOST_ROWS:
        raise Problem(400, f"{name}: is a whole number from 1 to {MOST_ROWS}", argument=name)
    return number


def _check_names(query: StoredQuery, given: Mapping[str, object]) -> None:
    known = [parameter.name for parameter in query.parameters]
    for name in given:
        if name not in known:
            told = ", ".join((*known, *PAGING))
            raise Problem(400, f"{quoted(name)} is no argument of this question; it takes {told}")
    for parameter in query.parameters:
        if parameter.required and parameter.name not in given:
            why = f"{parameter.name}: is needed. {parameter.description}"
            raise Problem(400, why, argument=parameter.name)


def _page(request: Request, query: StoredQuery) -> Response:
    """Return the page of a question: its form, and the answer as soon as it can be asked."""
    answer: Answer | None = None
    error: str | None = None
    status = 200
    fields = query_fields(request)
    given: Mapping[str, str | list[str]] = dict(fields)
    address = f"/query/{query.name}"
    if fields or not any(parameter.required for parameter in query.parameters):
        try:
            call = _call(request, query)
            given, address = call.given, call.address()
            answer = _answer(site_of(request).kg, call) if query.form == "SELECT" else None
        except (Problem, UsageError) as wrong:
            error, status = problem_of(wrong).detail, 400
    page = pages.question(site_of(request).kg, query, given, answer, error, address)
    return HTMLResponse(page, status, {"Vary": "Accept"})


def _answer(kg: KnowledgeGraph, call: Call) -> Answer:
    return kg.query(call.query.name, call.limit, call.page, **call.given)


def _rows(request: Request, call: Call, format: str, headers: dict[str, str]) -> str:
    """Return the rows in a format; `headers` are told where the other pages are."""
    kg = site_of(request).kg
    answer = _answer(kg, call)
    if links := list(_links(call, answer, format)):
        headers["Link"] = ", ".join(links)
    is_told = format in TELLS_PROVENANCE
    provenance = kg.provenance(call.query.name, **call.given) if is_told else None
    return f"{present(answer, format, provenance=provenance)}\n"


def _links(call: Call, answer: Answer, format: str) -> Iterator[str]:
    """Yield the links of RFC 8288 to the first page, the one before and the one after."""
    if call.limit is None:
        return
    pages = {"first": 1, "prev": call.page - 1, "next": call.page + 1 if answer.truncated else 0}
    for relation, page in pages.items():
        if page > 0:
            address = call.address(ENDINGS[format], limit=call.limit, page=page)
            yield f'<{address}>; rel="{relation}"'


def _triples(request: Request, call: Call, format: str) -> bytes:
    graph = site_of(request).kg.construct(call.query.name, **call.given)
    return document(graph.triples, format)


def _headers(request: Request, call: Call, format: str) -> dict[str, str]:
    arguments = sorted(call.given.items())
    tag = site_of(request).tag(call.query.version, format, arguments, call.limit, call.page)
    return freshness(tag)
