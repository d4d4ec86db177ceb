"""Instruments by year, kind and legal force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markupsafe import Markup

from tipgraph.serve.pages.reader import Link
from tipgraph.serve.pictures.svg import FORCES, canvas, legend, line, linked, mark, markup, text

LEFT = 215
STEP = 32
LANE = 18


@dataclass(frozen=True)
class Dated:
    """An instrument as it is drawn: year if recorded, kind, legal force and name."""

    link: Link
    year: int | None
    kind: str
    force: str
    force_label: str


def timeline_picture(instruments: Sequence[Dated]) -> Markup:
    """Return a lane for each kind and a column for each year with an instrument."""
    dated = [one for one in instruments if one.year is not None]
    years = sorted({one.year for one in dated if one.year is not None})
    lanes = _lanes(dated)
    height = 70 + sum(LANE * rows + 8 for _, rows in lanes)
    svg = canvas(LEFT + STEP * len(years) + 20, height, "Instruments by year and kind", "picture")
    labels = {one.force: one.force_label for one in instruments if one.force in FORCES}
    legend(svg, [(force, labels[force]) for force in FORCES if force in labels], 10, 16)
    _years(svg, years, height)
    y = 62.0
    for kind, rows in lanes:
        _lane(svg, y, kind, [one for one in dated if one.kind == kind], years)
        y += LANE * rows + 8
    return markup(svg)


def _lanes(dated: Sequence[Dated]) -> list[tuple[str, int]]:
    """Return each kind and how many rows its fullest year needs, the commonest kind first."""
    kinds = sorted({one.kind for one in dated}, key=lambda kind: (-_count(kind, dated), kind))
    return [(kind, max(_stack(kind, one.year, dated) for one in dated)) for kind in kinds]


def _count(kind: str, dated: Sequence[Dated]) -> int:
    return sum(one.kind == kind for one in dated)


def _stack(kind: str, year: int | None, dated: Sequence[Dated]) -> int:
    return sum(one.kind == kind and one.year == year for one in dated)


def _years(svg: Element, years: list[int], height: int) -> None:
    for position, year in enumerate(years):
        x = LEFT + STEP * position
        line(svg, x, 46, x, height - 4)
        text(svg, x, 40, str(year), "middle year")
        if position and year - years[position - 1] > 1:
            text(svg, x - STEP / 2, 40, "·", "middle quiet")


def _lane(svg: Element, y: float, kind: str, found: list[Dated], years: list[int]) -> None:
    text(svg, LEFT - 20, y + 4, kind, "end")
    stacked: dict[int | None, int] = {}
    for one in found:
        row = stacked.setdefault(one.year, 0)
        stacked[one.year] += 1
        told = f"{one.link.text} ({one.year}, {one.kind}, legal force: {one.force_label})"
        x = LEFT + STEP * years.index(one.year or 0)
        mark(linked(svg, one.link, told), x, y + LANE * row, one.force)
