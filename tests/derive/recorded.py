"""Records and rules made for the tests of what is derived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tipgraph.derive.memberships import Standings
from tipgraph.derive.times import Time
from tipgraph.files.csvw import Row
from tipgraph.source.facts import ListedMember, MembershipAct, StatedParty, TreatyAct
from tipgraph.source.rules import MEMBERSHIP, TREATY, Rule

ROW = Row({}, Path("acts.csv"), 7)
STANDINGS = Standings(
    gives={
        "accession": "contracting",
        "denunciation": "denounced",
        "entry-into-force": "party",
        "joined": "member",
        "left": "withdrawn",
        "lifted": "member",
        "ratification": "contracting",
        "signature": "signatory",
        "succession": "contracting",
        "suspended": "suspended",
    },
    belonging={"member", "suspended"},
)


def act(kind: str, date: str = "", as_of: str = "2020-01-01", sure: str = "certain") -> TreatyAct:
    return TreatyAct("treaty", "AAA", kind, date, as_of, sure, "", "", ("a register",), ROW)


def said(standing: str, on: str, sure: str = "certain") -> StatedParty:
    return StatedParty("treaty", "AAA", standing, on, sure, "", "", ("a page",), ROW)


def done(kind: str, date: str, sure: str = "certain") -> MembershipAct:
    return MembershipAct("club", "AAA", kind, date, "2020", sure, "", "", ("a page",), ROW)


def listed(standing: str, as_of: str) -> ListedMember:
    return ListedMember("club", "AAA", standing, as_of, (), ("a list",), ROW)


def rule(waits: str = "P30D", leaves: str = "P1Y", in_force: str = "2003-12-25") -> Rule:
    return Rule(
        instrument="treaty",
        ground=TREATY,
        clause="Article 1",
        gist="Binds.",
        certainty="certain",
        source=("its text",),
        path=Path("rules.yaml"),
        line=1,
        adopted="2000-11-15",
        in_force=in_force,
        waits=waits,
        leaves=leaves,
    )


def duty(*exemptions: object, in_force: str = "2011-04-15", ended: str = "") -> Rule:
    return Rule(
        instrument="directive",
        ground=MEMBERSHIP,
        clause="Article 1",
        gist="Binds.",
        certainty="certain",
        source=("its text",),
        path=Path("rules.yaml"),
        line=1,
        in_force=in_force,
        ended=ended,
        of="club",
        exemptions=tuple(exemptions),  # type: ignore[arg-type]
    )


def on(times: Sequence[Time], day: date) -> Time | None:
    """Return the time that a day lies in."""
    return next((time for time in times if time.may.first <= day <= time.may.last), None)
