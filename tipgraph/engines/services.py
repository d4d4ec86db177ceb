"""Other endpoints that a query asks with SERVICE: only those that were allowed by name."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from typing import TypeVar

from tipgraph.errors import EngineError, TipgraphError, UsageError, quoted
from tipgraph.sparql_text import services

T = TypeVar("T")
SECONDS = 60
"""How long an embedded engine may take for a query that asks others; it has no limit itself."""


def check_services(text: str, allowed: Collection[str]) -> tuple[str, ...]:
    """Return the endpoints that a query asks; raise UsageError where one is not allowed."""
    asked = services(text)
    for endpoint in asked:
        if endpoint.startswith("?"):
            raise UsageError(f"SERVICE {endpoint}: the endpoint must be written out, to be allowed")
        if endpoint not in allowed:
            raise UsageError(
                f"the query asks {quoted(endpoint)} with SERVICE, which is not allowed; "
                f"'tipgraph sparql' and 'tipgraph query' allow it with --allow-service {endpoint}"
            )
    return asked


def in_time(answer: Callable[[], T], asked: Collection[str], seconds: float = SECONDS) -> T:
    """Return an answer that other endpoints take part in.

    Raises EngineError where it does not come in time, and what `answer` raises.
    """
    if not asked:
        return answer()
    found: list[T] = []
    raised: list[TipgraphError] = []

    def run() -> None:
        try:
            found.append(answer())
        except TipgraphError as error:
            # Tracebacks would keep results that must end in this thread.
            error.__context__ = None
            raised.append(error.with_traceback(None))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if raised:
        raise raised[0]
    if not found:
        raise EngineError(f"no answer in {seconds:g} seconds from {', '.join(asked)}")
    return found[0]
