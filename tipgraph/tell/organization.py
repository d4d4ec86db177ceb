"""What an organization is, in a sentence, and where its focal points stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pyoxigraph import NamedNode

from tipgraph.tell.days import counted
from tipgraph.tell.parts import Link
from tipgraph.tell.reader import Reader
from tipgraph.tell.thing import Thing


@dataclass(frozen=True)
class Organization:
    """What an organization is, and its focal points, each with the places that name it."""

    sentence: str
    focal_points: tuple[tuple[Link, tuple[Link, ...]], ...]


def organization_of(node: NamedNode, thing: Thing, reader: Reader) -> Organization:
    """Return what the graph says of an organization in short."""
    points = reader.nodes(node, "tip:focalPoint") or reader.nodes(node, "tip:listedFocalPoint")
    return Organization(
        _sentence(node, thing, reader),
        tuple((reader.link(one), _places(one, reader)) for one in points),
    )


def _places(node: NamedNode, reader: Reader) -> tuple[Link, ...]:
    return tuple(map(reader.link, reader.nodes(node, "dcterms:source")))


def _sentence(node: NamedNode, thing: Thing, reader: Reader) -> str:
    """Return what an organization rests on, who belongs to it and what is listed under it."""
    bases = reader.nodes(node, "tip:foundingBasis")
    grown = [reader.value(basis, "skos:definition").rstrip(".") for basis in bases]
    rows = [row for records in thing.records if records.is_own for row in records.rows]
    counts = Counter(row.status for row in rows).most_common()
    taking_part = ", ".join(f"{status} {number}" for status, number in counts)
    told = f"recorded as {taking_part}" if counts else "no members recorded"
    listed = f"{counted(len(thing.listed), 'instrument')} listed under it"
    return f"{'; '.join([*grown, told, listed])}."
