"""How many there are through the years, as a line of steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from tipgraph.tell.pictures.svg import canvas, line, markup, text

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 46, 20, 28, 44
STEPS = (1, 2, 5)
"""An axis goes by one of these, or that times a power of ten."""
MOST_MARKS = 6


@dataclass(frozen=True)
class Counted:
    """At the end of a year: how many surely are, and how many more may be."""

    year: int
    sure: int
    possible: int


def steps_picture(counted: Sequence[Counted], name: str, axis: str) -> Markup:
    """Return a line that steps up or down at the end of each year that is given.

    A second line, broken, adds those that may be. `axis` says what is counted.
    """
    svg = canvas(WIDTH, HEIGHT, name, "picture steps")
    svg.set("role", "img")
    span = _Span(counted)
    _axes(svg, span, axis)
    if any(one.possible for one in counted):
        SubElement(svg, "path", {"class": "possible", "d": span.path("possible")})
    SubElement(svg, "path", {"class": "sure", "d": span.path("sure")})
    last = counted[-1]
    text(svg, WIDTH - RIGHT, span.y(last.sure) - 8, str(last.sure), "end strong")
    return markup(svg)


class _Span:
    """From which year to which, how high, and where on the picture that is."""

    def __init__(self, counted: Sequence[Counted]) -> None:
        self.counted = counted
        self.first, self.last = counted[0].year, counted[-1].year + 1
        most = max(one.sure + one.possible for one in counted)
        self.marks = marks(0, most)
        self.top = max(most, self.marks[-1], 1)

    def x(self, year: int) -> float:
        share = (year - self.first) / (self.last - self.first)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, count: int) -> float:
        return HEIGHT - BOTTOM - count / self.top * (HEIGHT - TOP - BOTTOM)

    def path(self, line: str) -> str:
        """Return the steps of those who surely are, or of those who may be as well."""
        heights = [
            (one.year, self.y(one.sure + (one.possible if line == "possible" else 0)))
            for one in self.counted
        ]
        steps = "".join(f"H{self.x(year):.1f}V{height:.1f}" for year, height in heights)
        return f"M{LEFT} {self.y(0):.1f}{steps}H{self.x(self.last):.1f}"


def marks(first: int, last: int) -> list[int]:
    """Return the round numbers of an axis.

    >>> marks(0, 178)
    [0, 50, 100, 150]
    >>> marks(2003, 2023)
    [2005, 2010, 2015, 2020]
    """
    sizes = (step * 10**power for power in range(6) for step in STEPS)
    by = next(size for size in sizes if last // size - (first - 1) // size <= MOST_MARKS)
    return list(range(-(-first // by) * by, last + 1, by))


def _axes(svg: Element, span: _Span, axis: str) -> None:
    text(svg, LEFT, 14, axis, "quiet")
    for count in span.marks:
        line(svg, LEFT, span.y(count), WIDTH - RIGHT, span.y(count))
        text(svg, LEFT - 8, span.y(count) + 4, str(count), "end quiet")
    for year in marks(span.first, span.last - 1):
        line(svg, span.x(year), HEIGHT - BOTTOM, span.x(year), HEIGHT - BOTTOM + 5)
        text(svg, span.x(year), HEIGHT - BOTTOM + 19, str(year), "middle quiet")
    text(svg, WIDTH - RIGHT, HEIGHT - 6, "end of the year", "end quiet")
