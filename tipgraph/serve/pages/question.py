"""The page of a stored question: its form, its answer, and how to ask it from elsewhere."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from tipgraph.answer import Answer
from tipgraph.bind import bind
from tipgraph.engines.engine import Term
from tipgraph.errors import TipgraphError
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.parameters import THING_TYPES, Parameter
from tipgraph.present import short
from tipgraph.queries import StoredQuery
from tipgraph.serve.pages.reader import Link, Reader, address_of, in_words
from tipgraph.serve.pages.render import render

Given = Mapping[str, str | list[str]] | Mapping[str, str | tuple[str, ...]]
DOWNLOADS = (("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("jsonl", "JSON Lines"))
TRIPLES = (("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"), ("rdf", "RDF/XML"))


@dataclass(frozen=True)
class Option:
    """A value one can choose, what it is called, and whether it is chosen."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Field:
    """A field of the form: how it is filled in, what it holds, what can be chosen."""

    name: str
    label: str
    hint: str
    control: str
    is_required: bool
    values: tuple[str, ...]
    options: tuple[Option, ...]
    type: str


@dataclass(frozen=True)
class Cell:
    """A cell of the answer: a link or a text, and the value by which it sorts."""

    link: Link
    is_number: bool
    remark: str = ""


def question(
    kg: KnowledgeGraph,
    query: StoredQuery,
    given: Given,
    answer: Answer | None,
    *,
    error: str | None,
    address: str,
) -> str:
    """Return the page of a stored question; `answer` is what it gives, `error` why it gives none.

    `address` is the one under which the answer can be shared.
    """
    name, mark, arguments = address.partition("?")
    is_rows = query.form == "SELECT"
    formats = DOWNLOADS if is_rows else TRIPLES
    is_asked = answer is not None or (not is_rows and not error and _is_complete(query, given))
    return render(
        "question.html",
        query=query,
        fields=[_field(parameter, given, kg) for parameter in query.parameters],
        answer=answer,
        headings=[in_words(column) for column in answer.columns] if answer else [],
        rows=rows_of(answer, Reader(kg)) if answer else [],
        error=error or "",
        address=address,
        is_asked=is_asked,
        is_rows=is_rows,
        downloads=[(f"{name}.{ending}{mark}{arguments}", label) for ending, label in formats],
        sparql=_bound(kg, query, given) if is_asked else "",
        shell=_shell(query, given),
        python=_python(query, given),
    )


def federated(kg: KnowledgeGraph, query: StoredQuery) -> str:
    """Return the page of a stored question that asks another endpoint, which the site does not."""
    return render(
        "federated.html",
        query=query,
        sparql=_bound(kg, query, query.example),
        shell=_shell(query, query.example),
        python=_python(query, query.example),
    )


def questions(kg: KnowledgeGraph) -> str:
    """Return the page that lists the stored questions by topic."""
    return render("questions.html", topics=topics(kg))


def topics(kg: KnowledgeGraph) -> dict[str, list[StoredQuery]]:
    """Return the stored questions by their first tag."""
    grouped: dict[str, list[StoredQuery]] = {}
    for query in kg.queries.read()[0].values():
        grouped.setdefault(query.tags[0] if query.tags else "other", []).append(query)
    return {topic: grouped[topic] for topic in sorted(grouped)}


def rows_of(answer: Answer, reader: Reader) -> list[list[Cell]]:
    """Return the cells of an answer, things by their labels."""
    types = [answer.types.get(column, "") for column in answer.columns]
    return [
        [_cell(node, type, reader) for node, type in zip(row.terms, types, strict=True)]
        for row in answer.rows
    ]


def _cell(node: Term | None, type: str, reader: Reader) -> Cell:
    if node is None:
        return Cell(Link(""), False)
    if not isinstance(node, NamedNode):
        return Cell(Link(node.value), type in {"integer", "decimal"})
    label = reader.label(node) if type == "concept" else short(node, type)
    return Cell(Link(label, address_of(node.value)), False, reader.label(node))


def _is_complete(query: StoredQuery, given: Given) -> bool:
    return all(p.name in given for p in query.parameters if p.required)


def _field(parameter: Parameter, given: Given, kg: KnowledgeGraph) -> Field:
    values = _values(given.get(parameter.name, parameter.default))
    options = _options(parameter, values, kg)
    return Field(
        name=parameter.name,
        label=in_words(parameter.name).capitalize(),
        hint=parameter.description,
        control=_control(parameter, bool(options)),
        is_required=parameter.required,
        values=values,
        options=options,
        type=parameter.type,
    )


def _control(parameter: Parameter, has_options: bool) -> str:
    if has_options:
        return "checkboxes" if parameter.several else "select"
    if parameter.type in THING_TYPES:
        return "thing"
    return "date" if parameter.type == "date" else "text"


def _options(
    parameter: Parameter, values: tuple[str, ...], kg: KnowledgeGraph
) -> tuple[Option, ...]:
    allowed = ["true", "false"] if parameter.type == "boolean" else kg.values(parameter)
    concepts = kg.names.concepts(parameter.scheme) if parameter.type == "concept" else {}
    reader = Reader(kg)
    return tuple(
        Option(
            value, reader.label(concepts[value]) if value in concepts else value, value in values
        )
        for value in allowed
    )


def _values(given: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return ((given,) if given else ()) if isinstance(given, str) else tuple(given)


def _bound(kg: KnowledgeGraph, query: StoredQuery, given: Given) -> str:
    """Return the SPARQL that is asked, without the header."""
    try:
        text = bind(query.text, kg.bound(query, given))
    except TipgraphError:
        return ""
    lines = (line for line in text.split("\n") if not line.startswith("#+"))
    return "\n".join(line for line in lines if line.strip()).strip()


def _shell(query: StoredQuery, given: Given) -> str:
    options = (
        f" --{name.replace('_', '-')} {shlex.quote(value)}"
        for name, values in given.items()
        for value in _values(values)
    )
    allowed = (f" --allow-service {shlex.quote(url)}" for url in query.services)
    return f"tipgraph query {query.name}{''.join(options)}{''.join(allowed)}"


def _python(query: StoredQuery, given: Given) -> str:
    method = "query" if query.form == "SELECT" else "construct"
    arguments = (f", {name}={value!r}" for name, value in given.items())
    loaded = f"load(services={list(query.services)})" if query.services else "load()"
    return f'tipgraph.{loaded}.{method}("{query.name}"{"".join(arguments)})'
