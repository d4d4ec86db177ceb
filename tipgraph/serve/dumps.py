"""The whole graph and its layers as files, and the description of the dataset they are of."""

from __future__ import annotations

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from tipgraph.export import document
from tipgraph.formats import DUMPS, ENDINGS, GRAPH_TYPES
from tipgraph.iris import LAYERS
from tipgraph.serve import pages
from tipgraph.serve.answers import (
    format_for,
    freshness,
    is_known,
    is_unchanged_since,
    not_modified,
    split_suffix,
)
from tipgraph.serve.descriptions import dataset_description, dataset_links
from tipgraph.serve.problems import Problem
from tipgraph.serve.site import Site, address_of, site_of
from tipgraph.serve.things import FORMATS
from tipgraph.write import write_file

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
    if is_known(request, headers.get("ETag", "")) or is_unchanged_since(request, site.modified):
        return not_modified(headers)
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
    links = dataset_links(base, DUMPS)
    body = document(dataset_description(site.kg.store) | set(links), format)
    headers = freshness(site.tag("void", base.value, format))
    return Response(body, media_type=FORMATS[format], headers=headers)
