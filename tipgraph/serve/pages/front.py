"""The front page: what this is, what is in it and of when, and where to begin."""

from __future__ import annotations

from tipgraph.iris import term
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.serve.pages.counts import counts_of
from tipgraph.serve.pages.question import topics
from tipgraph.serve.pages.reader import Reader
from tipgraph.serve.pages.render import render
from tipgraph.serve.pages.schema_org import dataset
from tipgraph.serve.pictures.standing import standing_picture
from tipgraph.serve.pictures.svg import legend

COVERAGE = "country-coverage"


def front(kg: KnowledgeGraph) -> str:
    """Return the front page."""
    reader = Reader(kg)
    standing = standing_picture(reader)
    return render(
        "front.html",
        counts=counts_of(reader),
        topics=topics(kg),
        countries=_countries(reader),
        can_cover=COVERAGE in kg.queries.names,
        picture=standing.drawing,
        legend=legend(standing.forces),
        version=kg.version,
        described=dataset(reader),
    )


def _countries(reader: Reader) -> list[tuple[str, str]]:
    """Return the code and the name of each country."""
    found = reader.subjects("rdf:type", term("tip:State"))
    return [(node.value.rpartition("/")[2], reader.label(node)) for node in found]
