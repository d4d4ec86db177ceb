"""The description of a question as pages show it: its first sentence, the rest, and links."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from markupsafe import Markup, escape

from tipgraph.ask.queries import StoredQuery

END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"])")
NAME = re.compile(r"[a-z]+(?:-[a-z]+)+")


@dataclass(frozen=True)
class Description:
    """What a question gives, in a sentence, and how to read it."""

    first: Markup
    rest: Markup


def description_of(query: StoredQuery, names: Collection[str]) -> Description:
    """Return the description of a question; the names of other questions in it are links."""
    first, *others = END.split(query.description, maxsplit=1)
    known = set(names) - {query.name}
    return Description(_linked(first, known), _linked(" ".join(others), known))


def _linked(text: str, names: Collection[str]) -> Markup:
    """Return a text with links to the questions that it names; a name has a hyphen."""

    def link(found: re.Match[str]) -> str:
        name = found[0]
        return f'<a href="/query/{name}">{name}</a>' if name in names else name

    return Markup(NAME.sub(link, str(escape(text))))
