"""Choose among media types by an Accept header (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HTML = "text/html"
WEIGHT = re.compile(r"\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Range:
    """A media range with its weight, as in `text/*;q=0.5`."""

    type: str
    subtype: str
    weight: float

    def precision(self, media_type: str) -> int:
        """Return how exactly the range names a media type: 3 by name, and 0 not at all."""
        type, _, subtype = media_type.partition("/")
        if self.type == "*":
            return 1
        if self.type != type:
            return 0
        return {"*": 2, subtype: 3}.get(self.subtype, 0)


def preferred(accept: str, offers: Iterable[str]) -> str | None:
    """Return the offer that an Accept header likes best, the first of equals; None if it has none.

    >>> preferred("text/html;q=0.5, text/turtle", ["text/html", "text/turtle"])
    'text/turtle'
    """
    ranges = list(_ranges(accept or "*/*"))
    weighed = [(_weight(ranges, offer), offer) for offer in offers]
    best, offer = max(weighed, key=lambda pair: pair[0])
    return offer if best > 0 else None


def _weight(ranges: list[Range], offer: str) -> float:
    fitting = [(range.precision(offer), range.weight) for range in ranges if range.precision(offer)]
    return max(fitting)[1] if fitting else 0.0


def _ranges(accept: str) -> Iterator[Range]:
    """Yield the ranges of a header; what is none is passed over."""
    for part in accept.split(","):
        name, *parameters = part.split(";")
        type, slash, subtype = name.strip().lower().partition("/")
        if slash and type and subtype:
            yield Range(type, subtype, _weight_of(parameters))


def _weight_of(parameters: list[str]) -> float:
    weights = [match[1] for match in map(WEIGHT.fullmatch, parameters) if match]
    return float(weights[0]) if weights else 1.0
