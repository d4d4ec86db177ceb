"""Whatever a stored query is bound to, it stays the query it is and gives rows of that alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import rdflib
from conftest import ROOT, examples
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Store
from sampled import Arguments, fitting_arguments, hostile_arguments

from tipgraph import KnowledgeGraph
from tipgraph.ask.bind import Argument, Term, bind, condition_of, is_end
from tipgraph.ask.queries import StoredQuery
from tipgraph.graph.engines.engine import Engine, Solutions
from tipgraph.graph.engines.oxigraph import Oxigraph
from tipgraph.graph.engines.rdflib import Rdflib, mended
from tipgraph.graph.engines.services import without_services
from tipgraph.rdf.iris import BASE, PREFIXES, term
from tipgraph.rdf.sparql_text import Token, services, tokens

TEXTS = {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "queries").glob("*.rq"))}
WITH_PARAMETERS = [name for name, text in TEXTS.items() if "\n#+ parameters:" in text]
ANSWERED = [name for name in WITH_PARAMETERS if not services(TEXTS[name])]
"""Those that this graph alone answers."""
CONDITIONAL = re.compile(r"^ *#if \$(\w+)$.*?^ *#end$", re.MULTILINE | re.DOTALL)
EMPTY = Oxigraph(Store())

Rows = list[tuple[str, ...]]


def each(argument: Argument) -> tuple[Term, ...]:
    return argument if isinstance(argument, tuple) else (argument,)


def kept(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens(text) if token.kind != "comment"]


def standing(query: StoredQuery, given: Arguments) -> Iterator[Token]:
    """Yield the tokens of a stored query that are not dropped with these arguments."""
    condition = ""
    for token in tokens(query.text):
        condition = "" if is_end(token) else condition_of(token) or condition
        if token.kind != "comment" and (not condition or condition in given):
            yield token


def replaced(query: StoredQuery, given: Arguments) -> Iterator[tuple[str, str]]:
    """Yield the tokens of a stored query with those of terms in the place of parameters."""
    for token in standing(query, given):
        if token.kind == "parameter":
            for node in each(given[token.text]):
                yield from kept(str(node))
        else:
            yield token.kind, token.text


@pytest.mark.parametrize("name", WITH_PARAMETERS)
@examples(10, 100)
@given(data=st.data())
def test_nothing_but_the_terms_changes(kg: KnowledgeGraph, name: str, data: st.DataObject) -> None:
    query = kg.queries[name]
    given = data.draw(hostile_arguments(query))
    bound = bind(query.text, given)
    assert kept(bound) == list(replaced(query, given))
    EMPTY.query(without_services(bound))


@pytest.fixture(scope="session")
def part(kg: KnowledgeGraph) -> Store:
    """What the graph says within two steps of the things that the examples are about."""
    examples = (
        kg.questions.bound(query, query.example).arguments
        for query in map(kg.queries.__getitem__, TEXTS)
    )
    terms = {node for given in examples for value in given.values() for node in each(value)}
    seeds = {node for node in terms if is_thing(node)}
    near = seeds | around(seeds, kg)
    near |= around(near, kg)
    store = Store()
    store.extend(quad for quad in kg.store if quad.subject in near or quad.object in seeds)
    return store


def is_thing(node: object) -> bool:
    return isinstance(node, NamedNode) and not node.value.startswith(f"{BASE}concept/")


def around(nodes: set[Term], kg: KnowledgeGraph) -> set[Term]:
    found = (quad.object for quad in kg.store if quad.subject in nodes)
    return {node for node in found if isinstance(node, NamedNode) and is_thing(node)}


@pytest.fixture(scope="session")
def engines(part: Store) -> tuple[Oxigraph, Rdflib]:
    return Oxigraph(part), Rdflib.of(part)


def rows_of(text: str, engine: Engine) -> Rows:
    """Return the rows of a query without their order; triples are rows of three."""
    result = engine.query(text)
    assert not isinstance(result, bool)
    rows = result.rows if isinstance(result, Solutions) else (tuple(t) for t in result.triples)
    return sorted(tuple("" if node is None else node.value for node in row) for row in rows)


def rows_of_initial_bindings(query: StoredQuery, given: Arguments, engine: Rdflib) -> Rows:
    """Return what rdflib gives where the arguments are bindings and no part of the text."""
    bindings = {f"{name}__given": as_rdflib(each(value)[0]) for name, value in given.items()}
    text = renamed(query, given)
    with mended():
        result = engine.dataset.query(text, initNs=PREFIXES, initBindings=bindings)
        rows: Iterable[Any] = result if result.type == "SELECT" else result.graph or ()
        return sorted(tuple("" if node is None else str(node) for node in row) for row in rows)


def renamed(query: StoredQuery, given: Arguments) -> str:
    """Return the text with parameters as variables that no other variable can be confused with."""
    text = CONDITIONAL.sub(lambda lines: lines[0] if lines[1] in given else "", query.text)
    for token in reversed(tokens(text)):
        if token.kind == "parameter":
            text = f"{text[: token.start - 1]}?{token.text}__given{text[token.end :]}"
    return text


def as_rdflib(node: Term) -> rdflib.term.Identifier:
    if isinstance(node, NamedNode):
        return rdflib.URIRef(node.value)
    is_plain = node.datatype == term("xsd:string")
    return rdflib.Literal(node.value, datatype=None if is_plain else node.datatype.value)


@pytest.mark.parametrize("name", ANSWERED)
@examples(2, 20)
@given(data=st.data())
def test_fitting_terms_give_the_rows_of_bindings(
    kg: KnowledgeGraph, engines: tuple[Oxigraph, Rdflib], name: str, data: st.DataObject
) -> None:
    query = kg.queries[name]
    assert_rows_of_bindings(query, data.draw(fitting_arguments(query, kg, most=1)), engines)


@pytest.mark.parametrize("name", ANSWERED)
@examples(1, 20)
@given(data=st.data())
def test_hostile_terms_give_the_rows_of_bindings(
    kg: KnowledgeGraph, engines: tuple[Oxigraph, Rdflib], name: str, data: st.DataObject
) -> None:
    query = kg.queries[name]
    assert_rows_of_bindings(query, data.draw(hostile_arguments(query, most=1)), engines)


@pytest.mark.parametrize("name", ANSWERED)
def test_the_example_gives_the_rows_of_bindings(
    kg: KnowledgeGraph, engines: tuple[Oxigraph, Rdflib], name: str
) -> None:
    query = kg.queries[name]
    whole = kg.questions.bound(query, query.example).arguments
    given = {
        name: value[:1] if isinstance(value, tuple) else value for name, value in whole.items()
    }
    assert_rows_of_bindings(query, given, engines)


def assert_rows_of_bindings(
    query: StoredQuery, given: Arguments, engines: tuple[Oxigraph, Rdflib]
) -> None:
    embedded, reference = engines
    bound = bind(query.text, given)
    expected = rows_of_initial_bindings(query, given, reference)
    assert rows_of(bound, reference) == expected
    assert rows_of(bound, embedded) == expected
