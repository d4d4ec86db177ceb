"""The embedded engine: pyoxigraph, in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
)

from tipgraph.errors import TipgraphError, UsageError, quoted
from tipgraph.graph.engines.engine import Graph, Result, Solutions
from tipgraph.graph.engines.failures import one_line
from tipgraph.graph.engines.services import check_services
from tipgraph.rdf.iris import BASE, PREFIXES
from tipgraph.rdf.sparql_size import check_size
from tipgraph.rdf.sparql_text import declared_prefixes, has_dataset, used_prefixes

PANIC = "PanicException"
"""What the engine raises where it meets what it did not expect; it is no Exception."""
Dataset = tuple[tuple[NamedNode, ...], tuple[NamedNode, ...]]
"""The graphs that are the default graph, and the named ones."""


class Oxigraph:
    """Answers queries from a store; the default graph is the union of its graphs."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def query(self, text: str) -> Result:
        """Return the result of a query; raise UsageError where it has none."""
        check_services(text)
        answer = asked(text, self.store, base=BASE)
        with in_words():
            return _result(answer)


def _result(answer: QuerySolutions | QueryBoolean | QueryTriples) -> Result:
    if not isinstance(answer, QuerySolutions):
        return bool(answer) if isinstance(answer, QueryBoolean) else Graph(frozenset(answer))
    rows = tuple(map(tuple, answer))
    if Triple in {type(node) for row in rows for node in row}:
        raise UsageError("the query gives triples as terms, which SPARQL 1.1 does not have")
    return Solutions(tuple(variable.value for variable in answer.variables), rows)


def select(text: str, store: Store) -> QuerySolutions:
    """Return the solutions of a SELECT query; raise UsageError where the text is none."""
    answer = asked(text, store)
    if not isinstance(answer, QuerySolutions):
        raise UsageError("the query is no SELECT query")
    return answer


def asked(
    text: str, store: Store, dataset: Dataset | None = None, base: str | None = None
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Return what the engine finds in a dataset, else in what the text says, else in the union.

    Raises UsageError where the text is broken, as with a relative IRI and no base for it.
    """
    check_size(text)
    default, named = (None, None) if dataset is None else map(list, dataset)
    is_union = dataset is None and not has_dataset(text)
    with in_words():
        try:
            return store.query(
                text,
                base_iri=base,
                prefixes=PREFIXES,
                use_default_graph_as_union=is_union,
                default_graph=default,  # type: ignore[arg-type]
                named_graphs=named,  # type: ignore[arg-type]
            )
        except (SyntaxError, ValueError) as error:
            raise _syntax_error(str(error), text) from None


@contextmanager
def in_words() -> Iterator[None]:
    """Raise UsageError for whatever else the engine raises while it reads, evaluates or writes."""
    try:
        yield
    except (TipgraphError, MemoryError):
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != PANIC:
            raise
        raise UsageError(f"the query can't be answered: {one_line(str(error))}") from None


def _syntax_error(message: str, text: str) -> UsageError:
    """Return the engine's complaint with the line it is about, without its list of tokens."""
    place = re.search(r"error at (\d+):(\d+)", message)
    if place is None:
        return UsageError(f"broken SPARQL: {message[:200]}")
    line = text.split("\n")[int(place[1]) - 1]
    undeclared = sorted(used_prefixes(text) - declared_prefixes(text).keys() - PREFIXES.keys())
    why = f"; the prefix '{undeclared[0]}' is not declared" if undeclared else ""
    where = f"at line {place[1]}, column {place[2]}"
    return UsageError(f"broken SPARQL {where}: {quoted(line)}{why}", int(place[1]))
