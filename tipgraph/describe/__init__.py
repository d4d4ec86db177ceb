"""Describe: entities, items, notes and decisions become the layers of the graph."""

from tipgraph.describe.dataset import describe_dataset, version_statement
from tipgraph.describe.entities import describe_entities
from tipgraph.describe.layers import Layer
from tipgraph.describe.notes import describe_notes
from tipgraph.describe.queries import describe_queries
from tipgraph.describe.source import describe_source, document_iri

__all__ = [
    "Layer",
    "describe_dataset",
    "describe_entities",
    "describe_notes",
    "describe_queries",
    "describe_source",
    "document_iri",
    "version_statement",
]
