"""The text of a SPARQL query as tokens: strings, IRIs, comments, variables, names and words.

Only what is needed to bind parameters and to hold a query to the rules of stored queries; the
engines parse it in full (SPARQL 1.1 Query, section 19.8 has the tokens).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from tipgraph.errors import UsageError
from tipgraph.rdf.iris import PREFIXES

STRING = (
    r'"""(?:(?:"|"")?(?:[^"\\]|\\.))*"""|"(?:[^"\\\n\r]|\\.)*"'
    r"|'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''|'(?:[^'\\\n\r]|\\.)*'"
)
IRI = r'<[^<>"{}|^`\\\x00-\x20]*>'
TOKEN = re.compile(
    f"(?P<string>{STRING})|(?P<iri>{IRI})"
    r"""
    |(?P<comment>\#[^\n\r]*)
    |\$(?P<parameter>\w+)
    |\?(?P<variable>\w+)
    |@[A-Za-z][\w-]*
    |_:[\w.-]+
    |(?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w:%.-]|\\.)*)
    |\\.
    |(?P<word>[^\W\d]\w*)
    |(?P<mark>[{}()])
    """,
    re.VERBOSE | re.DOTALL,
)
HEADER = re.compile(r"(?:#[^\r\n]*\n)*")
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})")
FORMS = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")


class Token(NamedTuple):
    """A token of a query: its kind (a group of `TOKEN`), its text, where it starts and ends."""

    kind: str
    text: str
    start: int
    end: int


@lru_cache(maxsize=64)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a query in order; a variable or parameter is without its mark."""
    return tuple(
        Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup), match.end())
        for match in TOKEN.finditer(text)
        if match.lastgroup
    )


def line_at(text: str, place: int) -> int:
    """Return the line of a place in a text; the first line is 1."""
    return text.count("\n", 0, place) + 1


def query_form(text: str) -> str:
    r"""Return whether a query is SELECT, CONSTRUCT, DESCRIBE or ASK; raise UsageError if none.

    >>> query_form("# ASK\nPREFIX select: <http://ask> SELECT * { ?ask ?p 'ASK' }")
    'SELECT'
    """
    words = (token for token in tokens(text) if token.kind == "word")
    first = next((word for word in words if word.text.upper() not in {"PREFIX", "BASE"}), None)
    form = first.text.upper() if first else ""
    if form not in FORMS:
        line = line_at(text, first.start) if first else None
        raise UsageError("the query is no SELECT, CONSTRUCT, DESCRIBE or ASK query", line)
    return form


def selected(text: str) -> tuple[str, ...]:
    """Return the variables that a SELECT query names, in order.

    There are none where it selects `*`, or in a dialect that names columns in another way.

    >>> selected("SELECT DISTINCT ?x (COUNT(?y) AS ?n) WHERE { ?x ?p ?y }")
    ('x', 'n')
    """
    names: list[str] = []
    depth, before = 0, ""
    for token in _after_select(text):
        word = token.text.upper() if token.kind in {"word", "mark"} else ""
        if depth == 0 and word in {"{", "WHERE", "FROM"}:
            break
        depth += {"(": 1, ")": -1}.get(word, 0)
        if token.kind in {"variable", "parameter"} and (depth == 0 or (depth, before) == (1, "AS")):
            names.append(token.text)
        elif depth == 0 and token.kind == "word" and word not in {"DISTINCT", "REDUCED"}:
            return ()
        before = word
    return tuple(dict.fromkeys(names))


def _after_select(text: str) -> Iterator[Token]:
    kept = (token for token in tokens(text) if token.kind != "comment")
    for token in kept:
        if token.kind == "word" and token.text.upper() == "SELECT":
            break
    return kept


def has_dataset(text: str) -> bool:
    r"""Tell whether a query says itself with FROM which graphs it is about.

    Engines find FROM at the beginning of a longer word too, as in `FROMx:graph`.

    >>> has_dataset("SELECT * FROM<x:g> {}"), has_dataset("SELECT ?s FROMx:g { ?s ?p 'FROM' }")
    (True, True)
    """
    return "from" in _without_header(text).lower() and any(map(_says_from, _clauses(text)))


def _clauses(text: str) -> Iterator[Token]:
    """Yield what stands in no brackets after the form of a query, but what DESCRIBE names."""
    depth, form = 0, ""
    for token in tokens(text):
        word = token.text.upper() if token.kind == "word" else ""
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(token.text, 0)
        form = form or (word if word in FORMS else "")
        if form and depth == 0 and (token.kind == "word" or form != "DESCRIBE"):
            yield token


def _says_from(token: Token) -> bool:
    return token.kind in {"word", "name"} and token.text.upper().startswith("FROM")


def _without_header(text: str) -> str:
    """Return a query without the comments that it begins with; other lines may lie in strings."""
    return text[HEADER.match(text).end() :]  # type: ignore[union-attr]


def services(text: str) -> tuple[str, ...]:
    r"""Return the endpoints that a query asks with SERVICE: an IRI, or a variable with its mark.

    A letter may be written as an escape anywhere in a query (SPARQL 1.1 Query, section 19.2).
    Engines differ on what an escaped quote does, so the text is read with escapes and without.

    >>> services("ASK { SERVICE SILENT <http://x/> { ?s ?p 'SERVICE <http://y/>' } }")
    ('http://x/',)
    >>> services(r"ASK { \u0053ervice ?x { } }")
    ('?x',)
    >>> services("PREFIX x: <http://x/> ASK { SERVICEx:sparql { ?s ?p ?o } }")
    ('?SERVICEx:sparql',)
    """
    plain = ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
    return tuple(dict.fromkeys([*_services(text), *_services(plain)]))


def _services(text: str) -> tuple[str, ...]:
    if "service" not in _without_header(text).lower():
        return ()
    prefixes = {**PREFIXES, **declared_prefixes(text)}
    kept = [t for t in tokens(text) if t.kind != "comment"]
    kept = [t for t in kept if t.kind != "word" or t.text.upper() != "SILENT"]
    end = Token("mark", "", len(text), len(text))
    return tuple(
        _endpoint(after, prefixes) if _is_service(word) else f"?{word.text}"
        for word, after, last in zip(kept, [*kept[1:], end], [*kept[2:], end, end], strict=False)
        if _is_service(word) or (_may_be_service(word) and "{" in {after.text, last.text})
    )


def _is_service(token: Token) -> bool:
    return token.kind == "word" and token.text.upper() == "SERVICE"


def _may_be_service(token: Token) -> bool:
    """Tell whether an engine may find SERVICE within a longer word, as in `SERVICEx:sparql`."""
    start = token.text.partition(":")[0] if token.kind == "name" else token.text
    return token.kind in {"word", "name"} and "SERVICE" in start.upper()


def _endpoint(token: Token, prefixes: Mapping[str, str]) -> str:
    return iri_of_token(token, prefixes) or f"?{token.text}"


def iri_of_token(token: Token, prefixes: Mapping[str, str]) -> str:
    """Return the IRI that a token is or stands for, and nothing where it is neither."""
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, f"{prefix}:") + local if token.kind == "name" else ""


def declared_prefixes(text: str) -> dict[str, str]:
    """Return the prefixes that a query declares and their namespaces."""
    kept = [token for token in tokens(text) if token.kind != "comment"]
    return {
        name.text.removesuffix(":"): iri.text[1:-1]
        for word, name, iri in zip(kept, kept[1:], kept[2:], strict=False)
        if word.kind == "word" and word.text.upper() == "PREFIX" and iri.kind == "iri"
    }


def used_prefixes(text: str) -> set[str]:
    """Return the prefixes of the names in a query."""
    return {token.text.partition(":")[0] for token in tokens(text) if token.kind == "name"}


def with_prefixes(text: str) -> str:
    """Return a query with our prefixes declared that it uses without declaring them.

    They stand on its first line, so that the lines of an engine's complaint hold.

    >>> with_prefixes("ASK { ?x a org:Post }")
    'PREFIX org: <http://www.w3.org/ns/org#> ASK { ?x a org:Post }'
    """
    missing = sorted((used_prefixes(text) - declared_prefixes(text).keys()) & PREFIXES.keys())
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in missing) + text
