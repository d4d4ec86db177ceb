"""From when until when a treaty binds: cases read by hand, and rules against a naive reading."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from recorded import STANDINGS, act, on, rule, said

from tipgraph.derive.times import Time
from tipgraph.derive.treaties import Records, treaty_times
from tipgraph.derive.when import NEVER_ENDED, later
from tipgraph.errors import InputError
from tipgraph.source.facts import StatedParty, TreatyAct
from tipgraph.source.rules import Rule

FIRST, LAST = date(2001, 1, 1), date(2019, 12, 31)


def times(*records: TreatyAct | StatedParty, by: Rule | None = None) -> list[Time]:
    acts = tuple(one for one in records if isinstance(one, TreatyAct))
    stated = tuple(one for one in records if isinstance(one, StatedParty))
    return treaty_times(Records(acts, stated, gives=STANDINGS.gives), by or rule())


def answer(found: list[Time], day: str) -> str:
    time = on(found, date.fromisoformat(day))
    if time is None:
        return "no record"
    is_sure = time.sure and time.sure.first <= date.fromisoformat(day) <= time.sure.last
    return time.standing if is_sure else f"maybe {time.standing}"


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2000-12-13", "no record"),
        ("2000-12-14", "signatory"),
        ("2002-05-27", "signatory"),
        ("2002-05-28", "contracting"),
        ("2003-12-24", "contracting"),
        ("2003-12-25", "party"),
        ("2026-11-27", "party"),
    ],
)
def test_a_state_signs_consents_and_is_bound(day: str, standing: str) -> None:
    found = times(act("signature", "2000-12-14"), act("ratification", "2002-05-28"))
    assert answer(found, day) == standing


def test_a_later_deposit_binds_on_the_thirtieth_day_after() -> None:
    found = times(act("accession", "2012-08-21"))
    assert answer(found, "2012-09-19") == "contracting"
    assert answer(found, "2012-09-20") == "party"


def test_a_year_leaves_a_year_open() -> None:
    found = times(act("ratification", "2010"), by=rule("P12M"))
    assert answer(found, "2010-12-31") == "contracting"
    assert answer(found, "2011-01-01") == "maybe party"
    assert answer(found, "2011-12-31") == "party"
    assert on(found, date(2011, 6, 1)).missing == (  # type: ignore[union-attr]
        "the day of deposit; only the year is recorded"
    )


def test_a_treaty_whose_entry_into_force_is_unknown_binds_nobody_surely() -> None:
    found = times(act("ratification", "2010-01-01"), by=rule(in_force=""))
    assert answer(found, "2025-01-01") == "maybe party"


def test_a_printed_entry_into_force_goes_before_the_rule() -> None:
    found = times(act("ratification", "2010-01-01"), act("entry-into-force", "2010-03-01"))
    assert answer(found, "2010-02-28") == "contracting"
    assert answer(found, "2010-03-01") == "party"


def test_a_successor_may_have_been_bound_before_its_act() -> None:
    found = times(act("succession", "2006-10-23"))
    assert answer(found, "2006-06-03") == "maybe party"
    assert answer(found, "2006-11-22") == "party"


def test_who_is_said_to_be_party_was_one_by_then() -> None:
    found = times(said("party", "2016"))
    assert answer(found, "2010-01-01") == "maybe party"
    assert answer(found, "2017-01-30") == "party"
    assert answer(times(said("party", "undated")), "2020-01-01") == "maybe party"


def test_who_is_said_to_be_no_party_consented_later() -> None:
    found = times(said("party", "2016"), said("not-party", "2014-06-01"))
    assert answer(found, "2014-06-01") == "not-party"
    assert answer(found, "2014-05-31") == "no record"
    assert answer(found, "2014-07-02") == "maybe party"


def test_a_denunciation_ends_it_and_a_new_act_binds_again() -> None:
    acts = [act("ratification", "2004-01-01"), act("denunciation", "2008-01-01")]
    assert answer(times(*acts), "2007-12-31") == "party"
    assert answer(times(*acts), "2008-06-01") == "maybe party"
    assert answer(times(*acts), "2009-01-01") == "denounced"
    again = times(*acts, act("accession", "2012-01-01"))
    assert answer(again, "2011-12-31") == "denounced"
    assert answer(again, "2012-01-31") == "party"


def test_an_undated_denunciation_came_after_the_consent() -> None:
    found = times(act("ratification", "2004-01-01"), act("denunciation", "", "2010"))
    assert answer(found, "2005-01-01") == "maybe party"
    party, denounced = (one for one in found if one.standing in ("party", "denounced"))
    assert party.ends is not None
    assert party.starts.first < party.ends.first
    assert denounced.starts.in_words() == "2004-02-01 to 2011-12-31"


def test_who_denounces_was_a_party() -> None:
    found = times(act("denunciation", "2008-01-01"))
    assert answer(found, "2005-01-01") == "maybe party"
    assert answer(found, "2009-01-01") == "denounced"


@pytest.mark.parametrize("consent", [act("ratification", "2004"), said("party", "2004")])
def test_records_that_contradict_each_other_are_refused(consent: TreatyAct | StatedParty) -> None:
    with pytest.raises(InputError, match=r"acts\.csv:7: AAA is said to be no party"):
        times(consent, said("not-party", "2010-01-01"))


days = st.dates(FIRST, LAST)
dates = (
    days.map(date.isoformat) | days.map(lambda day: str(day)[:7]) | days.map(lambda d: str(d)[:4])
)
consents = st.lists(st.builds(act, st.sampled_from(["ratification", "accession"]), dates))
others = st.lists(st.builds(act, st.just("signature"), dates), max_size=1)
rules = st.builds(rule, st.sampled_from(["P30D", "P12M", "first-of-month-after-P3M", "P0D"]))


def naive(acts: list[TreatyAct], by: Rule, day: date) -> str:
    """Say by trying every day that the first consent can mean; with one consent and no end."""
    consent = next(one for one in acts if one.act != "signature")
    entered = date.fromisoformat(by.in_force)
    started = [
        max(entered, later(FIRST + timedelta(number), by.waits))
        for number in range((LAST - FIRST).days + 1)
        if (FIRST + timedelta(number)).isoformat().startswith(consent.date)
    ]
    bound = [start <= day for start in started]
    return "party" if all(bound) else "maybe party" if any(bound) else "other"


@given(dates, others, rules, days)
def test_the_rule_is_that_of_a_naive_reading(
    deposit: str, signed: list[TreatyAct], by: Rule, day: date
) -> None:
    acts = [act("ratification", deposit), *signed]
    found = answer(times(*acts, by=by), day.isoformat())
    expected = naive(acts, by, day)
    assert found == expected or (expected == "other" and not found.endswith("party"))


@given(consents, others, rules)
def test_no_day_is_in_two_times_and_bounds_never_cross(
    acts: list[TreatyAct], signed: list[TreatyAct], by: Rule
) -> None:
    found = times(*acts, *signed, by=by)
    for time, after in itertools.pairwise(found):
        assert time.may.last < after.may.first
    for time in found:
        assert time.may.first <= time.may.last
        assert not time.sure or time.may.first <= time.sure.first <= time.sure.last
        assert not time.sure or time.sure.last <= time.may.last
        assert time.standing != "party" or time.may.last == NEVER_ENDED


@given(days, days, rules)
def test_a_later_deposit_never_binds_earlier(one: date, other: date, by: Rule) -> None:
    first, second = sorted([one, other])
    starts = [
        next(time.may.first for time in times(act("accession", str(day)), by=by) if time.ground)
        for day in (first, second)
    ]
    assert starts[0] <= starts[1]


@given(days, dates, rules, days)
def test_a_record_that_agrees_takes_no_certainty_away(
    deposit: date, text: str, by: Rule, day: date
) -> None:
    exact = act("ratification", deposit.isoformat())
    coarse = act("accession", deposit.isoformat()[: len(text)])
    alone = answer(times(exact, by=by), str(day))
    assert alone.startswith("maybe") or alone == answer(times(coarse, exact, by=by), str(day))


@given(days, st.integers(1, 3000), days)
@example(date(2001, 1, 1), 1, date(2002, 1, 2))
def test_after_leaving_only_a_new_act_binds(deposit: date, stayed: int, day: date) -> None:
    left = deposit + timedelta(stayed)
    found = times(act("accession", str(deposit)), act("denunciation", str(left)))
    over = later(left, "P1Y")
    assert day < over or answer(found, str(max(day, over))) == "denounced"
