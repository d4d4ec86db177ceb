"""An endpoint asked for links: one request at a time, and never twice for the same within days."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from tipgraph.errors import EngineError, InputError
from tipgraph.files.replace import write_file
from tipgraph.graph.engines.endpoint import Endpoint, Limits
from tipgraph.graph.engines.engine import Solutions
from tipgraph.graph.engines.remote import rows_of
from tipgraph.links.described import Description
from tipgraph.rdf.iris import PREFIXES, expanded
from tipgraph.rdf.sparql_text import used_prefixes

BATCH = 25
"""Values that a query asks about at once."""
FRESH = 7 * 24 * 3600
"""Seconds for which an answer is kept."""
TOO_MUCH = ("ask for less", "HTTP 500", "HTTP 504", "HTTP 413", "HTTP 414")
"""What errors say that a smaller question can avoid; many stores answer 500 when out of time."""


class Source:
    """Asks an endpoint politely; answers are kept in a cache folder, if there is one.

    So a search that was stopped goes on where it was.
    """

    def __init__(
        self,
        description: Description,
        cache: Path | None,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.description = description
        self._cache = cache
        self._sleep = sleep
        self._endpoint = Endpoint(description.url, limits, sleep)
        self._prefixes = {**PREFIXES, **(description.prefixes or {})}
        self._has_asked = False
        self.requests = 0

    def ask(self, text: str) -> Solutions:
        """Return the rows of a SELECT query, which may be days old.

        Raises EngineError where the endpoint fails, and InputError where the answer can't be kept.
        """
        query = self._declared(text)
        if self._cache is None:
            return self._rows(self._fetched(query))
        key = sha256(f"{self.description.url} {query}".encode()).hexdigest()
        kept = self._cache / f"{key}.srj"
        return self._kept(kept) or self._newly_kept(kept, query)

    def ask_of(self, values: Sequence[str], text: str) -> list[Solutions]:
        """Ask a query with VALUES of `$values` in batches, which are halved where they fail.

        Raises EngineError where the endpoint fails even when asked about one value.
        """
        found = []
        for start in range(0, len(values), BATCH):
            found += self._halving(values[start : start + BATCH], text)
        return found

    def expanded(self, name: str) -> str:
        """Return the IRI of a prefixed name of the description; raise InputError if there is none.

        The prefix is one of ours or of the description.
        """
        if (iri := expanded(name, self._prefixes)) is None:
            what = f"the prefix of '{name}' is not among its prefixes"
            raise InputError(what, self.description.name)
        return iri

    def _halving(self, values: Sequence[str], text: str) -> list[Solutions]:
        try:
            return [self.ask(text.replace("$values", " ".join(values)))]
        except EngineError as error:
            if len(values) == 1 or not any(sign in str(error) for sign in TOO_MUCH):
                raise
            middle = len(values) // 2
        return [*self._halving(values[:middle], text), *self._halving(values[middle:], text)]

    def _kept(self, path: Path) -> Solutions | None:
        try:
            is_fresh = time.time() - path.stat().st_mtime < FRESH
            return self._rows(path.read_bytes()) if is_fresh else None
        except (OSError, EngineError):
            return None

    def _newly_kept(self, path: Path, query: str) -> Solutions:
        body = self._fetched(query)
        rows = self._rows(body)
        write_file(path, body)
        return rows

    def _fetched(self, query: str) -> bytes:
        if self._has_asked and self.description.pause:
            self._sleep(self.description.pause)
        self._has_asked = True
        self.requests += 1
        return self._endpoint.query(query, "SELECT").body

    def _rows(self, body: bytes) -> Solutions:
        try:
            rows = rows_of(body)
        except (SyntaxError, ValueError):
            raise self._endpoint.error("broken SPARQL results") from None
        if not isinstance(rows, Solutions):
            raise self._endpoint.error("it answers SELECT with yes or no")
        return rows

    def _declared(self, text: str) -> str:
        """Return a query with the prefixes that it uses."""
        used = sorted(used_prefixes(text) & self._prefixes.keys())
        return "".join(f"PREFIX {name}: <{self._prefixes[name]}>\n" for name in used) + text
