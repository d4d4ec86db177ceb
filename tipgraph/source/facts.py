"""The facts as records, one class for each table of `data/facts/`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tipgraph.errors import InputError
from tipgraph.files.csvw import Row, read_table
from tipgraph.source.rules import Exemption, Rule, read_rules


@dataclass(frozen=True)
class Country:
    """A country or area of ISO 3166-1, with the name of its M49 region."""

    alpha_3: str
    alpha_2: str
    numeric: str
    name: str
    common_name: str
    official_name: str
    region: str
    source: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class CountryName:
    """Another name of a country."""

    country: str
    name: str
    source: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class OtherMember:
    """A member that is no country: its code in these tables, and the path of its thing."""

    code: str
    thing: str
    name: str
    acronym: str
    source: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class ListedMember:
    """In what standing a list has a member of an organization, as of a day."""

    organization: str
    member: str
    standing: str
    as_of: str
    remark: tuple[str, ...]
    source: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class MembershipAct:
    """An act by which a membership begins, changes or ends."""

    organization: str
    member: str
    act: str
    date: str
    as_of: str
    certainty: str
    words: str
    remark: str
    source: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class TreatyAct:
    """What a state or organization has done towards a treaty."""

    instrument: str
    actor: str
    act: str
    date: str
    as_of: str
    certainty: str
    words: str
    remark: str
    source: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class StatedParty:
    """How a state or organization stood towards a treaty on a day, as a source says."""

    instrument: str
    actor: str
    standing: str
    on: str
    certainty: str
    words: str
    remark: str
    source: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class Founding:
    """Since when an organization exists under its own treaty or name."""

    organization: str
    founded: str
    words: str
    source: tuple[str, ...]
    row: Row


Record = ListedMember | MembershipAct | Founding | TreatyAct | StatedParty | Exemption
"""What standings are derived from."""
DOUBTFUL = "doubtful"
"""The certainty of what is recorded, and nothing concluded from."""


@dataclass(frozen=True)
class Completeness:
    """How much is recorded of a list, held against its published number."""

    about: str
    known: str
    published_least: str
    published_most: str
    extent: str
    counts: tuple[str, ...]
    as_of: str
    remark: str
    source: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class FactNote:
    """A conflict or doubt about facts, and what the graph says."""

    id: str
    kind: str
    about: tuple[str, ...]
    quote: str
    matter: str
    instead: str
    because: str
    certainty: str
    source: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class NotHeld:
    """A body that people look for and the graph does not hold, and what is nearest in it."""

    name: str
    full_name: str
    other_names: tuple[str, ...]
    site: str
    nearest: tuple[str, ...]
    note: str
    source: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class Facts:
    """All facts of a folder."""

    countries: tuple[Country, ...] = ()
    names: tuple[CountryName, ...] = ()
    other_members: tuple[OtherMember, ...] = ()
    memberships: tuple[ListedMember, ...] = ()
    membership_acts: tuple[MembershipAct, ...] = ()
    founded: tuple[Founding, ...] = ()
    treaty_acts: tuple[TreatyAct, ...] = ()
    treaty_standings: tuple[StatedParty, ...] = ()
    completeness: tuple[Completeness, ...] = ()
    notes: tuple[FactNote, ...] = ()
    rules: tuple[Rule, ...] = ()
    not_held: tuple[NotHeld, ...] = ()


Made = TypeVar("Made")


def read_facts(folder: Path, rules: Path) -> Facts:
    """Read the tables of a folder of facts, and the rules; a folder that is not there has none.

    Raises InputError with file and line where a table is missing or not as its metadata say.
    """
    if not folder.is_dir():
        return Facts()
    return Facts(
        countries=read_records(folder / "countries.csv", Country),
        names=read_records(folder / "names.csv", CountryName),
        other_members=read_records(folder / "other-members.csv", OtherMember),
        memberships=read_records(folder / "memberships.csv", ListedMember),
        membership_acts=read_records(folder / "membership-acts.csv", MembershipAct),
        founded=read_records(folder / "founded.csv", Founding),
        treaty_acts=read_records(folder / "treaty-acts.csv", TreatyAct),
        treaty_standings=read_records(folder / "treaty-standings.csv", StatedParty),
        completeness=read_records(folder / "completeness.csv", Completeness),
        notes=read_records(folder / "notes.csv", FactNote),
        rules=read_rules(rules),
        not_held=read_not_held(folder),
    )


def read_not_held(folder: Path) -> tuple[NotHeld, ...]:
    """Read what is not held from a folder of facts; a folder that is not there has none."""
    return read_records(folder / "not-held.csv", NotHeld) if folder.is_dir() else ()


def read_records(path: Path, make: Callable[..., Made]) -> tuple[Made, ...]:
    """Read a table into records; raise InputError as `read_table` does."""
    try:
        return tuple(make(**row.cells, row=row) for row in read_table(path))
    except TypeError:
        raise InputError("its metadata describe other columns than are known", path) from None
