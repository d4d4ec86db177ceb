"""Things found by the words of their names; case, accents and spelling do not matter."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from tipgraph.ask.hit import Hit
from tipgraph.ask.words import words_of
from tipgraph.graph.engines.engine import Engine, solutions
from tipgraph.rdf.iris import fold

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
EXACT, WHOLE_WORDS = 40, 20
"""The scores from which on a name is the text itself, but for signs, or has its very words."""


PRINTED = 1
"""The weight of a name that only the source prints."""
AFTER = re.compile(r",.*|\([^()]*\)$")
"""What stands in a name after a comma, or in brackets at the end."""


@dataclass(frozen=True)
class Searched:
    """A name of a thing, its words, and those of its beginning, without what comes after."""

    thing: NamedNode
    label: str
    kind: str
    printed: str
    folded: str
    words: tuple[str, ...]
    short: tuple[str, ...]
    weight: int


class ByWords:
    """The things that can be searched, by every name."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @cached_property
    def names(self) -> tuple[Searched, ...]:
        """Every name of every thing that can be searched."""
        return tuple(
            Searched(
                thing,
                label.value,
                kind.value,
                name.value,
                fold(name.value),
                words_of(name.value),
                words_of(AFTER.sub("", name.value)),
                int(weight.value),
            )
            for thing, label, kind, name, weight in solutions(SEARCHED, self.engine).rows
            if isinstance(thing, NamedNode) and label and kind and name and weight
        )

    @cached_property
    def things(self) -> dict[NamedNode, Hit]:
        """A hit for each thing."""
        return {one.thing: Hit(one.thing.value, one.label, one.kind, 0) for one in self.names}

    def hits(self, text: str) -> list[Hit]:
        """Return the things that have a name with all the words of a text, the best first.

        An exact name counts most (an acronym or symbol too), then names that begin with the text,
        then whole words, then beginnings of words.
        """
        wanted, words = fold(text), words_of(text)
        best: dict[NamedNode, Hit] = {}
        for name in self._holding(words):
            score = _fitting(wanted, words, name) * 10 + name.weight
            if name.thing not in best or score > best[name.thing].score:
                best[name.thing] = Hit(name.thing.value, name.label, name.kind, score)
        return sorted(best.values(), key=lambda hit: (-hit.score, fold(hit.label), hit.iri))

    def _holding(self, words: Sequence[str]) -> list[Searched]:
        """Return the names that have a word for each of some words, which is it or begins so."""
        held = (
            set().union(*(self._places[word] for word in self._beginning(part)))
            for part in dict.fromkeys(words)
        )
        places: set[int] = set.intersection(*held) if words else set()
        return [self.names[place] for place in sorted(places)]

    def _beginning(self, part: str) -> Iterator[str]:
        """Yield the words of names that begin with a part."""
        for place in range(bisect_left(self._words, part), len(self._words)):
            if not self._words[place].startswith(part):
                return
            yield self._words[place]

    @cached_property
    def _words(self) -> list[str]:
        return sorted(self._places)

    @cached_property
    def _places(self) -> dict[str, set[int]]:
        """Which names have a word, by their places."""
        places: dict[str, set[int]] = {}
        for place, name in enumerate(self.names):
            for word in name.words:
                places.setdefault(word, set()).add(place)
        return places


def _fitting(wanted: str, words: Sequence[str], name: Searched) -> int:
    if wanted == name.folded:
        return 5
    if words in (name.words, name.short):
        return 4
    if words == name.words[: len(words)]:
        return 3
    return 2 if set(words) <= set(name.words) else 1
