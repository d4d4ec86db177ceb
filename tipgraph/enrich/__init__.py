"""Enrich: the facts of `data/facts/` (countries, memberships, party actions) become triples."""

from tipgraph.enrich.describe import Enrichment, describe_facts, enrich
from tipgraph.enrich.facts import Facts, read_facts

__all__ = ["Enrichment", "Facts", "describe_facts", "enrich", "read_facts"]
