"""What every answer carries, and what every address is held to."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tipgraph.serve.http.problems import Problem, answer_problem

LONGEST = 16 * 2**10
"""Bytes that an address may have."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """Adds the headers of safety to every answer, and refuses addresses that are too long."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on unless its address is too long, and its answer back with headers."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST:
            problem = Problem(414, f"an address may have {LONGEST:,} bytes; send a query by POST")
            answer = await answer_problem(Request(scope), problem)
            await answer(scope, receive, guarded)
        else:
            await self.app(scope, receive, guarded)
