"""What people give for a parameter as RDF terms of its type."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph.ask.names import Names
from tipgraph.ask.parameters import THING_TYPES, Parameter
from tipgraph.errors import UsageError, quoted
from tipgraph.graph.engines.engine import Term
from tipgraph.rdf.iris import fold, node_of, path_of, term


class Form(NamedTuple):
    """How the literals of a type are written, what to call them, and their datatype."""

    pattern: re.Pattern[str]
    what: str
    datatype: NamedNode


FORMS: Mapping[str, Form] = {
    "text": Form(re.compile(r"[\s\S]*\S[\s\S]*"), "a text", term("xsd:string")),
    "integer": Form(re.compile(r"[+-]?[0-9]+"), "a whole number", term("xsd:integer")),
    "decimal": Form(re.compile(r"[+-]?[0-9]+(\.[0-9]+)?"), "a number", term("xsd:decimal")),
    "boolean": Form(re.compile(r"(true|false)"), "true or false", term("xsd:boolean")),
    "date": Form(
        re.compile(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"),
        "a date of 1900 to 2099; write it as 2020-06-30",
        term("xsd:date"),
    ),
}


TODAY = "today"


def resolve(parameter: Parameter, text: str, names: Names) -> NamedNode | Literal:
    """Return the RDF term of an argument as written.

    Raises UsageError where the text is not of the parameter's type.
    """
    if not text.strip():
        raise UsageError("no value is given")
    if parameter.type in THING_TYPES:
        return names.find(text, parameter.type)
    if parameter.type == "concept":
        return names.concept(parameter.scheme, text)
    if parameter.type != "iri":
        written = text if parameter.type == "text" else text.strip()
        if parameter.type == "date":
            written = day_of(written)
        return _literal(written, FORMS[parameter.type].datatype)
    if (node := node_of(text)) is None:
        raise UsageError(f"{quoted(text)} is not an IRI")
    return node


def day_of(text: str) -> str:
    """Return the day that a text means: the word `today` is one, any other text stays.

    >>> day_of("2020-06-30")
    '2020-06-30'
    """
    return datetime.date.today().isoformat() if fold(text) == TODAY else text


def _literal(text: str, datatype: NamedNode) -> Literal:
    try:
        return Literal(text, datatype=datatype)
    except UnicodeEncodeError:
        raise UsageError(f"{quoted(text)} is not UTF-8 text") from None


def check(parameter: Parameter, node: Term, names: Names) -> None:
    """Raise UsageError where a term is not of the parameter's type."""
    if parameter.type in THING_TYPES:
        is_fitting, what = names.is_a(node, parameter.type), f"known as {parameter.type}"
    elif parameter.type == "concept":
        is_fitting = node in names.concepts(parameter.scheme).values()
        what = f"a concept of the scheme {parameter.scheme}"
    elif parameter.type == "iri":
        is_fitting, what = isinstance(node, NamedNode), "an IRI"
    else:
        is_fitting, what = _is_of_form(node, parameter.type), FORMS[parameter.type].what
    if not is_fitting:
        raise UsageError(f"{quoted(path_of(node.value))} is not {what}")


def _is_of_form(node: Term, type: str) -> bool:
    form = FORMS[type]
    if not isinstance(node, Literal) or node.language or node.datatype != form.datatype:
        return False
    is_day = type != "date" or _is_day(node.value)
    return bool(form.pattern.fullmatch(node.value)) and is_day


@lru_cache
def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
