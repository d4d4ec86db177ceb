"""Describe the queries layer: each stored query as a SHACL executable, and the shape of its calls.

A call is a node with a value of `parameter/NAME` for each argument. The query is a closed shape
that accepts the calls which can be asked, and no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from tipgraph.ask.names import NAME_PROPERTIES
from tipgraph.ask.parameters import THING_TYPES, Parameter
from tipgraph.ask.prepared import Prepared
from tipgraph.ask.terms import FORMS
from tipgraph.layers.layer import Layer, listed
from tipgraph.rdf.iris import BASE, term, thing
from tipgraph.rdf.terms import english, number

EXECUTABLES = {
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
    kind, text = EXECUTABLES[query.form]
    layer.a(iri, "sh:NodeShape", "sh:Parameterizable", "sh:SPARQLExecutable", kind)
    layer.add(iri, "skos:prefLabel", english(query.title))
    layer.add(iri, "rdfs:comment", english(query.description))
    if query.empty:
        layer.add(iri, "tip:emptyAnswer", english(query.empty))
    layer.add(iri, "schema:keywords", *map(english, query.tags))
    for language, phrases in query.asked_as.items():
        layer.add(iri, "tip:askedAs", *(Literal(said, language=language) for said in phrases))
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
    if column in prepared.query.shown:
        layer.add(iri, "tip:answerColumn", node)
    layer.a(node, "rdf:Property")
    layer.add(node, "rdfs:label", english(column.replace("_", " ")))
    layer.add(node, "rdfs:range", term(COLUMN_RANGES[prepared.query.columns[column]]))
    layer.add(node, "sh:order", number(order))


SPACED = thing("parameter-type/spaced")
THING = thing("parameter-type/thing")
CONCEPT = thing("parameter-type/concept")


def describe_parameter(
    layer: Layer, prepared: Prepared, order: int, parameter: Parameter
) -> NamedNode:
    """Add a parameter of a query to a layer, as the shape of its arguments; return its IRI."""
    node = thing(f"query/{prepared.query.name}/{parameter.name}")
    layer.a(node, "sh:Parameter")
    layer.add(node, "sh:path", _path(layer, parameter))
    layer.add(node, "sh:name", english(parameter.name))
    layer.add(node, "sh:description", english(parameter.description))
    layer.add(node, "sh:order", number(order))
    layer.add(node, "sh:optional", Literal(not parameter.required))
    if parameter.required:
        layer.add(node, "sh:minCount", number(parameter.least))
    if most := parameter.most if parameter.several else 1:
        layer.add(node, "sh:maxCount", number(most))
    _describe_type(layer, node, parameter)
    _describe_limits(layer, node, prepared, parameter)
    return node


def _path(layer: Layer, parameter: Parameter) -> NamedNode:
    path = term(f"parameter:{parameter.name}")
    layer.a(path, "rdf:Property")
    layer.add(path, "rdfs:label", english(parameter.name))
    return path


def _describe_type(layer: Layer, node: NamedNode, parameter: Parameter) -> None:
    if parameter.type in FORMS:
        _describe_literal(layer, node, parameter.type)
        return
    layer.add(node, "sh:nodeKind", term("sh:IRI"))
    if parameter.type == "concept":
        layer.add(node, "sh:node", _described_scheme(layer, parameter.scheme))
    elif parameter.type in THING_TYPES:
        layer.add(node, "sh:node", THING)
        if kind := THING_TYPES[parameter.type]:
            layer.add(node, "sh:class", term(kind))


def _describe_literal(layer: Layer, node: NamedNode, type: str) -> None:
    """Describe the literals of a type.

    `$` stands before a last line break too in some dialects of regular expressions, which the
    shape of what has white space makes up for.
    """
    form = FORMS[type]
    layer.add(node, "sh:datatype", form.datatype)
    layer.add(node, "sh:pattern", Literal(f"^{form.pattern.pattern}$"))
    if type != "text":
        layer.add(node, "sh:not", SPACED)


def _described_scheme(layer: Layer, scheme: str) -> NamedNode:
    shape = NamedNode(f"{CONCEPT.value}/{scheme}")
    layer.a(shape, "sh:NodeShape")
    in_scheme = _property(layer, shape, "inScheme", "skos:inScheme")
    layer.add(in_scheme, "sh:hasValue", thing(f"concept/{scheme}"))
    layer.add(shape, "sh:property", in_scheme)
    return shape


def _describe_limits(
    layer: Layer, node: NamedNode, prepared: Prepared, parameter: Parameter
) -> None:
    if parameter.is_limited:
        allowed = prepared.allowed.get(parameter.name, ())
        layer.add(node, "sh:in", listed(layer, node.value.removeprefix(BASE), allowed))
    if default := prepared.defaults.get(parameter.name):
        layer.add(node, "sh:defaultValue", *(default if isinstance(default, tuple) else [default]))


def describe_parameter_types(layer: Layer) -> None:
    """Add the shapes of what several parameters have in common to a layer."""
    layer.a(SPACED, "sh:NodeShape")
    layer.add(SPACED, "sh:pattern", Literal(r"\s"))
    layer.a(CONCEPT, "sh:NodeShape")
    layer.add(CONCEPT, "sh:pattern", Literal(f"^{re.escape(thing('concept/').value)}"))
    layer.a(THING, "sh:NodeShape")
    layer.add(THING, "sh:not", CONCEPT)
    classes = _property(layer, THING, "class", "rdf:type")
    layer.add(classes, "sh:minCount", number(1))
    layer.add(THING, "sh:property", classes)
    names = [_property(layer, THING, name.partition(":")[2], name) for name in NAME_PROPERTIES]
    for name in names:
        layer.add(name, "sh:minCount", number(1))
    layer.add(THING, "sh:or", listed(layer, "parameter-type/thing", names))


def _property(layer: Layer, shape: NamedNode, name: str, path: str) -> NamedNode:
    """Return a property shape of a shape, with an IRI of its own."""
    node = NamedNode(f"{shape.value}/{name}")
    layer.a(node, "sh:PropertyShape")
    layer.add(node, "sh:path", term(path))
    return node
