"""The worker processes: few, waited for in order, and killed when a query takes too long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import TimeoutError as OutOfTimeError
from contextlib import asynccontextmanager
from multiprocessing import get_context

from pebble import ProcessExpired, ProcessPool
from pyoxigraph import RdfFormat, Store

from tipgraph.serve import worker
from tipgraph.serve.options import Options
from tipgraph.serve.problems import Problem


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
        async with self._place():
            future = self._pool.schedule(
                worker.answer, args=[question], timeout=self._options.seconds
            )
            try:
                reply: worker.Reply = await asyncio.wrap_future(future)
            except OutOfTimeError:
                seconds = f"{self._options.seconds:g}"
                raise Problem(504, f"the query took more than {seconds} s; ask for less") from None
            except ProcessExpired:
                size = f"{self._options.memory / 2**20:.0f} MiB"
                raise Problem(400, f"the query needs more than {size} of memory") from None
            return reply

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
