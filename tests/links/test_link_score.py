"""How alike names are, and what a score is made of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipgraph.links.score import alike, score
from tipgraph.links.things import Named, is_acronym, site, spellings

OURS = Named(
    "https://example.org/ours",
    ("Regional Conference on Migration", "RCM", "Puebla Process"),
    frozenset({"http://www.rcmvs.org"}),
    "organization",
)
BARE = Named("https://example.org/item", ("Puebla Process",))
TYPED = replace(BARE, types=frozenset({"wd:Q43229"}), has_type=True)
WORDS = ("council", "europe", "union", "european", "of", "the", "2010", "29")
NAMES = st.lists(st.sampled_from(WORDS), min_size=1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Organisation for Economic Co-operation", "Organization for Economic Co-operation"),
        ("The Bali Process", "Bali Process"),
        ("Council of the Baltic Sea States", "council of baltic sea states"),
        ("Conseil de l’Europe", "Conseil de l'Europe"),
        ("African Union Commission", "Commission of the African Union"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert alike(one, other) > 0.9


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Puebla Process", "Puebla Group"),
        ("European Union", "European Commission"),
        ("Council of Europe", "European Council"),
        ("Council of Europe", "Council of the European Union"),
        (
            "Domestic Workers Convention, 2011 (No. 189)",
            "Domestic Workers Convention, 2010 (No. 188)",
        ),
        (
            "Forced Labour Convention, 1930 (No. 29)",
            "Protocol of 2014 to the Forced Labour Convention",
        ),
        ("", "African Union"),
    ],
)
def test_names_that_differ_in_a_word_that_counts_are_not(one: str, other: str) -> None:
    assert alike(one, other) <= 0.6


@given(NAMES, NAMES)
def test_likeness_is_a_share_and_the_same_both_ways(one: list[str], other: list[str]) -> None:
    first, second = " ".join(one), " ".join(other)
    assert 0 <= alike(first, second) <= 1
    assert alike(first, second) == pytest.approx(alike(second, first))
    assert alike(first, first) == 1


def test_each_kind_of_evidence_counts() -> None:
    bare, typed = score(OURS, BARE).value, score(OURS, TYPED).value
    assert bare < typed < score(OURS, replace(TYPED, pages=frozenset({"https://rcmvs.org/"}))).value
    assert score(OURS, replace(BARE, has_type=True)).value == bare / 2
    assert score(OURS, replace(TYPED, names=("Puebla Group", "RCM"))).value < typed


def test_an_acronym_alone_is_no_name() -> None:
    other = replace(TYPED, names=("Royal College of Music", "RCM"))
    assert score(OURS, other).value < 0.3
    assert score(OURS, replace(TYPED, names=("RCM",))).value <= 0.2


def test_the_reasons_are_said() -> None:
    fit = score(OURS, replace(TYPED, names=(*TYPED.names, "RCM"), pages=OURS.pages))
    assert fit.value == 1
    assert fit.reasons == (
        "same name 'Puebla Process'",
        "type fits organization",
        "same website",
        "same acronym RCM",
    )


def test_acronyms_are_told_from_names() -> None:
    assert [is_acronym(name) for name in ("UN", "AU.COMMIT", "C029", "A/RES/64/293")] == [True] * 4
    assert not any(map(is_acronym, ("Commission", "UN Women", "")))


def test_websites_are_compared_however_they_are_written() -> None:
    assert site("http://WWW.un.org/") == site("https://un.org")
    assert site("https://un.org/a?b=1") != site("https://un.org/a")
    assert "https://www.un.org/" in set(spellings("http://un.org"))
    assert not list(spellings("http://un.org/a b"))
