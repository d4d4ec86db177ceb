"""Other endpoints that a query asks with SERVICE: only those that were allowed by name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tipgraph.errors import UsageError, quoted
from tipgraph.rdf.sparql_text import FORMS, Token, services, tokens


def check_services(text: str, allowed: Collection[str] = ()) -> tuple[str, ...]:
    """Return the endpoints that a query asks; raise UsageError where one is not allowed."""
    asked = services(text)
    for endpoint in asked:
        if endpoint.startswith("?"):
            raise UsageError(f"SERVICE {endpoint}: the endpoint must be written out, to be allowed")
        if endpoint not in allowed:
            raise UsageError(
                f"the query asks {quoted(endpoint)} with SERVICE, which is not allowed; "
                f"'tipgraph sparql' and 'tipgraph query' allow it with --allow-service {endpoint}"
            )
    return asked


@dataclass(frozen=True)
class ServiceGroup:
    """A SERVICE of a query: its endpoint, and where it starts, its group opens and it ends.

    `values` are the comments in it that stand for the values of a variable.
    """

    endpoint: str
    is_silent: bool
    start: int
    opened: int
    end: int
    values: tuple[Token, ...]


def service_groups(text: str) -> Iterator[ServiceGroup]:
    """Yield the SERVICE groups of a query, without those in another one and the unclosed."""
    every, end = tokens(text), 0
    for n, token in enumerate(every):
        if token.start < end or token.kind != "word" or token.text.upper() != "SERVICE":
            continue
        if inside := list(_inside(every[n:])):
            end = inside[-1].end
            yield _group(text, token.start, inside)


def variable_of(token: Token) -> str:
    """Return the variable whose values a comment stands for, or nothing where it is another one."""
    words = token.text.split() if token.kind == "comment" else []
    is_values = len(words) == 2 and words[0] == "#values" and words[1].startswith("?")
    return words[1][1:] if is_values else ""


def prologue_of(text: str) -> str:
    """Return what stands before the form of a query: its header and prefixes."""
    forms = (t.start for t in tokens(text) if t.kind == "word" and t.text.upper() in FORMS)
    return text[: next(forms, 0)]


def without_services(text: str) -> str:
    """Return a query in which each SERVICE is a group of its own, so that it asks no endpoint.

    >>> without_services("ASK { SERVICE SILENT <http://x/> { ?s ?p ?o } }")
    'ASK {                            { ?s ?p ?o } }'
    """
    for group in service_groups(text):
        text = _blanked(text, group.start, group.opened)
    return text


def values_before(text: str, group: ServiceGroup, variable: str) -> str:
    """Return the query for a variable's values by what stands before a SERVICE in its SELECT."""
    local = text
    for other in service_groups(text):
        local = _blanked(local, other.start, other.end)
    opened: list[tuple[int, bool]] = []
    is_where = False
    for token in tokens(local[: group.start]):
        if token.kind == "word":
            is_where = is_where or token.text.upper() in {"ASK", "SELECT", "WHERE"}
        elif token.kind == "mark" and token.text == "{":
            opened.append((token.start, is_where))
            is_where = False
        elif token.kind == "mark" and token.text == "}":
            opened.pop()
    where = max(n for n, (_, is_where) in enumerate(opened) if is_where)
    pattern = local[opened[where][0] : group.start] + "}" * (len(opened) - where)
    return f"{prologue_of(text)}SELECT DISTINCT ?{variable} WHERE {pattern}"


def _group(text: str, start: int, inside: list[Token]) -> ServiceGroup:
    head = text[start : inside[0].start]
    (endpoint,) = services(f"{prologue_of(text)}\n{head}")
    return ServiceGroup(
        endpoint=endpoint,
        is_silent=any(t.kind == "word" and t.text.upper() == "SILENT" for t in tokens(head)),
        start=start,
        opened=inside[0].start,
        end=inside[-1].end,
        values=tuple(one for one in inside if variable_of(one)),
    )


def _inside(after: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens from the first opening brace to its closing one; none where it has none."""
    found: list[Token] = []
    depth = 0
    for token in after:
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "mark" else 0
        if depth or found:
            found.append(token)
        if found and not depth:
            yield from found
            return


def _blanked(text: str, start: int, end: int) -> str:
    """Return a text with blanks in a stretch of it, so that what follows stays in its place."""
    return text[:start] + " " * (end - start) + text[end:]
