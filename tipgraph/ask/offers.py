"""Stored questions that a sentence may ask, with the arguments that it names.

A question is offered where the sentence names all that it needs. How well it fits is the share of
the sentence's other words that people use for the question, rare words counting more; what the
sentence names and the question leaves out counts against it.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import NamedNode

from tipgraph.ask.by_words import ByWords
from tipgraph.ask.hit import QUESTION, Hit
from tipgraph.ask.names import Names
from tipgraph.ask.parameters import THING_TYPES, Parameter
from tipgraph.ask.queries import Catalogue, StoredQuery
from tipgraph.ask.sentence import Sentence
from tipgraph.ask.words import stop_words, words_of
from tipgraph.rdf.iris import thing

MOST = 4
"""How many questions are offered at most."""
LEAST = 0.25
"""The share of words from which on a question is offered."""
OF_BEST = 0.4
"""The share of the best fit that others must have."""
LEFT_OUT = 0.3
"""What each thing that is named and not asked about takes from the fit."""
MOST_READINGS = 4
STEM, LONGEST_CONCEPT = 5, 4


@dataclass
class Filled:
    """A question being filled in: what is left to use, its arguments, and the words used."""

    things: list[NamedNode]
    day: str
    arguments: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    @property
    def left_out(self) -> int:
        """How much of what is named the question does not ask about."""
        return len(self.things) + bool(self.day)

    def take(self, parameter: Parameter, value: str, shown: str) -> None:
        """Give a parameter its value, or one more, with how people are shown it."""
        given = self.arguments.get(parameter.name, ())
        known = (given,) if isinstance(given, str) else given
        self.arguments[parameter.name] = (*known, value) if known else value
        self.shown.append(shown)

    def take_day(self, parameter: Parameter) -> None:
        """Give a parameter the day, once."""
        if self.day:
            self.take(parameter, self.day, self.day)
            self.day = ""


class Offers:
    """The stored questions of a folder, by the words that people use for them."""

    def __init__(self, queries: Catalogue, names: Names, by_words: ByWords) -> None:
        self.queries = queries
        self.names = names
        self.by_words = by_words
        self._concepts: dict[str, dict[tuple[str, ...], str]] = {}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word by which people ask."""
        phrases = itertools.chain.from_iterable(map(_phrases, self._asked))
        return frozenset(itertools.chain.from_iterable(map(words_of, phrases)))

    @cached_property
    def concept_words(self) -> frozenset[str]:
        """Every word by which people name a concept that a question takes."""
        schemes = {one.scheme for query in self._asked for one in query.parameters if one.scheme}
        return frozenset(
            itertools.chain.from_iterable(itertools.chain(*map(self._concepts_of, schemes)))
        )

    def to(self, sentence: Sentence) -> list[Hit]:
        """Return the questions that a sentence may ask, the best first.

        Of those that fit alike, those that need more come first.
        """
        if not (sentence.rest or len(sentence.mentions) > 1):
            return []
        wanting = sorted(self._asked, key=lambda query: -sum(p.required for p in query.parameters))
        found = [
            hit
            for query in wanting
            for filled in self._filled(query, sentence)
            if (hit := self._hit(query, filled, sentence)).score >= LEAST
        ]
        found.sort(key=lambda hit: -hit.score)
        return [hit for hit in found if hit.score >= OF_BEST * found[0].score][:MOST]

    @cached_property
    def _asked(self) -> tuple[StoredQuery, ...]:
        """The questions that need no other endpoint."""
        return tuple(query for query in self.queries.read()[0].values() if not query.services)

    @cached_property
    def _known(self) -> dict[str, tuple[frozenset[str], ...]]:
        """The stems of each phrase of each question."""
        return {
            query.name: tuple(stems for one in _phrases(query) if (stems := _stems(words_of(one))))
            for query in self._asked
        }

    @cached_property
    def _rareness(self) -> dict[str, float]:
        """How much each stem tells one question from others."""
        held = Counter(stem for known in self._known.values() for stem in frozenset().union(*known))
        return {stem: math.log(1 + len(self._known) / count) for stem, count in held.items()}

    def _hit(self, query: StoredQuery, filled: Filled, sentence: Sentence) -> Hit:
        rests = (_stems(sentence.rest), _stems(w for w in sentence.rest if w not in filled.used))
        fit = max(self._fit(query, rest) if rest else 0.5 for rest in rests)
        score = round(fit - LEFT_OUT * filled.left_out, 3)
        title = f"{query.title}: {', '.join(filled.shown)}" if filled.shown else query.title
        return Hit(thing(f"query/{query.name}").value, title, QUESTION, score, filled.arguments)

    def _fit(self, query: StoredQuery, said: frozenset[str]) -> float:
        """Return how well words fit: the share of them that is known, and of the best phrase."""
        known = [phrase for phrase in self._known[query.name] if phrase & said]
        weight = self._weight(said)
        of_words = self._weight(said & frozenset().union(*known)) / weight
        of_phrases = (
            2 * self._weight(said & phrase) / (weight + self._weight(phrase)) for phrase in known
        )
        return (of_words + max(of_phrases, default=0)) / 2

    def _weight(self, stems: Iterable[str]) -> float:
        return sum(self._rareness.get(stem, 1) for stem in stems)

    def _filled(self, query: StoredQuery, sentence: Sentence) -> Iterator[Filled]:
        """Yield the ways to fill a question's parameters: several, where a name is of several."""
        named = [mention.things for mention in sentence.mentions]
        readings = itertools.islice(itertools.product(*named), MOST_READINGS)
        tried = (self._reading(query, reading, sentence) for reading in readings)
        seen: list[dict[str, str | tuple[str, ...]]] = []
        for filled in tried:
            if filled and filled.arguments not in seen:
                seen.append(filled.arguments)
                yield filled

    def _reading(
        self, query: StoredQuery, named: Sequence[NamedNode], sentence: Sentence
    ) -> Filled | None:
        """Return a question filled with things, or None where it needs what is not named."""
        filling = Filled(list(dict.fromkeys(named)), sentence.day)
        for parameter in sorted(query.parameters, key=lambda one: not one.required):
            if parameter.type in THING_TYPES:
                self._take_thing(filling, parameter)
            elif parameter.type == "date":
                filling.take_day(parameter)
            elif parameter.type == "concept":
                self._take_concept(filling, parameter, sentence.rest)
            if parameter.required and parameter.name not in filling.arguments:
                return None
        return filling

    def _take_thing(self, filling: Filled, parameter: Parameter) -> None:
        fitting = [node for node in filling.things if self.names.is_a(node, parameter.type)]
        if len(fitting) < parameter.least:
            return
        for node in fitting[: parameter.most if parameter.several else 1]:
            filling.things.remove(node)
            label = self.by_words.things[node].label
            filling.take(parameter, self.names.written(node, parameter.type), label)

    def _take_concept(self, filling: Filled, parameter: Parameter, words: Sequence[str]) -> None:
        known = self._concepts_of(parameter.scheme)
        for length in range(min(LONGEST_CONCEPT, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                said = tuple(words[start : start + length])
                if concept := known.get(said) or known.get(
                    (*said[:-1], said[-1].removesuffix("s"))
                ):
                    filling.take(parameter, concept, concept.replace("-", " "))
                    filling.used.update(said)
                    return

    def _concepts_of(self, scheme: str) -> dict[tuple[str, ...], str]:
        """Return the concepts of a scheme by the words of their names that tell something."""
        if scheme not in self._concepts:
            named = self.names.concept_names(scheme).items()
            self._concepts[scheme] = {_telling(name.replace("-", " ")): c for name, c in named}
        return self._concepts[scheme]


def _phrases(query: StoredQuery) -> Iterator[str]:
    """Yield the title of a question, its name, and what people say for it."""
    yield from (query.title, query.name)
    yield from itertools.chain.from_iterable(query.asked_as.values())


def _telling(text: str) -> tuple[str, ...]:
    """Return the words of a text that tell something."""
    return tuple(word for word in words_of(text) if word not in stop_words())


def _stems(words: Iterable[str]) -> frozenset[str]:
    """Return the beginnings of words that tell something, without the sign of the plural."""
    return frozenset(_stem(word) for word in words if word not in stop_words())


def _stem(word: str) -> str:
    """Return what forms of a word have in common.

    >>> {_stem(word) for word in ("ratify", "ratified", "ratification")}
    {'ratif'}
    """
    plain = word.removesuffix("s")
    return (plain[:-1] + "i" if plain.endswith("y") else plain)[:STEM]
