"""Search, completion, pictures and the state of the server."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from tipgraph.ask.hit import Hit
from tipgraph.ask.names import Name
from tipgraph.ask.parameters import THING_TYPES
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.formats import ROW_FORMATS
from tipgraph.rdf.iris import fold
from tipgraph.serve import pages
from tipgraph.serve.http.conditional import format_for, split_suffix
from tipgraph.serve.http.negotiate import HTML, preferred
from tipgraph.serve.http.problems import Problem
from tipgraph.serve.pages.single import hit_address
from tipgraph.serve.site import VERSION, fields_named, one_field, query_fields, site_of

OFFERED = 20
JSON = {"json": ROW_FORMATS["json"]}


def page(make: Callable[[KnowledgeGraph], str]) -> Callable[[Request], Response]:
    """Return a handler that answers with a page about the graph, which has no other form.

    It raises Problem where no page is accepted.
    """

    def answer(request: Request) -> Response:
        if preferred(request.headers.get("accept", ""), (HTML,)) is None:
            raise Problem(406, f"this comes as {HTML} alone", available=[HTML])
        return HTMLResponse(make(site_of(request).kg), headers={"Vary": "Accept"})

    return answer


def compare(request: Request) -> Response:
    """Answer with the page of the countries that are named, side by side."""
    named = [value for name, value in query_fields(request) if name == "country" and value]
    day = one_field(request, "on")
    return page(lambda kg: pages.compare(kg, named, day))(request)


def search(request: Request) -> Response:
    """Answer with the things and the stored questions that `text` leads to."""
    text, kg = fields_named(request, "text").get("text", ""), site_of(request).kg
    format = format_for(request, split_suffix(request.url.path)[1], JSON)
    if format == "html":
        return HTMLResponse(pages.search(kg, text), headers={"Vary": "Accept"})
    found = kg.search(text)
    answer = {"hits": list(map(_plain, found)), "said": found.said, "near": found.near}
    return JSONResponse(answer, headers={"Vary": "Accept"})


def _plain(hit: Hit) -> dict[str, object]:
    """Return a hit as JSON: of a question with its arguments, and the address that asks it."""
    plain = {"iri": hit.iri, "label": hit.label, "kind": hit.kind, "address": hit_address(hit)}
    more = {"arguments": hit.arguments, "note": hit.note}
    return {**plain, **{name: value for name, value in more.items() if value}}


def complete(request: Request) -> Response:
    """Answer with names of things of a `type` that begin with, or hold, what is written so far."""
    fields = fields_named(request, "text", "type")
    text, type = fields.get("text", ""), fields.get("type", "thing")
    if type not in THING_TYPES:
        allowed = list(THING_TYPES)
        why = f"type: is one of {', '.join(allowed)}"
        raise Problem(400, why, argument="type", allowed=allowed)
    return JSONResponse({"names": completions(site_of(request).kg, text, type)})


def completions(kg: KnowledgeGraph, text: str, type: str) -> list[dict[str, str]]:
    """Return the names of things of a type that begin with a text, then those that hold it."""
    wanted = fold(text)
    found = {
        (n.thing, n.folded): n for n in reversed(kg.questions.names.of(type)) if wanted in n.folded
    }
    ordered = sorted(found.values(), key=lambda name: _rank(name, wanted))
    return [{"name": name.printed, "iri": name.thing.value} for name in ordered[:OFFERED]]


def _rank(name: Name, wanted: str) -> tuple[bool, int, str]:
    return not name.folded.startswith(wanted), len(name.folded), name.folded


def health(request: Request) -> Response:
    """Answer that the server is well, and what it serves."""
    site = site_of(request)
    return JSONResponse(
        {
            "status": "ok",
            "version": VERSION,
            "dataset": site.kg.version,
            "triples": len(site.kg.store),
        },
        headers={"Cache-Control": "no-store"},
    )
