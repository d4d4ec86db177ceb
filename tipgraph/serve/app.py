"""The application: its addresses, and what lives as long as it does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from tipgraph.errors import TipgraphError
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.serve import pages
from tipgraph.serve.cite import cite
from tipgraph.serve.crawled import favicon, robots, sitemap
from tipgraph.serve.dumps import dump, front, void
from tipgraph.serve.http.guard import Guard
from tipgraph.serve.http.problems import Problem, answer_problem
from tipgraph.serve.lookups import compare, complete, health, page, search
from tipgraph.serve.openapi import openapi
from tipgraph.serve.protocol import sparql
from tipgraph.serve.questions import question, questions
from tipgraph.serve.site import Site, modified
from tipgraph.serve.things import thing
from tipgraph.serve.workers.pool import Options, Workers

STATIC = Path(__file__).parent / "static"


def create_app(kg: KnowledgeGraph, options: Options | None = None) -> Starlette:
    """Return the application that serves a graph, for any ASGI server.

    Its workers live from its start to its shutdown.
    """
    given = options or Options()

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        workers = Workers(kg.store, given)
        starting = asyncio.create_task(workers.start())
        try:
            _warm(kg)
            with TemporaryDirectory(prefix="tipgraph-") as folder:
                app.state.site = Site(kg, given, workers, Path(folder), modified(kg))
                yield
        finally:
            await starting
            workers.stop()

    return Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard), _open_for_reading()],
        exception_handlers=dict.fromkeys(
            (Problem, TipgraphError, HTTPException, Exception), answer_problem
        ),
        lifespan=life,
    )


def _open_for_reading() -> Middleware:
    """Let scripts of other sites read, as anybody may."""
    return Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["*"],
        expose_headers=["ETag", "Last-Modified", "Link", "Retry-After"],
    )


def _routes() -> list[BaseRoute]:
    return [
        Route("/", front),
        Route("/sparql", sparql, methods=["GET", "POST"]),
        Route("/query", _listed),
        Route("/query/", questions),
        Route("/query/{name}", question),
        Route("/query/{name}/cite", cite),
        Route("/cite", cite),
        Route("/search", search),
        Route("/search.json", search),
        Route("/complete", complete),
        Route("/compare", compare),
        Route("/timeline", page(pages.timeline)),
        Route("/overlap", page(pages.overlap)),
        Route("/openapi.json", openapi),
        Route("/.well-known/void", void),
        Route("/dump/{name}", dump),
        Route("/health", health),
        Route("/robots.txt", robots),
        Route("/sitemap.xml", sitemap),
        Route("/favicon.ico", favicon),
        Mount("/static", StaticFiles(directory=STATIC, check_dir=False)),
        Route("/{path:path}/cite", cite),
        Route("/{path:path}", thing),
    ]


def _listed(request: Request) -> Response:
    """Lead from the address of the questions without its slash to that with it."""
    return RedirectResponse("/query/", HTTPStatus.PERMANENT_REDIRECT)


def _warm(kg: KnowledgeGraph) -> None:
    """Read what every question needs, before the first one comes."""
    kg.queries.read()
    kg.questions.names.of("thing")
    kg.search("what is there")
    _ = kg.version
