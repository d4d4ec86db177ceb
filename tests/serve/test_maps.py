"""Maps on pages: how each state looks is what the question answers of it, on any day."""

from __future__ import annotations

import gzip
from collections import Counter
from xml.etree.ElementTree import Element, fromstring

import httpx
import pytest

from tipgraph import KnowledgeGraph
from tipgraph.rdf.iris import thing
from tipgraph.serve.pages.maps import PARTIES, Map, history_of, map_of

BOUND = {"bound": "sure", "may be bound": "possible", "not bound": "other", "no record": "nothing"}
BELONGS = {"yes": "sure", "may be": "possible"}
MOST = 150_000
"""Bytes that a page with a map may have on its way."""


def mapped(kg: KnowledgeGraph, path: str, on: str = "") -> tuple[Map, Element]:
    found = map_of(thing(path), kg, on)
    assert found
    return found, fromstring(found.drawing)


def looks(drawn: Element) -> dict[str, str]:
    """Return how each state looks, by the class of the group that it is drawn in."""
    found = [
        ((shape.get("id") or "").removeprefix("map-"), (group.get("class") or "").split()[1])
        for group in drawn.iter("g")
        for shape in group
    ]
    assert max(Counter(code for code, _ in found).values()) == 1
    return dict(found)


@pytest.mark.parametrize("on", ["", "1999-12-31", "2005-01-01", "2016-06-30"])
@pytest.mark.parametrize("name", ["palermo-protocol", "ilo-c029", "coe-convention", "untoc"])
def test_a_state_looks_as_it_stands_towards_a_treaty(
    kg: KnowledgeGraph, name: str, on: str
) -> None:
    given = {"instrument": name, **({"on": on} if on else {})}
    rows = [
        row for row in kg.query("parties-on", None, 1, **given) if "/country/" in str(row.actor)
    ]
    wanted = {str(row.actor).rpartition("/")[2]: BOUND[str(row.answer)] for row in rows}
    assert looks(mapped(kg, f"instrument/{name}", on)[1]) == wanted


@pytest.mark.parametrize(("name", "on"), [("ecowas", "2025-01-28"), ("rcm", ""), ("un", "")])
def test_a_state_looks_as_it_belongs(kg: KnowledgeGraph, name: str, on: str) -> None:
    given = {"organization": name, **({"on": on} if on else {})}
    rows = kg.query("members-on", None, 1, **given)
    wanted = {str(row.member).rpartition("/")[2]: BELONGS[str(row.belongs)] for row in rows}
    shown = looks(mapped(kg, f"org/{name}", on)[1])
    assert {code: look for code, look in shown.items() if look != "nothing"} == wanted
    assert len(shown) == 249


def test_the_map_knows_each_value_of_the_question(kg: KnowledgeGraph) -> None:
    assert dict(PARTIES.looks) == BOUND
    text = kg.queries["parties-on"].text
    assert all(f'"{answer}"' in text for answer in BOUND)


def test_a_shape_says_who_it_is_and_how_it_stands(kg: KnowledgeGraph) -> None:
    found, drawn = mapped(kg, "instrument/palermo-protocol", "2013-01-01")
    titles = {one.text for one in drawn.iter("title")}
    assert titles == {one.title for one in found.placed}
    assert "Ghana: bound since 2012-09-20" in titles
    assert "Somalia: no record" in titles
    assert "Japan: signed, not bound since 2002-12-09" in titles
    assert drawn.get("aria-label") == (
        f"Map of the world on 2013-01-01: {'; '.join(told for _, told in found.legend)}"
    )


def test_who_is_no_state_is_told_beside_the_map(kg: KnowledgeGraph) -> None:
    found, _ = mapped(kg, "instrument/palermo-protocol")
    assert [one.title for one in found.beside] == ["European Union: bound since 2006-10-06"]


@pytest.mark.parametrize("path", ["org/unodc", "instrument/khartoum-declaration", "country/NGA"])
def test_a_thing_without_records_has_no_map(kg: KnowledgeGraph, path: str) -> None:
    assert map_of(thing(path), kg) is None
    assert history_of(thing(path), kg) is None


def test_the_line_has_the_numbers_of_the_question(kg: KnowledgeGraph) -> None:
    found = history_of(thing("instrument/coe-convention"), kg)
    assert found
    rows = kg.query("bound-history", instrument="coe-convention").rows
    told = [(str(one.year), one.sure, one.possible) for one in found.years]
    assert told == [tuple(row) for row in rows]
    assert fromstring(found.drawing).get("aria-label") == "How many were bound from 2008 to 2021"


@pytest.mark.parametrize("path", ["/instrument/palermo-protocol", "/org/osce"])
def test_a_page_with_a_map_is_small_and_says_the_same_in_a_table(
    web: httpx.Client, path: str
) -> None:
    answer = web.get(f"{path}?on=2005-01-01", headers={"Accept": "text/html"})
    assert len(gzip.compress(answer.content)) < MOST
    assert '<time datetime="2005-01-01">' in answer.text
    assert answer.text.count("<svg") == answer.text.count("</svg>") >= 2
    assert "Natural Earth" in answer.text
    assert "The same as a table" in answer.text


def test_a_page_is_kept_by_its_day(web: httpx.Client) -> None:
    def page(on: str) -> str:
        path = f"/instrument/coe-convention{on}"
        return web.get(path, headers={"Accept": "text/html"}).text

    first, then = page(""), page("?on=2009-06-30")
    assert first != then
    assert [page(""), page("?on=2009-06-30")] == [first, then]


def test_what_is_no_day_is_refused(web: httpx.Client) -> None:
    answer = web.get("/instrument/palermo-protocol?on=someday", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "someday" in answer.text
