"""Answers in the form asked for, by suffix or Accept header, and what keeps a copy fresh."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

from tipgraph.rdf.formats import ENDINGS, SUFFIXES
from tipgraph.serve.http.negotiate import HTML, preferred
from tipgraph.serve.http.problems import Problem


def split_suffix(path: str) -> tuple[str, str]:
    """Return an address without its ending, and the format the ending stands for (or nothing).

    >>> split_suffix("org/asean.ttl")
    ('org/asean', 'turtle')
    """
    stem, dot, suffix = path.rpartition(".")
    if dot and suffix == "html":
        return stem, "html"
    return (stem, SUFFIXES[suffix]) if dot and suffix in SUFFIXES else (path, "")


def format_for(
    request: Request, suffixed: str, formats: Mapping[str, str], *, is_page: bool = False
) -> str:
    """Return the format to answer in, one of `formats` (with their media types) or `html`.

    The first of the formats is for whoever takes any, or HTML of what is a page first of all.
    Raises Problem where none is accepted.
    """
    data = {media_type: format for format, media_type in formats.items()}
    page = {HTML: "html"}
    offers = {**page, **data} if is_page else {**data, **page}
    if suffixed:
        if suffixed not in offers.values():
            endings = ", ".join(f".{ENDINGS[format]}" for format in formats)
            raise Problem(404, f"there is no such form of this; there are {endings} and .html")
        return suffixed
    chosen = preferred(request.headers.get("accept", ""), offers)
    if chosen is None:
        raise Problem(406, f"this comes as {', '.join(offers)}", available=list(offers))
    return offers[chosen]


def _is_known(request: Request, tag: str) -> bool:
    """Tell whether whoever asks has what an entity tag stands for.

    Raises Problem where If-Match asks for another one (RFC 9110, sections 13.1.1 and 13.1.2).
    """
    wanted = request.headers.get("if-match")
    if wanted is not None and not {tag, "*"} & set(_tags(wanted)):
        raise Problem(412, "this is no longer what If-Match names")
    known = {name.removeprefix("W/") for name in _tags(request.headers.get("if-none-match", ""))}
    return bool(tag) and bool(known & {tag, "*"})


def _tags(header: str) -> list[str]:
    return [part.strip() for part in header.split(",")]


def _is_unchanged_since(request: Request, changed: datetime) -> bool:
    """Tell whether whoever asks has what last changed at a moment."""
    given = request.headers.get("if-modified-since")
    if given is None or "if-none-match" in request.headers:
        return False
    try:
        return parsedate_to_datetime(given) >= changed
    except (TypeError, ValueError):
        return False


def freshness(tag: str, changed: datetime | None = None) -> dict[str, str]:
    """Return the headers by which a copy is kept, and asked for again when it is out of date."""
    headers = {"Cache-Control": "no-cache", "Vary": "Accept"}
    if tag:
        headers["ETag"] = tag
    if changed:
        headers["Last-Modified"] = format_datetime(changed, usegmt=True)
    return headers


def not_modified(
    request: Request, headers: Mapping[str, str], changed: datetime | None = None
) -> Response | None:
    """Return the answer that a copy is still good, or None where there is none or an older one.

    The headers are those of the answer, and `changed` is when it last did. Raises Problem where
    If-Match asks for another (RFC 9110, section 13).
    """
    is_known = _is_known(request, headers.get("ETag", ""))
    if is_known or (changed and _is_unchanged_since(request, changed)):
        return Response(status_code=304, headers=dict(headers))
    return None
