"""Results as bytes for the shell: rows, triples or yes and no, in the format asked for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping

from tipgraph.ask.answer import Answer
from tipgraph.ask.provenance import Provenance
from tipgraph.errors import UsageError
from tipgraph.graph.engines.engine import Graph
from tipgraph.rdf.formats import GRAPH_FORMATS, ROW_FORMATS
from tipgraph.tell.rows import present

FORMATS = tuple(dict.fromkeys((*ROW_FORMATS, *GRAPH_FORMATS)))
"""The formats of rows, and those of triples."""


def presented(
    result: Answer | Graph | bool, format: str | None, provenance: Provenance | None = None
) -> bytes:
    """Return a result in a format: by default a table of rows, Turtle, or `true` and `false`.

    Raises UsageError where such a result has no such format.
    """
    if isinstance(result, Graph):
        return _triples(result, _known(format or "turtle", GRAPH_FORMATS), provenance)
    chosen = _known(format or "table", ROW_FORMATS)
    if isinstance(result, bool):
        return _truth(result, chosen)
    width = shutil.get_terminal_size((100, 24)).columns
    return f"{present(result, chosen, width, provenance)}\n".encode()


def _known(format: str, formats: Mapping[str, object]) -> str:
    if format not in formats:
        raise UsageError(f"--format: this result can be printed as {', '.join(formats)}")
    return format


def _triples(graph: Graph, format: str, provenance: Provenance | None) -> bytes:
    from tipgraph.tell.documents import graph_text

    return graph_text(graph.triples, format, provenance)


def _truth(value: bool, format: str) -> bytes:
    word = "true" if value else "false"
    if format in {"json", "jsonl", "srj", "jsonld"}:
        return f"{json.dumps({'head': {}, 'boolean': value})}\n".encode()
    return f"{word}\n".encode()
