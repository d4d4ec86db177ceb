"""A knowledge graph of the multilateral organizations that combat trafficking in persons."""

from tipgraph.errors import InputError, TipgraphError, UsageError
from tipgraph.knowledge_graph import KnowledgeGraph, load

__all__ = ["InputError", "KnowledgeGraph", "TipgraphError", "UsageError", "load"]
