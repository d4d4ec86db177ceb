"""What free SPARQL may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """How many worker processes answer free SPARQL, and what one query may take.

    `seconds` is the time to answer and `wait` the time to wait for a free worker; `answer` and
    `memory` are bytes.
    """

    workers: int = 2
    seconds: float = 10
    wait: float = 5
    answer: int = 16 * 2**20
    memory: int = 2**30
