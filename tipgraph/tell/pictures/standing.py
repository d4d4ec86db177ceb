"""The organizations, and what each stands on: a mark for every instrument of its row."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markupsafe import Markup
from pyoxigraph import NamedNode

from tipgraph.rdf.iris import concept
from tipgraph.tell.parts import Link
from tipgraph.tell.pictures.svg import FORCES, canvas, linked, mark, markup, text
from tipgraph.tell.reader import Reader

ROW = 24
LEFT = 170
STEP = 18
WIDTH = 480


@dataclass(frozen=True)
class Standing:
    """The drawing, and the legal forces in it, each with its label."""

    drawing: Markup
    forces: list[tuple[str, str]]


def standing_picture(reader: Reader) -> Standing:
    """Return a row for each organization, with its instruments by legal force."""
    rows = [(node, _instruments(node, reader)) for node in reader.organizations]
    rows.sort(key=lambda row: -len(row[1]))
    name = "Organizations and the instruments listed under each, by legal force"
    svg = canvas(WIDTH, ROW * len(rows) + 8, name, "picture standing")
    told = [(force, reader.label(concept("legal-force", force))) for force in FORCES]
    for position, (organization, found) in enumerate(rows):
        _row(svg, 16 + ROW * position, organization, found, reader)
    return Standing(markup(svg), [pair for pair in told if _occurs(pair[0], rows)])


def _instruments(organization: NamedNode, reader: Reader) -> list[tuple[str, NamedNode]]:
    found = reader.subjects("tip:listedUnder", organization)
    return sorted(
        ((_force(node, reader), node) for node in found),
        key=lambda pair: FORCES.index(pair[0]) if pair[0] in FORCES else len(FORCES),
    )


def _force(instrument: NamedNode, reader: Reader) -> str:
    forces = reader.nodes(instrument, "tip:legalForce")
    return forces[0].value.rpartition("/")[2] if forces else "unknown"


def _occurs(force: str, rows: list[tuple[NamedNode, list[tuple[str, NamedNode]]]]) -> bool:
    return any(force == found for _, pairs in rows for found, _ in pairs)


def _row(
    svg: Element,
    y: float,
    organization: NamedNode,
    found: list[tuple[str, NamedNode]],
    reader: Reader,
) -> None:
    link = reader.link(organization)
    text(linked(svg, link, link.text), LEFT - 14, y + 4, reader.short_label(organization), "end")
    if not found:
        text(svg, LEFT - 6, y + 4, "no instrument listed", "quiet")
    for position, (force, instrument) in enumerate(found):
        of = reader.link(instrument)
        told = f"{of.text} ({reader.labels(instrument, 'dcterms:type')}, {_told(force)})"
        mark(linked(svg, Link(of.text, of.href), told), LEFT + STEP * position, y, force)


def _told(force: str) -> str:
    return f"legal force {force.replace('-', ' ')}"
