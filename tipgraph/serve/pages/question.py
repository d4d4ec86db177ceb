"""The page of a stored question: its form, its answer, and how to ask it from elsewhere."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

from tipgraph.ask.answer import Answer
from tipgraph.ask.parameters import THING_TYPES, Parameter
from tipgraph.ask.queries import StoredQuery
from tipgraph.ask.run import BoundQuery
from tipgraph.errors import TipgraphError
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.serve.pages.answered import newest_source, table_of, told_of
from tipgraph.serve.pages.render import render
from tipgraph.serve.pages.wording import Description, description_of
from tipgraph.tell.cite import cite_answer
from tipgraph.tell.reader import in_words

Given = Mapping[str, str | list[str]] | Mapping[str, str | tuple[str, ...]]
DOWNLOADS = (("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("jsonl", "JSON Lines"))
TRIPLES = (("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"), ("rdf", "RDF/XML"))


@dataclass(frozen=True)
class Place:
    """The address of an answer, what it says of its page, and the addresses of other pages."""

    address: str
    paging: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_later(self) -> bool:
        """Whether there is a page before."""
        return "prev" in self.others


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
class Asked:
    """What is given to a question, what it is bound to, its rows, and why it gives no answer."""

    given: Given
    bound: BoundQuery | None = None
    answer: Answer | None = None
    error: str = ""


def question(kg: KnowledgeGraph, query: StoredQuery, asked: Asked, place: Place) -> str:
    """Return the page of a stored question; its answer is shared by the address of a place."""
    name, mark, arguments = place.address.partition("?")
    is_rows = query.form == "SELECT"
    formats = DOWNLOADS if is_rows else TRIPLES
    reader, given, bound = kg.reader, asked.given, asked.bound
    return render(
        "question.html",
        query=query,
        description=description_of(query, kg.queries.names),
        fields=[_field(parameter, given, kg) for parameter in query.parameters],
        answer=asked.answer,
        table=table_of(asked.answer, reader) if asked.answer is not None else None,
        told=told_of(bound.arguments, given, reader) if bound else [],
        newest=newest_source(asked.answer, bound.arguments) if asked.answer and bound else "",
        error=asked.error,
        place=place,
        is_asked=bound is not None,
        is_rows=is_rows,
        downloads=[(f"{name}.{ending}{mark}{arguments}", label) for ending, label in formats],
        sparql=bound.sparql if bound else "",
        citation=str(cite_answer(bound, reader)) if bound else "",
        cite_address=f"{name}/cite{mark}{arguments}",
        shell=_shell(query, given, place.paging),
        python=_python(query, given, place.paging),
    )


def federated(kg: KnowledgeGraph, query: StoredQuery) -> str:
    """Return the page of a stored question that asks another endpoint, which the site does not."""
    return render(
        "federated.html",
        query=query,
        description=description_of(query, kg.queries.names),
        sparql=example_of(kg, query),
        shell=_shell(query, query.example, {}),
        python=_python(query, query.example, {}),
    )


def example_of(kg: KnowledgeGraph, query: StoredQuery) -> str:
    """Return the SPARQL of a question's example, or nothing where the graph lacks what it names."""
    try:
        return kg.questions.bound(query, query.example).sparql
    except TipgraphError:
        return ""


def questions(kg: KnowledgeGraph) -> str:
    """Return the page that lists the stored questions by topic."""
    found = {topic: _described(queries, kg) for topic, queries in topics(kg).items()}
    return render("questions.html", topics=found, allowed=kg.graph.services)


def _described(
    queries: list[StoredQuery], kg: KnowledgeGraph
) -> list[tuple[StoredQuery, Description]]:
    return [(query, description_of(query, kg.queries.names)) for query in queries]


def topics(kg: KnowledgeGraph) -> dict[str, list[StoredQuery]]:
    """Return the stored questions by their first tag."""
    grouped: dict[str, list[StoredQuery]] = {}
    for query in kg.queries.read()[0].values():
        grouped.setdefault(query.tags[0] if query.tags else "other", []).append(query)
    return {topic: grouped[topic] for topic in sorted(grouped)}


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
    allowed = ["true", "false"] if parameter.type == "boolean" else kg.questions.values(parameter)
    concepts = kg.questions.names.concepts(parameter.scheme) if parameter.type == "concept" else {}
    reader = kg.reader
    return tuple(
        Option(
            value, reader.label(concepts[value]) if value in concepts else value, value in values
        )
        for value in allowed
    )


def _values(given: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return ((given,) if given else ()) if isinstance(given, str) else tuple(given)


def _shell(query: StoredQuery, given: Given, paging: Mapping[str, int]) -> str:
    options = (
        f" --{name.replace('_', '-')} {shlex.quote(value)}"
        for name, values in given.items()
        for value in _values(values)
    )
    pages = (f" --{name} {number}" for name, number in paging.items())
    allowed = (f" --allow-service {shlex.quote(url)}" for url in query.services)
    return f"tipgraph query {query.name}{''.join(options)}{''.join(pages)}{''.join(allowed)}"


def _python(query: StoredQuery, given: Given, paging: Mapping[str, int]) -> str:
    method = "query" if query.form == "SELECT" else "construct"
    arguments = (f", {name}={value!r}" for name, value in {**given, **paging}.items())
    loaded = f"load(services={list(query.services)})" if query.services else "load()"
    return f'tipgraph.{loaded}.{method}("{query.name}"{"".join(arguments)})'
