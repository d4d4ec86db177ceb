"""In what standing a member was on a day: cases read by hand."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recorded import ROW, STANDINGS, done, duty, listed, on

from tipgraph.derive.duties import duty_times
from tipgraph.derive.memberships import belonging_times, membership_times
from tipgraph.derive.times import ENDED, Time
from tipgraph.derive.when import before
from tipgraph.errors import InputError
from tipgraph.source.facts import Founding, ListedMember, MembershipAct
from tipgraph.source.rules import Exemption

FOUNDED = Founding("club", "1993-11-01", "", ("a page",), ROW)


def times(*records: MembershipAct | ListedMember, founded: Founding | None = None) -> list[Time]:
    acts = [one for one in records if isinstance(one, MembershipAct)]
    lists = [one for one in records if isinstance(one, ListedMember)]
    return membership_times(acts, lists, founded, STANDINGS)


def answer(found: list[Time], day: str) -> str:
    time = on(found, date.fromisoformat(day))
    if time is None:
        return "no record"
    is_sure = time.sure and time.sure.first <= date.fromisoformat(day) <= time.sure.last
    return time.standing if is_sure else f"maybe {time.standing}"


def test_a_list_alone_tells_nothing_sure_of_the_days_before_it() -> None:
    found = times(listed("member", "2025-12"))
    assert answer(found, "1950-01-01") == "maybe member"
    assert answer(found, "2025-12-31") == "member"


def test_an_entry_begins_a_membership_that_lasts() -> None:
    found = times(done("joined", "2013-07-01"), listed("member", "2025-12"))
    assert answer(found, "2013-06-30") == "no record"
    assert answer(found, "2013-07-01") == "member"
    assert answer(times(done("joined", "2013")), "2013-06-30") == "maybe member"


def test_the_last_day_is_that_before_the_exit() -> None:
    found = times(done("joined", "1975"), done("left", "2025-01-29"))
    assert answer(found, "2025-01-28") == "member"
    assert answer(found, "2025-01-29") == "withdrawn"
    month = times(done("joined", "1991"), done("left", "2018-05"))
    assert answer(month, "2018-05-10") == "maybe member"
    assert answer(month, "2018-05-31") == "withdrawn"


def test_a_suspended_member_is_a_member() -> None:
    found = times(done("suspended", "2011-11-12"), done("lifted", "2023"), listed("member", "2025"))
    assert answer(found, "2011-11-11") == "maybe member"
    assert answer(found, "2011-11-12") == "suspended"
    assert answer(found, "2023-06-01") == "suspended"
    assert answer(found, "2023-12-31") == "member"


def test_nobody_belongs_to_what_is_not_founded() -> None:
    found = times(done("joined", "1958-01-01"), founded=FOUNDED)
    assert answer(found, "1990-01-01") == "no record"
    assert answer(found, "1993-11-01") == "member"
    assert FOUNDED in found[0].rests_on
    assert FOUNDED not in times(done("joined", "1995-01-01"), founded=FOUNDED)[0].rests_on
    assert FOUNDED in times(listed("member", "2025"), founded=FOUNDED)[0].rests_on
    gone = times(done("joined", "1958"), done("left", "1984"), founded=FOUNDED)
    assert gone == []


def test_what_is_doubtful_counts_for_nothing() -> None:
    found = times(done("joined", "1958", "doubtful"), listed("member", "2025"))
    assert answer(found, "1990-01-01") == "maybe member"


def test_who_has_left_is_not_suspended() -> None:
    with pytest.raises(InputError, match=r"acts\.csv:7: who has left can only join again"):
        times(done("joined", "1990"), done("left", "2000"), done("suspended", "2010"))


def duties(*acts: MembershipAct, exempt: Exemption | None = None) -> list[Time]:
    belonging = belonging_times(times(*acts), STANDINGS)
    return duty_times(belonging, duty(*([exempt] if exempt else [])), "AAA")


def test_an_act_of_an_organization_binds_while_one_belongs() -> None:
    found = duties(done("joined", "1990-01-01"), done("left", "2020-02-01"))
    assert answer(found, "2011-04-14") == "no record"
    assert answer(found, "2011-04-15") == "bound-as-member"
    assert answer(found, "2020-01-31") == "bound-as-member"
    assert answer(found, "2020-02-01") == "ended"


def test_a_duty_ends_with_the_membership_or_the_act_whichever_is_first() -> None:
    for left, last in (("2009-05-01", "2009-04-30"), ("2025-01-29", "2011-12-31")):
        belonging = belonging_times(times(done("joined", "1975"), done("left", left)), STANDINGS)
        time, over = duty_times(belonging, duty(in_force="2008", ended="2011"), "AAA")
        assert over.standing == ENDED
        assert str(time.may.last) == last
        assert time.ends is not None
        assert str(before(time.ends.last)) == last


def test_a_suspension_does_not_end_a_duty() -> None:
    found = duties(done("joined", "1990-01-01"), done("suspended", "2015"), done("lifted", "2016"))
    assert answer(found, "2015-06-01") == "bound-as-member"


def test_who_is_exempt_is_not_bound() -> None:
    never = Exemption("order", "AAA", "It takes no part.", ("a recital",))
    found = duties(done("joined", "1990-01-01"), exempt=never)
    assert answer(found, "2020-01-01") == "outside"
    assert all(time.rests_on[0] == never for time in found)
    assert not any(time.ground for time in found)


def test_who_opts_in_late_may_be_bound_longer() -> None:
    own = Exemption("order", "AAA", "It opted in.", ("a decision",), "2011-10-18", "2020-12-31")
    found = duties(done("joined", "1990-01-01"), done("left", "2020-02-01"), exempt=own)
    assert answer(found, "2011-10-17") == "opted-out"
    assert answer(found, "2011-10-18") == "bound-as-member"
    assert answer(found, "2020-12-31") == "bound-as-member"
    assert answer(found, "2021-01-01") == "ended"


def test_who_left_before_it_was_bound_was_never_bound() -> None:
    assert duties(done("joined", "1990-01-01"), done("left", "1995")) == []


days = st.dates(date(1990, 1, 1), date(2024, 12, 31)).map(str)


@given(st.lists(days, min_size=2, max_size=6, unique=True), days)
def test_no_day_is_in_two_times(changes: list[str], day: str) -> None:
    kinds = ["joined", "suspended", "lifted", "left", "joined", "suspended"]
    acts = [done(kind, when) for kind, when in zip(kinds, sorted(changes), strict=False)]
    found = times(*acts)
    for time, after in itertools.pairwise(found):
        assert time.may.last < after.may.first
    begun = [act for act in acts if act.date <= day]
    standing = STANDINGS.gives[begun[-1].act] if begun else "no record"
    assert answer(found, day) == standing
