"""Why an endpoint gave no answer: one line that says what happened and what to do."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException, IncompleteRead
from socket import gaierror
from urllib.error import HTTPError, URLError

NO_ACCESS = (
    "no access; a login, Basic or Digest, comes from "
    "TIPGRAPH_ENDPOINT_USER and TIPGRAPH_ENDPOINT_PASSWORD"
)
STATUS = {
    400: "the endpoint refuses what it is asked",
    401: NO_ACCESS,
    403: NO_ACCESS,
    404: "there is no endpoint; check the URL",
    413: "the endpoint takes no query of this length",
    414: "the endpoint takes no query of this length",
    429: "the endpoint is busy; try again later",
    503: "the endpoint is busy; try again later",
}
STATUS_CLASS = {3: "a redirect that can't be followed; check the URL", 4: "the endpoint refuses"}
PASSING = {429, 502, 503, 504}

# The first that fits: a refusal is a ConnectionError too, and a TLS error an OSError.
REASONS: tuple[tuple[type[Exception], str], ...] = (
    (ConnectionRefusedError, "nobody answers; check the URL and whether the endpoint runs"),
    (gaierror, "the host is not found; check the URL"),
    (UnicodeError, "the host is not found; check the URL"),
    (ssl.SSLError, "no secure connection: {}"),
    (TimeoutError, "no whole answer in time; ask for less or try again later"),
    (ConnectionError, "the connection broke off; try again later"),
    (IncompleteRead, "the answer is cut off; try again later"),
    (HTTPException, "the answer is not proper HTTP; check the URL"),
    (ValueError, "the answer is not proper HTTP; check the URL"),
    (OSError, "can't be reached: {}"),
)
PASSING_REASONS = (ConnectionResetError, ConnectionAbortedError, BrokenPipeError, IncompleteRead)


class FailureError(Exception):
    """A failed request; `is_passing` tells that it may go well after `wait` seconds, if said."""

    def __init__(self, what: str, is_passing: bool = False, wait: float | None = None) -> None:
        super().__init__(what)
        self.is_passing = is_passing
        self.wait = wait


def failure_of(error: OSError | HTTPException | ValueError) -> FailureError:
    """Return what an error of the connection or a refusing answer means."""
    if isinstance(error, HTTPError):
        return _refusal(error)
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, str):
        return FailureError(one_line(reason))
    text = next(text for kind, text in REASONS if isinstance(reason, kind))
    return FailureError(text.format(one_line(str(reason))), isinstance(reason, PASSING_REASONS))


def one_line(text: str) -> str:
    """Return the start of a text's first line, without control characters."""
    first = text.strip().split("\n")[0]
    return "".join(character for character in first if character.isprintable())[:200].strip()


def _refusal(error: HTTPError) -> FailureError:
    what = STATUS.get(error.code) or STATUS_CLASS.get(error.code // 100, "the endpoint fails")
    said = _said(error)
    wait = seconds_to_wait(error.headers.get("Retry-After"))
    asked = "" if wait is None else f" (it asks to wait {wait:.0f} s)"
    text = f"HTTP {error.code}, {what}{asked}{said and ': '}{said}"
    return FailureError(text, error.code in PASSING, wait)


def _said(error: HTTPError) -> str:
    """Return where a refusal leads, or the first line of it unless it is a page for browsers."""
    if error.fp is None:
        return ""
    with error:
        try:
            body = error.read(4096).decode(errors="replace")
        except (OSError, HTTPException):
            body = ""
    said = one_line(error.headers.get("Location") or body)
    return "" if said.startswith("<") else said


def seconds_to_wait(retry_after: str | None) -> float | None:
    """Return the seconds of a Retry-After header: a number, or the date of the end."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        end = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    end = end if end.tzinfo else end.replace(tzinfo=UTC)
    return max(0.0, (end - datetime.now(UTC)).total_seconds())
