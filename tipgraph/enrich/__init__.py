"""Enrich: facts (`data/facts/`) and links (`data/links/`) become triples."""

from tipgraph.enrich.describe import Enrichment, describe_facts, enrich
from tipgraph.enrich.facts import Facts, read_facts
from tipgraph.enrich.links import Links, read_links

__all__ = [
    "Enrichment",
    "Facts",
    "Links",
    "describe_facts",
    "enrich",
    "read_facts",
    "read_links",
]
