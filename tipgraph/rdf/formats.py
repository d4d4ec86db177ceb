"""The one place for formats: of rows and of graphs, with their media types and file endings."""

from __future__ import annotations

from pyoxigraph import QueryResultsFormat, RdfFormat

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

GRAPH_TYPES = {name: format.media_type for name, format in GRAPH_FORMATS.items()}
"""Formats of graphs and their media types."""

RESULT_TYPES = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
"""Media types of SPARQL results, of the SPARQL 1.1 Protocol."""

SUFFIXES = {
    "txt": "table",
    "md": "markdown",
    **{name: name for name in ("csv", "tsv", "json", "jsonl", "srj", "jsonld")},
    "ttl": "turtle",
    "rdf": "rdfxml",
    **{name: name for name in ("trig", "nt", "nq")},
}
"""Endings of file names and addresses, and the formats they stand for."""

ENDINGS = {format: suffix for suffix, format in SUFFIXES.items()}
"""Formats and the endings of their file names and addresses."""

DUMPS = {f"tipgraph.{ENDINGS[format]}": media_type for format, media_type in GRAPH_TYPES.items()}
"""The files that the whole graph comes in, and their media types."""
