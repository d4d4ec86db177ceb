"""Check many links: hosts beside each other, but one request at a time for each."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http.client import HTTPException
from socket import gaierror
from threading import Lock
from urllib.error import URLError
from urllib.parse import urlsplit

from tipgraph.graph.engines.endpoint import within
from tipgraph.graph.engines.engine import Engine, solutions
from tipgraph.links.visit.visit import WAIT, Page, Visit, request, visit
from tipgraph.rdf.iris import path_of

HOSTS = 8
"""Hosts that are asked beside each other."""
LIMIT = 90
"""Seconds for one link, all redirects and waiting included."""
BUSY = {429, 503}


@dataclass(frozen=True)
class Pace:
    """How long to wait between two requests to a host, and for one link in all."""

    pause: float = 1
    limit: float = LIMIT


@dataclass(frozen=True)
class Checked:
    """A link, where it leads, and the address of a copy in an archive, or empty without one.

    Whether there is a copy is None where no archive has answered.
    """

    link: Link
    visit: Visit
    archived_at: str | None = None


class Hosts:
    """Sends requests, to each host one at a time and with a pause."""

    def __init__(self, pace: Pace, sleep: Callable[[float], None] = time.sleep) -> None:
        self._pace = pace
        self._sleep = sleep
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)
        self._free_at: dict[str, float] = {}
        self._lost: dict[str, OSError] = {}
        self._guard = Lock()

    def send(self, method: str, url: str, **headers: str) -> Page:
        """Return the answer of a URL; a busy host that says how long is asked once more.

        Raises OSError, HTTPException or ValueError where there is none.
        """
        host = urlsplit(url).netloc.lower()
        with self._guard:
            lock = self._locks[host]
        with lock:
            page = self._sent(host, method, url, **headers)
            if page.status in BUSY and page.wait is not None and page.wait <= WAIT:
                self._sleep(page.wait)
                page = self._sent(host, method, url, **headers)
        return page

    def _sent(self, host: str, method: str, url: str, **headers: str) -> Page:
        """Send a request when the host may be asked; one that can't be reached is asked once."""
        if host in self._lost:
            raise self._lost[host]
        if (wait := self._free_at.get(host, 0) - time.monotonic()) > 0:
            self._sleep(wait)
        try:
            return request(method, url, **headers)
        except URLError as error:
            if isinstance(error.reason, gaierror | ConnectionRefusedError):
                self._lost[host] = error
            raise
        finally:
            self._free_at[host] = time.monotonic() + self._pace.pause


def check(
    links: Sequence[Link],
    archive: str,
    pace: Pace = Pace(),
    progress: Callable[[Checked], None] = lambda one: None,
) -> tuple[Checked, ...]:
    """Return where each link leads; `archive` is the address of a TimeGate (RFC 7089), or empty."""
    by_host: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        by_host[urlsplit(link.url).netloc.lower()].append(link)
    hosts = Hosts(pace)

    def checked(group: list[Link]) -> list[Checked]:
        done = []
        for link in group:
            done.append(_checked(link, archive, hosts, pace))
            progress(done[-1])
        return done

    with ThreadPoolExecutor(HOSTS) as pool:
        groups = list(pool.map(checked, by_host.values()))
    return tuple(sorted((one for group in groups for one in group), key=lambda one: one.link.url))


def _checked(link: Link, archive: str, hosts: Hosts, pace: Pace) -> Checked:
    try:
        found = within(pace.limit, lambda: visit(link.url, hosts.send))
    except TimeoutError:
        found = Visit("no-answer", link.url, note=f"no answer in {pace.limit:.0f} s")
    return Checked(link, found, _archived(link, archive, hosts) if archive else None)


def _archived(link: Link, archive: str, hosts: Hosts) -> str | None:
    """Return the address of an archived copy, the nearest to the middle of the link's year.

    It is empty where the archive has none, and None where it does not answer.
    """
    headers = {}
    if link.year:
        day = datetime(int(link.year), 7, 1, tzinfo=UTC)
        headers["Accept-Datetime"] = format_datetime(day, usegmt=True)
    try:
        page = hosts.send("HEAD", f"{archive}{link.url}", **headers)
    except (OSError, HTTPException, ValueError):
        return None
    if page.status in {301, 302, 303, 307, 308} and page.location.startswith("http"):
        return page.location
    return "" if page.status == 404 else None


LINKS = """
SELECT DISTINCT ?url ?about ?source WHERE {
  { ?about schema:url|tip:correctedUrl|dcterms:references ?url }
  UNION { ?link a tip:Link ; rdf:subject ?about ; rdf:object ?url }
  OPTIONAL { ?about dcterms:source ?source }
  FILTER (isIRI(?url))
}
"""


@dataclass(frozen=True)
class Link:
    """A URL, the paths of the things it is given for, and the year of the table that prints it."""

    url: str
    about: tuple[str, ...]
    year: str = ""


def links_of(engine: Engine) -> tuple[Link, ...]:
    """Return the links of the graph by their URLs."""
    about: dict[str, set[str]] = {}
    years: dict[str, str] = {}
    for row in solutions(LINKS, engine).rows:
        url, thing, source = (term.value if term else "" for term in row)
        if not url.startswith(("http://", "https://")):
            continue
        about.setdefault(url, set()).add(path_of(thing))
        if year := re.match(r"source/(\d{4})/", path_of(source)):
            years[url] = year[1]
    return tuple(Link(url, tuple(sorted(about[url])), years.get(url, "")) for url in sorted(about))
