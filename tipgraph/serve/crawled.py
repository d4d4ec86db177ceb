"""What search engines and browsers look for at the root: robots.txt, sitemap.xml, favicon.ico."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.iris import path_of, term
from tipgraph.serve.site import address_of, site_of

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PAGES = ("", "query/", "timeline", "overlap", "compare", "dataset", "sparql")
CLASSES = ("tip:Organization", "tip:FrameworkInstrument", "tip:State", "org:Organization")
"""The classes of the things whose pages are for people."""
UNWANTED = ("/sparql?", "/query/*?", "/search?", "/dump/")
"""What is made anew for each who asks, or large."""


def robots(request: Request) -> Response:
    """Answer with what crawlers may read, and where the pages are listed."""
    refused = "".join(f"Disallow: {path}\n" for path in UNWANTED)
    sitemap = address_of(request, "sitemap.xml").value
    return PlainTextResponse(f"User-agent: *\n{refused}Sitemap: {sitemap}\n")


def sitemap(request: Request) -> Response:
    """Answer with the addresses of the pages for people."""
    root = Element("urlset", {"xmlns": NAMESPACE})
    for path in _paths(site_of(request).kg):
        SubElement(SubElement(root, "url"), "loc").text = address_of(request, path).value
    return Response(tostring(root, "utf-8", xml_declaration=True), media_type="application/xml")


def favicon(request: Request) -> Response:
    """Lead to the icon, where a browser looks for it unasked."""
    return RedirectResponse("/static/icon.svg", HTTPStatus.PERMANENT_REDIRECT)


def _paths(kg: KnowledgeGraph) -> Iterator[str]:
    yield from PAGES
    yield from (f"query/{name}" for name in kg.queries.names)
    things = {
        path_of(node.value)
        for kind in CLASSES
        for node in kg.reader.subjects("rdf:type", term(kind))
    }
    yield from sorted(things)
