"""Bind arguments to a stored query: terms take the place of `$name`, and nothing else changes.

A term goes in as its N-Triples form, never as text, and only where the tokens of the query have a
parameter: not within strings, IRIs and comments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import InputError
from tipgraph.rdf.sparql_text import Token, tokens

Term = NamedNode | Literal
Argument = Term | tuple[Term, ...]
"""A term, or several where the parameter takes several."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a query as it lies, the parameter it is, and the one it stands only with."""

    text: str
    parameter: str = ""
    condition: str = ""


def bind(
    text: str, arguments: Mapping[str, Argument], limit: int | None = None, offset: int = 0
) -> str:
    r"""Return a query with its parameters replaced by terms, and the lines of absent ones dropped.

    Lines between `#if $name` and `#end` stay only where `name` has an argument, and else are left
    empty. `limit` and `offset` are appended, before a `VALUES` at the end. Raises InputError where
    `#if` and `#end` are not in pairs, one pair after the other.

    >>> bind("SELECT * { ?s ?p $x }", {"x": Literal("a")}, limit=2)
    'SELECT * { ?s ?p "a" }\nLIMIT 2'
    >>> bind("ASK { ?s ?p ?o FILTER (?o IN ($x)) }", {"x": (Literal("a"), Literal("b"))})
    'ASK { ?s ?p ?o FILTER (?o IN ("a", "b")) }'
    """
    bound = "".join(_written(piece, arguments) for piece in _pieces(text))
    slice = f"\nLIMIT {limit}" if limit is not None else ""
    slice += f"\nOFFSET {offset}" if offset else ""
    if not slice:
        return bound
    end = _end(bound)
    return f"{bound[:end].rstrip()}{slice}" + (f"\n{bound[end:]}" if bound[end:] else "")


def variables(text: str) -> Iterator[str]:
    """Yield the names of the `$name` tokens of a query, in order, those of `#if` lines left out."""
    yield from (token.text for token in tokens(text) if token.kind == "parameter")


def conditions(text: str) -> Iterator[str]:
    """Yield the names that `#if` lines ask for."""
    yield from filter(None, map(condition_of, tokens(text)))


def condition_of(token: Token) -> str:
    """Return the name that a token asks for if it is an `#if` comment, else nothing."""
    words = token.text.split() if token.kind == "comment" else []
    is_condition = len(words) == 2 and words[0] == "#if" and words[1].startswith("$")
    return words[1][1:] if is_condition else ""


def is_end(token: Token) -> bool:
    """Tell whether a token is an `#end` comment."""
    return token.kind == "comment" and token.text.strip() == "#end"


def _written(piece: Piece, arguments: Mapping[str, Argument]) -> str:
    if piece.condition and piece.condition not in arguments:
        return "\n" * piece.text.count("\n")
    argument = arguments.get(piece.parameter, piece.text)
    return ", ".join(map(str, argument)) if isinstance(argument, tuple) else str(argument)


def _end(bound: str) -> int:
    """Return where the solution modifiers of a query end: before a `VALUES` outside all braces."""
    depth = 0
    for token in tokens(bound):
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "mark" else 0
        if depth == 0 and token.kind == "word" and token.text.upper() == "VALUES":
            return token.start
    return len(bound)


@lru_cache(maxsize=256)
def _pieces(text: str) -> tuple[Piece, ...]:
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[Piece]:
    start, condition = 0, ""
    for token in tokens(text):
        if token.kind == "parameter":
            yield Piece(text[start : token.start - 1], condition=condition)
            yield Piece(text[token.start - 1 : token.end], token.text, condition)
            start = token.end
        elif asked := condition_of(token):
            _refuse(bool(condition))
            yield Piece(text[start : token.start])
            start, condition = token.start, asked
        elif is_end(token):
            _refuse(not condition)
            yield Piece(text[start : token.end], condition=condition)
            start, condition = token.end, ""
    _refuse(bool(condition))
    yield Piece(text[start:])


def _refuse(is_unpaired: bool) -> None:
    if is_unpaired:
        raise InputError("a stored query has an '#if' or '#end' without its other half")
