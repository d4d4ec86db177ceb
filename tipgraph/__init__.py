"""A knowledge graph of the multilateral organizations that combat trafficking in persons."""

from tipgraph.ask.answer import Answer, Row
from tipgraph.ask.queries import StoredQuery
from tipgraph.ask.search import Hit
from tipgraph.errors import EngineError, InputError, TipgraphError, UsageError
from tipgraph.knowledge_graph import KnowledgeGraph, connect, load
from tipgraph.tell.thing import Thing

__all__ = [
    "Answer",
    "EngineError",
    "Hit",
    "InputError",
    "KnowledgeGraph",
    "Row",
    "StoredQuery",
    "Thing",
    "TipgraphError",
    "UsageError",
    "connect",
    "load",
]
