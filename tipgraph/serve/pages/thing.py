"""The page of one thing: what the graph says of it, where each fact stands, how to cite it."""

from __future__ import annotations

from pyoxigraph import NamedNode

from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.iris import thing as our_thing
from tipgraph.serve.pages.asking import questions_about
from tipgraph.serve.pages.dataset import dataset_page
from tipgraph.serve.pages.maps import history_of, map_of
from tipgraph.serve.pages.render import render
from tipgraph.tell.describe import describe
from tipgraph.tell.pictures.neighbours import neighbours_picture
from tipgraph.tell.schema_org import described
from tipgraph.tell.thing import NO_RECORD

FORMATS = (("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"), ("rdf", "RDF/XML"))


def thing(kg: KnowledgeGraph, iri: NamedNode, on: str = "") -> str:
    """Return the page of a thing, with its map on a day; the dataset has a page of its own.

    Raises UsageError for what is no day.
    """
    if iri == our_thing("dataset"):
        return dataset_page(kg, iri)
    one = describe(iri, kg.reader)
    return render(
        "thing.html",
        thing=one,
        no_record=NO_RECORD,
        asking=questions_about(iri, kg),
        events=one.events if len(one.events) > 1 or one.records else (),
        map=map_of(iri, kg, on),
        history=history_of(iri, kg),
        picture=neighbours_picture(iri, one.records, kg.reader),
        formats=FORMATS,
        version=kg.version,
        described=described(iri, kg.reader),
    )
