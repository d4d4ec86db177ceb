"""How deep a query is nested and of how many parts it is: engines read it with their own stack.

A text that is too deep or too long for an engine ends the process that asked, without a word; so
it is refused before, at a fifth of what the smallest stack was seen to take.
"""

from __future__ import annotations

import re

from tipgraph.errors import UsageError
from tipgraph.rdf.sparql_text import IRI, STRING, line_at

MOST_DEEP = 100
"""How deep brackets may stand in one another."""
MOST_PARTS = 500
"""How many patterns, groups, bindings and operators a query may have."""
PIECE = re.compile(
    f"(?P<term>{STRING}|{IRI}"
    r"""
      |[?$]\w+|_:[\w.-]+|(?:[^\W\d_][\w.-]*)?:(?:[\w:%-]|\\.)*(?:\.+[\w:%-]+)*
      |\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |\#[^\n\r]*
    |(?P<opens>\{|\(|\[|<<)
    |(?P<closes>\}|\)|\]|>>)
    |(?P<joins>\|\||&&|\^\^|[|/^!+*=<>.;-])
    |(?P<comma>,)
    |(?P<word>[^\W\d]\w*)
    """,
    re.VERBOSE | re.DOTALL,
)
COUNTED = frozenset({"AS", "BIND", "EXISTS", "FILTER", "GRAPH", "MINUS", "OPTIONAL", "UNION"})


def check_size(text: str) -> None:
    """Raise UsageError where a query is nested too deep or has too many parts to be read.

    The rows of VALUES and the members of lists of arguments do not count: engines read them one
    after the other.
    """
    opened: list[str] = []
    parts, before, data = 0, "", 0
    for piece in PIECE.finditer(text):
        kind, found = piece.lastgroup, piece[0]
        if kind is None:
            continue
        if data:
            data += {"{": 1, "}": -1}.get(found, 0) if kind in {"opens", "closes"} else 0
            continue
        if kind == "opens":
            if found == "{" and before == "VALUES":
                data = 1
                continue
            opened.append(found)
        elif kind == "closes" and opened:
            opened.pop()
        parts += _parts(kind, found, before, opened)
        before = _kept(kind, found, before)
        if len(opened) > MOST_DEEP:
            raise _too_large(f"is nested more than {MOST_DEEP} deep", text, piece.start())
        if parts > MOST_PARTS:
            told = f"has more than {MOST_PARTS} parts (patterns, groups, bindings, operators)"
            raise _too_large(told, text, piece.start())


def _parts(kind: str, found: str, before: str, opened: list[str]) -> int:
    """Return whether a piece makes the query one part longer."""
    if kind == "term":
        return int(before == "term" and opened[-1:] in ([], ["("]))
    if kind == "comma":
        return int(opened[-1:] != ["("])
    return int(kind in {"opens", "joins"} or found.upper() in COUNTED)


def _kept(kind: str, found: str, before: str) -> str:
    """Return what stands before the next piece; the variables of VALUES come before its rows."""
    if kind == "word":
        return found.upper()
    if before == "PREFIX":
        return "name"
    return before if before == "VALUES" else kind


def _too_large(what: str, text: str, place: int) -> UsageError:
    line = line_at(text, place)
    return UsageError(f"the query {what}, at line {line}; ask for it in several queries", line)
