"""A map of the world on which states look as they stand: no look is told by colour alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from tipgraph.tell.parts import Link
from tipgraph.tell.pictures.svg import canvas, markup, printable

LOOKS = ("sure", "possible", "other", "nothing")
"""In their order: solid, hatched, dotted, and an outline for what nothing is recorded of."""
NOTHING = LOOKS[-1]
DOT = 30
TILE = 52
HATCH = "M-6 6L6-6M0 52L52 0M46 58L58 46"
PATTERNS = {
    "possible": ("path", {"d": HATCH}),
    "other": ("circle", {"cx": "26", "cy": "26", "r": "11"}),
}
"""What shapes are filled with, on a tile that repeats; a key is filled so too."""
IN_DOTS = {
    "possible": ("path", {"d": "M0 1L1 0V1z"}),
    "other": ("circle", {"cx": ".5", "cy": ".5", "r": ".22"}),
}
"""What a dot has in it, which is too small for a tile: it is half full, or has an eye."""


@dataclass(frozen=True)
class World:
    """The shapes of states as SVG paths, and the places of those too small for one, by code.

    `land` is what belongs to no state that has a code; `source` says whose shapes they are.
    """

    source: str
    width: int
    height: int
    land: str
    shapes: Mapping[str, str]
    dots: Mapping[str, tuple[int, int]]

    def has(self, code: str) -> bool:
        """Tell whether a state is on the map."""
        return code in self.shapes or code in self.dots


@dataclass(frozen=True)
class Placed:
    """A state on a map: its code, its page, how it looks, what that means, and since when.

    `detail` says the same more exactly, where that can be said.
    """

    code: str
    link: Link
    look: str
    words: str
    detail: str = ""
    since: str = ""

    @property
    def standing(self) -> str:
        """What the look means, with the detail, or the detail alone where it says both."""
        if self.words in self.detail:
            return self.detail
        return f"{self.words} ({self.detail})" if self.detail else self.words

    @property
    def title(self) -> str:
        """All of it in one line.

        >>> Placed("XAA", Link("Here"), "sure", "bound", since="2012-08-21").title
        'Here: bound since 2012-08-21'
        >>> Placed("XBB", Link("There"), "possible", "may be bound", since="not recorded").title
        'There: may be bound; since: not recorded'
        """
        is_plain = self.since.replace("-", "").isdigit()
        since = f" since {self.since}" if is_plain else f"; since: {self.since}"
        return f"{self.link.text}: {self.standing}{since if self.since else ''}"


@lru_cache(maxsize=4)
def read_world(path: Path) -> World | None:
    """Return the map of a file, or None where there is no such file."""
    if not path.is_file():
        return None
    return World(**json.loads(path.read_text("utf-8")))


def world_picture(world: World, placed: Iterable[Placed], name: str) -> Markup:
    """Return the map with each of some states as it looks; a state stands there once."""
    svg = canvas(world.width, world.height, name, "world")
    svg.set("role", "img")
    _patterns(svg)
    SubElement(svg, "path", {"class": "land", "d": world.land})
    by_look: dict[str, list[Placed]] = {look: [] for look in reversed(LOOKS)}
    for one in placed:
        by_look[one.look].append(one)
    for look, found in by_look.items():
        _shapes(svg, world, look, found)
    for look, found in by_look.items():
        _dots(svg, world, look, found)
    return markup(svg)


def looks_legend(words: Iterable[tuple[str, str]]) -> list[tuple[Markup, str]]:
    """Return what some looks mean: each drawn alone, and its words."""
    return [(_key(look), told) for look, told in words]


def _shapes(svg: Element, world: World, look: str, found: Iterable[Placed]) -> None:
    group = SubElement(svg, "g", _look(look, "shape"))
    for one in found:
        if one.code in world.shapes:
            _titled(group, "path", {"d": world.shapes[one.code]}, one)


def _dots(svg: Element, world: World, look: str, found: Iterable[Placed]) -> None:
    group = SubElement(svg, "g", _look(look, "dot"))
    for one in found:
        if one.code in world.dots:
            x, y = world.dots[one.code]
            _titled(group, "circle", {"cx": str(x), "cy": str(y), "r": str(DOT)}, one)


def _titled(parent: Element, tag: str, places: dict[str, str], one: Placed) -> None:
    node = SubElement(parent, tag, {"id": f"map-{one.code}", **places})
    SubElement(node, "title").text = printable(one.title)


def _look(look: str, drawn: str) -> dict[str, str]:
    """Return how a shape or a dot of a look is drawn: by its class, and a pattern if it has one."""
    fill = {"fill": f"url(#{drawn}-{look})"} if look in PATTERNS else {}
    return {"class": f"look {look}", **fill}


def _patterns(svg: Element) -> None:
    defs = SubElement(svg, "defs")
    for look, drawn in PATTERNS.items():
        tile = {"patternUnits": "userSpaceOnUse", "id": f"shape-{look}"}
        _pattern(defs, str(TILE), {**tile, "class": look}, drawn)
    for look, drawn in IN_DOTS.items():
        whole = {"patternContentUnits": "objectBoundingBox", "id": f"dot-{look}"}
        _pattern(defs, "1", {**whole, "class": look}, drawn)


def _pattern(
    defs: Element, side: str, named: dict[str, str], drawn: tuple[str, dict[str, str]]
) -> None:
    size = {"width": side, "height": side}
    pattern = SubElement(defs, "pattern", {**size, **named})
    SubElement(pattern, "rect", size)
    SubElement(pattern, *drawn)


def _key(look: str) -> Markup:
    places = {"viewBox": "0 0 220 140", "width": "22", "height": "14", "aria-hidden": "true"}
    svg = Element("svg", {**places, "class": "key world"})
    box = {"x": "10", "y": "10", "width": "200", "height": "120"}
    SubElement(svg, "rect", {**box, **_look(look, "shape")})
    return markup(svg)
