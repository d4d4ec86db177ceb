"""What a worker tries when the reading of a query failed to refuse it; run in a process of it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from pyoxigraph import Store

from tipgraph.errors import UsageError
from tipgraph.graph.engines.oxigraph import asked
from tipgraph.serve.workers import worker


def reached(port: int, told: Connection) -> None:
    """Tell what a worker failed to reach."""
    worker.start(b"", 2**30)
    query = f"ASK {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
    tried: dict[str, Callable[[], object]] = {
        "service": lambda: asked(query, Store()),
        "socket": lambda: socket.create_connection(("127.0.0.1", port)),
        "file": lambda: Path(__file__).read_text(),
    }
    told.send([name for name, attempt in tried.items() if _fails(attempt)])


def _fails(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (OSError, UsageError):
        return True
    return False
