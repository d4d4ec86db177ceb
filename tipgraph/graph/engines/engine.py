"""What every engine gives: the result of a SPARQL query, in the same terms whoever answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from tipgraph.errors import UsageError

Term = NamedNode | BlankNode | Literal


@dataclass(frozen=True)
class Solutions:
    """The solutions of a SELECT query in order; a term is None where a variable is unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True)
class Graph:
    """The triples of a CONSTRUCT or DESCRIBE query."""

    triples: frozenset[Triple]

    def __repr__(self) -> str:
        return f"<Graph of {len(self.triples)} triples>"


Result = Solutions | Graph | bool


class Engine(Protocol):
    """Answers SPARQL 1.1 queries over the union of the layers; our prefixes need no declaration."""

    def query(self, text: str) -> Result:
        """Return the result of a SELECT, CONSTRUCT, DESCRIBE or ASK query.

        Raises UsageError where the text is no such query, and EngineError where the engine fails.
        """
        ...


def solutions(text: str, engine: Engine) -> Solutions:
    """Return the solutions of a SELECT query; raise UsageError where the text is none."""
    result = engine.query(text)
    if not isinstance(result, Solutions):
        raise UsageError("the query is no SELECT query")
    return result
