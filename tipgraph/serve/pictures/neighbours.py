"""The neighbourhood of a thing: what it points to on the right, what points to it on the left."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup
from pyoxigraph import NamedNode

from tipgraph.iris import curie
from tipgraph.serve.pages.reader import Link, Reader
from tipgraph.serve.pictures.svg import canvas, linked, markup, shortened, text
from tipgraph.show import FACTS, POINTERS

WIDTH = 900
ROW = 40
MOST = 12
DRAWN = (*(name for name, _ in POINTERS), "tip:listedUnder")
APART = frozenset({"foaf:page", "dcterms:temporal"})

Neighbour = tuple[str, Link]


def neighbours_picture(thing: NamedNode, reader: Reader) -> Markup:
    """Return the drawing of a thing between its neighbours, or nothing where it has none."""
    to, of = _outgoing(thing, reader), _incoming(thing, reader)
    if not to and not of:
        return Markup("")
    rows = max(min(len(to), MOST), min(len(of), MOST))
    height = ROW * (rows + (max(len(to), len(of)) > MOST)) + 30
    label = reader.label(thing)
    svg = canvas(WIDTH, height, f"Neighbours of {label}", "picture neighbours")
    _side(svg, of, "end", height)
    _side(svg, to, "start", height)
    SubElement(svg, "rect", _box(height))
    text(svg, WIDTH / 2, height / 2 + 5, shortened(reader.short_label(thing), 26), "middle strong")
    return markup(svg)


def _outgoing(thing: NamedNode, reader: Reader) -> list[Neighbour]:
    return [
        (heading, reader.link(node))
        for predicate, heading in FACTS
        if predicate not in APART
        for node in reader.nodes(thing, predicate)
    ]


def _incoming(thing: NamedNode, reader: Reader) -> list[Neighbour]:
    headings = dict(FACTS)
    found = [
        (headings.get(curie(predicate.value), ""), reader.link(subject))
        for predicate, subject in reader.pointers(thing)
        if curie(predicate.value) in DRAWN
    ]
    return sorted(found, key=lambda pair: (pair[0], pair[1].text))


def _box(height: float) -> dict[str, str]:
    return {"x": "340", "y": f"{height / 2 - 20:g}", "width": "220", "height": "40", "rx": "4"}


def _side(svg: Element, found: list[Neighbour], anchor: str, height: float) -> None:
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
        text(node, far, y + 12, shortened(link.text, 34), anchor)
    if len(found) > MOST:
        told = f"and {len(found) - MOST} more, listed on this page"
        text(svg, x, top + ROW * len(shown), told, f"{anchor} quiet")
