"""The page of one thing: what the graph says of it, where each fact stands, how to cite it."""

from __future__ import annotations

from pyoxigraph import NamedNode

from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.iris import thing as our_thing
from tipgraph.serve.pages.asking import questions_about
from tipgraph.serve.pages.dataset import dataset_page
from tipgraph.serve.pages.render import render
from tipgraph.tell.cite import cite_thing
from tipgraph.tell.describe import describe
from tipgraph.tell.pictures.neighbours import neighbours_picture
from tipgraph.tell.schema_org import described
from tipgraph.tell.thing import NO_RECORD

FORMATS = (("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"), ("rdf", "RDF/XML"))


def thing(kg: KnowledgeGraph, iri: NamedNode) -> str:
    """Return the page of a thing; the dataset has one of its own."""
    if iri == our_thing("dataset"):
        return dataset_page(kg, iri)
    one = describe(iri, kg.reader)
    return render(
        "thing.html",
        thing=one,
        no_record=NO_RECORD,
        asking=questions_about(iri, kg),
        events=one.events if len(one.events) > 1 or one.records else (),
        picture=neighbours_picture(iri, one.records, kg.reader),
        formats=FORMATS,
        citation=str(cite_thing(iri, kg.reader)),
        described=described(iri, kg.reader),
    )
