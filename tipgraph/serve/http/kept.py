"""Answers that were given before: as long as a graph is served, they stay right."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True)
class Body:
    """The body of an answer, and whether it is one page of several."""

    data: bytes
    is_cut: bool = False


class Kept:
    """The bodies used last, of so many bytes in all."""

    def __init__(self, limit: int = 16 * 2**20) -> None:
        self._limit = limit
        self._bodies: OrderedDict[Hashable, Body] = OrderedDict()
        self._size = 0

    def get(self, key: Hashable) -> Body | None:
        """Return the body kept for a key, if it still is."""
        if key in self._bodies:
            self._bodies.move_to_end(key)
        return self._bodies.get(key)

    def keep(self, key: Hashable, body: Body) -> None:
        """Keep a body, and let go of those not used for longest."""
        if key not in self._bodies:
            self._bodies[key] = body
            self._size += len(body.data)
        while self._size > self._limit:
            _, gone = self._bodies.popitem(last=False)
            self._size -= len(gone.data)
