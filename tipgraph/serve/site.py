"""What every handler has at hand: the graph, the workers, and the fingerprint of what it gives."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode
from starlette.requests import Request

from tipgraph.errors import quoted
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.serve.http.kept import Kept
from tipgraph.serve.http.problems import Problem
from tipgraph.serve.workers.pool import Options, Workers

MOST_FIELDS = 100
MOST_ASKING = 4
VERSION = version("tipgraph")


@dataclass(frozen=True)
class Site:
    """What is served and how: the graph, the workers for free SPARQL, and what is kept of answers.

    `dumps` is a folder for dumps, written one at a time (`writing`); `asking` holds how many
    threads may wait for other endpoints, so that there are always some for whoever asks nobody.
    """

    kg: KnowledgeGraph
    options: Options
    workers: Workers
    dumps: Path
    modified: datetime
    kept: Kept = field(default_factory=Kept)
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    asking: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_ASKING))

    def tag(self, *parts: object) -> str:
        """Return the entity tag of an answer: of the dataset, this version, and these parts.

        It is empty where the graph does not state its version.
        """
        if not self.kg.version:
            return ""
        text = "\n".join(map(repr, (VERSION, self.kg.version, *parts)))
        return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def site_of(request: Request) -> Site:
    """Return the site that a request came to."""
    site: Site = request.app.state.site
    return site


def address_of(request: Request, path: str = "") -> NamedNode:
    """Return the address of a path of ours, as whoever asks calls us."""
    try:
        return NamedNode(f"{request.base_url}{path}")
    except ValueError:
        raise Problem(400, "the Host header has no name of a host") from None


def modified(kg: KnowledgeGraph) -> datetime:
    """Return when the graph of a folder was written, or now where it has no files."""
    times = [path.stat().st_mtime for path in kg.folder.graph.glob("*.ttl")]
    moment = datetime.fromtimestamp(max(times), UTC) if times else datetime.now(UTC)
    return moment.replace(microsecond=0)


def fields_of(encoded: bytes) -> list[tuple[str, str]]:
    """Return the names and values of a form or of an address, empty values too.

    Raises Problem where they are not UTF-8 text or too many.
    """
    try:
        return parse_qsl(
            encoded.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except UnicodeError:
        raise Problem(400, "the arguments are not UTF-8 text, percent-encoded") from None
    except ValueError:
        raise Problem(400, f"there are more than {MOST_FIELDS} arguments") from None


def query_fields(request: Request) -> list[tuple[str, str]]:
    """Return the names and values in the address of a request; raises what `fields_of` does."""
    return fields_of(request.scope["query_string"])


def fields_named(request: Request, *names: str) -> dict[str, str]:
    """Return the fields in the address of a request by name, of which it takes these alone.

    Raises Problem where there is another, or one twice.
    """
    found: dict[str, str] = {}
    for name, value in query_fields(request):
        if name not in names:
            takes = f"it takes {' and '.join(names)}"
            raise Problem(400, f"{quoted(name)} is no argument of this; {takes}", argument=name)
        if name in found:
            raise Problem(400, f"{name}: takes one value, and several are given", argument=name)
        found[name] = value
    return found


def one_field(request: Request, name: str, default: str = "") -> str:
    """Return the value of a field in the address; raise Problem where it is there twice."""
    values = [value for field, value in query_fields(request) if field == name]
    if len(values) > 1:
        raise Problem(400, f"{name}: takes one value, and several are given", argument=name)
    return values[0] if values else default
