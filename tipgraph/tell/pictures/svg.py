"""SVG, built as a tree so that whatever a label holds is escaped; colours are classes."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

from tipgraph.tell.parts import Link

FORCES = ("binding", "mixed", "non-binding", "not-applicable", "unknown")
"""Legal forces in the order in which they are drawn, each with a shape and colour of its own."""


def canvas(width: int, height: int, name: str, kind: str) -> Element:
    """Return a drawing of a size, with a name for those who do not see it."""
    svg = Element("svg", {"viewBox": f"0 0 {width} {height}", "role": "group", "class": kind})
    svg.set("aria-label", printable(name))
    svg.set("width", str(width))
    svg.set("height", str(height))
    return svg


def markup(svg: Element) -> Markup:
    """Return a drawing as HTML."""
    return Markup(tostring(svg, encoding="unicode"))


def text(parent: Element, x: float, y: float, words: str, kind: str = "") -> Element:
    """Add words."""
    node = SubElement(parent, "text", {"x": f"{x:g}", "y": f"{y:g}"})
    if kind:
        node.set("class", kind)
    node.text = printable(words)
    return node


def line(parent: Element, x1: float, y1: float, x2: float, y2: float) -> None:
    """Add a thin line."""
    places = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    SubElement(parent, "line", {name: f"{place:g}" for name, place in places.items()})


def linked(parent: Element, link: Link, told: str) -> Element:
    """Add a link with a title, to draw in; a group where it leads nowhere."""
    node = SubElement(parent, "a", {"href": link.href}) if link.href else SubElement(parent, "g")
    SubElement(node, "title").text = printable(told)
    return node


def mark(parent: Element, x: float, y: float, force: str) -> None:
    """Add the mark of an instrument: its shape and its colour both tell its legal force."""
    shape = force if force in FORCES else "unknown"
    kind = {"class": f"mark {shape}"}
    if shape in {"binding", "mixed"}:
        place = {"x": f"{x - 6:g}", "y": f"{y - 6:g}", "width": "12", "height": "12"}
        SubElement(parent, "rect", {**place, **kind})
    elif shape == "not-applicable":
        corners = f"{x:g},{y - 7:g} {x + 7:g},{y:g} {x:g},{y + 7:g} {x - 7:g},{y:g}"
        SubElement(parent, "polygon", {"points": corners, **kind})
    else:
        SubElement(parent, "circle", {"cx": f"{x:g}", "cy": f"{y:g}", "r": "6", **kind})


def legend(forces: list[tuple[str, str]]) -> list[tuple[Markup, str]]:
    """Return what the marks mean: each mark drawn alone, and the legal force it stands for."""
    return [(_alone(force), label) for force, label in forces]


def _alone(force: str) -> Markup:
    places = {"viewBox": "0 0 16 16", "width": "16", "height": "16", "aria-hidden": "true"}
    svg = Element("svg", {**places, "class": "key"})
    mark(svg, 8, 8, force)
    return markup(svg)


def shortened(words: str, length: int) -> str:
    """Return words cut to a length between words.

    >>> shortened("Protocol to Prevent Trafficking", 20)
    'Protocol to Prevent…'
    """
    return (
        words if len(words) <= length else f"{words[:length].rpartition(' ')[0] or words[:length]}…"
    )


def without_middle(words: str, length: int) -> str:
    """Return both ends of words, for names that begin alike.

    >>> without_middle("United Nations Security Council resolution 2388", 34)
    'United Nations…resolution 2388'
    """
    if len(words) <= length:
        return words
    half = (length - 1) // 2
    begin = words[: half + 1].rpartition(" ")[0] or words[:half]
    end = words[-half - 1 :].partition(" ")[2] or words[-half:]
    return f"{begin}…{end}"


def printable(words: str) -> str:
    """Return words without the characters that XML has not."""
    return "".join(c for c in words if c.isprintable() or c == " ")
