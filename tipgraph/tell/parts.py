"""The parts of what is told of a thing: plain values that every writer reads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """A text, and where it leads (nowhere where `href` is empty)."""

    text: str
    href: str = ""

    @property
    def is_outward(self) -> bool:
        """Whether it leads to another site."""
        return not self.href.startswith(("/", "#"))


@dataclass(frozen=True)
class Ground:
    """Why a person decided a statement, how sure that is, and where it can be checked."""

    heading: str
    reason: str
    certainty: str
    evidence: str


@dataclass(frozen=True)
class Value:
    """A value of a fact, a remark to it, and the decisions it rests on."""

    link: Link
    remark: str = ""
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True)
class Fact:
    """A heading, and the values under it; `more` counts those that are left out."""

    heading: str
    values: tuple[Value, ...]
    more: int = 0


@dataclass(frozen=True)
class Listed:
    """An instrument listed under an organization: its year, kind, legal force and issuers."""

    year: str
    link: Link
    kind: str
    force: str
    issuers: tuple[Link, ...]


@dataclass(frozen=True)
class Record:
    """A row of a list: the other side, its standing, its dates, and the numbers of its sources."""

    of: Link
    status: str
    since: str
    until: str
    as_of: str
    notes: str
    address: str
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Records:
    """A list of records, what it is of, how complete it is, and the sources of its rows.

    `is_own` says that it is the list of the thing, as of its members, and not of its records in
    the lists of others.
    """

    key: str
    heading: str
    column: str
    dated: str
    is_own: bool
    rows: tuple[Record, ...]
    completeness: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Event:
    """A date as exact as the record, what happened, and to what."""

    date: str
    what: str
    of: Link


@dataclass(frozen=True)
class Identifier:
    """A code, or what a thing is linked to: how, a remark to it, and the citations it rests on."""

    relation: str
    link: Link
    remark: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """A note about a source: its name, the quote, what is the matter, and what the graph says.

    `others` are what else it is about.
    """

    link: Link
    quote: str
    matter: str
    instead: str
    certainty: str
    others: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Place:
    """A place where a thing stands: the place, the words there, and the work that is cited."""

    link: Link
    quote: str
    citation: str


@dataclass(frozen=True)
class Member:
    """A concept of a scheme or a term of an ontology, with its definition."""

    link: Link
    anchor: str
    definition: str
