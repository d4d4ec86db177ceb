"""Bind arguments to a stored query: terms take the place of `$name`, and nothing else changes.

A tokenizer knows strings, IRIs and comments, so that only true variables are replaced; a term
goes in as its N-Triples form, never as text (SPARQL 1.1 Query, section 19.8 has the tokens).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import InputError

Term = NamedNode | Literal

TOKEN = re.compile(
    r'''
    (?P<string>"""(?:(?:"|"")?(?:[^"\\]|\\.))*"""|\'\'\'(?:(?:'|\'\')?(?:[^'\\]|\\.))*\'\'\'
      |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<comment>\#[^\n]*)
    |\\.
    |\$(?P<name>\w+)
    ''',
    re.VERBOSE | re.DOTALL,
)
IF = re.compile(r"#if \$(\w+)\s*")
END = re.compile(r"#end\s*")


def bind(text: str, arguments: Mapping[str, Term], limit: int | None = None) -> str:
    r"""Return a query with its parameters replaced by terms, and the lines of absent ones dropped.

    Lines between `#if $name` and `#end` stay only where `name` has an argument. `limit` appends a
    LIMIT. Raises InputError where `#if` and `#end` are not in pairs, one pair after the other.

    >>> bind("SELECT * { ?s ?p $x }", {"x": Literal("a")}, limit=2)
    'SELECT * { ?s ?p "a" }\nLIMIT 2'
    """
    bound = TOKEN.sub(lambda match: _replaced(match, arguments), _kept(text, arguments))
    return bound if limit is None else f"{bound.rstrip()}\nLIMIT {limit}"


def variables(text: str) -> Iterator[str]:
    """Yield the names of the `$name` tokens of a query, in order, those of `#if` lines left out."""
    for match in TOKEN.finditer(text):
        if match["name"]:
            yield match["name"]


def conditions(text: str) -> Iterator[str]:
    """Yield the names that `#if` lines ask for."""
    for match in TOKEN.finditer(text):
        if match["comment"] and (condition := IF.fullmatch(match["comment"])):
            yield condition[1]


def _replaced(match: re.Match[str], arguments: Mapping[str, Term]) -> str:
    name = match["name"]
    return str(arguments[name]) if name in arguments else match[0]


def _kept(text: str, arguments: Mapping[str, Term]) -> str:
    pieces: list[str] = []
    start = 0
    is_open = is_dropped = False
    for match in TOKEN.finditer(text):
        comment = match["comment"] or ""
        condition, end = IF.fullmatch(comment), END.fullmatch(comment)
        if (condition and is_open) or (end and not is_open):
            raise InputError("a stored query has '#if' within '#if', or '#end' without '#if'")
        if condition:
            is_open, is_dropped = True, condition[1] not in arguments
            if is_dropped:
                pieces.append(text[start : match.start()])
        elif end:
            start = match.end() if is_dropped else start
            is_open = is_dropped = False
    if is_open:
        raise InputError("an '#if' of a stored query has no '#end'")
    return "".join([*pieces, text[start:]])
