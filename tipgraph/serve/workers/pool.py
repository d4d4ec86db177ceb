"""The worker processes: few, waited for, and replaced when a query took one down."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from pyoxigraph import RdfFormat, Store
from starlette.concurrency import run_in_threadpool

from tipgraph.errors import UsageError
from tipgraph.serve.http.problems import Problem
from tipgraph.serve.workers import worker


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


class Workers:
    """Processes that each hold the graph of a store, and answer one query at a time."""

    def __init__(self, store: Store, options: Options) -> None:
        self._options = options
        data = store.dump(format=RdfFormat.N_QUADS) or b""
        limits = worker.Limits(options.seconds, options.memory)
        self._places = [_Place(data, limits) for _ in range(options.workers)]
        self._free: asyncio.LifoQueue[_Place] = asyncio.LifoQueue()

    async def start(self) -> None:
        """Start the processes; who asks meanwhile waits for the first."""
        for place in self._places:
            await run_in_threadpool(place.start)
            self._free.put_nowait(place)

    def stop(self) -> None:
        """Kill the processes."""
        for place in self._places:
            place.stop()

    async def answer(self, question: worker.Question) -> worker.Reply:
        """Return the answer to a query.

        Raises UsageError where it is broken or refused, and Problem where it takes too much or no
        worker is free.
        """
        async with self._place() as place:
            return await place.answer(question)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[_Place]:
        """Give a worker that is free, or refuse where none gets so in time."""
        try:
            async with asyncio.timeout(self._options.wait):
                place = await self._free.get()
        except TimeoutError:
            later = {"Retry-After": f"{self._options.seconds:.0f}"}
            raise Problem(503, "all workers are busy; ask again later", headers=later) from None
        try:
            yield place
        finally:
            self._free.put_nowait(place)


class _Place:
    """The place of one worker, in which another follows it when it dies."""

    def __init__(self, data: bytes, limits: worker.Limits) -> None:
        self._data, self._limits = data, limits

    def start(self) -> None:
        """Start a worker."""
        context = get_context("forkserver")
        context.set_forkserver_preload([worker.__name__])
        self._pipe, others = context.Pipe()
        given = (others, self._data, self._limits)
        self._process = context.Process(target=worker.work, args=given, daemon=True)
        self._process.start()
        others.close()

    def _restart(self) -> None:
        self.stop()
        self.start()

    def stop(self) -> None:
        """Kill the worker."""
        self._process.kill()
        self._process.join()
        self._pipe.close()

    async def answer(self, question: worker.Question) -> worker.Reply:
        """Return what the worker answers; raises what `Workers.answer` does."""
        try:
            self._pipe.send(question)
            await self._answered()
            found: worker.Reply | UsageError = self._pipe.recv()
        except (EOFError, ConnectionError):
            raise await run_in_threadpool(self._replaced) from None
        except asyncio.CancelledError:
            await run_in_threadpool(self._restart)
            raise
        if isinstance(found, UsageError):
            raise found
        return found

    async def _answered(self) -> None:
        """Wait for an answer, or for the end of the worker."""
        loop, arrived = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._pipe.fileno(), arrived.set)
        try:
            await arrived.wait()
        finally:
            loop.remove_reader(self._pipe.fileno())

    def _replaced(self) -> Exception:
        """Start another worker; return what the death of this one means."""
        self._process.join()
        code = self._process.exitcode
        self._restart()
        if code == -signal.SIGALRM:
            return Problem(
                504, f"the query took more than {self._limits.seconds:g} s; ask for less"
            )
        if code == -signal.SIGABRT:
            size = f"{self._limits.memory / 2**20:.0f} MiB"
            return Problem(400, f"the query needs more than {size} of memory; ask for less")
        return RuntimeError(f"a worker died with the exit code {code}")
