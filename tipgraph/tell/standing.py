"""How someone stands towards an instrument or in an organization: a row of an answer as parts."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from tipgraph.ask.answer import Answer, Row
from tipgraph.graph.engines.engine import Term
from tipgraph.rdf.iris import concept, path_of
from tipgraph.tell.days import DAY
from tipgraph.tell.parts import Link
from tipgraph.tell.reader import Reader

PARTY = concept("party-status", "party")


@dataclass(frozen=True)
class Standing:
    """The other side, what is said of it, since and until when, by what act, and what says so.

    `why` is the address that tells why.
    """

    link: Link
    title: str
    said: str
    since: str
    until: str
    act: str
    missing: str
    source: str
    as_of: str
    why: str = ""


def standing_of(row: Row, column: str, said: str, reader: Reader, why: str = "") -> Standing:
    """Return a row as a standing towards the thing in a column."""
    node = term_in(row, column)
    return Standing(
        link=brief_link(row, column, reader),
        title=reader.label(node) if node is not None else "",
        said=said,
        since=text_in(row, "since"),
        until=text_in(row, "until"),
        act=text_in(row, "act"),
        missing=text_in(row, "missing"),
        source=text_in(row, "source"),
        as_of=text_in(row, "as_of"),
        why=why,
    )


def why(country: Term | None, instrument: Term | None) -> str:
    """Return the address of the question why an instrument binds a country, or nothing."""
    if not isinstance(country, NamedNode) or not isinstance(instrument, NamedNode):
        return ""
    names = {"country": country, "instrument": instrument}
    asked = {name: path_of(node.value).rpartition("/")[2] for name, node in names.items()}
    return f"/query/why?{urlencode(asked)}"


def newest_of(answer: Answer) -> str:
    """Return of when the newest source of an answer is, as exact as that is recorded, or nothing.

    A source without a date counts as none.
    """
    found = [text_in(row, "as_of") for row in answer.rows]
    return max((text for text in found if DAY.fullmatch(text)), default="")


def said_of_party(reader: Reader) -> tuple[str, str]:
    """Return what is said of a party where that is sure, and where it only may be one."""
    return reader.value(PARTY, "tip:saidIfSure"), reader.value(PARTY, "tip:saidIfPossible")


def term_in(row: Row, column: str) -> Term | None:
    """Return the term in a column of a row, or None where there is none."""
    return row.terms[row.columns.index(column)] if column in row.columns else None


def text_in(row: Row, column: str) -> str:
    """Return the text in a column of a row, or nothing."""
    node = term_in(row, column)
    return "" if node is None else node.value


def brief_link(row: Row, column: str, reader: Reader) -> Link:
    """Return a link to the thing in a column of a row, by its short name; an empty one for none."""
    node = term_in(row, column)
    if not isinstance(node, NamedNode):
        return Link("")
    return Link(reader.brief(node), reader.link(node).href)
