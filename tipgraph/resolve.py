"""Resolve what people write to terms: acronyms, slugs, labels, symbols and IRIs to things."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from tipgraph.engine import select
from tipgraph.errors import UsageError
from tipgraph.iris import BASE, PREFIXES, concept, fold, path_of, term
from tipgraph.queries import THING_TYPES, Parameter

NAMES = """
SELECT ?thing ?name ?class WHERE {
  ?thing skos:prefLabel|skos:altLabel|skos:hiddenLabel|skos:notation ?name ; a ?class .
  FILTER (!STRSTARTS(STR(?thing), "https://w3id.org/tipgraph/concept/"))
}
"""
LEXICAL = {
    "integer": (re.compile(r"[+-]?[0-9]+"), "a whole number", "xsd:integer"),
    "decimal": (re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?"), "a number", "xsd:decimal"),
    "boolean": (re.compile(r"true|false"), "true or false", "xsd:boolean"),
}


@dataclass(frozen=True)
class Name:
    """A name of a thing as people write it, folded for comparison."""

    thing: NamedNode
    folded: str
    printed: str
    classes: frozenset[str]


class Names:
    """Every name of every thing in a graph."""

    def __init__(self, store: Store) -> None:
        classes: dict[NamedNode, set[str]] = {}
        names: set[tuple[NamedNode, str]] = set()
        for row in select(NAMES, store):
            classes.setdefault(row["thing"], set()).add(row["class"].value)
            names.add((row["thing"], row["name"].value))
        slugs = {(thing, path_of(thing.value).rpartition("/")[2]) for thing in classes}
        self.names = tuple(
            Name(thing, fold(name), name, frozenset(classes[thing]))
            for thing, name in sorted(names | slugs, key=lambda pair: (pair[0].value, pair[1]))
        )

    def find(self, text: str, kind: str = "thing") -> NamedNode:
        """Return the one thing that a text names.

        Raises UsageError where it names none (with near names) or several (with all of them).
        """
        wanted = THING_TYPES[kind] and term(THING_TYPES[kind]).value
        fitting = [name for name in self.names if not wanted or wanted in name.classes]
        iri = _iri(text)
        found = {name.thing for name in fitting if name.thing.value == iri}
        found = found or {name.thing for name in fitting if name.folded == fold(text)}
        if len(found) == 1:
            return found.pop()
        if found:
            several = ", ".join(sorted(path_of(thing.value) for thing in found))
            raise UsageError(f"'{text}' can mean several things: {several}")
        raise UsageError(f"no {kind} is called '{text}'{_hint(text, fitting)}")


def _iri(text: str) -> str:
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        return PREFIXES[prefix] + local
    return text if colon else BASE + text


def _hint(text: str, names: Iterable[Name]) -> str:
    by_folded = {name.folded: name.printed for name in names}
    near = difflib.get_close_matches(fold(text), by_folded, n=3, cutoff=0.6)
    near = near or sorted((n for n in by_folded if f" {fold(text)} " in f" {n} "), key=len)[:3]
    return f"; did you mean {' or '.join(repr(by_folded[n]) for n in near)}?" if near else ""


def resolve(parameter: Parameter, text: str, store: Store, names: Names) -> NamedNode | Literal:
    """Return the RDF term of an argument as written.

    Raises UsageError, naming the parameter, where the text is not of the parameter's type.
    """
    try:
        if not text.strip():
            raise UsageError("no value is given")
        return _resolve(parameter, text, store, names)
    except UsageError as error:
        raise UsageError(f"--{parameter.name}: {error}") from None


def _resolve(parameter: Parameter, text: str, store: Store, names: Names) -> NamedNode | Literal:
    if parameter.type in THING_TYPES:
        return names.find(text, parameter.type)
    if parameter.type == "concept":
        return _concept(parameter.scheme, text, store)
    if parameter.type == "iri":
        return _any_iri(text)
    if parameter.type == "date":
        return _date(text)
    if parameter.type in LEXICAL:
        pattern, what, datatype = LEXICAL[parameter.type]
        if not pattern.fullmatch(text):
            raise UsageError(f"'{text}' is not {what}")
        return Literal(text, datatype=term(datatype))
    return Literal(text)


def _any_iri(text: str) -> NamedNode:
    try:
        return NamedNode(_iri(text))
    except ValueError:
        raise UsageError(f"'{text}' is not an IRI") from None


def _date(text: str) -> Literal:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is not a date; write it as 2020-06-30") from None
    return Literal(day.isoformat(), datatype=term("xsd:date"))


def concepts_of(scheme: str, store: Store) -> Iterator[str]:
    """Yield the names of the concepts of a scheme, in order."""
    in_scheme = NamedNode(f"{BASE}concept/{scheme}")
    found = store.quads_for_pattern(None, term("skos:inScheme"), in_scheme, None)
    yield from sorted(str(quad.subject).strip("<>").rpartition("/")[2] for quad in found)


def _concept(scheme: str, text: str, store: Store) -> NamedNode:
    allowed = list(concepts_of(scheme, store))
    name = "-".join(fold(text.removeprefix(f"{BASE}concept/{scheme}/")).split())
    if name not in allowed:
        raise UsageError(f"'{text}' is none of {', '.join(allowed)}")
    return concept(scheme, name)
