"""Words as people type them: folded, in one spelling; which say little, and which name a day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tipgraph.files.yaml import read_yaml
from tipgraph.rdf.iris import fold


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded and in one spelling.

    >>> words_of("Child Labor, Co-operation")
    ('child', 'labour', 'cooperation')
    """
    folded, language = fold(text), _language()
    for word, joined in language.joined.items():
        folded = folded.replace(word, joined)
    return tuple(language.spellings.get(word, word) for word in re.findall(r"\w+", folded))


def stop_words() -> frozenset[str]:
    """Return the words that say little, of all languages."""
    return _language().stop


def months() -> Mapping[str, int]:
    """Return the number of each month by its names."""
    return _language().months


def words_for_today() -> frozenset[str]:
    """Return the words that mean the day on which they are said."""
    return _language().today


@dataclass(frozen=True)
class _Language:
    stop: frozenset[str]
    joined: Mapping[str, str]
    spellings: Mapping[str, str]
    months: Mapping[str, int]
    today: frozenset[str]


@lru_cache
def _language() -> _Language:
    data = read_yaml(Path(__file__).with_name("words.yaml")).data
    return _Language(
        stop=frozenset(word for words in data["stop"].values() for word in words),
        joined={word: re.sub(r"\W", "", word) for word in data["joined"]},
        spellings=data["spellings"],
        months={name: n for n, names in enumerate(data["months"], 1) for name in names},
        today=frozenset(data["today"]),
    )
