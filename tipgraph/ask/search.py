"""Search things by words, acronym or symbol; case and accents do not matter, best come first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from pyoxigraph import NamedNode

from tipgraph.ask.names import Names
from tipgraph.errors import UsageError, quoted
from tipgraph.graph.engines.engine import Engine, solutions
from tipgraph.rdf.iris import fold, path_of

SEARCHED = """
SELECT ?thing ?label ?kind ?name ?weight WHERE {
  ?thing skos:prefLabel ?label .
  {
    ?thing skos:prefLabel ?name .
    BIND (3 AS ?weight)
  } UNION {
    ?thing skos:altLabel|skos:hiddenLabel|skos:notation ?name .
    BIND (2 AS ?weight)
  } UNION {
    ?thing tip:titleAsPrinted ?name .
    BIND (1 AS ?weight)
  }
  {
    ?thing dcterms:type/skos:prefLabel ?kind .
  } UNION {
    ?thing a tip:Organization .
    BIND ("organization" AS ?kind)
  } UNION {
    ?thing a tip:State .
    BIND ("country or area" AS ?kind)
  } UNION {
    ?thing a org:Post .
    BIND ("post" AS ?kind)
  } UNION {
    ?thing a sdgo:Target .
    BIND ("target" AS ?kind)
  } UNION {
    ?thing a org:Organization .
    FILTER NOT EXISTS { ?thing a tip:Organization }
    BIND ("body" AS ?kind)
  }
}
"""


@dataclass(frozen=True)
class Hit:
    """A thing found: its IRI, its label, what kind of thing it is, and how well it fits."""

    iri: str
    label: str
    kind: str
    score: float

    def __repr__(self) -> str:
        return f"<Hit {path_of(self.iri)}: {quoted(self.label)} ({self.kind})>"


def search(text: str, engine: Engine, names: Names) -> list[Hit]:
    """Return the things whose names hold all the words of a text, the best first.

    An exact name counts most (an acronym or symbol too), then names that begin with the text,
    then whole words, then beginnings of words. Where no name does, the thing that the text names
    by what it is elsewhere is found.
    """
    wanted = fold(text)
    if not _words(wanted):
        return []
    every: dict[NamedNode, Hit] = {}
    for row in solutions(SEARCHED, engine).rows:
        thing, (label, kind, name, weight) = (
            row[0],
            [node.value if node else "" for node in row[1:]],
        )
        score = _score(wanted, fold(name)) * 10 + int(weight)
        if isinstance(thing, NamedNode) and (thing not in every or score > every[thing].score):
            every[thing] = Hit(thing.value, label, kind, score)
    found = [hit for hit in every.values() if hit.score > 10]
    return sorted(found, key=lambda hit: (-hit.score, fold(hit.label), hit.iri)) or [
        every[thing] for thing in _named(text, names) if thing in every
    ]


def _named(text: str, names: Names) -> Iterator[NamedNode]:
    with suppress(UsageError):
        yield names.find(text)


def _score(wanted: str, name: str) -> int:
    if not wanted:
        return 0
    if wanted == name:
        return 5
    if _words(wanted) == _words(name):
        return 4
    if name.startswith(f"{wanted} "):
        return 3
    words = _words(name)
    if all(word in words for word in _words(wanted)):
        return 2
    return int(all(any(w.startswith(part) for w in words) for part in _words(wanted)))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
