"""Items that name several things: run-together paragraphs, enumerations and lists of targets."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from tipgraph.source.recognize.dates import OTHER_TEXT, YEAR
from tipgraph.source.recognize.words import kind_of

ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
ORDINAL = re.compile(rf"\b({'|'.join(ORDINALS)})\s*\(({YEAR})\)", re.IGNORECASE)
NUMBERED = re.compile(rf"(?<![\w/.-])(\d{{3,4}})\s*\(({YEAR})([^()]*)\)")
CODE = re.compile(r"\b[CPR]\d{2,3}\b")
JOINED = re.compile(r",? and (?:its )?(?=[^,]*\b[CPR]\d{2,3}\b)")
TARGETS = re.compile(r"\btargets? ((?:\d+\.\w+)(?:(?:, and |, | and )\d+\.\w+)*)", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One of the things an item names: its key within the item, its words, and those printed.

    The words of an enumerated part are put together from the head and the entry; what is printed
    is the whole enumeration.
    """

    key: str
    words: str
    printed: str


def split_parts(words: str) -> tuple[Part, ...]:
    """Return the things named by an item's words; a single one has an empty key.

    >>> [part.key for part in split_parts("Statements of the first (2002) and second (2003)")]
    ['first', 'second']
    """
    return (
        _enumerated(ORDINAL, words)
        or _resolutions(words)
        or _coded(words)
        or _run_together(words)
        or (Part("", words, words),)
    )


def targets_in(words: str) -> tuple[str, ...]:
    """Return the codes of the goals' targets that an item lists.

    >>> targets_in("UN Sustainable Development Goal targets 5.2, 8.7, and 16.2 (SDGs)")
    ('5.2', '8.7', '16.2')
    """
    match = TARGETS.search(words)
    if match is None or not re.search(r"\bgoals?\b|\bSDGs?\b", words, re.IGNORECASE):
        return ()
    return tuple(re.findall(r"\d+\.\w+", match[1]))


def _enumerated(pattern: re.Pattern[str], words: str) -> tuple[Part, ...]:
    found = list(pattern.finditer(words))
    if len(found) < 2:
        return ()
    head = words[: found[0].start()].strip()
    entries = {" ".join(match[0].split()): match[1].casefold() for match in found}
    twice = {key for key, count in Counter(entries.values()).items() if count > 1}
    return tuple(
        Part(entry if key in twice else key, f"{head} {entry}", words)
        for entry, key in entries.items()
    )


def _resolutions(words: str) -> tuple[Part, ...]:
    return _enumerated(NUMBERED, words) if kind_of(words) in ("resolution", "decision") else ()


def _coded(words: str) -> tuple[Part, ...]:
    if len(CODE.findall(words)) < 2:
        return ()
    pieces = JOINED.split(words)
    year = re.search(rf"\({YEAR}\)$", words)
    shared = f" {year[0]}" if year and not OTHER_TEXT.search(words) else ""
    return tuple(
        Part(code[0], piece.strip(" ,").removesuffix(shared) + shared, words)
        for piece in pieces
        if (code := CODE.search(piece))
    )


def _run_together(words: str) -> tuple[Part, ...]:
    pieces = [piece.strip() for piece in re.split(r"(?<=\d{4}\)) (?=[A-Z])", words)]
    if len(pieces) < 2 or not all(kind_of(piece) or len(piece.split()) > 3 for piece in pieces):
        return ()
    return tuple(Part(piece, piece, piece) for piece in pieces)
