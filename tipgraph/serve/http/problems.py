"""Errors as answers: one body for machines (RFC 9457), one page for people, made here alone."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from tipgraph.errors import ArgumentError, TipgraphError, UsageError
from tipgraph.serve import pages
from tipgraph.serve.http.negotiate import HTML, preferred

MEDIA_TYPE = "application/problem+json"
BUG = "Something went wrong here; the log of the server says what."


class Problem(Exception):  # noqa: N818 (it is what RFC 9457 calls it)
    """An answer that is an error: its status, what is wrong and what to do, and near names.

    `called` are the addresses that may be meant and what stands there, for a page; `members` are
    more of what the body says, such as the name of the argument that is wrong.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        near: tuple[str, ...] = (),
        headers: Mapping[str, str] | None = None,
        called: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(detail)
        self.status = HTTPStatus(status)
        self.detail = detail
        self.near = near
        self.headers = dict(headers or {})
        self.called = dict(called or {})
        self.members = members

    def body(self) -> dict[str, Any]:
        """Return the body of RFC 9457."""
        near = {"near": list(self.near)} if self.near else {}
        hint = f"; is it {' or '.join(self.called)}?" if self.called else ""
        return {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": f"{self.detail}{hint}",
            **near,
            **self.members,
        }


def wants_page(request: Request) -> bool:
    """Tell whether whoever asks would rather have a page than data."""
    accept = request.headers.get("accept", "")
    return preferred(accept, (MEDIA_TYPE, "application/json", HTML)) == HTML


async def answer_problem(request: Request, error: Exception) -> Response:
    """Return the answer that an error is: a page or a problem+json body."""
    problem = problem_of(error)
    if isinstance(error, TipgraphError) and problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        logging.getLogger("tipgraph.serve").error("%s", error)  # starlette logs the others
    headers = {**problem.headers, "Vary": "Accept", "Cache-Control": "no-store"}
    if wants_page(request):
        title = problem.status.phrase
        page = pages.error(problem.status.value, title, problem.detail, problem.called)
        return HTMLResponse(page, problem.status, headers)
    body = json.dumps(problem.body(), ensure_ascii=False)
    return Response(body, problem.status, headers, MEDIA_TYPE)


def problem_of(error: Exception) -> Problem:
    """Return an error as a problem; what is none of ours says nothing of the inside."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, ArgumentError):
        return Problem(400, str(error), error.near, argument=error.parameter)
    if isinstance(error, UsageError):
        return Problem(400, str(error), error.near)
    if isinstance(error, HTTPException):
        return Problem(error.status_code, _told(error), headers=error.headers)
    return Problem(500, BUG)


def _told(error: HTTPException) -> str:
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return f"This address takes {(error.headers or {}).get('Allow', 'GET')} alone."
    if error.status_code == HTTPStatus.NOT_FOUND:
        return "Nothing is at this address."
    return error.detail
