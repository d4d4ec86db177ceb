"""Threads that the server does not wait for when it stops."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


async def in_daemon(work: Callable[..., T], *arguments: object) -> T:
    """Return what work gives in a thread of its own; raise what it raises.

    Whoever is cancelled meanwhile leaves the thread alone, and it ends with the process.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(set: Callable[[Any], None], outcome: object) -> None:
        if not future.done():
            set(outcome)

    def run() -> None:
        try:
            outcome: tuple[Callable[[Any], None], object] = future.set_result, work(*arguments)
        except BaseException as error:
            outcome = future.set_exception, error
        with suppress(RuntimeError):  # the loop is closed, and nobody waits
            loop.call_soon_threadsafe(settle, *outcome)

    Thread(target=run, daemon=True).start()
    return await future
