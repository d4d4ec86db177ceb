"""Cite the dataset, a thing in it, or the answer of a stored question."""

from __future__ import annotations

from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from tipgraph.ask.answer import short
from tipgraph.ask.bind import Argument
from tipgraph.ask.run import BoundQuery
from tipgraph.rdf.iris import BASE, iri_to_uri, term, thing
from tipgraph.tell.citation import Citation, Source
from tipgraph.tell.days import day_in_words
from tipgraph.tell.reader import Reader

SERIES = {
    "tip:UNDocumentSymbol": "",
    "tip:DocumentSymbol": "",
    "tip:OASDocument": "",
    "tip:OSCEDecision": "",
    "tip:LASDecision": "",
    "tip:DecisionNumber": "",
    "tip:ECOWASRegulation": "",
    "tip:COMNumber": "",
    "tip:CETSNumber": "",
    "tip:UNTSNumber": "UNTS ",
    "tip:OJReference": "",
    "tip:ISBN": "ISBN ",
}
"""The codes by which a work is cited, in their order, and what to write before each."""
DATES = (("tip:inForceFrom", "entered into force"), ("tip:inForceUntil", "in force until"))


def cite_dataset(reader: Reader) -> Citation:
    """Return the citation of the dataset of a graph."""
    source = _source(reader)
    return Citation("dataset", source.title, thing("dataset").value, source)


def cite_thing(node: NamedNode, reader: Reader) -> Citation:
    """Return the citation of a thing: an instrument as the work it is, others as entries.

    A treaty has no authors, and its dates and series are those that are recorded.
    """
    if node == thing("dataset"):
        return cite_dataset(reader)
    label, source, address = reader.label(node), _source(reader), iri_to_uri(node.value)
    if not reader.is_a(node, "tip:FrameworkInstrument"):
        return Citation("entry", label, address, source)
    is_treaty = _is_treaty(node, reader)
    issuers = () if is_treaty else reader.nodes(node, "tip:issuedBy")
    return Citation(
        "treaty" if is_treaty else "work",
        label,
        address,
        source,
        authors=tuple(map(reader.label, issuers)),
        date=reader.value(node, "tip:adoptedOrIssued"),
        told=_told(node, reader),
        symbols=_symbols(node, reader),
    )


def cite_answer(bound: BoundQuery, reader: Reader) -> Citation:
    """Return the citation of an answer: the question with its version and all its arguments.

    The defaults are among them, the day asked about too, so that its address asks the same again.
    """
    query = bound.query
    told = [f"{name}: {_named(value, reader)}" for name, value in bound.arguments.items()]
    told += [f"question {query.name}, version {query.version}"]
    told += [f"asked of {url} too, as it was then" for url in query.services]
    fields = {name: _given(name, value, bound) for name, value in bound.arguments.items()}
    arguments = urlencode(fields, doseq=True, safe="/:")
    return Citation(
        "answer",
        query.title,
        f"{BASE}query/{query.name}{'?' if arguments else ''}{arguments}",
        _source(reader),
        told=tuple(told),
    )


def _source(reader: Reader) -> Source:
    dataset = thing("dataset")
    return Source(
        reader.label(dataset),
        tuple(map(reader.label, reader.nodes(dataset, "dcterms:creator"))),
        reader.value(dataset, "schema:version"),
        reader.value(dataset, "dcterms:license"),
    )


def _is_treaty(node: NamedNode, reader: Reader) -> bool:
    kinds = reader.nodes(node, "dcterms:type")
    broader = (one for kind in kinds for one in reader.nodes(kind, "skos:broader"))
    return term("kind:treaty") in {*kinds, *broader}


def _told(node: NamedNode, reader: Reader) -> tuple[str, ...]:
    """Return the dates of a work in words, each as exact as it is recorded."""
    verb = "adopted" if reader.is_a(node, "tip:NormativeInstrument") else "issued"
    dates = (("tip:adoptedOrIssued", verb), *DATES)
    found = ((told, reader.value(node, property)) for property, told in dates)
    return tuple(f"{told} {day_in_words(date)}" for told, date in found if date)


def _symbols(node: NamedNode, reader: Reader) -> tuple[str, ...]:
    codes = [code for code in reader.objects(node, "skos:notation") if isinstance(code, Literal)]
    return tuple(
        f"{before}{code.value}"
        for series, before in SERIES.items()
        for code in codes
        if code.datatype == term(series)
    )


def _named(argument: Argument, reader: Reader) -> str:
    terms = argument if isinstance(argument, tuple) else (argument,)
    return " and ".join(map(reader.label, terms))


def _given(name: str, argument: Argument, bound: BoundQuery) -> list[str]:
    """Return how the values of an argument are written in an address."""
    parameter = bound.query.parameter(name)
    terms = argument if isinstance(argument, tuple) else (argument,)
    return [short(node, parameter.type if parameter else "") for node in terms]
