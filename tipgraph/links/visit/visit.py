"""Visit one link: what answers, over which redirects, and whether it still seems the page."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, replace
from http.client import HTTPException, HTTPResponse
from socket import gaierror
from typing import Any
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPErrorProcessor, HTTPRedirectHandler, Request, build_opener

from tipgraph.graph.engines.endpoint import AGENT
from tipgraph.graph.engines.failures import one_line, seconds_to_wait
from tipgraph.graph.engines.opener import leads_inside
from tipgraph.rdf.iris import iri_to_uri

TIMEOUT = 15
"""Seconds for a connection and for each read from it."""
HOPS = 10
"""Redirects that are followed, as browsers' least."""
READ = 64 * 2**10
"""Bytes of a page that are read for hints."""
WAIT = 30
"""The longest that a busy server's wish to wait is heeded."""
REFUSED = {401, 403, 405, 406, 429, 451}
"""Answers to a program that say nothing of what a reader would see."""
MISSING = re.compile(
    r"\b(404|not found|page unavailable|no longer (available|exists)|does not exist"
    r"|introuvable|no encontrada)\b",
    re.IGNORECASE,
)
TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Visit:
    """Where a link leads: the outcome in a word, the last status, the last URL, and what to know.

    Outcomes: `ok`, `moved` (another page answers), `doubtful` (a page answers that seems to say
    that there is none), `gone`, `refused` (to programs, at least), `failing` (the server does),
    `tls` (no secure connection), `no-host`, `no-answer`.
    """

    outcome: str
    leads_to: str
    status: int | None = None
    redirects: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Page:
    """An answer: its status, where it redirects to, its type and the start of its text."""

    status: int
    location: str = ""
    media_type: str = ""
    body: bytes = b""
    wait: float | None = None


Send = Callable[[str, str], Page]
"""Sends a request of a method to a URL when its host may be asked."""


def visit(url: str, send: Send) -> Visit:
    """Return where a link leads, by HEAD and, where that doesn't tell, by GET."""
    seen: list[str] = []
    here = url
    while True:
        try:
            page = _answer(here, send)
        except (OSError, HTTPException, ValueError) as error:
            return replace(_failure(error, here), redirects=tuple(seen))
        if not (300 <= page.status < 400 and page.location):
            return _judged(url, here, page, tuple(seen))
        seen.append(here)
        here = urljoin(here, page.location)
        if here in seen or len(seen) > HOPS or urlsplit(here).scheme not in {"http", "https"}:
            note = f"redirects without end or to no page: {one_line(here)}"
            return Visit("failing", url, page.status, tuple(seen), note)
        if leads_inside(here, url):
            note = f"redirects to a private address, which is not followed: {one_line(here)}"
            return Visit("failing", url, page.status, tuple(seen), note)


def _answer(url: str, send: Send) -> Page:
    """Return what answers: HEAD's answer where it is a redirect or a file, else GET's."""
    head = send("HEAD", url)
    is_enough = 300 <= head.status < 400 or (
        head.status == 200 and "html" not in head.media_type and head.media_type
    )
    return head if is_enough else send("GET", url)


def _judged(url: str, here: str, page: Page, seen: tuple[str, ...]) -> Visit:
    result = Visit("ok" if not _is_elsewhere(url, here) else "moved", here, page.status, seen)
    if page.status in {404, 410}:
        return replace(result, outcome="gone")
    if page.status in REFUSED:
        return replace(result, outcome="refused")
    if page.status >= 400 or page.status < 200:
        return replace(result, outcome="failing")
    if hint := _soft_404(url, here, page):
        return replace(result, outcome="doubtful", note=hint)
    return result


def _is_elsewhere(url: str, here: str) -> bool:
    """Tell whether two URLs differ by more than their scheme, a leading www or a last slash."""
    one, other = (
        (urlsplit(each).netloc.removeprefix("www."), urlsplit(each).path.rstrip("/"))
        for each in (url, here)
    )
    return one != other


def _soft_404(url: str, here: str, page: Page) -> str:
    """Return what hints that a page that answers is not the one that was meant."""
    title = TITLE.search(page.body)
    text = one_line(" ".join((title[1] if title else b"").decode(errors="replace").split()))
    if MISSING.search(text):
        return f"its title is '{text}'"
    if _is_elsewhere(url, here) and urlsplit(url).path.strip("/"):
        is_front = not urlsplit(here).path.strip("/") and not urlsplit(here).query
        return "it leads to the front page" if is_front else ""
    return ""


def _failure(error: OSError | HTTPException | ValueError, url: str) -> Visit:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, ssl.SSLError):
        what = getattr(reason, "verify_message", "") or reason.reason or str(reason)
        return Visit("tls", url, note=one_line(str(what)))
    if isinstance(reason, gaierror | UnicodeError):
        return Visit("no-host", url, note="the host is not found")
    if isinstance(reason, TimeoutError):
        return Visit("no-answer", url, note="no answer in time")
    return Visit("no-answer", url, note=one_line(str(reason)) or "the connection broke off")


def request(method: str, url: str, **headers: str) -> Page:
    """Return the answer to one request, redirects and errors included.

    Raises OSError, HTTPException or ValueError where there is none.
    """
    asked = Request(iri_to_uri(url), method=method, headers={"User-Agent": AGENT, **headers})
    with build_opener(_Stay, _Plain).open(asked, timeout=TIMEOUT) as response:
        return _page(response, method)


def _page(response: HTTPResponse, method: str) -> Page:
    return Page(
        status=response.status,
        location=response.headers.get("Location", ""),
        media_type=response.headers.get_content_type()
        if "Content-Type" in response.headers
        else "",
        body=response.read(READ) if method == "GET" else b"",
        wait=seconds_to_wait(response.headers.get("Retry-After")),
    )


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, req: Request, *found: Any) -> None:
        return None


class _Plain(HTTPErrorProcessor):
    """Takes every status for an answer."""

    def http_response(self, request: Request, response: HTTPResponse) -> HTTPResponse:
        return response

    https_response = http_response
