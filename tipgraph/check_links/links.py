"""The links of the graph: those that the table prints, and those that we give."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tipgraph.engines.engine import Engine, solutions
from tipgraph.iris import path_of

LINKS = """
SELECT DISTINCT ?url ?about ?source WHERE {
  { ?about schema:url|tip:correctedUrl|dcterms:references ?url }
  UNION { ?link a tip:Link ; rdf:subject ?about ; rdf:object ?url }
  OPTIONAL { ?about dcterms:source ?source }
  FILTER (isIRI(?url))
}
"""


@dataclass(frozen=True)
class Link:
    """A URL, the paths of the things it is given for, and the year of the table that prints it."""

    url: str
    about: tuple[str, ...]
    year: str = ""


def links_of(engine: Engine) -> tuple[Link, ...]:
    """Return the links of the graph by their URLs."""
    about: dict[str, set[str]] = {}
    years: dict[str, str] = {}
    for row in solutions(LINKS, engine).rows:
        url, thing, source = (term.value if term else "" for term in row)
        if not url.startswith(("http://", "https://")):
            continue
        about.setdefault(url, set()).add(path_of(thing))
        if year := re.match(r"source/(\d{4})/", path_of(source)):
            years[url] = year[1]
    return tuple(Link(url, tuple(sorted(about[url])), years.get(url, "")) for url in sorted(about))
