"""Other endpoints that a query asks with SERVICE: only those that were allowed by name."""

from __future__ import annotations

from collections.abc import Collection

from tipgraph.errors import UsageError, quoted
from tipgraph.sparql_text import services


def check_services(text: str, allowed: Collection[str] = ()) -> tuple[str, ...]:
    """Return the endpoints that a query asks; raise UsageError where one is not allowed."""
    asked = services(text)
    for endpoint in asked:
        if endpoint.startswith("?"):
            raise UsageError(f"SERVICE {endpoint}: the endpoint must be written out, to be allowed")
        if endpoint not in allowed:
            raise UsageError(
                f"the query asks {quoted(endpoint)} with SERVICE, which is not allowed; "
                f"'tipgraph sparql' and 'tipgraph query' allow it with --allow-service {endpoint}"
            )
    return asked
