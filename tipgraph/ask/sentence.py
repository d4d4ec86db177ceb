"""What a sentence says: the things it names, the day, and the words that are left."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tipgraph.ask.days import day_in
from tipgraph.ask.mentions import Mention, Mentions
from tipgraph.ask.words import stop_words
from tipgraph.rdf.iris import fold


@dataclass(frozen=True)
class Sentence:
    """A sentence: its words, what it names, its day, and the other words that tell something."""

    words: tuple[str, ...]
    mentions: tuple[Mention, ...]
    day: str
    rest: tuple[str, ...]


def read_sentence(words: Sequence[str], acronyms: Collection[str], mentions: Mentions) -> Sentence:
    """Return what words say; `acronyms` are those that are written as such."""
    named = tuple(mentions.of(words, acronyms))
    within = {place for mention in named for place in range(mention.start, mention.end)}
    others = ["" if place in within else word for place, word in enumerate(words)]
    day = day_in(others)
    if day:
        others[day.start : day.end] = []
    rest = (word for word in others if word and word not in stop_words())
    return Sentence(tuple(words), named, day.day if day else "", tuple(dict.fromkeys(rest)))


def acronyms_in(text: str) -> frozenset[str]:
    """Return the words that are written in capital letters among others that are not.

    >>> acronyms_in("Did the US sign?"), acronyms_in("DID IT SIGN")
    (frozenset({'us'}), frozenset())
    """
    is_loud = text.isupper() and len(text.split()) > 1
    words = () if is_loud else re.findall(r"\w+", text)
    return frozenset(fold(word) for word in words if word.isupper())
