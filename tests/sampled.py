"""Arguments of stored queries for generated tests: fitting ones of the graph, and hostile ones."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from tipgraph import KnowledgeGraph
from tipgraph.ask.bind import Argument, Term
from tipgraph.ask.parameters import THING_TYPES, Parameter
from tipgraph.ask.queries import StoredQuery
from tipgraph.ask.terms import FORMS
from tipgraph.rdf.iris import term

Arguments = dict[str, Argument]
IRIS = ("tip:Organization", "tip:FrameworkInstrument", "xsd:date", "tip:nothing")
SAMPLES = {
    "date": ("1949-12-02", "2000-11-15", "2010-01-01", "2015-06-30", "2020-06-30", "2099-12-31"),
    "text": ("instruments", "dates", "no such word", "8.7"),
}
HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\"'\\{}<>#$?\n\r\t.;^@%|`&-u0"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=20,
)


def fitting_terms(parameter: Parameter, kg: KnowledgeGraph) -> tuple[Term, ...]:
    """Return the terms of the graph that a parameter may take."""
    if parameter.is_limited:
        return kg.questions.choices(parameter)
    if parameter.type in THING_TYPES:
        things = sorted(kg.questions.names.classes, key=str)
        return tuple(thing for thing in things if kg.questions.names.is_a(thing, parameter.type))
    if parameter.type == "concept":
        return tuple(kg.questions.names.concepts(parameter.scheme).values())
    if parameter.type == "iri":
        return tuple(map(term, IRIS))
    values = SAMPLES[parameter.type]
    return tuple(Literal(value, datatype=FORMS[parameter.type].datatype) for value in values)


def hostile_terms(parameter: Parameter) -> st.SearchStrategy[Term]:
    """Return literals, or IRIs where the parameter takes IRIs, that try to break out."""
    if parameter.type in FORMS:
        datatype = FORMS[parameter.type].datatype
        return HOSTILE.map(lambda text: Literal(text, datatype=datatype))
    return HOSTILE.filter(_is_in_iri).map(lambda text: NamedNode(f"http://x.org/{text}"))


def _is_in_iri(text: str) -> bool:
    try:
        NamedNode(f"http://x.org/{text}")
    except ValueError:
        return False
    return True


def arguments(
    query: StoredQuery, terms: Mapping[str, st.SearchStrategy[Term]], most: int = 3
) -> st.SearchStrategy[Arguments]:
    """Return what a query can be bound to; optional arguments are there or not."""
    always: dict[str, st.SearchStrategy[Argument]] = {}
    optional: dict[str, st.SearchStrategy[Argument]] = {}
    for parameter in query.parameters:
        one: st.SearchStrategy[Argument] = terms[parameter.name]
        if parameter.several:
            listed = st.lists(terms[parameter.name], min_size=1, max_size=most, unique=True)
            one = listed.map(tuple)
        (always if parameter.is_always_given else optional)[parameter.name] = one
    return st.fixed_dictionaries(always, optional=optional)


def fitting_arguments(
    query: StoredQuery, kg: KnowledgeGraph, most: int = 3
) -> st.SearchStrategy[Arguments]:
    """Return arguments that a query may be given."""
    terms = {p.name: st.sampled_from(fitting_terms(p, kg)) for p in query.parameters}
    return arguments(query, terms, most)


def hostile_arguments(query: StoredQuery, most: int = 3) -> st.SearchStrategy[Arguments]:
    """Return arguments that no query would be given, but of the right kind of term."""
    return arguments(query, {p.name: hostile_terms(p) for p in query.parameters}, most)
