"""The words of an item: markup and link taken off, parentheses, acronyms and links found."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from tipgraph.source.values import PrintedLink

ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+", re.IGNORECASE)
TRAILING = re.compile(r"[.,;:!?'’]+$")
ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z][\w.&/-]*(?<![.&/-])")
NOT_GIVEN = re.compile(
    r"n\W{0,2}a\W?|none|nil|not (?:applicable|available|given|stated)|s\.?\s?o\.?|[-–—]+",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Return an item's text with character entities resolved and blanks folded.

    Only entities closed by a semicolon are resolved, so that an address with `&lang=e` survives.

    >>> plain("A &amp; B  http://x.org/?a=1&lang=e")
    'A & B http://x.org/?a=1&lang=e'
    """
    return " ".join(ENTITY.sub(lambda match: html.unescape(match[0]), text).split())


def split_link(text: str) -> tuple[str, PrintedLink | None]:
    """Return an item's words before its first link, and the link with the remark after it.

    >>> split_link("HELP Course: https://x.org/help")
    ('HELP Course', PrintedLink(printed='https://x.org/help', remark=''))
    """
    match = LINK.search(text)
    if match is None:
        return text.strip(), None
    printed = _without_punctuation(match[0])
    remark = text[match.start() + len(printed) :].strip()
    words = text[: match.start()].strip()
    return words.removesuffix(":").rstrip(), PrintedLink(printed, "" if len(remark) < 2 else remark)


def _without_punctuation(link: str) -> str:
    bare = TRAILING.sub("", link)
    while bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = TRAILING.sub("", bare[:-1])
    return bare


def parentheses(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and content of every outermost pair of parentheses, nested ones kept whole.

    >>> list(parentheses("2010-2012 (AG/RES. 2551 (XL-O/10))"))
    [(10, 34, 'AG/RES. 2551 (XL-O/10)')]
    """
    depth = start = 0
    for position, character in enumerate(text):
        if character == "(":
            start = position if depth == 0 else start
            depth += 1
        elif character == ")" and depth:
            depth -= 1
            if depth == 0:
                yield start, position + 1, text[start + 1 : position]


def last_parentheses(text: str) -> tuple[int, str]:
    """Return start and content of the parentheses that a text ends with, else `(0, "")`.

    >>> last_parentheses("Regional Conference (RCM) (Puebla Group)")
    (26, 'Puebla Group')
    """
    ending = (pair for pair in parentheses(text) if pair[1] == len(text))
    return next(((start, content) for start, _, content in ending), (0, ""))


def acronym(text: str) -> str:
    """Return a text if it is an acronym (`ACTIP`, `AU.COMMIT`, `COMMIT SPAIII`), else nothing."""
    words = text.split()
    return text if 0 < len(words) <= 2 and all(ACRONYM.fullmatch(word) for word in words) else ""


def names_in(text: str, names: tuple[str, ...]) -> bool:
    """Tell whether one of the names stands in a text as whole words."""
    return any(
        name and re.search(rf"(?<![\w.]){re.escape(name)}(?!\w|\.\w)", text) for name in names
    )


def is_not_given(text: str) -> bool:
    """Tell whether a text says that nothing is given ("N/A" and the like)."""
    return NOT_GIVEN.fullmatch(text.strip()) is not None
