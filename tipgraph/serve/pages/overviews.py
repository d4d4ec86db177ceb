"""The pages to look at instead of reading: when instruments came, and how organizations overlap."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.iris import term
from tipgraph.serve.pages.render import render
from tipgraph.tell.parts import Link
from tipgraph.tell.pictures.svg import legend
from tipgraph.tell.pictures.timeline import dated, forces_of, timeline_picture
from tipgraph.tell.reader import Reader
from tipgraph.tell.records import completeness

SHADES = 6


@dataclass(frozen=True)
class Square:
    """How many members two organizations share, and how strong its colour is."""

    count: int
    shade: int
    of: str


@dataclass(frozen=True)
class Line:
    """An organization, its square with each other, and how complete its list of members is."""

    link: Link
    name: str
    squares: tuple[Square, ...]
    completeness: str


def timeline(kg: KnowledgeGraph) -> str:
    """Return the page that draws the instruments by year, kind and force."""
    reader = kg.reader
    instruments = [dated(node, reader) for node in _instruments(reader)]
    ordered = sorted(instruments, key=lambda one: (one.year or 9999, one.link.text))
    return render(
        "timeline.html",
        picture=timeline_picture(ordered),
        legend=legend(forces_of(ordered)),
        instruments=ordered,
    )


def overlap(kg: KnowledgeGraph) -> str:
    """Return the page that shows which members and instruments organizations share."""
    reader = kg.reader
    members = {node: _members(node, reader) for node in reader.organizations}
    listed = {node: found for node, found in members.items() if found}
    lines = [_line(node, listed, reader) for node in listed]
    missing = [reader.link(node) for node, found in members.items() if not found]
    return render("overlap.html", lines=lines, missing=missing, shared=_shared(reader))


def _instruments(reader: Reader) -> list[NamedNode]:
    return reader.subjects("rdf:type", term("tip:FrameworkInstrument"))


def _members(organization: NamedNode, reader: Reader) -> frozenset[NamedNode]:
    """Return who belongs to an organization today as far as recorded."""
    return frozenset(
        member
        for record in reader.subjects("org:organization", organization)
        if reader.is_a(record, "tip:Belonging") and not reader.value(record, "tip:until")
        for member in reader.nodes(record, "org:member")
    )


def _line(node: NamedNode, members: dict[NamedNode, frozenset[NamedNode]], reader: Reader) -> Line:
    squares = tuple(
        Square(count, _shade(count, len(members[node])), reader.short_label(other))
        for other in members
        for count in [len(members[node] & members[other])]
    )
    name = reader.short_label(node)
    link = Link(name, reader.link(node).href)
    return Line(link, reader.label(node), squares, completeness(node, reader))


def _shade(count: int, whole: int) -> int:
    return 0 if not count else 1 + (SHADES - 1) * count // max(whole, 1)


def _shared(reader: Reader) -> list[tuple[Link, list[Link]]]:
    """Return the instruments that are listed under several organizations, with these."""
    found = ((node, reader.nodes(node, "tip:listedUnder")) for node in _instruments(reader))
    return [
        (reader.link(node), [reader.link(one) for one in under])
        for node, under in found
        if len(under) > 1
    ]
