"""Curate: human decisions, each with its reason, complete and correct what the rules recognized."""

from tipgraph.source.curate.apply import Curated, Work, curate
from tipgraph.source.curate.decisions import Curation, Note, SourceDocument, read_curation

__all__ = ["Curated", "Curation", "Note", "SourceDocument", "Work", "curate", "read_curation"]
