"""A knowledge graph of the multilateral organizations that combat trafficking in persons."""

from tipgraph.errors import EngineError, InputError, TipgraphError, UsageError
from tipgraph.knowledge_graph import KnowledgeGraph, connect, load

__all__ = [
    "EngineError",
    "InputError",
    "KnowledgeGraph",
    "TipgraphError",
    "UsageError",
    "connect",
    "load",
]
