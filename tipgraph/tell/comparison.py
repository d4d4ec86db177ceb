"""Countries side by side, out of the answer of a stored question."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from tipgraph.ask.answer import Answer
from tipgraph.graph.engines.engine import Term
from tipgraph.tell.parts import Link
from tipgraph.tell.reader import Reader
from tipgraph.tell.standing import Standing, brief_link, standing_of, term_in, text_in, why

QUESTIONS = ("compare-countries",)
"""The stored question whose answer has countries side by side."""


@dataclass(frozen=True)
class Comparison:
    """The countries, and for each instrument how each of them stands towards it, in their order."""

    day: str
    countries: tuple[Link, ...]
    lines: tuple[tuple[Link, tuple[Standing, ...]], ...]


def comparison_of(
    countries: tuple[NamedNode, ...], day: str, answer: Answer, reader: Reader
) -> Comparison:
    """Return the rows of the answer with a line for each instrument."""
    lines: dict[Link, dict[Term | None, Standing]] = {}
    for row in answer.rows:
        country, instrument = term_in(row, "country"), term_in(row, "instrument")
        address = why(country, instrument) if text_in(row, "since") else ""
        said = standing_of(row, "country", text_in(row, "binds"), reader, address)
        lines.setdefault(brief_link(row, "instrument", reader), {})[country] = said
    return Comparison(
        day,
        tuple(map(reader.link, countries)),
        tuple((link, tuple(found[one] for one in countries)) for link, found in lines.items()),
    )
