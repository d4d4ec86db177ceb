"""A SPARQL endpoint over HTTP: patient with the busy, bounded, and never half an answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, HTTPResponse, IncompleteRead
from importlib.metadata import version
from threading import Thread
from typing import TypeVar
from urllib.parse import quote_plus
from urllib.request import OpenerDirector

from SPARQLWrapper import POST, SPARQLWrapper

from tipgraph.errors import EngineError
from tipgraph.graph.engines.failures import FailureError, failure_of, one_line
from tipgraph.graph.engines.opener import checked_url, opener_for
from tipgraph.rdf.iris import BASE

AGENT = f"tipgraph/{version('tipgraph')} (+{BASE})"
SHORT = 2000
"""Characters of an encoded query that still go into a URL."""
CHUNK = 64 * 2**10
RESULTS = "application/sparql-results+json"
TRIPLES = "application/n-triples, text/turtle;q=0.9"
ACCEPT = {"SELECT": RESULTS, "ASK": RESULTS, "CONSTRUCT": TRIPLES, "DESCRIBE": TRIPLES}

Given = TypeVar("Given")


@dataclass(frozen=True)
class Limits:
    """What an answer may take: seconds in all, bytes, attempts, seconds before the next one."""

    seconds: float = 60
    size: int = 256 * 2**20
    attempts: int = 3
    wait: float = 30


@dataclass(frozen=True)
class Reply:
    """A whole answer, as it came."""

    body: bytes
    headers: Message

    @property
    def media_type(self) -> str:
        """The media type without its parameters, or nothing where none is given."""
        return str(self.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


class Endpoint:
    """A SPARQL 1.1 endpoint; a login comes from the environment.

    Raises UsageError where the URL is not that of an endpoint.
    """

    def __init__(
        self,
        url: str,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
        *,
        is_strict: bool = False,
    ) -> None:
        self.url = checked_url(url)
        self._limits = limits or Limits()
        self._sleep = sleep
        self._opener = opener_for(url, is_strict)

    def query(self, text: str, form: str, graphs: Iterable[str] = ()) -> Reply:
        """Return the reply to a query over these graphs, or those that its text or the store says.

        Raises EngineError where the reply doesn't come, is an error or is cut.
        """
        request = self._request(text, form)
        request.addCustomHttpHeader("Accept", ACCEPT[form])
        for graph in graphs:
            request.addParameter("default-graph-uri", graph)
            request.addParameter("named-graph-uri", graph)
        if len(quote_plus(text)) > SHORT:
            request.setMethod(POST)
        reply = self._reply(request)
        self._check_whole(reply)
        return reply

    def update(self, text: str) -> None:
        """Have an update done that may be done twice; raise EngineError where it fails."""
        request = self._request(text, "INSERT")
        request.addCustomHttpHeader("Accept", "*/*")
        request.setMethod(POST)
        self._reply(request)

    def error(self, what: str) -> EngineError:
        """Return an error that names this endpoint."""
        return EngineError(f"{self.url}: {what}")

    def _request(self, text: str, form: str) -> _Request:
        request = _Request(self.url, self._opener, self._limits.seconds)
        # setQuery would guess the form, and warn where it can't.
        request.queryString, request.queryType = text, form
        request.setOnlyConneg(True)
        return request

    def _reply(self, request: _Request) -> Reply:
        deadline = time.monotonic() + self._limits.seconds
        attempt = 1
        while True:
            try:
                return self._attempt(request, deadline)
            except FailureError as failure:
                wait = 0.5 * 2**attempt if failure.wait is None else failure.wait
                in_time = wait <= self._limits.wait and time.monotonic() + wait < deadline
                if not failure.is_passing or attempt >= self._limits.attempts or not in_time:
                    raise self.error(str(failure)) from None
            self._sleep(wait)
            attempt += 1

    def _attempt(self, request: _Request, deadline: float) -> Reply:
        try:
            return within(deadline - time.monotonic(), lambda: self._sent(request, deadline))
        except TimeoutError as error:
            raise failure_of(error) from None

    def _sent(self, request: _Request, deadline: float) -> Reply:
        try:
            with request.query().response as response:
                return Reply(_body(response, deadline, self._limits.size), response.headers)
        except (OSError, HTTPException, ValueError) as error:
            raise failure_of(error) from None

    def _check_whole(self, reply: Reply) -> None:
        """Refuse what Virtuoso cut with no more than a header to tell."""
        if rows := reply.headers.get("X-SPARQL-MaxRows"):
            raise self.error(f"the endpoint cuts the answer at {one_line(rows)} rows; ask for less")
        state, message = (reply.headers.get(f"X-SQL-{name}") for name in ("State", "Message"))
        if state or message:
            said = one_line(f"{state or ''} {message or ''}")
            raise self.error(f"the endpoint breaks the answer off: {said}")


class _Request(SPARQLWrapper):
    """A request sent by an opener of its own; SPARQLWrapper's is shared by the whole process."""

    def __init__(self, url: str, opener: OpenerDirector, seconds: float) -> None:
        super().__init__(url, agent=AGENT)
        self._opener = opener
        self._seconds = seconds

    def _query(self) -> tuple[HTTPResponse, str]:
        response = self._opener.open(self._createRequest(), timeout=self._seconds)
        return response, self.returnFormat


def within(seconds: float, work: Callable[[], Given]) -> Given:
    """Return what work gives; raise TimeoutError where it takes longer, and leave it alone.

    A socket's own time-out holds for each read of it, and not for finding its host.
    """
    future: Future[Given] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future.result(seconds)


def _body(response: HTTPResponse, deadline: float, size: int) -> bytes:
    body = bytearray()
    while chunk := response.read1(CHUNK):
        body += chunk
        if len(body) > size:
            raise FailureError(f"the answer is larger than {size:,} bytes; ask for less")
        if time.monotonic() > deadline:
            raise TimeoutError
    if response.length:
        raise IncompleteRead(bytes(body), response.length)
    return bytes(body)
