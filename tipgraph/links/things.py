"""What links are looked for: our things with their names and websites, and items elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from tipgraph.graph.engines.engine import Engine, solutions
from tipgraph.rdf.iris import BASE

OURS = f"""
SELECT ?thing ?label ?name ?kind ?page WHERE {{
  ?thing skos:prefLabel ?label ; a ?class .
  VALUES (?class ?kind) {{
    (org:Organization "organization")
    (tip:FrameworkInstrument "instrument")
  }}
  FILTER (STRSTARTS(STR(?thing), "{BASE}"))
  {{ ?thing skos:prefLabel|skos:altLabel|tip:titleAsPrinted ?name }}
  OPTIONAL {{ ?thing foaf:page/schema:url ?page }}
}}
"""


@dataclass(frozen=True)
class Named:
    """A thing of ours or an item elsewhere: its names, the label first, and its websites.

    `types` are those of the wanted types that an item has; `has_type` is whether it has any type.
    """

    iri: str
    names: tuple[str, ...]
    pages: frozenset[str] = frozenset()
    kind: str = ""
    types: frozenset[str] = frozenset()
    has_type: bool = False
    moved_to: str = ""

    @property
    def label(self) -> str:
        """What it is called, or its IRI where it has no name."""
        return self.names[0] if self.names else self.iri


def our_things(engine: Engine) -> tuple[Named, ...]:
    """Return the organizations and instruments of the graph, by their IRIs."""
    label: dict[str, str] = {}
    names: dict[str, set[str]] = {}
    pages: dict[str, set[str]] = {}
    kinds: dict[str, str] = {}
    for row in solutions(OURS, engine).rows:
        thing, title, name, kind, page = (term.value if term else "" for term in row)
        label[thing], kinds[thing] = title, kind
        names.setdefault(thing, set()).add(name)
        pages.setdefault(thing, set()).update({page} - {""})
    return tuple(
        Named(
            iri=thing,
            names=(label[thing], *sorted(names[thing] - {label[thing]})),
            pages=frozenset(pages[thing]),
            kind=kinds[thing],
        )
        for thing in sorted(label)
    )


def is_acronym(name: str) -> bool:
    """Tell whether a name is an acronym or symbol: one word with several capitals or a digit.

    >>> is_acronym("CoE"), is_acronym("C182"), is_acronym("Council of Europe")
    (True, True, False)
    """
    is_short = " " not in name and len(name) <= 16
    return is_short and (sum(map(str.isupper, name)) >= 2 or any(map(str.isdigit, name)))


def site(url: str) -> str:
    """Return the host and path of a URL in one form, for comparing websites.

    >>> site("http://www.oas.org/en/") == site("https://oas.org/en")
    True
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return host + parts.path.rstrip("/") + query


def spellings(url: str) -> Iterable[str]:
    """Yield the ways in which stores write a website's URL."""
    if re.search(r'[\s<>"{}|\\^`]', url):
        return
    address = site(url)
    for scheme in ("http", "https"):
        for host in ("", "www."):
            for end in ("", "/"):
                yield f"{scheme}://{host}{address}{end}"
