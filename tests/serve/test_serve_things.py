"""Linked data: each thing at the path of its IRI, the dumps, VoID, and what finds a thing."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse
from serving import asking, serving

from tipgraph import KnowledgeGraph
from tipgraph.rdf.formats import DUMPS, GRAPH_TYPES, SUFFIXES
from tipgraph.rdf.iris import BASE, LAYERS, layer_graph, path_of, term, thing
from tipgraph.serve.things import about

PAGE = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
REGISTER = Path(__file__).resolve().parents[2] / "data" / "iris.txt"


def triples(answer: httpx.Response) -> set[Triple]:
    media_type = answer.headers["content-type"].partition(";")[0]
    format = RdfFormat.from_media_type(media_type)
    assert format is not None
    return {quad.triple for quad in parse(answer.content, format)}


def quads(answer: httpx.Response) -> set[Quad]:
    return set(parse(answer.content, RdfFormat.N_QUADS))


def registered() -> list[str]:
    iris = [line.split()[0] for line in REGISTER.read_text("utf-8").splitlines() if line]
    return sorted({path_of(iri).partition("#")[0] for iri in iris if iri.startswith(BASE)})


def test_every_registered_thing_has_its_page_and_its_triples(
    web: httpx.Client, kg: KnowledgeGraph
) -> None:
    paths = registered()
    assert len(paths) > 400
    for path in paths[::9]:
        found = triples(web.get(f"/{path}.nt"))
        own = {q.triple for q in kg.store.quads_for_pattern(thing(path), None, None, None)}
        assert own, path
        assert own <= found
        assert web.get(f"/{path}", headers=PAGE).headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "nt", "rdf"])
def test_the_ending_says_the_format(web: httpx.Client, kg: KnowledgeGraph, suffix: str) -> None:
    answer = web.get(f"/instrument/palermo-protocol.{suffix}", headers=PAGE)
    assert answer.headers["content-type"].startswith(GRAPH_TYPES[SUFFIXES[suffix]])
    assert triples(answer) == about(thing("instrument/palermo-protocol"), kg.store)
    assert f'<{BASE}instrument/palermo-protocol>; rel="canonical"' == answer.headers["link"]


@pytest.mark.parametrize("format", ["turtle", "jsonld", "nt", "rdfxml"])
def test_the_accept_header_says_the_format(web: httpx.Client, format: str) -> None:
    accept = f"{GRAPH_TYPES[format]}, text/html;q=0.9"
    answer = web.get("/org/asean", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(GRAPH_TYPES[format])
    assert "Accept" in answer.headers["vary"]
    tag = {"If-None-Match": answer.headers["etag"], "Accept": accept}
    assert web.get("/org/asean", headers=tag).status_code == 304


def test_a_thing_is_a_page_for_whoever_takes_anything(web: httpx.Client) -> None:
    assert web.get("/org/asean").headers["content-type"].startswith("text/html")
    turtle = web.get("/org/asean", headers={"Accept": "text/turtle, */*;q=0.1"})
    assert turtle.headers["content-type"].startswith("text/turtle")
    assert web.get("/org/asean.html").headers["content-type"].startswith("text/html")
    refused = web.get("/org/asean", headers={"Accept": "image/png"})
    assert (refused.status_code, "text/turtle" in refused.json()["available"]) == (406, True)


def test_a_thing_comes_with_what_is_known_of_it(kg: KnowledgeGraph) -> None:
    found = about(thing("instrument/osce-addendum-2013"), kg.store)
    subjects = {path_of(t.subject.value).partition("/")[0] for t in found}  # type: ignore[union-attr]
    assert {"instrument", "statement", "org"} <= subjects
    reasons = [t for t in found if t.predicate == term("tip:reason")]
    assert reasons, "the decisions about it say why"


def test_the_ontology_comes_with_its_terms(web: httpx.Client) -> None:
    found = triples(web.get("/ontology.ttl"))
    subjects = {triple.subject for triple in found}
    assert {term("tip:Organization"), term("tip:legalForce")} <= subjects


@pytest.mark.parametrize("path", ["org/asaen", "instrument/palermo-protcol", "country/NGAA"])
def test_an_unknown_thing_is_answered_with_near_ones(web: httpx.Client, path: str) -> None:
    for suffix in ("", ".ttl"):
        answer = web.get(f"/{path}{suffix}")
        assert answer.status_code == 404
        assert all(web.get(near).status_code == 200 for near in answer.json()["near"])
        assert answer.json()["near"]


@pytest.mark.parametrize(
    ("path", "near", "name"),
    [
        ("country/nga", "/country/NGA", "Nigeria"),
        ("org/ASEAN", "/org/asean", "Association of Southeast Asian Nations"),
        ("query/Focal-Points", "/query/focal-points", "Who the focal points are"),
    ],
)
def test_letters_in_the_other_case_are_seen_through(
    web: httpx.Client, path: str, near: str, name: str
) -> None:
    wrong = web.get(f"/{path}")
    assert (wrong.status_code, wrong.json()["near"]) == (404, [near.removeprefix("/query/")])
    assert wrong.json()["detail"].endswith(f"; is it {near}?")
    page = web.get(f"/{path}", headers=PAGE).text
    assert (page.count(f'href="{near}"'), page.count(near)) == (1, 1)
    assert name in page


def test_the_list_of_questions_needs_no_slash(web: httpx.Client) -> None:
    assert web.get("/query", follow_redirects=True).json() == web.get("/query/").json()


def test_the_front_page_is_the_dataset_for_who_wants_no_page(web: httpx.Client) -> None:
    for accept in ("text/turtle", "application/ld+json"):
        given = web.get("/", headers={"Accept": accept})
        assert given.headers["content-type"].partition(";")[0] == accept
        assert "Accept" in given.headers["vary"]
        assert triples(given) == triples(web.get("/.well-known/void"))


@pytest.mark.parametrize("path", ["/timeline", "/overlap"])
def test_a_picture_comes_as_a_page_alone(web: httpx.Client, path: str) -> None:
    assert web.get(path).headers["content-type"].startswith("text/html")
    refused = web.get(path, headers={"Accept": "application/json"})
    assert (refused.status_code, refused.json()["available"]) == (406, ["text/html"])
    assert "Accept" in refused.headers["vary"]


def test_the_whole_graph_is_a_file(web: httpx.Client, kg: KnowledgeGraph) -> None:
    assert web.get("/dump/tipgraph.nq").content == kg.export("nq")


@pytest.mark.parametrize("suffix", [suffix for suffix, f in SUFFIXES.items() if f in GRAPH_TYPES])
def test_a_dump_comes_in_every_format(web: httpx.Client, kg: KnowledgeGraph, suffix: str) -> None:
    answer = web.get(f"/dump/inferred.{suffix}")
    assert answer.content == kg.export(SUFFIXES[suffix], "inferred")
    assert answer.headers["content-type"].startswith(GRAPH_TYPES[SUFFIXES[suffix]])


@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_is_a_file(web: httpx.Client, kg: KnowledgeGraph, layer: str) -> None:
    found = quads(web.get(f"/dump/{layer}.nq"))
    assert found == set(kg.store.quads_for_pattern(None, None, None, layer_graph(layer)))


def test_a_copy_of_a_dump_is_good_until_it_changes(web: httpx.Client) -> None:
    first = web.get("/dump/catalog.nt")
    for header, value in (
        ("If-None-Match", first.headers["etag"]),
        ("If-Modified-Since", first.headers["last-modified"]),
    ):
        assert web.get("/dump/catalog.nt", headers={header: value}).status_code == 304
    old = {"If-Modified-Since": "Tue, 01 Jan 2019 00:00:00 GMT"}
    assert web.get("/dump/catalog.nt", headers=old).status_code == 200
    assert web.get("/dump/catalog.nt", headers={"If-Modified-Since": "lately"}).status_code == 200
    part = web.get("/dump/catalog.nt", headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.content) == (206, first.content[:10])


@pytest.mark.parametrize("name", ["nothing.ttl", "catalog.xlsx", "catalog", "tipgraph.csv"])
def test_an_unknown_dump_is_answered_with_the_known(web: httpx.Client, name: str) -> None:
    answer = web.get(f"/dump/{name}")
    assert (answer.status_code, "catalog" in answer.json()["detail"]) == (404, True)


def test_void_says_where_the_data_are(web: httpx.Client) -> None:
    found = triples(web.get("/.well-known/void"))
    of = {(t.predicate, t.object) for t in found if t.subject == thing("dataset")}
    base = str(web.base_url).rstrip("/")
    assert (term("void:sparqlEndpoint"), NamedNode(f"{base}/sparql")) in of
    dumps = [node.value for predicate, node in of if predicate == term("void:dataDump")]  # type: ignore[union-attr]
    ours = [dump for dump in dumps if dump.startswith(base)]
    assert {dump.rpartition("/")[2] for dump in ours} == set(DUMPS)
    assert (term("rdf:type"), term("void:Dataset")) in of
    parts = {object for predicate, object in of if predicate == term("void:classPartition")}
    assert parts
    assert parts <= {t.subject for t in found}


def test_a_dump_can_be_asked_for_by_its_version(web: httpx.Client, kg: KnowledgeGraph) -> None:
    named = web.get(f"/dump/tipgraph-{kg.version}.nt")
    assert named.content == web.get("/dump/tipgraph.nt").content
    gone = web.get("/dump/tipgraph-0123456789abcdef.nt")
    assert (gone.status_code, kg.version in gone.json()["detail"]) == (404, True)


def test_things_are_found_by_their_names(web: httpx.Client, kg: KnowledgeGraph) -> None:
    hits = web.get("/search.json", params={"text": "domestic workers"}).json()["hits"]
    assert [hit["iri"] for hit in hits] == [hit.iri for hit in kg.search("domestic workers")]
    assert web.get("/search", params={"text": "asean"}).json()["hits"]
    assert web.get("/search", params={"text": "asean"}, headers=PAGE).text.startswith("<!doctype")
    twice = web.get("/search", params={"text": ["a", "b"]})
    assert (twice.status_code, twice.json()["argument"]) == (400, "text")


def test_names_are_completed_by_type(web: httpx.Client) -> None:
    wanted = {"text": "ase", "type": "organization"}
    names = web.get("/complete", params=wanted).json()["names"]
    assert names[0] == {"name": "ASEAN", "iri": f"{BASE}org/asean"}
    assert all(re.search("ase", name["name"], re.IGNORECASE) for name in names)
    wrong = web.get("/complete", params={**wanted, "type": "planet"})
    assert (wrong.status_code, "organization" in wrong.json()["allowed"]) == (400, True)


def test_health_says_what_is_served(web: httpx.Client, kg: KnowledgeGraph) -> None:
    answer = web.get("/health").json()
    assert answer["status"] == "ok"
    assert (answer["dataset"], answer["triples"]) == (kg.version, len(kg.store))


@pytest.mark.parametrize("path", ["/", "/sparql", "/query/", "/timeline", "/overlap"])
def test_pages_are_pages(web: httpx.Client, path: str) -> None:
    answer = web.get(path, headers=PAGE)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nowhere", 404), ("/query/nothing", 404), ("/dump/x", 404), ("/org/asean?x=1", 200)],
)
def test_people_get_a_page_and_machines_a_body(web: httpx.Client, path: str, status: int) -> None:
    page, body = web.get(path, headers=PAGE), web.get(path)
    assert page.status_code == body.status_code == status
    assert page.headers["content-type"].startswith("text/html")
    if status >= 400:
        assert body.headers["content-type"] == "application/problem+json"
        assert {"type", "title", "status", "detail"} <= set(body.json())
        assert body.json()["status"] == status


def test_a_wrong_method_is_told_the_right_ones(web: httpx.Client) -> None:
    answer = web.post("/org/asean")
    assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})


def test_the_redirect_of_w3id_leads_each_released_iri_to_its_page(web: httpx.Client) -> None:
    text = (REGISTER.parents[1] / "docs" / "w3id.htaccess").read_text("utf-8")
    ((pattern, target),) = re.findall(r"^RewriteRule (\S+) (\S+) \[R=303,L\]$", text, re.MULTILINE)
    register = REGISTER.read_text("utf-8").split()
    kinds = {iri.removeprefix(BASE).partition("/")[0].partition("#")[0]: iri for iri in register}
    assert len(kinds) == 7
    for iri in kinds.values():
        path = iri.removeprefix(BASE).partition("#")[0]
        asked = re.sub(pattern, target.replace("$1", r"\1"), path, count=1)
        found = web.get(asked.removeprefix("https://tipgraph.example"), headers=PAGE)
        assert found.status_code == 200, iri


@pytest.mark.parametrize("path", ["instrument/конвенция", "instrument/łódź", "instrument/条约"])
@pytest.mark.parametrize("ending", ["ttl", "jsonld", "nt", "rdf"])
def test_a_thing_with_a_path_of_any_letters_has_every_form(
    kg: KnowledgeGraph, path: str, ending: str
) -> None:
    store = Store()
    store.extend(kg.store)
    label = Literal(path, language="ru")
    store.add(Quad(thing(path), term("skos:prefLabel"), label, layer_graph("catalog")))
    with (
        serving(KnowledgeGraph.of_store(kg.folder, store)) as address,
        asking(address) as client,
    ):
        answer = client.get(f"/{path}.{ending}")
    assert answer.status_code == 200
    assert answer.headers["link"].isascii()


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/sparql/?query=ASK%20%7B%7D", "/sparql?query=ASK%20%7B%7D"),
        ("/org/asean/", "/org/asean"),
        ("/search/?text=x", "/search?text=x"),
        ("/health/", "/health"),
        ("/timeline/", "/timeline"),
        ("/org/asean//", "/org/asean"),
        ("/nothing/", "/nothing"),
    ],
)
def test_a_slash_at_the_end_leads_to_the_address_without(
    web: httpx.Client, path: str, to: str
) -> None:
    answer = web.get(path)
    assert answer.status_code == 308
    assert answer.headers["location"] == f"{str(web.base_url).rstrip('/')}{to}"
