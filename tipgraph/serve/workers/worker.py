"""What a worker process does: it loads the graph once, and answers free SPARQL.

It is a process of its own so that it can be killed: the engine can't be told to stop. The kernel
keeps it from the network and from files, whatever a query says.
"""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection

from pyoxigraph import (
    NamedNode,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from tipgraph.errors import UsageError, quoted
from tipgraph.graph.engines.oxigraph import Dataset, asked, in_words
from tipgraph.rdf.formats import GRAPH_FORMATS, GRAPH_TYPES, RESULT_TYPES
from tipgraph.rdf.iris import BASE
from tipgraph.rdf.sparql_text import services, tokens
from tipgraph.rdf.xml import check_properties, checked_xml

_store = Store()
NICENESS = 10
UPDATES = frozenset(
    {*("INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")}
)
"""The words that an update of SPARQL begins with."""


class RefusedError(UsageError):
    """A query that asks for what is not done here."""


class TooLargeError(UsageError):
    """An answer that is larger than an answer may be."""


class NotAcceptableError(UsageError):
    """An answer of a sort that the Accept header excludes; `available` is what it comes in."""

    available: tuple[str, ...] = ()


class NoRowsError(NotAcceptableError):
    """Rows, or yes or no, of which no format is accepted."""

    available = tuple(RESULT_TYPES)


class NoTriplesError(NotAcceptableError):
    """Triples of which no format is accepted."""

    available = tuple(GRAPH_TYPES.values())


@dataclass(frozen=True)
class Question:
    """A query as it came: its text, the graphs named beside it, and how to write the answer.

    `results` is the media type for rows and for yes or no, `triples` the format of a graph; either
    is None where nothing of the sort is accepted.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    results: str | None = None
    triples: str | None = None
    limit: int = 2**20

    @property
    def dataset(self) -> Dataset | None:
        """The graphs to ask, or None where none is named; raises UsageError for what is no IRI."""
        if not self.default_graphs and not self.named_graphs:
            return None
        return tuple(map(_graph, self.default_graphs)), tuple(map(_graph, self.named_graphs))


@dataclass(frozen=True)
class Limits:
    """What an answer may take: seconds, and bytes of memory."""

    seconds: float
    memory: int


@dataclass(frozen=True)
class Reply:
    """An answer as bytes, and its media type."""

    media_type: str
    body: bytes


class _Bounded:
    """Takes what is written, up to a number of bytes."""

    def __init__(self, limit: int) -> None:
        self.body = bytearray()
        self._limit = limit

    def write(self, data: bytes) -> int:
        if len(self.body) + len(data) > self._limit:
            size = f"{self._limit / 2**20:.0f} MiB"
            raise TooLargeError(f"the answer is larger than {size}; ask for less, or with LIMIT")
        self.body += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""


def work(pipe: Connection, data: bytes, limits: Limits) -> None:
    """Answer one question after another, until nobody is there to ask.

    The kernel ends the process when an answer takes too long, even if the server is gone.
    """
    start(data, limits.memory)
    with suppress(EOFError, ConnectionError):
        while True:
            question = pipe.recv()
            signal.setitimer(signal.ITIMER_REAL, limits.seconds)
            found = _answer_or_error(question)
            signal.setitimer(signal.ITIMER_REAL, 0)
            pipe.send(found)


def start(data: bytes, memory: int) -> None:
    """Load the graph, and give up the network, files and memory beyond `memory` bytes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _store.bulk_load(data, format=RdfFormat.N_QUADS)
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    next_file = os.dup(0)
    os.close(next_file)
    resource.setrlimit(resource.RLIMIT_NOFILE, (next_file, next_file))


def _answer_or_error(question: Question) -> Reply | UsageError:
    try:
        with in_words():
            return answer(question)
    except UsageError as error:
        return error


def answer(question: Question) -> Reply:
    """Return the answer to a query, in which our things can be written by their paths.

    Raises UsageError where it is broken or refused.
    """
    if services(question.text):
        raise RefusedError("SERVICE is refused: this endpoint asks no other one")
    if _is_update(question.text):
        raise RefusedError("updates are refused: this endpoint only answers queries")
    found = asked(question.text, _store, question.dataset, BASE)
    if isinstance(found, QueryTriples):
        return _triples(found, question)
    if (media_type := question.results) is None:
        raise NoRowsError("the answer is rows, and the Accept header takes none")
    body = _Bounded(question.limit)
    found.serialize(body, RESULT_TYPES[media_type])  # type: ignore[arg-type]
    if not media_type.endswith("+xml"):
        return Reply(media_type, bytes(body.body))
    with _not_in_xml(NoRowsError):
        return Reply(media_type, checked_xml(bytes(body.body)))


@contextmanager
def _not_in_xml(refusal: type[NotAcceptableError]) -> Iterator[None]:
    """Refuse what XML can't hold as an answer that another format has to be asked for."""
    try:
        yield
    except UsageError as error:
        raise refusal(str(error)) from None


def _triples(found: QueryTriples, question: Question) -> Reply:
    if question.triples is None:
        raise NoTriplesError("the answer is triples, and the Accept header takes none")
    rdf = GRAPH_FORMATS[question.triples]
    body = _Bounded(question.limit)
    if rdf != RdfFormat.RDF_XML:
        found.serialize(body, rdf)  # type: ignore[arg-type]
        return Reply(rdf.media_type, bytes(body.body))
    triples = list(found)
    with _not_in_xml(NoTriplesError):
        check_properties(triples)
    serialize(triples, body, rdf)  # type: ignore[arg-type]
    with _not_in_xml(NoTriplesError):
        return Reply(rdf.media_type, checked_xml(bytes(body.body)))


def _is_update(text: str) -> bool:
    words = (token.text.upper() for token in tokens(text) if token.kind == "word")
    return next((word for word in words if word not in {"PREFIX", "BASE"}), "") in UPDATES


def _graph(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError:
        raise UsageError(f"{quoted(iri)} is not the IRI of a graph") from None
