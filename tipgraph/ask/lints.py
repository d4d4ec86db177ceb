"""The rules of stored queries: where parameters may stand, no slice, columns as selected.

A query that keeps them gives the same rows on every engine, and stays the query that it is
whatever its arguments are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from pyoxigraph import Literal, NamedNode, Store

from tipgraph.ask.answer import Row
from tipgraph.ask.bind import Argument, bind, condition_of, conditions, is_end, variables
from tipgraph.ask.header import read_header
from tipgraph.ask.parameters import THING_TYPES, Parameter
from tipgraph.ask.queries import StoredQuery
from tipgraph.errors import InputError, UsageError
from tipgraph.files.yaml import Document
from tipgraph.graph.engines.engine import Solutions
from tipgraph.graph.engines.oxigraph import Oxigraph
from tipgraph.graph.engines.services import service_groups, without_services
from tipgraph.rdf.iris import term
from tipgraph.rdf.sparql_text import Token, line_at, selected, services, tokens

SAMPLES: Mapping[str, Literal] = {
    "text": Literal("x"),
    "integer": Literal("1", datatype=term("xsd:integer")),
    "decimal": Literal("1.5", datatype=term("xsd:decimal")),
    "boolean": Literal("true", datatype=term("xsd:boolean")),
    "date": Literal("2020-06-30", datatype=term("xsd:date")),
}
CLAUSES = {
    "SELECT": "what is selected",
    "GROUP": "GROUP BY",
    "ORDER": "ORDER BY",
    "VALUES": "VALUES",
}
"""Words that open a part of a query where no parameter may stand, and what to call that part."""
FORBIDDEN = {"AS": "AS", "BOUND (": "BOUND", "SERVICE": "SERVICE", "SERVICE SILENT": "SERVICE"}
"""Words that no parameter may follow, and what to call that place."""


def lint(query: StoredQuery) -> None:
    """Raise InputError with file and line where a stored query breaks a rule."""
    header = read_header(query.text, query.path)
    _lint_names(query, header)
    for place in _unpaired(query.text):
        complaint = "an '#if' or '#end' without its other half"
        raise InputError(complaint, query.path, line_at(query.text, place))
    for place, complaint in (*_misplaced(query), *_unconditional(query)):
        raise InputError(complaint, query.path, line_at(query.text, place))
    _lint_services(query, header)
    _lint_example(query, header)
    _lint_columns(query, header)
    _lint_syntax(query, header)


def _lint_names(query: StoredQuery, header: Document) -> None:
    """Hold the `$name` tokens of the text against the declared parameters."""
    used, conditional = set(variables(query.text)), set(conditions(query.text))
    declared = {parameter.name: parameter for parameter in query.parameters}
    for token in tokens(query.text):
        name = token.text if token.kind == "parameter" else condition_of(token)
        if name and name not in declared:
            complaint = f"the text uses ${name}, which is no declared parameter"
            raise InputError(complaint, query.path, line_at(query.text, token.start))
    for name, parameter in declared.items():
        place = ("parameters", name)
        if name not in used:
            raise header.error(f"the parameter '{name}' is not used in the text", *place)
        if not parameter.is_always_given and name not in conditional:
            raise header.error(f"'{name}' is optional and has no '#if ${name}' lines", *place)


def _misplaced(query: StoredQuery) -> Iterator[tuple[int, str]]:
    """Yield the places of a text where something stands that may not, and what is the matter."""
    edge = Token("mark", "", 0, 0)
    kept = [edge, edge, *(t for t in tokens(query.text) if t.kind != "comment"), edge]
    clause = ""
    for n, token in enumerate(kept[2:-1], 2):
        clause = _clause(clause, token)
        if complaint := _complaint(kept[n - 2 : n + 2], clause, query):
            yield token.start, complaint


def _clause(clause: str, token: Token) -> str:
    """Return the part of the query that a token is in, if it is one without parameters."""
    word = _word(token)
    if word in CLAUSES:
        return word
    ends = {"VALUES": {"}"}, "SELECT": {"{", "WHERE"}}.get(clause, {"{", "}", "HAVING"})
    return "" if word in ends else clause


def _complaint(window: list[Token], clause: str, query: StoredQuery) -> str:
    """Return what is the matter with the third of four tokens in a row, or nothing."""
    token = window[2]
    if _word(token) in {"LIMIT", "OFFSET"}:
        return f"has a {_word(token)} of its own; --limit and --page cut an answer"
    parameter = query.parameter(token.text) if token.kind == "parameter" else None
    if parameter is None:
        return ""
    around = list(map(_word, window))
    if parameter.several and (around[0], around[1], around[3]) != ("IN", "(", ")"):
        return f"takes several ${token.text}, so it may stand only as 'IN (${token.text})'"
    place = CLAUSES.get(clause) or FORBIDDEN.get(around[1]) or FORBIDDEN.get(" ".join(around[:2]))
    return f"has the parameter ${token.text} in {place}, where none may stand" if place else ""


def _word(token: Token) -> str:
    """Return a keyword, as SPARQL's keywords are written, or a mark; else nothing."""
    return token.text.upper() if token.kind in {"word", "mark"} else ""


def _unconditional(query: StoredQuery) -> Iterator[tuple[int, str]]:
    """Yield the places of optional parameters that stand outside their own conditional lines."""
    optional = {parameter.name for parameter in query.parameters if not parameter.is_always_given}
    condition = ""
    for token in tokens(query.text):
        condition = "" if is_end(token) else condition_of(token) or condition
        if token.kind == "parameter" and token.text in optional - {condition}:
            lines = f"the lines from '#if ${token.text}' to '#end'"
            yield token.start, f"has ${token.text}, which is optional, outside {lines}"


def _unpaired(text: str) -> Iterator[int]:
    """Yield the place of each `#if` or `#end` that has no other half."""
    opened: Token | None = None
    for token in tokens(text):
        if condition_of(token):
            if opened:
                yield opened.start
            opened = token
        elif is_end(token):
            if opened is None:
                yield token.start
            opened = None
    if opened:
        yield opened.start


def _lint_services(query: StoredQuery, header: Document) -> None:
    """Hold the endpoints that the text asks against those that the header names."""
    asked = services(query.text)
    if unasked := sorted(set(query.services) - set(asked)):
        complaint = f"'federates' names {unasked[0]}, which the text asks nowhere"
        raise header.error(complaint, "federates")
    for group in service_groups(query.text):
        line = line_at(query.text, group.start)
        if unnamed := sorted(set(asked) - set(query.services)):
            complaint = f"asks {unnamed[0]} with SERVICE, which 'federates' does not name"
            raise InputError(complaint, query.path, line)
        if not group.values:
            complaint = "has a SERVICE without '#values ?name': what this graph knows is not sent"
            raise InputError(complaint, query.path, line)


def _lint_example(query: StoredQuery, header: Document) -> None:
    for name, value in query.example.items():
        parameter = query.parameter(name)
        if parameter is None:
            raise header.error(f"the example gives '{name}', no parameter", "example", name)
        if isinstance(value, tuple) and not parameter.several:
            raise header.error(f"the example gives several '{name}'", "example", name)
    for parameter in query.parameters:
        if parameter.required and parameter.name not in query.example:
            raise header.error(f"the example does not give '{parameter.name}'", "example")


def _lint_columns(query: StoredQuery, header: Document) -> None:
    for name in query.columns:
        if name in {*dir(Row), *(field.name for field in fields(Row))}:
            raise header.error(f"a column can't be named '{name}'", "columns", name)
    order = selected(query.text) if query.form == "SELECT" else ()
    if order and set(order) == query.columns.keys() and order != tuple(query.columns):
        raise header.error("declares and selects its columns in different orders", "columns")
    for name in query.shown:
        if name not in query.columns or query.shown.count(name) > 1:
            raise header.error(f"'shown' has '{name}', no column or one twice", "shown")


def _lint_syntax(query: StoredQuery, header: Document) -> None:
    """Parse the query as it lies, with every parameter, with the needed ones, and with each other.

    Each optional parameter is tried alone beside those that are always given.
    """
    for text in dict.fromkeys((query.text, *_bound_samples(query))):
        try:
            result = Oxigraph(Store()).query(without_services(text))
        except UsageError as error:
            raise InputError(str(error), query.path, error.line) from None
        found = set(result.variables) if isinstance(result, Solutions) else set()
        if differing := sorted(found ^ query.columns.keys()):
            raise header.error(f"declares and selects different columns: {differing}", "columns")


def _bound_samples(query: StoredQuery) -> Iterator[str]:
    samples = {parameter.name: _sample(parameter) for parameter in query.parameters}
    needed = {p.name: samples[p.name] for p in query.parameters if p.is_always_given}
    yield bind(query.text, samples)
    yield bind(query.text, needed)
    for name in sorted(samples.keys() - needed.keys()):
        yield bind(query.text, {**needed, name: samples[name]})


def _sample(parameter: Parameter) -> Argument:
    is_iri = parameter.type in {"iri", "concept", *THING_TYPES}
    node = NamedNode("x:x") if is_iri else SAMPLES[parameter.type]
    return (node, node) if parameter.several else node
