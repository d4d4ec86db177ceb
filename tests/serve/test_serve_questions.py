"""Stored questions over HTTP: the rows of the Python interface, in every format, page by page."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from pyoxigraph import DefaultGraph, Literal, RdfFormat, Triple, parse

import tipgraph
from tipgraph import KnowledgeGraph
from tipgraph.ask.queries import StoredQuery
from tipgraph.errors import ArgumentError, UsageError
from tipgraph.graph.export import document
from tipgraph.rdf.formats import GRAPH_TYPES, ROW_FORMATS, SUFFIXES
from tipgraph.rdf.iris import term, thing
from tipgraph.serve.http.kept import BESIDE, Body, Kept
from tipgraph.serve.http.negotiate import preferred
from tipgraph.serve.http.problems import problem_of
from tipgraph.serve.things import FORMATS as DESCRIPTIONS
from tipgraph.serve.things import about
from tipgraph.tell.rows import present

ASEAN = "/query/instruments-of-organization"
GIVEN = {"organization": "asean"}
QUERIES = tipgraph.load(Path(__file__).resolve().parents[2]).queries.read()[0]
ROWS = [q for q in QUERIES.values() if q.form == "SELECT" and not q.services]
FEDERATED = [query for query in QUERIES.values() if query.services]
TRIPLES = [query for query in QUERIES.values() if query.form != "SELECT"]
HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize("query", ROWS, ids=lambda query: query.name)
def test_every_question_gives_the_rows_of_its_example(
    web: httpx.Client, kg: KnowledgeGraph, query: StoredQuery
) -> None:
    given = web.get(f"/query/{query.name}", params=query.example).json()
    assert given["rows"] == kg.query(query.name, None, 1, **query.example).to_dicts()
    assert given["truncated"] is False
    assert given["provenance"] == kg.provenance(query.name, **query.example).to_dict()


@pytest.mark.parametrize("query", FEDERATED, ids=lambda query: query.name)
def test_a_question_that_asks_another_endpoint_is_shown_and_not_asked(
    web: httpx.Client, query: StoredQuery
) -> None:
    page = web.get(f"/query/{query.name}", params=query.example, headers=HTML)
    assert page.status_code == 200
    assert f"--allow-service {query.services[0]}" in page.text
    refused = web.get(f"/query/{query.name}.csv", params=query.example)
    assert (refused.status_code, refused.json()["status"]) == (403, 403)
    assert query.services[0] in refused.json()["detail"]
    assert "federatesWith" in web.get(f"/query/{query.name}.ttl").text


@pytest.mark.parametrize("query", TRIPLES, ids=lambda query: query.name)
@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "jsonld"])
def test_a_question_of_triples_gives_them(
    web: httpx.Client, kg: KnowledgeGraph, query: StoredQuery, suffix: str
) -> None:
    answer = web.get(f"/query/{query.name}.{suffix}", params=query.example)
    media_type = answer.headers["content-type"].partition(";")[0]
    assert media_type == GRAPH_TYPES[SUFFIXES[suffix]]
    quads = list(parse(answer.content, RdfFormat.from_media_type(media_type)))
    names = {quad.graph_name for quad in quads}
    own = next((name for name in names if name != DefaultGraph()), DefaultGraph())
    found = {quad.triple for quad in quads if quad.graph_name == own}
    assert found == kg.construct(query.name, **query.example).triples
    told = [quad for quad in quads if quad.object == thing(f"query/{query.name}")]
    assert bool(told) == (suffix == "jsonld")


@pytest.mark.parametrize(
    ("suffix", "format"), [(s, f) for s, f in SUFFIXES.items() if f in ROW_FORMATS]
)
def test_the_ending_says_the_format(
    web: httpx.Client, kg: KnowledgeGraph, suffix: str, format: str
) -> None:
    answer = web.get(f"{ASEAN}.{suffix}", params=GIVEN, headers=HTML)
    rests_on = kg.provenance("instruments-of-organization", **GIVEN)
    rows = kg.query("instruments-of-organization", None, 1, **GIVEN)
    told = rests_on if format in {"json", "jsonld"} else None
    assert answer.text == present(rows, format, provenance=told) + "\n"
    assert answer.headers["content-type"].partition(";")[0] == ROW_FORMATS[format]


@pytest.mark.parametrize("media_type", ROW_FORMATS.values())
def test_the_accept_header_says_the_format(web: httpx.Client, media_type: str) -> None:
    answer = web.get(ASEAN, params=GIVEN, headers={"Accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in answer.headers["vary"]


def test_pages_follow_one_another(web: httpx.Client, kg: KnowledgeGraph) -> None:
    address, seen = "/query/organizations.csv?limit=8", []
    while address:
        answer = web.get(address)
        seen += list(csv.DictReader(io.StringIO(answer.text)))
        links = {rel: link["url"] for rel, link in answer.links.items()}
        assert links["first"] == "/query/organizations.csv?limit=8&page=1"
        address = links.get("next", "")
    assert [row["name"] for row in seen] == [row["name"] for row in kg.query("organizations")]


def test_a_cut_is_told(web: httpx.Client) -> None:
    first = web.get("/query/organizations", params={"limit": 8})
    assert (len(first.json()["rows"]), first.json()["truncated"]) == (8, True)
    assert "prev" not in first.links
    last = web.get("/query/organizations", params={"limit": 8, "page": 3})
    assert (len(last.json()["rows"]), last.json()["truncated"]) == (6, False)
    assert set(last.links) == {"first", "prev"}


def test_the_pages_of_an_answer_lead_to_one_another(web: httpx.Client) -> None:
    page = web.get("/query/organizations?limit=8&page=2", headers=HTML).text
    addresses = {rel: f"limit=8&amp;page={n}" for rel, n in (("prev", 1), ("next", 3))}
    for relation, fields in addresses.items():
        assert f'<a href="/query/organizations?{fields}" rel="{relation}">' in page
    assert 'href="/query/organizations.csv?limit=8&amp;page=2"' in page
    assert "tipgraph query organizations --limit 8 --page 2" in page
    assert 'rel="next"' not in web.get("/query/organizations", headers=HTML).text
    past = web.get("/query/organizations?limit=8&page=9", headers=HTML).text
    assert "this page is past the end of the answer" in past


@pytest.mark.parametrize("headers", [{}, HTML], ids=["data", "page"])
def test_triples_are_given_whole(web: httpx.Client, headers: dict[str, str]) -> None:
    given = {"about": "asean", "limit": "1"}
    wrong = web.get("/query/everything-about", params=given, headers=headers)
    assert wrong.status_code == 400
    assert "limit: a question of triples gives all of them" in wrong.text


def test_a_wrong_argument_of_a_question_of_triples_is_named(web: httpx.Client) -> None:
    wrong = web.get("/query/everything-about", params={"about": "asaen"}, headers=HTML)
    assert wrong.status_code == 400
    assert "no thing is called" in wrong.text


def test_an_address_with_anything_in_it_comes_back_in_links(web: httpx.Client) -> None:
    tag = "fócal\r\nPoints"
    answer = web.get("/query/questions", params={"tag": tag, "limit": 1})
    assert f"tag={quote(tag, safe='')}".replace("%20", "+") in answer.links["first"]["url"]
    assert "points" not in answer.headers


def test_several_values_are_given_by_repeating(web: httpx.Client, kg: KnowledgeGraph) -> None:
    kinds = ["treaty", "recommendation"]
    answer = web.get("/query/instruments-of-kind", params={"kind": kinds})
    assert answer.json()["rows"] == kg.query("instruments-of-kind", kind=kinds).to_dicts()


@pytest.mark.parametrize("path", ["/org/asean.ttl", "/dump/catalog.nt", f"{ASEAN}.json"])
def test_an_answer_that_has_changed_is_no_match(web: httpx.Client, path: str) -> None:
    tag = web.get(path, params=GIVEN).headers["etag"]
    for wanted, status in (('"old"', 412), (f'"old", {tag}', 200), ("*", 200), (f"W/{tag}", 412)):
        answer = web.get(path, params=GIVEN, headers={"If-Match": wanted})
        assert answer.status_code == status, wanted


def test_a_copy_is_good_until_something_changes(web: httpx.Client) -> None:
    first = web.get(f"{ASEAN}.json", params=GIVEN)
    tag = first.headers["etag"]
    again = web.get(f"{ASEAN}.json", params=GIVEN, headers={"If-None-Match": f'"x", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    others = [
        web.get(f"{ASEAN}.csv", params=GIVEN),
        web.get(f"{ASEAN}.json", params={"organization": "au"}),
        web.get(f"{ASEAN}.json", params={**GIVEN, "limit": 2}),
    ]
    assert tag not in {other.headers["etag"] for other in others}


def test_bodies_are_kept_up_to_a_size() -> None:
    kept = Kept(2 * (10 + len(repr("a")) + BESIDE))
    for name in ("a", "b"):
        kept.keep(name, Body(b"x" * 10))
    assert kept.get("a") == Body(b"x" * 10)
    kept.keep("c", Body(b"x" * 10))
    assert [name for name in ("a", "b", "c") if kept.get(name)] == ["a", "c"]
    kept.keep("d", Body(b"x" * 5000))
    assert [name for name in ("a", "c", "d") if kept.get(name)] == ["a", "c"]
    kept.keep("e" * 500, Body(b""))
    assert [name for name in ("a", "c", "e" * 500) if kept.get(name)] == ["e" * 500]


def test_what_is_asked_is_kept_once_however_it_is_written(kg: KnowledgeGraph) -> None:
    query = kg.queries["instruments-of-organization"]
    names = ("ASEAN", " asean", "ASEAN  ", "org/asean", "https://w3id.org/tipgraph/org/asean")
    keys = {kg.questions.bound(query, {"organization": name}).key for name in names}
    assert len(keys) == 1
    assert kg.questions.bound(query, {"organization": "AU"}).key not in keys


def test_a_second_answer_is_the_first(web: httpx.Client) -> None:
    first, second = (web.get(f"{ASEAN}.json", params={**GIVEN, "limit": 2}) for _ in range(2))
    assert first.content == second.content
    assert first.headers["link"] == second.headers["link"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("text/csv;q=x", "text/csv"),
        ("text/csv;q=2, application/json;q=0.1", "text/csv"),
        ("nonsense, text/csv;level=1;q=0.3", "text/csv"),
        ("text/*;q=0.3, application/json;q=0.2", "text/csv"),
        ("*/*, text/csv;q=0", "application/json"),
        ("TEXT/CSV", "text/csv"),
        ("nonsense", None),
        ("image/*", None),
    ],
)
def test_accept_headers_are_read_as_they_are_written(accept: str, chosen: str | None) -> None:
    assert preferred(accept, ("application/json", "text/csv")) == chosen


def test_graph_formats_of_a_question_of_rows_describe_it(web: httpx.Client) -> None:
    answer = web.get("/query/focal-points", headers={"Accept": "text/turtle"})
    triples = {quad.triple for quad in parse(answer.content, RdfFormat.TURTLE)}
    assert any(t.subject.value.endswith("/query/focal-points") for t in triples)
    assert answer.text == web.get("/query/focal-points.ttl").text


@pytest.mark.parametrize("name", ["focal-points", "country-coverage", "everything-about"])
@pytest.mark.parametrize("format", DESCRIPTIONS)
def test_every_format_of_a_graph_describes_a_bare_question(
    web: httpx.Client, kg: KnowledgeGraph, name: str, format: str
) -> None:
    answer = web.get(f"/query/{name}", headers={"Accept": GRAPH_TYPES[format]})
    assert answer.status_code == 200
    assert answer.text == document(about(thing(f"query/{name}"), kg.store), format).decode()


def test_a_question_comes_with_its_columns(web: httpx.Client, kg: KnowledgeGraph) -> None:
    described = about(thing("query/focal-points"), kg.store)
    for column in kg.queries["focal-points"].columns:
        node = thing(f"query/focal-points#{column}")
        assert (
            Triple(node, term("rdfs:label"), Literal(column.replace("_", " "), language="en"))
            in described
        )


def test_the_list_has_every_question(web: httpx.Client) -> None:
    listed = web.get("/query/").json()["questions"]
    assert [question["name"] for question in listed] == list(QUERIES)
    assert all(web.get(q["address"], headers=HTML).status_code == 200 for q in listed)


@pytest.mark.parametrize(
    ("path", "argument", "told"),
    [
        ("?organization=asaen", "organization", "did you mean 'asean'"),
        (
            "?organization=asean&kind=treatise",
            "kind",
            "'treatise' is none of act, agreement",
        ),
        ("", "organization", "is needed"),
        ("?organization=", "organization", "no value is given"),
        ("?organization=asean&organization=au", "organization", "takes one value"),
        ("?organization=asean&limit=0", "limit", "a whole number from 1 to 10000"),
        ("?organization=asean&limit=ten", "limit", "a whole number"),
        ("?organization=asean&limit=1&page=99999", "page", "a whole number"),
        ("?organization=asean&limit=1&limit=2", "limit", "a whole number"),
    ],
)
def test_a_wrong_argument_is_named(web: httpx.Client, path: str, argument: str, told: str) -> None:
    answer = web.get(f"{ASEAN}{path}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["argument"] == argument
    assert told in answer.json()["detail"]
    assert not re.search(r"(^| )--", answer.json()["detail"]), "that is how the shell says it"


def test_allowed_values_are_listed(web: httpx.Client, kg: KnowledgeGraph) -> None:
    wrong = web.get(ASEAN, params={**GIVEN, "kind": "treatise"}).json()
    assert wrong["allowed"] == list(kg.questions.names.concepts("instrument-kind"))


def test_an_unknown_argument_is_answered_with_the_known(web: httpx.Client) -> None:
    wrong = web.get(ASEAN, params={**GIVEN, "organisation": "x"}).json()
    assert "'organisation' is no argument" in wrong["detail"]
    assert "it takes organization, kind, limit, page" in wrong["detail"]
    assert (wrong["argument"], wrong["near"]) == ("organisation", ["organization"])


@pytest.mark.parametrize(
    "path", ["/search.json?txt=plan", "/complete?text=a&txt=plan", "/cite?txt=1"]
)
def test_an_argument_that_an_address_does_not_take_is_refused(web: httpx.Client, path: str) -> None:
    answer = web.get(path)
    assert (answer.status_code, answer.json()["argument"]) == (400, "txt")
    assert "'txt' is no argument of this; it takes" in answer.json()["detail"]


def test_names_that_may_be_meant_are_told_apart_from_the_words() -> None:
    wrong = problem_of(ArgumentError("organization", "no such one", ("asean",)))
    assert wrong.body()["near"] == ["asean"]
    assert wrong.body()["argument"] == "organization"
    assert problem_of(UsageError("no such one", near=("asean",))).body()["near"] == ["asean"]


def test_an_unknown_question_is_answered_with_near_ones(web: httpx.Client) -> None:
    wrong = web.get("/query/focal-point")
    assert wrong.status_code == 404
    assert "focal-points" in wrong.json()["near"]


def test_an_unknown_ending_is_answered_with_the_known(web: httpx.Client) -> None:
    assert web.get("/query/focal-points.xlsx").status_code == 404
    wrong = web.get("/query/focal-points.trig")
    assert (wrong.status_code, ".csv" in wrong.json()["detail"]) == (404, True)


def test_an_empty_field_of_a_form_is_not_given(web: httpx.Client) -> None:
    form = {**GIVEN, "kind": ""}
    assert web.get(ASEAN, params=form, headers=HTML).status_code == 200
    assert web.get(ASEAN, params=form).status_code == 400


def test_a_wrong_argument_in_a_form_is_answered_with_a_page(web: httpx.Client) -> None:
    answer = web.get(ASEAN, params={"organization": "asaen"}, headers=HTML)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/html; charset=utf-8")
    assert "asaen" in answer.text


def test_a_question_that_needs_something_shows_its_form(web: httpx.Client) -> None:
    assert web.get(ASEAN, headers=HTML).status_code == 200
