"""Find things by what they are elsewhere: items, pages and codes, as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode

from tipgraph.graph.engines.engine import Engine, solutions
from tipgraph.rdf.iris import BASE, fold

Things = Mapping[str, set[NamedNode]]
KNOWN = f"""
SELECT ?thing ?identifier ?system ?is_item WHERE {{
  {{ ?thing schema:sameAs ?identifier . BIND (true AS ?is_item) }}
  UNION {{ ?thing rdfs:seeAlso ?identifier }}
  UNION {{
    ?thing skos:notation ?identifier .
    BIND (STRAFTER(STR(DATATYPE(?identifier)), "#") AS ?system)
  }}
  FILTER (!STRSTARTS(STR(?thing), "{BASE}concept/"))
}}
"""
PROPOSED = """
SELECT ?thing ?identifier WHERE {
  ?link a tip:LinkToCheck ; rdf:subject ?thing ; rdf:object ?identifier .
}
"""


def known_identifiers(engine: Engine) -> Things:
    """Return the things by the keys of what they are linked to and of their codes."""
    things: dict[str, set[NamedNode]] = {}
    for thing, identifier, system, is_item in solutions(KNOWN, engine).rows:
        if not isinstance(thing, NamedNode) or identifier is None:
            continue
        if isinstance(identifier, NamedNode):
            keys = address_keys(identifier.value)[: None if is_item else 1]
        else:
            keys = tuple(_code_keys(system.value if system else "", identifier.value))
        for key in keys:
            things.setdefault(key, set()).add(thing)
    return things


def proposed_identifiers(engine: Engine) -> Things:
    """Return the things by the keys of what they are only proposed to be linked to."""
    things: dict[str, set[NamedNode]] = {}
    for thing, identifier in solutions(PROPOSED, engine).rows:
        if isinstance(thing, NamedNode) and isinstance(identifier, NamedNode):
            for key in address_keys(identifier.value):
                things.setdefault(key, set()).add(thing)
    return things


def keys_of(text: str) -> tuple[str, ...]:
    """Return the keys by which a text may name a thing, the surest first."""
    return address_keys(text)[:2] if "://" in text else (_squeezed(text),)


def address_keys(address: str) -> tuple[str, ...]:
    """Return an address without scheme and www, its host with its last part, and that part alone.

    >>> address_keys("https://www.wikidata.org/wiki/Q7768")
    ('wikidata.org/wiki/q7768', 'wikidata.org q7768', 'q7768')
    """
    whole = re.sub(r"^https?://(www\.)?", "", fold(address)).rstrip("/")
    last = re.split(r"[/#]", whole)[-1]
    return whole, f"{whole.partition('/')[0]} {last}", last


def _code_keys(system: str, code: str) -> Iterator[str]:
    """Yield a code alone, after the name of its system, and after the system's short name."""
    short = re.sub(r"(Number|Code|ID|Channel)$", "", system)
    yield from {_squeezed(code), _squeezed(system + code), _squeezed(short + code)}


def _squeezed(text: str) -> str:
    return re.sub(r"[\s:]", "", fold(text))
