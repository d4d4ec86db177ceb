"""The facts as records, one class for each table of `data/facts/`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tipgraph.errors import InputError
from tipgraph.files.csvw import Row, read_table


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
class Membership:
    """In what standing a member takes part in an organization, and over what time."""

    organization: str
    member: str
    standing: str
    since: str
    until: str
    standing_since: str
    as_of: str
    remark: tuple[str, ...]
    source: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class PartyAction:
    """What a state or organization has done about a treaty."""

    instrument: str
    actor: str
    status: str
    date: str
    as_of: str
    remark: tuple[str, ...]
    source: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class OptOut:
    """An instrument that does not bind a state, although it binds the others like it."""

    instrument: str
    actor: str
    because: str
    certainty: str
    source: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class InForce:
    """A day by which a treaty is shown to be in force."""

    instrument: str
    by: str
    because: str
    certainty: str
    source: tuple[str, ...]
    row: Row


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
class Facts:
    """All facts of a folder."""

    countries: tuple[Country, ...] = ()
    names: tuple[CountryName, ...] = ()
    other_members: tuple[OtherMember, ...] = ()
    memberships: tuple[Membership, ...] = ()
    parties: tuple[PartyAction, ...] = ()
    excepts: tuple[OptOut, ...] = ()
    in_force: tuple[InForce, ...] = ()
    completeness: tuple[Completeness, ...] = ()
    notes: tuple[FactNote, ...] = ()


Record = TypeVar("Record")


def read_facts(folder: Path) -> Facts:
    """Read the tables of a folder of facts; a folder that is not there has none.

    Raises InputError with file and line where a table is missing or not as its metadata say.
    """
    if not folder.is_dir():
        return Facts()
    return Facts(
        countries=read_records(folder / "countries.csv", Country),
        names=read_records(folder / "names.csv", CountryName),
        other_members=read_records(folder / "other-members.csv", OtherMember),
        memberships=read_records(folder / "memberships.csv", Membership),
        parties=read_records(folder / "parties.csv", PartyAction),
        excepts=read_records(folder / "excepts.csv", OptOut),
        in_force=read_records(folder / "in-force.csv", InForce),
        completeness=read_records(folder / "completeness.csv", Completeness),
        notes=read_records(folder / "notes.csv", FactNote),
    )


def read_records(path: Path, make: Callable[..., Record]) -> tuple[Record, ...]:
    """Read a table into records; raise InputError as `read_table` does."""
    try:
        return tuple(make(**row.cells, row=row) for row in read_table(path))
    except TypeError:
        raise InputError("its metadata describe other columns than are known", path) from None
