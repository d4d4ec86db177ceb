"""Terms made of plain values: texts, numbers, dates as exact as they are written."""

from __future__ import annotations

from calendar import monthrange

from pyoxigraph import Literal

from tipgraph.rdf.iris import term

DATE_TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


def english(text: str) -> Literal:
    """Return a text in English."""
    return Literal(text, language="en")


def number(value: int) -> Literal:
    """Return an integer."""
    return Literal(str(value), datatype=term("xsd:integer"))


def date(text: str) -> Literal:
    """Return a date of the precision it is written with: a year, a month or a day.

    >>> date("2013-12").datatype.value
    'http://www.w3.org/2001/XMLSchema#gYearMonth'
    """
    return Literal(text, datatype=term(DATE_TYPES[len(text)]))


def bounds(text: str) -> tuple[Literal, Literal]:
    """Return the first and the last day that a year, month or day can mean.

    >>> [bound.value for bound in bounds("2012-02")]
    ['2012-02-01', '2012-02-29']
    """
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    last_month = month or 12
    last_day = day or monthrange(year, last_month)[1]
    return (
        date(f"{year:04}-{month or 1:02}-{day or 1:02}"),
        date(f"{year:04}-{last_month:02}-{last_day:02}"),
    )
