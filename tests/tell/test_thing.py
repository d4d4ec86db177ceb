"""A thing is described once: its card and its page say the same in the same words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

import pytest
from conftest import PROFILE, Run
from pyoxigraph import NamedNode

from tipgraph import KnowledgeGraph
from tipgraph.rdf.iris import REGISTERED, path_of
from tipgraph.serve import pages
from tipgraph.tell.describe import describe
from tipgraph.tell.parts import Fact
from tipgraph.tell.thing import Thing

KINDS = tuple(kind for kind in REGISTERED if kind != "query")


def plain(text: str) -> str:
    return " ".join(text.split())


def text_of(html: str) -> str:
    main = re.sub(r"</?a\b[^>]*>", "", html.partition("<main")[2])
    return plain(unescape(re.sub(r"<[^>]+>", " ", main)))


def said(facts: tuple[Fact, ...]) -> Iterator[str]:
    """Yield every word of facts: headings, values, remarks, and the grounds of decisions."""
    for fact in facts:
        yield fact.heading
        for value in fact.values:
            yield from (value.link.text, value.remark)
            for ground in value.grounds:
                yield from (ground.reason, ground.evidence, ground.certainty)


def everything(thing: Thing) -> Iterator[str]:
    yield from (thing.label, thing.iri, thing.definition, *thing.names)
    yield from said((*thing.facts, *thing.pointers))
    for listed in thing.listed:
        yield from (listed.link.text, listed.kind, listed.force)
    for records in thing.records:
        yield from (records.heading, records.completeness)
        yield from (text for row in records.rows for text in (row.of.text, row.status))
    for identifier in thing.identifiers:
        yield from (identifier.relation, identifier.remark)
    for note in thing.notes:
        yield from (note.link.text, note.matter, note.instead)
    yield from (place.quote or place.citation for place in thing.places)
    yield from (text for one in thing.incomplete for text in (one.link.text, one.remark))


EVERY = 1 if PROFILE == "nightly" else 3
"""Which of the countries are compared, as there are many: each at night, every third by day."""


@pytest.mark.parametrize("kind", KINDS)
def test_the_card_and_the_page_say_the_same(kg: KnowledgeGraph, kind: str) -> None:
    things = [
        node for node in kg.questions.names.classes if path_of(node.value).startswith(f"{kind}/")
    ]
    assert things or kind == "concept"
    for node in things[:: EVERY if kind == "country" else 1]:
        thing = describe(node, kg.reader)
        card, page = plain(str(thing)), text_of(pages.thing(kg, node))
        missing = {text for text in everything(thing) if plain(text) not in card}
        assert missing == set(), f"the card of {thing.path}"
        missing = {text for text in everything(thing) if plain(text) not in page}
        assert missing == set(), f"the page of {thing.path}"


def test_a_thing_says_what_it_is_once(kg: KnowledgeGraph) -> None:
    assert "what it is Organization" in plain(str(kg.show("ASEAN")))
    assert "what it is" not in str(kg.show("ACTIP"))


def test_labels_are_looked_up_once(kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    node = kg.questions.names.find("ASEAN")
    describe(node, kg.reader)
    asked: list[object] = []

    class Counting:
        def quads_for_pattern(self, *pattern: object) -> Iterator[object]:
            asked.append(pattern)
            return iter(())

    monkeypatch.setattr(kg.reader, "store", Counting())
    assert kg.reader.label(node) == "Association of Southeast Asian Nations"
    assert asked == []
    assert kg.reader.label(NamedNode("http://example.org/other")) == "http://example.org/other"
    assert asked


def test_a_thing_is_plain_values(run: Run, kg: KnowledgeGraph) -> None:
    told = json.loads(run("show", "ASEAN", "--format", "json").out)
    assert told == json.loads(json.dumps(kg.show("ASEAN").to_dict()))
    assert (told["path"], told["label"]) == ("org/asean", "Association of Southeast Asian Nations")
    assert "focal point" in {fact["heading"] for fact in told["facts"]}


def test_a_record_is_told_on_the_days_it_began_and_ended(kg: KnowledgeGraph) -> None:
    found = set()
    for organization in kg.reader.organizations:
        thing = describe(organization, kg.reader)
        told = {(event.date, event.what, event.of) for event in thing.events}
        for row in (row for records in thing.records for row in records.rows):
            found.add(row.status)
            assert (
                not row.since[:4].isdigit()
                or " " in row.since
                or (row.since, row.status, row.of) in told
            )
            assert (
                not row.until
                or " " in row.until
                or (row.until, f"last day as {row.status}", row.of) in told
            )
    assert {"withdrawn", "withdrawing", "suspended", "member"} <= found


def test_a_page_says_since_when_and_until_when_a_standing_holds(kg: KnowledgeGraph) -> None:
    mali = next(node for node in kg.questions.names.classes if node.value.endswith("country/MLI"))
    page = text_of(pages.thing(kg, mali))
    (memberships,) = (r for r in describe(mali, kg.reader).records if r.key == "memberships")
    assert len(memberships.rows) > 6
    for row in memberships.rows:
        assert f"{row.status} {row.since} {row.until or '–'}" in page
