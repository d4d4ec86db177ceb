"""What people type leads to the page or the question that they mean."""

from __future__ import annotations

import csv
import time

import httpx
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from tipgraph import Found, KnowledgeGraph
from tipgraph.ask.days import Day, day_in
from tipgraph.ask.hit import Hit
from tipgraph.ask.words import words_of
from tipgraph.rdf.iris import path_of, thing
from tipgraph.serve.pages.single import hit_address
from tipgraph.source.facts import NotHeld, read_not_held

FIRST = 2
"""Among how many hits the right one is."""
MOST_SECONDS = 0.05
with (ROOT / "tests/ask/sentences.tsv").open(encoding="utf-8") as file:
    SENTENCES = [tuple(row) for row in csv.reader(file, delimiter="\t")][1:]
NOT_HELD = read_not_held(ROOT / "data" / "facts")
SEARCHED = sorted({sentence for sentence, _ in SENTENCES})


@pytest.mark.parametrize(("sentence", "address"), SENTENCES)
def test_a_sentence_leads_to_what_it_asks(kg: KnowledgeGraph, sentence: str, address: str) -> None:
    assert address in [hit_address(hit) for hit in kg.search(sentence)[:FIRST]]


@pytest.mark.parametrize("sentence", SEARCHED)
def test_whatever_is_found_can_be_opened(
    kg: KnowledgeGraph, web: httpx.Client, sentence: str
) -> None:
    for hit in kg.search(sentence)[:FIRST]:
        assert web.get(hit_address(hit), headers={"Accept": "text/html"}).status_code == 200


def test_a_question_is_offered_with_all_that_it_needs(kg: KnowledgeGraph) -> None:
    for sentence in SEARCHED:
        for hit in kg.search(sentence):
            if hit.is_question:
                query = kg.queries[path_of(hit.iri).removeprefix("query/")]
                assert set(hit.arguments) <= set(kg.questions.terms(query, hit.arguments))


@pytest.mark.parametrize("one", NOT_HELD, ids=lambda one: one.name)
def test_what_is_not_held_is_said_and_the_nearest_is_another(
    kg: KnowledgeGraph, one: NotHeld
) -> None:
    for text in (one.name, f"what is the {one.full_name}", f"contact {one.name}?"):
        found = kg.search(text)
        assert found.said[0].startswith(f"{one.name} ")
        assert "is not in this graph" in found.said[0]
        assert one.site in found.said[0]
        nearest = [hit for hit in found if hit.note]
        assert [hit.iri for hit in nearest] == [thing(path).value for path in one.nearest]


def test_what_is_not_held_is_not_in_the_graph(kg: KnowledgeGraph) -> None:
    printed = {name.folded for name in kg.questions.names.of("thing")}
    for one in NOT_HELD:
        assert not {name.casefold() for name in (one.name, one.full_name)} & printed
        assert one.site in one.source


def test_a_slip_is_told(kg: KnowledgeGraph) -> None:
    assert kg.search("what treaties bind Nigera").said == ("'nigera' is read as 'nigeria'",)
    assert kg.search("Nigeria").said == ()


def test_a_name_of_two_things_is_told_and_both_are_offered(kg: KnowledgeGraph) -> None:
    found = kg.search("what treaties bind Congo")
    assert found.said[0].startswith("'congo' can mean country/CO")
    assert [hit.arguments["country"] for hit in found[:2]] in (["COD", "COG"], ["COG", "COD"])


def test_a_name_alone_is_no_question(kg: KnowledgeGraph) -> None:
    for name in ("Ghana", "ASEAN", "wd:Q7768", "Palermo Protocol"):
        assert not any(hit.is_question for hit in kg.search(name))


@pytest.mark.parametrize("text", ["", "*", "?!", "  ", "---", "zzzz", "parties", "xyzzy plugh"])
def test_what_finds_nothing_offers_only_what_is_found(kg: KnowledgeGraph, text: str) -> None:
    found = kg.search(text)
    assert found == []
    assert text not in found.near
    assert all(kg.search(name) for name in found.near)


@pytest.mark.parametrize(
    "text", ["Interpl", "Aseann", "Palermo Protcol on traffic", "Europian Unoin"]
)
def test_what_is_offered_instead_leads_to_something(kg: KnowledgeGraph, text: str) -> None:
    found = kg.search(text)
    assert found or found.near
    assert all(kg.search(name) for name in found.near)


@pytest.mark.parametrize(
    "text",
    [
        "a " * 7_500,
        "n i g e r a " * 700,
        "x" * 100_000,
        "Congo Korea palermo " * 100,
        "nigera ghanna palerno protocl conventoin ratifyed membrs " * 5,
        "w i l l t h e y a l l b e g i n",
    ],
    ids=lambda text: text[:12],
)
def test_no_text_takes_long(kg: KnowledgeGraph, text: str) -> None:
    kg.search("what is there")
    start = time.perf_counter()
    kg.search(text)
    assert time.perf_counter() - start < 10 * MOST_SECONDS
    assert "only this much is read" in " ".join(kg.search("ghana " * 300).said)


def test_sentences_are_read_at_once(kg: KnowledgeGraph) -> None:
    kg.search("what is there")
    start = time.perf_counter()
    for sentence in SEARCHED:
        kg.search(sentence)
    assert (time.perf_counter() - start) / len(SEARCHED) < MOST_SECONDS


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=40) | st.lists(st.sampled_from(SEARCHED), max_size=3).map(" ".join))
def test_any_text_is_answered(kg: KnowledgeGraph, text: str) -> None:
    found = kg.search(text)
    assert isinstance(found, Found)
    addresses = [hit_address(hit) for hit in found]
    assert len(set(addresses)) == len(addresses)
    assert all(address.startswith(("/", "http")) for address in addresses)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("in 2010", Day("2010-01-01", 1, 2)),
        ("on 1 January 2010", Day("2010-01-01", 1, 4)),
        ("March 3rd 1999", Day("1999-03-03", 0, 3)),
        ("le 1er février 2001", Day("2001-02-01", 1, 4)),
        ("el 2 de mayo de 2020", Day("2020-05-02", 1, 6)),
        ("2024-02-29", Day("2024-02-29", 0, 3)),
        ("2023-02-29", Day("2023-01-01", 0, 1)),
        ("may 8 or 29", None),
        ("resolution 2331", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: Day | None) -> None:
    assert day_in(words_of(text)) == day


def test_a_hit_of_a_question_says_what_it_asks(kg: KnowledgeGraph) -> None:
    hit = kg.search("members of ASEAN")[0]
    assert isinstance(hit, Hit)
    assert hit.label == (
        "Who belongs to an organization on a day: Association of Southeast Asian Nations"
    )
    assert (hit.kind, hit.arguments) == ("question", {"organization": "asean"})
