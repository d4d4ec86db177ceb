"""Names of things within a sentence: the longest that fit, and slips of the pen read through."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from tipgraph.ask.by_words import PRINTED, ByWords
from tipgraph.ask.words import months, stop_words, words_for_today, words_of
from tipgraph.rdf.iris import path_of

MOST_MEANT = 2
"""Of so many things at most a part of a name can be the name."""
SHORTEST_PART = 5
LONGER = 1.5
"""How much longer than the shortest name with the same words a name can be, to be meant."""
LIKENESS = 0.8
PARTLY_NAMED = frozenset({"instrument", "org"})
"""The kinds of paths of things that people call by a part of their names."""
Words = tuple[str, ...]
Nodes = tuple[NamedNode, ...]


@dataclass(frozen=True)
class Mention:
    """The things that words of a sentence can name, from `start` up to `end`."""

    text: str
    things: Nodes
    start: int
    end: int


class Mentions:
    """The names of the things that can be searched, found within sentences.

    `others` are words that sentences have besides: none of them alone is a part of a name; `more`
    are further words that are no slips.
    """

    def __init__(
        self, by_words: ByWords, others: Collection[str] = (), more: Collection[str] = ()
    ) -> None:
        self.by_words = by_words
        self.others = others
        self.more = more

    def of(self, words: Sequence[str], acronyms: Collection[str]) -> list[Mention]:
        """Return what words name, from the left, the longest names first.

        A word that says little is a name only where it is written as one of the acronyms. A part of
        a name can hold whole names, as that of an organization, and cuts none.
        """
        whole = self._taken(words, lambda part: self._whole(part, acronyms))
        cuts = {place for one in whole for place in range(one.start + 1, one.end)}
        return self._taken(
            words, lambda part: self._whole(part, acronyms) or self._partly(part), cuts
        )

    def _taken(
        self, words: Sequence[str], named: Callable[[Words], Nodes], cuts: Set[int] = frozenset()
    ) -> list[Mention]:
        """Return the longest mentions from the left that begin and end at none of the cuts."""
        found, place = [], 0
        while place < len(words):
            ends = range(min(len(words), place + self._longest), place, -1)
            parts = ((end, tuple(words[place:end])) for end in ends if not {place, end} & cuts)
            named_parts = ((end, part, things) for end, part in parts if (things := named(part)))
            if one := next(named_parts, None):
                end, part, things = one
                found.append(Mention(" ".join(part), things, place, end))
                place = end
            else:
                place += 1
        return found

    def spelled(self, word: str) -> str:
        """Return the word of a name, or another known one, that a word is a slip of; else it."""
        known = self._words
        if len(word) < 4 or not word.isalpha() or word in known or word in stop_words():
            return word
        near = [one for one in known if one[0] == word[0] and abs(len(one) - len(word)) < 3]
        return next(iter(difflib.get_close_matches(word, near, n=1, cutoff=LIKENESS)), word)

    def _whole(self, part: Words, acronyms: Collection[str]) -> Nodes:
        is_little = len(part) == 1 and part[0] in stop_words() and part[0] not in acronyms
        return () if is_little else self._names.get(part, ())

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._names), default=0)

    @cached_property
    def _words(self) -> frozenset[str]:
        """Every word that is none of a slip."""
        names = (name.words for name in self.by_words.names)
        return frozenset().union(self.others, self.more, months(), words_for_today(), *names)

    @cached_property
    def _names(self) -> dict[Words, Nodes]:
        """What whole names name, and the beginnings of names where no whole name is the same."""
        whole = [(name.words, name.thing) for name in self.by_words.names]
        whole += [
            (words_of(path_of(thing.value).rpartition("/")[2]), thing)
            for thing in self.by_words.things
        ]
        short = [(name.short, name.thing) for name in self.by_words.names]
        return {**_gathered(short), **_gathered(whole)}

    def _partly(self, part: Words) -> Nodes:
        """Return the few things in whose own names the words of a part stand, in any order.

        A part has two words that tell something, or a long one, and a word that sentences do not
        have besides. Things whose names are much longer than those of others are left out.
        """
        telling = [word for word in part if word not in stop_words()]
        is_word = len(part) == 1 and len(part[0]) >= SHORTEST_PART
        is_part = len(telling) > 1 and {part[0], part[-1]} <= set(telling)
        own = [word for word in telling if word not in self.others and not word.isdecimal()]
        if not own or not (is_word or is_part):
            return ()
        held = (self._holding.get(word, frozenset()) for word in telling)
        lengths: dict[NamedNode, int] = {}
        for place in sorted(frozenset.intersection(*held)):
            name = self.by_words.names[place]
            lengths[name.thing] = min(len(name.words), lengths.get(name.thing, len(name.words)))
        if not 0 < len(lengths) <= MOST_MEANT:
            return ()
        longest = LONGER * min(lengths.values())
        return tuple(thing for thing, length in lengths.items() if length <= longest)

    @cached_property
    def _holding(self) -> dict[str, frozenset[int]]:
        """Which names of things that are called by a part have a word, by their places."""
        places: dict[str, set[int]] = {}
        for place, name in enumerate(self.by_words.names):
            is_own = name.weight > PRINTED
            if is_own and path_of(name.thing.value).partition("/")[0] in PARTLY_NAMED:
                for word in name.words:
                    places.setdefault(word, set()).add(place)
        return {word: frozenset(found) for word, found in places.items()}


def _gathered(pairs: Iterable[tuple[Words, NamedNode]]) -> dict[Words, Nodes]:
    things: dict[Words, dict[NamedNode, None]] = {}
    for words, thing in pairs:
        if any(not word.isdecimal() for word in words):
            things.setdefault(words, {})[thing] = None
    return {words: tuple(found) for words, found in things.items()}
