"""A thing at the path of its IRI: a page, or what the graph says of it in an RDF format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from http import HTTPStatus

from pyoxigraph import Literal, NamedNode, Store, Triple
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tipgraph.ask.near import folded, near_names
from tipgraph.ask.parameters import THING_TYPES
from tipgraph.ask.terms import day_of
from tipgraph.graph.export import document
from tipgraph.rdf.formats import GRAPH_TYPES
from tipgraph.rdf.iris import BASE, iri_to_uri, path_of, term
from tipgraph.serve import pages
from tipgraph.serve.http.conditional import (
    format_for,
    freshness,
    not_modified,
    split_suffix,
)
from tipgraph.serve.http.kept import Body
from tipgraph.serve.http.problems import Problem
from tipgraph.serve.site import Site, one_field, site_of

FORMATS = {name: GRAPH_TYPES[name] for name in ("turtle", "jsonld", "nt", "rdfxml")}
MOVED = HTTPStatus.PERMANENT_REDIRECT
SAID_OF = ("rdf:subject", "tip:about")
"""By these a statement or a note points to the thing it is about."""


async def thing(request: Request) -> Response:
    """Answer with a thing; raise Problem where the graph has none at this path."""
    return await run_in_threadpool(thing_at, request, request.path_params["path"])


def thing_at(request: Request, path: str) -> Response:
    """Return the page or the triples of the thing at a path, with or without an ending.

    From an address with a slash at its end it leads to that without.
    """
    site = site_of(request)
    if path.endswith("/"):
        return RedirectResponse(request.url.replace(path=f"/{path.rstrip('/')}"), MOVED)
    node, suffixed = node_at(path, site.kg.store)
    format = format_for(request, suffixed, FORMATS, is_page=True)
    if format == "html":
        page = _page(node, day_of(one_field(request, "on")), site)
        return HTMLResponse(page, headers={"Vary": "Accept"})
    headers = freshness(site.tag(node.value, format))
    headers["Link"] = f'<{iri_to_uri(node.value)}>; rel="canonical"'
    if same := not_modified(request, headers):
        return same
    body = document(about(node, site.kg.store), format)
    return Response(body, media_type=FORMATS[format], headers=headers)


def _page(node: NamedNode, on: str, site: Site) -> bytes:
    """Return the page of a thing on a day, kept as long as others are not asked for more."""
    key = ("page", node.value, on)
    if (kept := site.kept.get(key)) is None:
        kept = Body(pages.thing(site.kg, node, on).encode())
        site.kept.keep(key, kept)
    return kept.data


def about(node: NamedNode, store: Store) -> set[Triple]:
    """Return what the graph says of a thing: what is said of it and by it, and by which names.

    An ontology comes with its terms, a question with its columns, a thing with the notes and
    decisions about it.
    """
    said_of_it = set(_from(node, store))
    own = said_of_it | set(_terms(node, store)) | set(_parts(node, said_of_it, store))
    pointing = {quad.triple for quad in store.quads_for_pattern(None, None, node, None)}
    notes = {
        triple
        for found in pointing
        if found.predicate in {term(name) for name in SAID_OF}
        for triple in _from(found.subject, store)
    }
    said = own | pointing | notes
    return said | set(_labels(said, store))


def _from(node: object, store: Store) -> Iterator[Triple]:
    if isinstance(node, NamedNode):
        yield from (quad.triple for quad in store.quads_for_pattern(node, None, None, None))


def _terms(node: NamedNode, store: Store) -> Iterator[Triple]:
    if node.value == f"{BASE}ontology":
        quads = store.quads_for_pattern(None, term("rdfs:isDefinedBy"), node, None)
        for quad in quads:
            yield from _from(quad.subject, store)


def _parts(node: NamedNode, own: Iterable[Triple], store: Store) -> Iterator[Triple]:
    """Yield what is said of the fragments of a node that its own triples lead to."""
    for found in {triple.object for triple in own}:
        if isinstance(found, NamedNode) and found.value.startswith(f"{node.value}#"):
            yield from _from(found, store)


def _labels(triples: Iterable[Triple], store: Store) -> Iterator[Triple]:
    nodes = {node for triple in triples for node in (triple.subject, triple.object)}
    for node in nodes:
        if isinstance(node, NamedNode):
            quads = store.quads_for_pattern(node, term("skos:prefLabel"), None, None)
            yield from (quad.triple for quad in quads)


def node_at(path: str, store: Store) -> tuple[NamedNode, str]:
    """Return the thing at a path, and the format that an ending of the path stands for.

    Raises Problem with near paths where the graph has none.
    """
    for stem, format in ((path, ""), split_suffix(path)):
        if (node := _existing(stem, store)) is not None:
            return node, format
    near = near_things(split_suffix(path)[0], store)
    told = "".join(f". {note}" for note in _scope(path.partition("/")[0], store))
    raise Problem(404, f"the graph has nothing at this path{told}", tuple(near), called=near)


def _scope(kind: str, store: Store) -> Iterator[str]:
    """Yield what things of a kind the graph has not, where the ontology says so."""
    if of_kind := THING_TYPES.get(kind):
        quads = store.quads_for_pattern(term(of_kind), term("skos:scopeNote"), None, None)
        yield from (quad.object.value for quad in quads if isinstance(quad.object, Literal))


def _existing(path: str, store: Store) -> NamedNode | None:
    try:
        node = NamedNode(BASE + path)
    except ValueError:
        return None
    found = next(iter(store.quads_for_pattern(node, None, None, None)), None)
    return node if found else None


def near_things(path: str, store: Store) -> dict[str, str]:
    """Return the addresses and the names of the things that are written much like a path."""
    labelled = store.quads_for_pattern(None, term("skos:prefLabel"), None, None)
    names = {
        path_of(subject.value): name.value
        for subject, _, name, _ in sorted(labelled, key=str)
        if isinstance(subject, NamedNode)
        and isinstance(name, Literal)
        and subject.value.startswith(BASE)
    }
    return {f"/{one}": names[one] for one in near_names(path, folded(names))}
