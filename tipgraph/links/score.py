"""How well an item elsewhere fits a thing of ours, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from tipgraph.links.things import Named, is_acronym, site
from tipgraph.rdf.iris import fold

EMPTY_WORDS = frozenset({
    *("a", "against", "and", "at", "by", "concerning", "for", "from", "in", "of", "on", "or"),
    *("the", "to", "with"),
    *("de", "des", "du", "el", "en", "et", "la", "las", "le", "les", "los", "y"),
})  # fmt: skip
NEAR = 90
"""Two words of at least this likeness are spellings of one: organisation, organization."""
NAME, TYPE, PROOF = 0.8, 0.1, 0.1
"""What an equal name counts, a type that fits, and a website or acronym that is the same."""
WRONG_TYPE = 0.5
"""What is left of the score of an item that is of other types."""


@dataclass(frozen=True)
class Score:
    """A number from 0 to 1, and the reasons for it."""

    value: float
    reasons: tuple[str, ...]


def score(ours: Named, item: Named) -> Score:
    """Return how well an item fits a thing of ours.

    The nearest pair of names counts most; an acronym alone is no name, for many share one.
    """
    name, pair = _nearest(ours, item)
    has_page = bool(set(map(site, ours.pages)) & set(map(site, item.pages)))
    acronyms = _acronyms(ours) & _acronyms(item)
    value = NAME * name + PROOF * (has_page or bool(acronyms)) + TYPE * bool(item.types)
    is_other = item.has_type and not item.types
    reasons = [
        pair,
        f"type fits {ours.kind}" if item.types else "",
        f"type is not that of an {ours.kind}" if is_other else "",
        "same website" if has_page else "",
        f"same acronym {min(acronyms)}" if acronyms else "",
    ]
    return Score(round(value * (WRONG_TYPE if is_other else 1), 3), tuple(filter(None, reasons)))


def alike(one: str, other: str) -> float:
    """Return from 0 to 1 how alike two names are.

    Words that one has and the other lacks count fully, so that a kind of group at the end of a
    name tells two things apart; so does another number.

    >>> alike("Regional Conference on Migration", "regional conference on migration")
    1.0
    >>> alike("Puebla Process", "Puebla Group")
    0.5
    """
    first, second = _words(one), _words(other)
    if not first or not second:
        return 0.0
    common = 2 * _paired(first, second) / (len(first) + len(second))
    letters = fuzz.ratio(" ".join(first), " ".join(second)) / 100
    likeness = 0.9 * common + 0.1 * letters if common == 1 else common
    numbers = _numbers(first), _numbers(second)
    return likeness / 2 if all(numbers) and numbers[0] != numbers[1] else likeness


def _nearest(ours: Named, item: Named) -> tuple[float, str]:
    pairs = [
        (alike(one, other), one, other)
        for one in ours.names
        for other in item.names
        if not is_acronym(one) and not is_acronym(other)
    ]
    likeness, one, other = max(pairs, default=(0.0, "", ""))
    if not likeness:
        return 0.0, "no name alike"
    is_same = fold(one) == fold(other)
    return likeness, f"same name '{one}'" if is_same else f"'{one}' is like '{other}'"


def _acronyms(named: Named) -> set[str]:
    return {name for name in named.names if is_acronym(name)}


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    words = re.findall(r"\w+", fold(name))
    return tuple(word for word in words if word not in EMPTY_WORDS) or tuple(words)


def _numbers(words: tuple[str, ...]) -> set[str]:
    return {word for word in words if any(map(str.isdigit, word))}


def _paired(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    """Return how many words of one name have a like word of their own in the other."""
    left = list(second)
    paired = 0
    for word in first:
        near = next((one for one in left if word == one), None) or next(
            (one for one in left if fuzz.ratio(word, one) >= NEAR), None
        )
        if near is not None:
            left.remove(near)
            paired += 1
    return paired
