"""Citations over HTTP: those of Python, by argument or Accept header, and a page of all forms."""

from __future__ import annotations

import json
from html import unescape

import httpx
import pytest

from tipgraph import KnowledgeGraph
from tipgraph.tell.citation import TYPES, Citation

ANSWER = "/query/obligations-on/cite?on=2010-01-01"
HTML = {"Accept": "text/html,*/*;q=0.8"}


def cited(kg: KnowledgeGraph, path: str) -> Citation:
    if path == "/cite":
        return kg.cite()
    if path == ANSWER:
        return kg.cite("obligations-on", on="2010-01-01")
    return kg.cite(path.removeprefix("/").removesuffix("/cite"))


PATHS = ("/cite", "/instrument/palermo-protocol/cite", "/org/asean/cite", ANSWER)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("format", TYPES)
def test_the_header_and_the_argument_choose_the_form(
    web: httpx.Client, kg: KnowledgeGraph, path: str, format: str
) -> None:
    accepted = web.get(path, headers={"Accept": TYPES[format]})
    mark = "&" if "?" in path else "?"
    asked = web.get(f"{path}{mark}format={format}", headers=HTML)
    assert accepted.text == asked.text == f"{cited(kg, path).to(format)}\n"
    for answer in (accepted, asked):
        assert answer.headers["content-type"] == f"{TYPES[format]}; charset=utf-8"
    again = web.get(path, headers={"Accept": TYPES[format], "If-None-Match": asked.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", PATHS)
def test_the_page_shows_every_form(web: httpx.Client, kg: KnowledgeGraph, path: str) -> None:
    page = web.get(path, headers=HTML)
    assert page.headers["content-type"].startswith("text/html")
    for format in TYPES:
        assert f"<code data-copy>{cited(kg, path).to(format)}</code>" in unescape(page.text)
        assert f"format={format}" in page.text


def test_every_page_leads_to_its_citation(web: httpx.Client) -> None:
    for path, link in (
        ("/org/asean", "/org/asean/cite"),
        ("/dataset", "/cite"),
        ("/query/obligations-on?on=2010-01-01", ANSWER),
    ):
        assert f'href="{link}"' in web.get(path, headers=HTML).text


def test_a_page_of_an_answer_is_cited_as_the_whole(web: httpx.Client) -> None:
    assert web.get(f"{ANSWER}&limit=3&page=2").text == web.get(ANSWER).text


@pytest.mark.parametrize(
    ("path", "status", "argument", "says"),
    [
        ("/org/asean/cite?format=mla", 400, "format", "none of text, bibtex, ris, csl"),
        ("/org/asean/cite?format=ris&format=csl", 400, "format", "none of text"),
        ("/org/asean/cite?on=2010-01-01", 400, "on", "it takes format"),
        ("/query/obligations-on/cite?on=2010", 400, "on", "is not a date"),
        ("/query/country-coverage/cite", 400, "country", "is needed"),
        ("/query/obligatons-on/cite", 404, None, "/query/obligations-on"),
        ("/org/asaen/cite", 404, None, "/org/asean"),
    ],
)
def test_what_is_wrong_is_named(
    web: httpx.Client, path: str, status: int, argument: str | None, says: str
) -> None:
    answer = web.get(path)
    problem = json.loads(answer.text)
    assert (answer.status_code, problem.get("argument")) == (status, argument)
    assert says in problem["detail"]
