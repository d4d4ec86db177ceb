"""The neighbourhood of a thing: what it points to on the right, what points to it on the left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup
from pyoxigraph import NamedNode

from tipgraph.rdf.iris import curie
from tipgraph.rdf.iris import thing as our_thing
from tipgraph.tell.facts import RELATIONS, USUAL
from tipgraph.tell.parts import Link, Record, Records
from tipgraph.tell.pictures.svg import canvas, linked, markup, shortened, text, without_middle
from tipgraph.tell.reader import Reader

WIDTH = 900
ROW = 40
MOST = 12
LONGEST = 34
"""Letters of a name that fit."""
DRAWN = frozenset({*RELATIONS, "tip:listedUnder"})
APART = frozenset({"foaf:page", "dcterms:temporal"})

Neighbour = tuple[str, Link]


def neighbours_picture(thing: NamedNode, records: Iterable[Records], reader: Reader) -> Markup:
    """Return the drawing of a thing between its neighbours, or nothing where it has none.

    Who has a record with it stands on its left, what it has a record with on its right.
    """
    told = {each.key: _recorded(each.rows) for each in records}
    to = _outgoing(thing, reader) + told.get("memberships", []) + told.get("treaties", [])
    of = _incoming(thing, reader) + told.get("members", []) + told.get("parties", [])
    if not to and not of:
        return Markup("")
    rows = max(min(len(to), MOST), min(len(of), MOST))
    height = ROW * (rows + (max(len(to), len(of)) > MOST)) + 30
    label = reader.label(thing)
    svg = canvas(WIDTH, height, f"Neighbours of {label}", "picture neighbours")
    _side(svg, of, "end", height, reader)
    _side(svg, to, "start", height, reader)
    SubElement(svg, "rect", _box(height))
    text(svg, WIDTH / 2, height / 2 + 5, shortened(reader.short_label(thing), 26), "middle strong")
    return markup(svg)


def _outgoing(thing: NamedNode, reader: Reader) -> list[Neighbour]:
    return [
        (reader.heading(predicate), reader.link(node))
        for predicate in USUAL
        if predicate not in APART
        for node in reader.nodes(thing, predicate)
    ]


def _incoming(thing: NamedNode, reader: Reader) -> list[Neighbour]:
    found = [
        (reader.heading(predicate.value), reader.link(subject))
        for predicate, subject in reader.pointers(thing)
        if curie(predicate.value) in DRAWN
    ]
    return sorted(found, key=lambda pair: (pair[0], pair[1].text))


def _recorded(rows: Iterable[Record]) -> list[Neighbour]:
    """Return the other sides of records with their standings: the commonest of today first."""
    rows = list(rows)
    counts = Counter(row.status for row in rows)
    ordered = sorted(rows, key=lambda row: (bool(row.until), -counts[row.status], row.status))
    found = [
        (f"{row.status} until {row.until}" if row.until else row.status, row.of) for row in ordered
    ]
    return list(dict.fromkeys(found))


def _box(height: float) -> dict[str, str]:
    return {"x": "340", "y": f"{height / 2 - 20:g}", "width": "220", "height": "40", "rx": "4"}


def _words(link: Link, reader: Reader) -> str:
    """Return what fits of a neighbour's name: a short one, or both ends of the only one."""
    if len(link.text) <= LONGEST or not link.href.startswith("/"):
        return shortened(link.text, LONGEST)
    short = reader.short_label(our_thing(link.href[1:]))
    return short if len(short) <= LONGEST else without_middle(short, LONGEST)


def _side(svg: Element, found: list[Neighbour], anchor: str, height: float, reader: Reader) -> None:
    x, edge = (280, 340) if anchor == "end" else (620, 560)
    shown = found[:MOST]
    top = (height - ROW * len(shown)) / 2 + ROW / 2
    for position, (heading, link) in enumerate(shown):
        y = top + ROW * position
        middle = (x + edge) / 2
        path = f"M {x:g} {y:g} C {middle:g} {y:g} {middle:g} {height / 2:g} {edge:g} {height / 2:g}"
        SubElement(svg, "path", {"d": path})
        node = linked(svg, link, f"{heading}: {link.text}")
        far = x - 8 if anchor == "end" else x + 8
        text(node, far, y - 4, heading, f"{anchor} quiet")
        text(node, far, y + 12, _words(link, reader), anchor)
    if len(found) > MOST:
        told = f"and {len(found) - MOST} more, listed on this page"
        text(svg, x, top + ROW * len(shown), told, f"{anchor} quiet")
