"""The front page: what this is, what is in it and of when, and where to begin."""

from __future__ import annotations

from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.iris import term
from tipgraph.serve.pages.question import topics
from tipgraph.serve.pages.render import render
from tipgraph.tell.pictures.standing import standing_picture
from tipgraph.tell.pictures.svg import legend
from tipgraph.tell.reader import Reader
from tipgraph.tell.schema_org import dataset

COVERAGE = "country-coverage"


def front(kg: KnowledgeGraph) -> str:
    """Return the front page."""
    reader = kg.reader
    standing = standing_picture(reader)
    return render(
        "front.html",
        counts=counts_of(reader),
        topics=topics(kg),
        countries=countries_of(reader),
        can_cover=COVERAGE in kg.queries.names,
        picture=standing.drawing,
        legend=legend(standing.forces),
        version=kg.version,
        described=dataset(reader),
    )


def countries_of(reader: Reader) -> list[tuple[str, str]]:
    """Return the code and the name of each country."""
    found = reader.subjects("rdf:type", term("tip:State"))
    return [(node.value.rpartition("/")[2], reader.label(node)) for node in found]


COUNTED = (
    ("tip:Organization", "organizations, processes and forums"),
    ("tip:FrameworkInstrument", "instruments"),
    ("tip:State", "countries and areas"),
    ("org:Membership", "membership records"),
    ("tip:TreatyAct", "treaty acts"),
)


def counts_of(reader: Reader) -> list[tuple[int, str]]:
    """Return how many things of each kind the graph has, those it has none of left out."""
    counts = [(len(reader.subjects("rdf:type", term(kind))), name) for kind, name in COUNTED]
    return [(count, name) for count, name in counts if count]
