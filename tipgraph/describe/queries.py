"""Describe the queries layer: each stored query as a SHACL executable with its parameters."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal

from tipgraph.describe.layers import Layer, english, number
from tipgraph.iris import term, thing
from tipgraph.queries import read_queries


def describe_queries(folder: Path) -> Layer:
    """Return the queries layer of a folder of stored queries."""
    layer = Layer()
    for query in read_queries(folder).values():
        iri = thing(f"query/{query.name}")
        layer.a(iri, "sh:SPARQLExecutable", "sh:SPARQLSelectExecutable")
        layer.add(iri, "skos:prefLabel", english(query.title))
        layer.add(iri, "dcterms:description", english(query.description))
        layer.add(iri, "schema:keywords", *map(english, query.tags))
        layer.add(iri, "sh:select", Literal(query.text))
        for order, parameter in enumerate(query.parameters):
            node = thing(f"query/{query.name}/{parameter.name}")
            layer.add(iri, "sh:parameter", node)
            layer.a(node, "sh:Parameter")
            layer.add(node, "sh:path", thing(f"parameter/{parameter.name}"))
            layer.add(node, "sh:name", english(parameter.name))
            layer.add(node, "sh:description", english(parameter.description))
            layer.add(node, "sh:order", number(order))
            optional = "false" if parameter.required else "true"
            layer.add(node, "sh:optional", Literal(optional, datatype=term("xsd:boolean")))
    return layer
