"""The pages as HTML: what they say, what they link to, and that no label gets out of its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from tipgraph import KnowledgeGraph
from tipgraph.rdf.iris import layer_graph, term, thing
from tipgraph.serve import pages
from tipgraph.serve.pages import Asked, Place
from tipgraph.serve.pages.asking import questions_about
from tipgraph.serve.pages.marked import linked

HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(1)">\x00\u202e'
OTHER_FORMS = (".ttl", ".jsonld", ".nt", ".rdf", "/cite")
PATHS = (
    *("org/asean", "org/un", "body/asean-somtc", "instrument/palermo-protocol", "country/NGA"),
    *("concept/legal-force", "concept/legal-force/unknown", "ontology", "dataset", "note/Q18"),
    *("source/2020/L11/c1/i1", "graph/catalog"),
)


class Read(HTMLParser):
    """Gathers the elements of a page, and complains where they are not closed in order."""

    VOID = frozenset({"meta", "link", "input", "br", "img"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def assert_sound(html: str) -> Read:
    """Assert that a page is well nested, has unique ids, and nothing inline that runs or styles."""
    read = Read(html)
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in read.elements:
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert not (attributes.get("href") or "").lower().startswith(("javascript:", "data:"))
        if tag == "script":
            assert attributes.get("src") or "json" in (attributes.get("type") or "")
    assert not read.all("style")
    assert len(read.all("h1")) == 1
    return read


@pytest.fixture(scope="module")
def hostile(kg: KnowledgeGraph) -> KnowledgeGraph:
    """Our graph with hostile labels, links and notes on one organization."""
    store = Store()
    store.extend(kg.store)
    asean = thing("org/asean")
    page = thing("resource/hostile")
    said = (
        (asean, "skos:prefLabel", Literal(HOSTILE, language="en")),
        (asean, "skos:altLabel", Literal(HOSTILE)),
        (asean, "foaf:page", page),
        (page, "schema:url", NamedNode("javascript:alert(1)")),
        (asean, "rdfs:seeAlso", NamedNode("javascript:alert(1)")),
        (thing("instrument/actip"), "skos:prefLabel", Literal(HOSTILE)),
        (thing("note/Q18"), "tip:about", asean),
        (thing("note/Q18"), "tip:matter", Literal(HOSTILE)),
    )
    for subject, predicate, object in said:
        store.add(Quad(subject, term(predicate), object, layer_graph("catalog")))
    return KnowledgeGraph.of_store(kg.folder, store)


@pytest.mark.parametrize("path", PATHS)
def test_a_thing_has_a_sound_page(kg: KnowledgeGraph, path: str) -> None:
    read = assert_sound(pages.thing(kg, thing(path)))
    alternates = {a["href"] for a in read.all("link") if a.get("rel") == "alternate"}
    assert f"/{path}.ttl" in alternates


def test_an_organization_says_where_its_facts_stand(kg: KnowledgeGraph) -> None:
    html = pages.thing(kg, thing("org/asean"))
    assert "“Association of Southeast Asian Nations (ASEAN) www.asean.org”" in html
    assert "Table of 2020, line 11, column 1, entry 1" in html
    assert "rested since 2008 on the ASEAN Charter" in html
    assert "complete: 11 of 11, as of 2025-12." in html
    assert "The table is of about 2020, and this is no legal advice." in html


def test_what_is_not_recorded_is_said_in_words(kg: KnowledgeGraph) -> None:
    html = pages.thing(kg, thing("instrument/actip"))
    assert re.search(r"<dt>issued by</dt>\s*<dd>\s*not recorded", html)
    assert "that is not a “no”" in html


def told_to_machines(kg: KnowledgeGraph, path: str) -> dict[str, Any]:
    html = pages.thing(kg, thing(path))
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    told: dict[str, Any] = json.loads(block)
    return told


def test_a_page_describes_its_thing_in_the_words_of_schema_org(kg: KnowledgeGraph) -> None:
    told = told_to_machines(kg, "instrument/actip")
    assert told["@type"] == "Legislation"
    assert told["@id"] == "https://w3id.org/tipgraph/instrument/actip"
    assert told["legislationDate"] == "2015-11-21"


def picture(html: str) -> str:
    """Return the last drawing of a page that is no map."""
    return str(re.findall(r'<svg(?![^>]*"(?:key )?world").*?</svg>', html, re.DOTALL)[-1])


def test_a_country_leads_to_what_covers_it_and_whom_to_write_to(kg: KnowledgeGraph) -> None:
    hrefs = {a["href"] for a in assert_sound(pages.thing(kg, thing("country/NGA"))).all("a")}
    assert {"/query/country-coverage?country=NGA", "/query/write-to?country=NGA"} <= hrefs
    assert not any(href and href.startswith("/query/current-on") for href in hrefs)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("org/asean", "/query/members-on?organization=asean"),
        ("instrument/actip", "/query/parties?instrument=actip"),
        ("body/asean-summit", "/query/instruments-issued-by?issuer=asean-summit"),
        ("concept/topic/children", "/query/instruments-on-topic?topic=children"),
    ],
)
def test_a_thing_leads_to_the_questions_about_it(
    kg: KnowledgeGraph, path: str, address: str
) -> None:
    html = pages.thing(kg, thing(path))
    assert address in {a["href"] for a in assert_sound(html).all("a")}
    name, _, given = address.removeprefix("/query/").partition("?")
    parameter, _, value = given.partition("=")
    assert kg.query(name, None, 1, **{parameter: value}).rows


def test_every_question_that_a_page_leads_to_can_be_asked(kg: KnowledgeGraph) -> None:
    for path in ("country/NGA", "org/un", "instrument/palermo-protocol", "concept/topic/children"):
        asking = questions_about(thing(path), kg)
        for link in (*asking.own, *asking.any):
            name, _, given = link.href.removeprefix("/query/").partition("?")
            assert kg.questions.bound(kg.queries[name], dict(parse_qsl(given)))


def test_records_are_drawn_and_stand_on_the_timeline(kg: KnowledgeGraph) -> None:
    html = pages.thing(kg, thing("country/NGA"))
    assert ">African Union<" in picture(html)
    assert "party: Protocol to Prevent" in picture(html)
    assert re.search(r'"date">2003-12-25</span> <span>party: <a href="/instrument/palermo', html)
    assert "member: Indonesia" in picture(pages.thing(kg, thing("org/asean")))


def test_neighbours_are_told_apart(kg: KnowledgeGraph) -> None:
    drawn = picture(pages.thing(kg, thing("body/un-security-council")))
    names = re.findall(r'class="(?:start|end)">([^<]+)<', drawn)
    assert len(names) == len(set(names)) > 3


def texts(kg: KnowledgeGraph, path: str) -> str:
    """Return what a page says between its header and its footer, without the markup."""
    main = pages.thing(kg, thing(path)).partition('<main id="main"')[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_only_named_things_are_said_to_refer_to_a_thing(kg: KnowledgeGraph) -> None:
    assert "example resource" not in texts(kg, "org/asean")
    assert "list/query" not in texts(kg, "concept/legal-force")
    assert "statement/" not in texts(kg, "ontology#issuedBy")
    assert "instruments with this force COMMIT" in texts(kg, "concept/legal-force/unknown")


def test_concepts_below_are_said_once(kg: KnowledgeGraph) -> None:
    assert texts(kg, "concept/instrument-kind/treaty").count("convention") == 1
    assert "top concept" not in texts(kg, "concept/instrument-kind")


def test_places_and_decisions_are_told_in_words(kg: KnowledgeGraph) -> None:
    council = texts(kg, "body/un-security-council")
    assert "United Nations Security Council: name United Nations Security Council" in council
    assert "statement/body" not in council
    assert "citation/" not in texts(kg, "country/NGA")
    assert "string" not in texts(kg, "note/Q18")
    assert "Decision Association of Southeast Asian Nations: rests on treaty" in texts(
        kg, "statement/org/asean/founding-basis/treaty"
    )


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("ontology", "Ontology"),
        ("ontology#issuedBy", "Property"),
        ("dataset", "Dataset"),
        ("graph/catalog", "Part of the dataset"),
        ("membership/asean/BRN/1984-01-07", "Membership"),
    ],
)
def test_the_kind_of_a_thing_is_told_in_words(kg: KnowledgeGraph, path: str, kind: str) -> None:
    assert f'<p class="kind">{kind}</p>' in pages.thing(kg, thing(path))


def test_the_dataset_says_what_people_need_of_it(kg: KnowledgeGraph) -> None:
    html = pages.thing(kg, thing("dataset"))
    hrefs = {a["href"] for a in assert_sound(html).all("a")}
    assert {"/dump/tipgraph.ttl", "/dump/catalog.nt", "/source/2020", "/sparql"} <= hrefs
    assert "https://creativecommons.org/licenses/by/4.0/" in hrefs
    assert f"version {kg.version}" in html
    assert {"/cite", "https://w3id.org/tipgraph/dataset"} <= hrefs
    assert "partition" not in html
    assert re.search(r"its source is, from \d{4}[-\d]* to \d{4}[-\d]* where", html)
    assert not [a for a in assert_sound(html).all("a") if a["href"] in {"", "/"}][1:]


def test_a_search_for_a_misspelt_name_leads_to_the_right_one(kg: KnowledgeGraph) -> None:
    html = pages.search(kg, "Nigera")
    assert '<a href="/country/NGA">Nigeria</a>' in html
    assert "is read as" in html


def test_a_search_leads_to_a_question_with_its_arguments(kg: KnowledgeGraph) -> None:
    hrefs = [a["href"] for a in assert_sound(pages.search(kg, "what treaties bind Ghana")).all("a")]
    assert "/query/country-coverage?country=GHA" in hrefs


def test_a_search_for_what_is_not_held_says_so(kg: KnowledgeGraph) -> None:
    html = pages.search(kg, "IOM")
    assert "is not in this graph" in html
    assert '<a href="https://www.iom.int/">' in html
    assert "nearest, and not the same" in html


def test_search_engines_are_told_of_which_system_an_identifier_is(kg: KnowledgeGraph) -> None:
    told = told_to_machines(kg, "org/asean")["identifier"]
    assert {one["@type"] for one in told} == {"PropertyValue"}
    assert {one["propertyID"]: one["value"] for one in told} == {
        "FunderID": "501100016268",
        "GRID": "grid.500277.7",
        "ISNI": "0000 0004 0644 4753",
        "RIADCode": "N$0ECBM00156",
        "ROR": "02wp9c512",
    }


def test_links_between_pages_lead_to_things_of_the_graph(kg: KnowledgeGraph) -> None:
    known = {quad.subject.value for quad in kg.store if isinstance(quad.subject, NamedNode)}
    read = assert_sound(pages.thing(kg, thing("org/un")))
    hrefs = [a["href"] or "" for a in read.all("a")]
    ours = [h for h in hrefs if h.startswith(("/org/", "/instrument/", "/body/", "/country/"))]
    paths = [href for href in ours if not href.endswith(OTHER_FORMS)]
    assert len(paths) > 200
    assert {f"https://w3id.org/tipgraph{path}" for path in paths} <= known


def test_every_question_has_a_sound_page_and_form(kg: KnowledgeGraph) -> None:
    for query in kg.queries.read()[0].values():
        if query.services:
            assert_sound(pages.federated(kg, query))
            continue
        given = {n: list(v) if isinstance(v, tuple) else v for n, v in query.example.items()}
        bound = kg.questions.bound(query, query.example)
        answer = kg.questions.rows(bound) if query.columns else None
        place = Place(f"/query/{query.name}?a=b")
        read = assert_sound(pages.question(kg, query, Asked(given, bound, answer), place))
        named = {a.get("name") for tag in ("input", "select") for a in read.all(tag)}
        assert {parameter.name for parameter in query.parameters} <= named
        if answer is not None and answer.rows:
            assert len(read.all("tr")) == len(answer.rows) + 1


def asked(kg: KnowledgeGraph, name: str, **given: str) -> str:
    """Return the page of a stored question with its answer."""
    bound = kg.questions.bound(kg.queries[name], given)
    answer = kg.questions.rows(bound)
    return pages.question(kg, bound.query, Asked(given, bound, answer), Place(name))


def cells(html: str) -> list[list[str]]:
    """Return the texts of a page's table, the headings first."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in found]


def test_an_answer_calls_things_by_their_names(kg: KnowledgeGraph) -> None:
    head, *rows = cells(asked(kg, "shared-instruments"))
    organizations = {row[head.index("organization")] for row in rows}
    assert "Economic Community of West African States" in organizations
    assert not any(cell.startswith(("org/", "instrument/")) for row in rows for cell in row)
    places = cells(asked(kg, "where-it-stands", about="asean"))
    assert places[1][:3] == ["11", "1", "1"]
    assert "Table of 2020, line 11, column 1, entry 1" in places[1][-1]


def test_a_name_stands_once_in_a_row(kg: KnowledgeGraph) -> None:
    head, *rows = cells(asked(kg, "instruments-of-organization", organization="asean"))
    assert head == ["instrument", "kind", "adopted", "force", "issuer"]
    assert rows[0][0] == "ASEAN Declaration Against Trafficking in Persons, " + (
        "Particularly Women and Children"
    )


def test_a_description_begins_with_a_sentence_and_leads_to_other_questions(
    kg: KnowledgeGraph,
) -> None:
    html = asked(kg, "country-coverage", country="NGA")
    (first,) = re.findall(r'<p class="lead">(.*?)</p>', html)
    (rest,) = re.findall(r'<details class="rest">.*?<p>(.*?)</p></details>', html)
    told = re.sub(r"<[^>]+>", "", f"{first} {rest}")
    assert unescape(told) == kg.queries["country-coverage"].description
    assert first.endswith("of an organization to which it belongs.")
    assert '<a href="/query/record-sources">record-sources</a>' in rest
    assert len(pages.questions(kg)) < 40_000


def test_links_of_a_kind_stand_under_one_heading(kg: KnowledgeGraph) -> None:
    html = pages.thing(kg, thing("org/asean"))
    assert html.count("<dt>see also</dt>") == 1
    assert html.count("Says who") > 4


def test_no_country_is_chosen_beforehand(kg: KnowledgeGraph) -> None:
    first = re.findall(r"<option.*?</option>", pages.front(kg))[0]
    assert first == '<option value="">choose a country</option>'


def test_what_answers_stands_before_its_evidence(kg: KnowledgeGraph) -> None:
    html = asked(kg, "country-coverage", country="NGA", on="2010-01-01")
    head, *rows = cells(html)
    assert head == ["instrument", "binds", "since", "act", "until", "missing", "evidence"]
    assert rows[1][1:3] == ["yes", "a day between 1 May 1932 and 17 October 1960"]
    assert '<time datetime="1960-10-17">17 October 1960</time>' in html
    assert re.search("<summary>Evidence</summary><dl><dt>source</dt><dd>UN Treaty Coll", html)
    assert "18-12-a.csv in zmjones/untreaties</a>" in html


def test_an_empty_answer_says_what_that_means(kg: KnowledgeGraph) -> None:
    html = asked(kg, "who-is-not-bound", organization="ILO", instrument="ilo-c182", on="2026-01-01")
    assert "No row: Every recorded member of the organization is surely bound" in html
    html = asked(kg, "country-coverage", country="TWN")
    assert "That is not a statement that nothing binds it." in html


def test_an_answer_says_what_it_is_about(kg: KnowledgeGraph) -> None:
    html = re.sub(r"<[^>]+>", "", asked(kg, "memberships-of-country", country="Congo-Brazzaville"))
    told = "country: Congo (country/COG); on: 23 November 2026 (since nothing else is given)."
    assert told in html
    html = re.sub(r"<[^>]+>", "", asked(kg, "instruments-on-topic", topic="children"))
    assert "topic: children (concept/topic/children)." in html


def test_the_overviews_are_sound(kg: KnowledgeGraph) -> None:
    for html in (pages.front(kg), pages.timeline(kg), pages.overlap(kg), pages.questions(kg)):
        assert_sound(html)


def test_the_picture_of_the_front_page_has_every_listing(kg: KnowledgeGraph) -> None:
    listings = list(kg.store.quads_for_pattern(None, term("tip:listedUnder"), None, None))
    marks = re.findall(r'class="mark [\w-]+"', pages.front(kg))
    forces = 5
    assert len(marks) == len(listings) + forces


def test_no_label_of_the_timeline_is_cut_or_touches_another(kg: KnowledgeGraph) -> None:
    (drawn,) = re.findall(r'<svg[^>]*class="picture".*?</svg>', pages.timeline(kg), re.DOTALL)
    kinds = re.findall(r'<text x="([\d.]+)"[^>]*class="end">([^<]+)<', drawn)
    assert "memorandum of understanding" in {label for _, label in kinds}
    assert all(float(x) >= 7.4 * len(label) for x, label in kinds)
    years = [float(x) for x in re.findall(r'<text x="([\d.]+)"[^>]*class="middle year"', drawn)]
    assert min(b - a for a, b in pairwise(years)) >= 36


@pytest.mark.parametrize("page", [pages.front, pages.timeline])
def test_the_key_of_a_picture_is_text_that_wraps(
    kg: KnowledgeGraph, page: Callable[[KnowledgeGraph], str]
) -> None:
    (key,) = re.findall(r'<ul class="legend">(.*?)</ul>', page(kg), re.DOTALL)
    told = re.sub(r"<[^>]+>", " ", key)
    assert told.split() == ["binding", "mixed", "non-binding", "not", "applicable", "unknown"]


def test_nothing_hostile_in_the_graph_gets_out_of_its_place(hostile: KnowledgeGraph) -> None:
    shown = (
        pages.front(hostile),
        pages.thing(hostile, thing("org/asean")),
        pages.thing(hostile, thing("instrument/actip")),
        pages.thing(hostile, thing("note/Q18")),
        pages.search(hostile, HOSTILE),
        pages.sparql(hostile, HOSTILE),
        pages.timeline(hostile),
        pages.overlap(hostile),
        pages.error(404, HOSTILE, HOSTILE, {"/x": HOSTILE}),
    )
    for html in shown:
        read = assert_sound(html)
        assert not read.all("img")
        assert "<script>alert" not in html


def test_a_hostile_argument_stays_in_its_field(kg: KnowledgeGraph) -> None:
    query = kg.queries["instruments-of-organization"]
    place = Place("/query/instruments-of-organization?organization=%22%3E")
    given = {"organization": HOSTILE}
    html = pages.question(kg, query, Asked(given, error=HOSTILE), place)
    assert not assert_sound(html).all("img")


def test_addresses_in_a_text_become_links() -> None:
    text = linked('see (https://example.org/a?b="c") & <i>')
    assert text.startswith('see (<a href="https://example.org/a?b=">')
    assert "&lt;i&gt;" in text


def test_a_checkout_without_the_editor_has_a_plain_field(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tipgraph.serve.pages.render.STATIC", tmp_path)
    html = pages.sparql(kg, "ASK {}")
    assert "editor.js" not in html
    assert Read(html).all("textarea")
