"""The worker processes: few, waited for in order, and killed when a query takes too long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import TimeoutError as OutOfTimeError
from contextlib import asynccontextmanager
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool
from pyoxigraph import RdfFormat, Store

from tipgraph.serve import worker
from tipgraph.serve.options import Options
from tipgraph.serve.problems import Problem

DUMP_SECONDS = 60.0

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Workers:
    """Processes that each hold the graph of a store, and answer one query at a time."""

    def __init__(self, store: Store, options: Options) -> None:
        self._options = options
        self._free = asyncio.Semaphore(options.workers)
        context = get_context("forkserver")
        context.set_forkserver_preload([worker.__name__])
        data = store.dump(format=RdfFormat.N_QUADS)
        self._pool = ProcessPool(
            options.workers,
            initializer=worker.start,
            initargs=(data, options.memory),
            context=context,
        )

    def start(self) -> None:
        """Start the processes; what is asked meanwhile waits."""
        for _ in range(self._options.workers):
            self._pool.schedule(worker.ready)

    def stop(self) -> None:
        """Kill the processes."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    async def answer(self, question: worker.Question) -> worker.Reply:
        """Return the answer to a query.

        Raises UsageError where it is broken or refused, and Problem where it takes too much or no
        worker is free.
        """
        return await self._run(self._options.seconds, worker.answer, question)

    async def dump(self, format: str, *layers: str) -> bytes:
        """Return the graph, or layers of it, as a document; raises what `answer` does."""
        return await self._run(DUMP_SECONDS, worker.dump, format, layers)

    async def _run(
        self,
        seconds: float,
        function: Callable[Given, Result],
        *args: Given.args,
        **_: Given.kwargs,
    ) -> Result:
        async with self._place():
            future = self._pool.schedule(function, args=list(args), timeout=seconds)
            try:
                found: Result = await asyncio.wrap_future(future)
            except OutOfTimeError:
                raise Problem(
                    504, f"the query took more than {seconds:g} s; ask for less"
                ) from None
            except ProcessExpired:
                size = f"{self._options.memory / 2**20:.0f} MiB"
                raise Problem(400, f"the query needs more than {size} of memory") from None
            return found

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        """Hold a worker, or refuse where none gets free."""
        try:
            async with asyncio.timeout(self._options.wait):
                await self._free.acquire()
        except TimeoutError:
            seconds = f"{self._options.seconds:.0f}"
            raise Problem(
                503, "all workers are busy; ask again later", headers={"Retry-After": seconds}
            ) from None
        try:
            yield
        finally:
            self._free.release()
