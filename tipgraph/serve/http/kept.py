"""Answers that were given before: as long as a graph is served, they stay right."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache

MOST = 16 * 2**20
"""Bytes that are kept in all, of answers and of what they answer."""
BESIDE = 512
"""Bytes that an answer takes beside its body and the text of what it answers."""


@dataclass(frozen=True)
class Body:
    """The body of an answer, and whether it is one page of several."""

    data: bytes
    is_cut: bool = False


class Kept:
    """The bodies used last by what they answer, of so many bytes in all; for several threads."""

    def __init__(self, most: int = MOST) -> None:
        self._lock = Lock()
        self._bodies: LRUCache[Hashable, tuple[int, Body]] = LRUCache(most, lambda entry: entry[0])

    def get(self, key: Hashable) -> Body | None:
        """Return the body kept for a key, if it still is."""
        with self._lock:
            _, body = self._bodies.get(key, (0, None))
        return body

    def keep(self, key: Hashable, body: Body) -> None:
        """Keep a body, and let go of those not used for longest; one too large is not kept."""
        size = len(body.data) + len(repr(key)) + BESIDE
        if size <= self._bodies.maxsize:
            with self._lock:
                self._bodies[key] = size, body
