"""How much of what is in the graph."""

from __future__ import annotations

from tipgraph.iris import term
from tipgraph.serve.pages.reader import Reader

COUNTED = (
    ("tip:Organization", "organizations, processes and forums"),
    ("tip:FrameworkInstrument", "instruments"),
    ("tip:State", "countries and areas"),
    ("org:Membership", "membership records"),
    ("tip:PartyAction", "treaty records"),
)


def counts_of(reader: Reader) -> list[tuple[int, str]]:
    """Return how many things of each kind the graph has, those it has none of left out."""
    counts = [(len(reader.subjects("rdf:type", term(kind))), name) for kind, name in COUNTED]
    return [(count, name) for count, name in counts if count]
