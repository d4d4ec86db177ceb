"""The answer of a free query as plain text, for a browser that runs no scripts."""

from __future__ import annotations

from pyoxigraph import QueryBoolean, QueryResultsFormat, parse_query_results

from tipgraph.ask.answer import Answer, Row
from tipgraph.tell.rows import present

RESULTS = "application/sparql-results+json"
MOST = 2**20
"""Bytes of an answer that are still read as a text."""


def readable(media_type: str, body: bytes) -> str:
    """Return rows as a table, and yes or no as `true` or `false`; triples are text already."""
    if media_type != RESULTS:
        return body.decode()
    found = parse_query_results(body, format=QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        return "true\n" if found else "false\n"
    columns = tuple(variable.value for variable in found.variables)
    rows = tuple(Row(columns, tuple(row)) for row in found)
    return present(Answer(columns, rows), "table") + "\n"
