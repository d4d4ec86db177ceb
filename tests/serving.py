"""A graph served on a free port of this machine, for tests by real clients over HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import httpx
import uvicorn

from tipgraph import KnowledgeGraph
from tipgraph.serve.app import create_app
from tipgraph.serve.http.listening import address_at, listening, server_of
from tipgraph.serve.workers.pool import Options

START = 30


@contextmanager
def serving(kg: KnowledgeGraph, options: Options | None = None) -> Iterator[str]:
    """Serve a graph in a thread; give the address, without a slash at its end."""
    server = server_of(create_app(kg, options))
    with listening("127.0.0.1", 0) as bound:
        thread = Thread(target=server.run, args=([bound],))
        thread.start()
        try:
            _wait_for(server)
            yield address_at(bound)
        finally:
            server.should_exit = True
            thread.join()


def _wait_for(server: uvicorn.Server) -> None:
    deadline = time.monotonic() + START
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.01)


@contextmanager
def asking(address: str, accept: str = "*/*") -> Iterator[httpx.Client]:
    """Give a client of a server."""
    with httpx.Client(base_url=address, headers={"Accept": accept}, timeout=30) as client:
        yield client
