"""An engine that asks other endpoints itself, where a query does so with SERVICE.

What an engine sends along is left open (SPARQL 1.1 Federated Query, section 2.4), and most send the
group as it lies: the other endpoint would have to give all that it has. Here a line `#values ?item`
in the group becomes a `VALUES` block of what `?item` can be by what stands before the SERVICE, and
the answer takes the place of the group.
"""

from __future__ import annotations

from collections.abc import Collection

from pyoxigraph import BlankNode

from tipgraph.errors import EngineError
from tipgraph.graph.engines.engine import Engine, Result, Solutions, Term, solutions
from tipgraph.graph.engines.remote import RemoteEngine
from tipgraph.graph.engines.services import (
    ServiceGroup,
    check_services,
    prologue_of,
    service_groups,
    values_before,
    variable_of,
)

NOTHING = "{ FILTER (false) }"
"""What joins with nothing."""
ANYTHING = "{ }"
"""What joins with everything: the answer of an endpoint that may fail in silence."""
SKOLEM = "urn:tipgraph:blank:"
"""How the IRI begins that takes the place of a blank node of an answer."""


class Federated:
    """Answers queries by an engine, and by the endpoints that they may ask."""

    def __init__(self, engine: Engine, allowed: Collection[str]) -> None:
        self.engine = engine
        self.allowed = allowed

    def query(self, text: str) -> Result:
        """Return the result of a query.

        Raises UsageError where an endpoint is not allowed, EngineError where it fails, and what the
        engine raises.
        """
        return self.engine.query(self._answered(text) if self._asks(text) else text)

    def _asks(self, text: str) -> bool:
        return bool(check_services(text, self.allowed))

    def _answered(self, text: str) -> str:
        """Return a query with the answer of each endpoint in the place of its group."""
        pieces, start = [], 0
        for group in service_groups(text):
            pieces += [text[start : group.start], self._answer(text, group)]
            start = group.end
        return "".join([*pieces, text[start:]])

    def _answer(self, text: str, group: ServiceGroup) -> str:
        pieces, start = [], group.opened
        for token in group.values:
            values = self._values(text, group, variable_of(token))
            if not values:
                return NOTHING
            pieces += [text[start : token.start], f"VALUES ?{variable_of(token)} {{ {values} }}"]
            start = token.end
        pattern = "".join([*pieces, text[start : group.end]])
        other = RemoteEngine(group.endpoint, graphs=(), is_strict=True)
        try:
            return _block(solutions(f"{prologue_of(text)}SELECT * WHERE {pattern}", other))
        except EngineError:
            if group.is_silent:
                return ANYTHING
            raise

    def _values(self, text: str, group: ServiceGroup, variable: str) -> str:
        known = solutions(values_before(text, group, variable), self.engine)
        return " ".join(sorted({str(row[0]) for row in known.rows if row[0]}))


def _block(found: Solutions) -> str:
    """Return solutions as a VALUES block; rdflib reads none without rows."""
    if not found.rows:
        return NOTHING
    variables = " ".join(f"?{name}" for name in found.variables)
    rows = (f"({' '.join(map(_written, row))})" for row in found.rows)
    return f"VALUES ({variables}) {{ {' '.join(rows)} }}"


def _written(node: Term | None) -> str:
    if isinstance(node, BlankNode):
        return f"<{SKOLEM}{node.value}>"
    return "UNDEF" if node is None else str(node)
