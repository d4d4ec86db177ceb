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
        self._data = store.dump(format=RdfFormat.N_QUADS)
        self._pool = self._new_pool()

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
            seconds = self._options.seconds
            future = self._whole_pool().schedule(worker.answer, args=[question], timeout=seconds)
            try:
                reply: worker.Reply = await asyncio.wrap_future(future)
            except OutOfTimeError:
                told = f"the query took more than {seconds:g} s; ask for less"
                raise Problem(504, told) from None
            except ProcessExpired:
                size = f"{self._options.memory / 2**20:.0f} MiB"
                told = f"the query broke its worker, likely for want of {size} of memory"
                raise Problem(400, f"{told}; ask for less") from None
            return reply

    def _whole_pool(self) -> ProcessPool:
        """Return the pool, or a new one where it broke, as when a process could not start."""
        if not self._pool.active:
            self.stop()
            self._pool = self._new_pool()
        return self._pool

    def _new_pool(self) -> ProcessPool:
        context = get_context("forkserver")
        context.set_forkserver_preload([worker.__name__])
        return ProcessPool(
            self._options.workers,
            initializer=worker.start,
            initargs=(self._data, self._options.memory),
            context=context,
        )

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
