"""Stored questions that ask other endpoints, on a server that was allowed to ask them."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from conftest import ROOT
from hostile_server import Hostile, hostile_server
from serving import asking, serving

import tipgraph
from tipgraph.files.folder import PARTS
from tipgraph.serve.site import MOST_ASKING

QUESTION = """\
#+ title: Elsewhere
#+ description: What is elsewhere.
#+ federates: [{url}]
#+ columns: {{s: iri}}
SELECT ?s WHERE {{
  ?s a <https://w3id.org/tipgraph/ontology#Organization> .
  SERVICE <{url}> {{
    #values ?s
    ?s ?p ?o .
  }}
}}
"""
HTML = {"Accept": "text/html"}

pytestmark = pytest.mark.usefixtures("no_proxy")


@pytest.fixture(scope="module")
def other() -> Iterator[Hostile]:
    with hostile_server() as server:
        yield server


@pytest.fixture(scope="module")
def allowed(other: Hostile, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server that may ask three endpoints: one good, one broken, one slow."""
    root = tmp_path_factory.mktemp("allowed")
    for part in PARTS:
        shutil.copytree(ROOT / part, root / part)
    for name in ("good", "html", "drip", "hang"):
        text = QUESTION.format(url=other.url(name))
        (root / "queries" / f"elsewhere-{name}.rq").write_text(text, "utf-8")
    services = [other.url(name) for name in ("good", "html", "drip")]
    with (
        serving(tipgraph.load(root, services=services)) as address,
        asking(address) as client,
    ):
        yield client


def test_an_allowed_question_is_asked_each_time(allowed: httpx.Client, other: Hostile) -> None:
    before = other.times("good")
    for _ in range(2):
        answer = allowed.get("/query/elsewhere-good.csv")
        assert answer.text == "s\nhttps://w3id.org/tipgraph/org/asean\n"
        assert (answer.headers["cache-control"], "etag" in answer.headers) == ("no-store", False)
    page = allowed.get("/query/elsewhere-good", headers=HTML)
    assert '<a href="/org/asean"' in page.text
    assert other.times("good") == before + 3
    assert "/query/elsewhere-good" in allowed.get("/openapi.json").json()["paths"]


def test_an_endpoint_that_fails_is_named(allowed: httpx.Client, other: Hostile) -> None:
    for headers in ({}, HTML):
        wrong = allowed.get("/query/elsewhere-html.json", headers=headers)
        assert (wrong.status_code, other.url("html") in wrong.text) == (502, True)


def test_an_endpoint_that_is_not_allowed_is_not_asked(
    allowed: httpx.Client, other: Hostile
) -> None:
    refused = allowed.get("/query/elsewhere-hang.csv")
    assert (refused.status_code, other.url("hang") in refused.json()["detail"]) == (403, True)
    assert allowed.get("/query/elsewhere-hang", headers=HTML).status_code == 200
    assert other.times("hang") == 0


def test_a_free_query_asks_nobody(allowed: httpx.Client, other: Hostile) -> None:
    before = other.times("good")
    text = f"SELECT * {{ SERVICE <{other.url('good')}> {{ ?s ?p ?o }} }}"
    assert allowed.get("/sparql", params={"query": text}).status_code == 403
    assert other.times("good") == before


def test_others_are_answered_while_an_endpoint_is_slow(
    allowed: httpx.Client, other: Hostile
) -> None:
    many = MOST_ASKING + 1
    with ThreadPoolExecutor(many) as pool:
        path = "/query/elsewhere-drip.csv"
        slow = [pool.submit(allowed.get, path, timeout=2) for _ in range(many)]
        while other.times("drip") < MOST_ASKING:
            time.sleep(0.01)
        assert allowed.get("/query/organizations", timeout=2).status_code == 200
        assert other.times("drip") == MOST_ASKING, "the rest waits its turn"
        assert not any(future.done() for future in slow)
