"""The one place for formats: of rows and of graphs, with their media types and file endings."""

from __future__ import annotations

from pyoxigraph import RdfFormat

ROW_FORMATS = {
    "table": "text/plain",
    "markdown": "text/markdown",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "srj": "application/sparql-results+json",
    "jsonld": "application/ld+json",
}
"""Formats of rows and their media types."""

GRAPH_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
"""Formats of graphs."""

WITH_GRAPH_NAMES = frozenset({"trig", "nq"})
"""Formats of graphs that keep the layers apart as named graphs."""
