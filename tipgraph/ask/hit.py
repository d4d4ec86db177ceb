"""What a search finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tipgraph.errors import quoted
from tipgraph.rdf.iris import path_of


@dataclass(frozen=True)
class Hit:
    """A thing or a stored question found: its IRI, its label, what kind it is, how well it fits.

    A question has the arguments that it is to be asked with, as people write them. A note says how
    a thing is found that is not what was searched. Scores compare hits of one kind.
    """

    iri: str
    label: str
    kind: str
    score: float
    arguments: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    note: str = ""

    @property
    def is_question(self) -> bool:
        """Whether this is a stored question to ask."""
        return self.kind == QUESTION

    def __repr__(self) -> str:
        return f"<Hit {path_of(self.iri)}: {quoted(self.label)} ({self.kind})>"


QUESTION = "question"


class Found(list[Hit]):
    """The hits of a search, the best first, with what is to be said of it.

    `said` are sentences, such as that a word was read as another; `near` are names to search
    instead where nothing is found, each of which leads to something.
    """

    def __init__(
        self, hits: Iterable[Hit] = (), said: Iterable[str] = (), near: Iterable[str] = ()
    ) -> None:
        super().__init__(hits)
        self.said = tuple(said)
        self.near = tuple(near)
