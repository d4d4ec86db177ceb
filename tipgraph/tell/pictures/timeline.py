"""Instruments by year, kind and legal force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markupsafe import Markup
from pyoxigraph import NamedNode

from tipgraph.tell.events import year_of
from tipgraph.tell.parts import Link
from tipgraph.tell.pictures.svg import FORCES, canvas, line, linked, mark, markup, text
from tipgraph.tell.reader import Reader

MARGIN = 30
LETTER = 7.5
"""How wide a letter of a kind is at most, on the average."""
STEP = 37
LANE = 18


@dataclass(frozen=True)
class Dated:
    """An instrument as it is drawn: year if recorded, kind, legal force and name."""

    link: Link
    year: int | None
    kind: str
    force: str
    force_label: str


def dated(node: NamedNode, reader: Reader) -> Dated:
    """Return an instrument as it is drawn."""
    force = next(iter(reader.nodes(node, "tip:legalForce")), None)
    return Dated(
        reader.link(node),
        year_of(node, reader),
        reader.labels(node, "dcterms:type"),
        force.value.rpartition("/")[2] if force else "",
        reader.labels(node, "tip:legalForce"),
    )


def timeline_picture(instruments: Sequence[Dated]) -> Markup:
    """Return a lane for each kind and a column for each year with an instrument."""
    dated = [one for one in instruments if one.year is not None]
    years = sorted({one.year for one in dated if one.year is not None})
    lanes = _lanes(dated)
    height = 50 + sum(LANE * rows + 8 for _, rows in lanes)
    left = MARGIN + round(LETTER * max((len(kind) for kind, _ in lanes), default=0))
    svg = canvas(left + STEP * len(years), height, "Instruments by year and kind", "picture")
    places = {year: left + STEP * position for position, year in enumerate(years)}
    _years(svg, places, height)
    y = 42.0
    for kind, rows in lanes:
        text(svg, left - 20, y + 4, kind, "end")
        _lane(svg, y, [one for one in dated if one.kind == kind], places)
        y += LANE * rows + 8
    return markup(svg)


def forces_of(instruments: Sequence[Dated]) -> list[tuple[str, str]]:
    """Return the legal forces that are drawn, each with its label, in their order."""
    labels = {one.force: one.force_label for one in instruments if one.force in FORCES}
    return [(force, labels[force]) for force in FORCES if force in labels]


def _lanes(dated: Sequence[Dated]) -> list[tuple[str, int]]:
    """Return each kind and how many rows its fullest year needs, the commonest kind first."""
    kinds = sorted({one.kind for one in dated}, key=lambda kind: (-_count(kind, dated), kind))
    return [(kind, max(_stack(kind, one.year, dated) for one in dated)) for kind in kinds]


def _count(kind: str, dated: Sequence[Dated]) -> int:
    return sum(one.kind == kind for one in dated)


def _stack(kind: str, year: int | None, dated: Sequence[Dated]) -> int:
    return sum(one.kind == kind and one.year == year for one in dated)


def _years(svg: Element, places: dict[int, int], height: int) -> None:
    before = None
    for year, x in places.items():
        line(svg, x, 26, x, height - 4)
        text(svg, x, 20, str(year), "middle year")
        if before is not None and year - before > 1:
            text(svg, x - STEP / 2, 20, "·", "middle quiet")
        before = year


def _lane(svg: Element, y: float, found: list[Dated], places: dict[int, int]) -> None:
    stacked: dict[int | None, int] = {}
    for one in found:
        row = stacked.setdefault(one.year, 0)
        stacked[one.year] += 1
        told = f"{one.link.text} ({one.year}, {one.kind}, legal force: {one.force_label})"
        x = places[one.year or 0]
        mark(linked(svg, one.link, told), x, y + LANE * row, one.force)
