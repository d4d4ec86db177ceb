"""The arguments of a stored query: from what is given to checked RDF terms."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from tipgraph.ask.answer import short
from tipgraph.ask.bind import Argument, Term
from tipgraph.ask.header import read_header
from tipgraph.ask.names import Names
from tipgraph.ask.near import folded, near_names
from tipgraph.ask.parameters import Choices, Parameter
from tipgraph.ask.queries import StoredQuery
from tipgraph.ask.terms import check, resolve
from tipgraph.errors import ArgumentError, UsageError, quoted
from tipgraph.rdf.iris import fold

Value = str | int | float | datetime.date | Term
"""What may be given: a text as people write it, a plain value, or a term."""
Given = Value | Iterable[Value] | None
ChoicesOf = Callable[[Choices], tuple[Term, ...]]
SHOWN = 12


def arguments_of(
    query: StoredQuery, given: Mapping[str, Given], names: Names, choices_of: ChoicesOf
) -> dict[str, Argument]:
    """Return the terms of the arguments given for a query, defaults included.

    Raises UsageError for an unknown parameter, a missing one, several values where one is taken,
    or a value that is not allowed, and InputError where the query names what is not there.
    """
    present = {name: value for name, value in given.items() if value is not None}
    for name in present:
        if query.parameter(name) is None:
            raise _unknown(query, name)
    arguments = {}
    for parameter in query.parameters:
        values = _values(present.get(parameter.name, parameter.default or None))
        if values or parameter.name in present:
            allowed = _limits(query, parameter, names, choices_of)
            arguments[parameter.name] = _argument(parameter, values, names, allowed)
        elif parameter.required:
            raise _missing(query, parameter)
    return arguments


def allowed_terms(parameter: Parameter, names: Names, choices_of: ChoicesOf) -> tuple[Term, ...]:
    """Return the only terms a parameter may take, or nothing where its type alone limits them."""
    if parameter.choices:
        return choices_of(parameter.choices)
    return tuple(resolve(parameter, text, names) for text in parameter.enum)


def _values(given: Given) -> tuple[Value, ...]:
    if given is None:
        return ()
    is_many = isinstance(given, Iterable) and not isinstance(given, str | bytes)
    return tuple(given) if is_many else (given,)  # type: ignore[arg-type, return-value]


def _limits(
    query: StoredQuery, parameter: Parameter, names: Names, choices_of: ChoicesOf
) -> tuple[Term, ...]:
    """Return the allowed terms; raise InputError where the header names them in vain."""
    try:
        if parameter.type == "concept" and not names.concepts(parameter.scheme):
            raise UsageError(f"no concept is in the scheme '{parameter.scheme}'")
        return allowed_terms(parameter, names, choices_of)
    except UsageError as error:
        header = read_header(query.text, query.path)
        raise header.error(str(error), "parameters", parameter.name) from None


def _argument(
    parameter: Parameter, values: tuple[Value, ...], names: Names, allowed: tuple[Term, ...]
) -> Argument:
    try:
        if not values:
            raise UsageError("no value is given")
        if len(values) > 1 and not parameter.several:
            raise UsageError("takes one value, and several are given")
        terms = tuple(_allowed(_term(parameter, v, names), allowed, parameter) for v in values)
        _check_number(parameter, len(set(terms)))
    except UsageError as error:
        raise ArgumentError(parameter.name, str(error), error.near) from None
    return terms if parameter.several else terms[0]


def _check_number(parameter: Parameter, number: int) -> None:
    """Raise UsageError where a parameter takes more, or fewer, values than so many."""
    if number < parameter.least or (parameter.most is not None and number > parameter.most):
        bounds = f"{parameter.least} to {parameter.most}" if parameter.most else parameter.least
        raise UsageError(f"takes {bounds} different values, not {number}")


def _term(parameter: Parameter, value: Value, names: Names) -> Term:
    is_term = isinstance(value, NamedNode | Literal)
    node = value if is_term else resolve(parameter, _text(value), names)
    check(parameter, node, names)  # type: ignore[arg-type]
    return node  # type: ignore[return-value]


def _text(value: Value) -> str:
    if isinstance(value, bytes):
        raise UsageError("bytes are given, and a text is wanted")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _allowed(node: Term, allowed: tuple[Term, ...], parameter: Parameter) -> Term:
    """Return the allowed term that a term is, but for case; raise UsageError where it is none."""
    if not parameter.is_limited or node in allowed:
        return node
    written = short(node, parameter.type)
    by_folded = {fold(short(each, parameter.type)): each for each in allowed}
    if (found := by_folded.get(fold(written))) is not None and parameter.type == "text":
        return found
    told = [short(each, parameter.type) for each in allowed]
    near = near_names(written, dict(zip(by_folded, told, strict=False)))
    if len(told) > SHOWN:
        told = [*near, *(each for each in told if each not in near)]
    more = f" and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
    what = f"{quoted(written)} is none of {', '.join(told[:SHOWN])}{more}"
    raise UsageError(what, near=near)


def _unknown(query: StoredQuery, name: str) -> ArgumentError:
    known = tuple(parameter.name for parameter in query.parameters)
    why = f"'{query.name}' has no such parameter; it has{'' if known else ' none'}"
    return ArgumentError(name, why, near_names(name, folded(known)), known)


def _missing(query: StoredQuery, parameter: Parameter) -> ArgumentError:
    example = query.example[parameter.name]
    value = example if isinstance(example, str) else example[0]
    why = f"'{query.name}' needs it: {parameter.description} (for example '{value}')"
    return ArgumentError(parameter.name, why)
