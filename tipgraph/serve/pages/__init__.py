"""Pages for people: each function gives the whole HTML of one page; all of it works unscripted."""

from __future__ import annotations

from tipgraph.serve.pages.compare import compare
from tipgraph.serve.pages.front import front
from tipgraph.serve.pages.overviews import overlap, timeline
from tipgraph.serve.pages.question import Asked, Place, federated, question, questions
from tipgraph.serve.pages.single import cite, error, search, sparql
from tipgraph.serve.pages.thing import thing

__all__ = [
    "Asked",
    "Place",
    "cite",
    "compare",
    "error",
    "federated",
    "front",
    "overlap",
    "question",
    "questions",
    "search",
    "sparql",
    "thing",
    "timeline",
]
