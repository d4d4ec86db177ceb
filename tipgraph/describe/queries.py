"""Describe the queries layer: each stored query as a SHACL executable, and the shape of its calls.

A call is a node with a value of `parameter/NAME` for each argument. The query is a closed shape
that accepts the calls which can be asked, and no others.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from tipgraph.describe.layers import Layer, english, listed, number
from tipgraph.describe.parameters import describe_parameter, describe_parameter_types
from tipgraph.iris import term, thing
from tipgraph.prepared import Prepared

FORMS = {
    "SELECT": ("sh:SPARQLSelectExecutable", "sh:select"),
    "CONSTRUCT": ("sh:SPARQLConstructExecutable", "sh:construct"),
}
"""The class of a query and the property of its text, by its form."""
COLUMN_RANGES = {
    "text": "rdfs:Literal",
    "integer": "xsd:integer",
    "decimal": "xsd:decimal",
    "boolean": "xsd:boolean",
    "date": "xsd:date",
    "iri": "rdfs:Resource",
    "concept": "rdfs:Resource",
}
"""What every value of a column is, by the column's type; a text may have a language or none."""
BESIDE_ARGUMENTS = (term("rdf:type"), term("prov:used"))
"""What a call may say besides its arguments."""


def query_iri(name: str) -> NamedNode:
    """Return the IRI of a stored query."""
    return thing(f"query/{name}")


def describe_queries(queries: Iterable[Prepared]) -> Layer:
    """Return the queries layer of stored queries."""
    layer = Layer()
    for prepared in queries:
        _describe_query(layer, prepared)
        _describe_example(layer, prepared)
        for order, column in enumerate(prepared.query.columns):
            _describe_column(layer, prepared, order, column)
        for order, parameter in enumerate(prepared.query.parameters):
            node = describe_parameter(layer, prepared, order, parameter)
            layer.add(query_iri(prepared.query.name), "sh:parameter", node)
            layer.add(query_iri(prepared.query.name), "sh:property", node)
    describe_parameter_types(layer)
    return layer


def _describe_query(layer: Layer, prepared: Prepared) -> None:
    query = prepared.query
    iri = query_iri(query.name)
    kind, text = FORMS[query.form]
    layer.a(iri, "sh:NodeShape", "sh:Parameterizable", "sh:SPARQLExecutable", kind)
    layer.add(iri, "skos:prefLabel", english(query.title))
    layer.add(iri, "rdfs:comment", english(query.description))
    layer.add(iri, "schema:keywords", *map(english, query.tags))
    layer.add(iri, "schema:version", Literal(query.version))
    layer.add(iri, text, Literal(query.text))
    layer.add(iri, "spex:federatesWith", *map(NamedNode, query.services))
    layer.add(iri, "sh:closed", Literal(True))
    layer.add(iri, "sh:ignoredProperties", listed(layer, "call", BESIDE_ARGUMENTS))


def _describe_example(layer: Layer, prepared: Prepared) -> None:
    """Describe the call of the example; the query is a shape that it is held against."""
    if not prepared.example:
        return
    iri = query_iri(prepared.query.name)
    call = NamedNode(f"{iri.value}/example")
    layer.add(iri, "tip:exampleCall", call)
    layer.add(iri, "sh:targetNode", call)
    for name, argument in prepared.example.items():
        terms = argument if isinstance(argument, tuple) else (argument,)
        layer.add(call, f"parameter:{name}", *terms)


def _describe_column(layer: Layer, prepared: Prepared, order: int, column: str) -> None:
    iri = query_iri(prepared.query.name)
    node = NamedNode(f"{iri.value}#{column}")
    layer.add(iri, "tip:resultColumn", node)
    layer.a(node, "rdf:Property")
    layer.add(node, "rdfs:label", english(column.replace("_", " ")))
    layer.add(node, "rdfs:range", term(COLUMN_RANGES[prepared.query.columns[column]]))
    layer.add(node, "sh:order", number(order))
