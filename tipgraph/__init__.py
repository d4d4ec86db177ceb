"""A knowledge graph of the multilateral organizations that combat trafficking in persons."""

from tipgraph.ask.answer import Answer, Row
from tipgraph.ask.hit import Found, Hit
from tipgraph.ask.queries import StoredQuery
from tipgraph.errors import EngineError, InputError, TipgraphError, UsageError
from tipgraph.knowledge_graph import KnowledgeGraph, connect, load
from tipgraph.tell.thing import Thing

__all__ = [
    "Answer",
    "EngineError",
    "Found",
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
