"""The page of one thing: what answers first, what the graph says, where it stands, how to cite."""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode

from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.iris import thing as our_thing
from tipgraph.serve.pages.asking import questions_about
from tipgraph.serve.pages.dataset import dataset_page
from tipgraph.serve.pages.first import answer_first
from tipgraph.serve.pages.render import render
from tipgraph.tell.cite import cite_thing
from tipgraph.tell.describe import describe
from tipgraph.tell.pictures.neighbours import neighbours_picture
from tipgraph.tell.reader import LONG
from tipgraph.tell.schema_org import described
from tipgraph.tell.thing import NO_RECORD, Thing

FORMATS = (("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"), ("rdf", "RDF/XML"))


def thing(kg: KnowledgeGraph, iri: NamedNode, day: str = "") -> str:
    """Return the page of a thing, on a day where it tells of one; the dataset has its own.

    Raises ArgumentError where the day is none.
    """
    if iri == our_thing("dataset"):
        return dataset_page(kg, iri)
    one = describe(iri, kg.reader)
    first = answer_first(kg, iri, one, day)
    return render(first.template, sentence=first.sentence, **_told(kg, iri, one), **first.told)


def _told(kg: KnowledgeGraph, iri: NamedNode, one: Thing) -> dict[str, Any]:
    """Return what the page of any thing shows."""
    brief = kg.reader.brief(iri)
    return {
        "thing": one,
        "brief": brief,
        "names": [name for name in one.names if name != brief and len(name) <= LONG],
        "long_names": [name for name in one.names if name != brief and len(name) > LONG],
        "no_record": NO_RECORD,
        "asking": questions_about(iri, kg),
        "events": one.events if len(one.events) > 1 or one.records else (),
        "picture": neighbours_picture(iri, one.records, kg.reader),
        "formats": FORMATS,
        "version": kg.version,
        "citation": str(cite_thing(iri, kg.reader)),
        "described": described(iri, kg.reader),
    }
