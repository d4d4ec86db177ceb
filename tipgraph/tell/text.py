"""Text for a terminal: lines that are wrapped between words, and columns that line up."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from html import unescape

TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def hanging(lead: str, text: str, width: int) -> list[str]:
    """Return a text in lines behind a lead and below its end.

    It is wrapped between words only, so that what is printed can be copied.

    >>> hanging("link  ", "http://www.asean.org is its page", 20)
    ['link  http://www.asean.org', '      is its page']
    """
    wrapped = textwrap.wrap(
        text,
        width,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return wrapped or [lead]


def text_of_markup(markup: str) -> str:
    """Return the words that stand in a piece of HTML as the table has it.

    >>> text_of_markup("<p>A &amp; B</p>")
    'A & B'
    """
    return " ".join(unescape(TAG.sub(" ", markup)).split())


def in_columns(lines: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield texts behind their labels, indented by two; a label that repeats stands once.

    >>> list(in_columns([("kind", "treaty"), ("topic", "labour"), ("topic", "children")], 40))
    ['  kind   treaty', '  topic  labour', '         children']
    """
    lines = list(lines)
    longest = max((len(label) for label, _ in lines), default=0)
    last = None
    for label, text in lines:
        lead = f"  {'' if label == last else label:<{longest}}{'  ' if longest else ''}"
        last = label
        yield from hanging(lead, text, max(width, len(lead) + 30))
