"""People's way through the pages in a real browser: headless Chromium, driven by Playwright."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright
from serving import serving

from tipgraph import KnowledgeGraph

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
EDITOR = ROOT / "tipgraph" / "serve" / "static" / "editor.js"
IN_CI = os.environ.get("CI") == "true"
PAGES = (
    *("/", "/query/", "/timeline", "/overlap", "/sparql", "/search?text=palermo", "/ontology"),
    *("/org/asean", "/instrument/palermo-protocol", "/country/NGA", "/concept/legal-force"),
    "/query/instruments-of-organization?organization=ASEAN",
    *("/compare?country=GHA&country=NGA&country=FRA", "/query/write-to?country=GHA"),
    *("/country/TWN", "/instrument/osce-addendum-2013", "/country/FRA?on=2010-01-01"),
)
FIRST = {
    "/country/GHA?on=2010-01-01": "four instruments recorded here surely bind Ghana",
    "/instrument/palermo-protocol": "it surely binds",
}
"""What the pages of these things answer, which has to stand high up."""
SIZES = ((390, 844), (1280, 900))
SERIOUS = """async (rules) => (await axe.run(rules)).violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3)}`)"""
"""What axe finds of serious faults."""

pytestmark = pytest.mark.skipif(not CHROMIUM and not IN_CI, reason="chromium is not installed")
needs_editor = pytest.mark.skipif(
    not EDITOR.is_file() and not IN_CI, reason="the editor is not built (make editor)"
)
needs_axe = pytest.mark.skipif(
    not AXE.is_file() and not IN_CI, reason="axe-core is not installed (make editor)"
)

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address(kg: KnowledgeGraph) -> Iterator[str]:
    with serving(kg) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Open]:
    """Open a page; at the end no console has an error, and no request has left this machine."""
    faults: list[str] = []
    asked: set[str | None] = set()

    def request(sent: Request) -> None:
        asked.add(urlsplit(sent.url).hostname)

    def opened(path: str, **settings: object) -> Page:
        page = browser.new_context(**settings).new_page()  # type: ignore[arg-type]
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", request)
        page.goto(f"{address}{path}", wait_until="networkidle")
        return page

    yield opened
    for context in browser.contexts:
        context.close()
    assert faults == []
    assert asked <= {"127.0.0.1"}


@contextmanager
def unscripted(browser: Browser, address: str, path: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{path}")
    yield page
    context.close()


@needs_axe
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_serious_fault_of_access(visit: Open, path: str) -> None:
    page = visit(path, color_scheme="light", bypass_csp=True)
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => (d.open = true))")
    page.add_script_tag(path=AXE)
    assert page.evaluate(SERIOUS, {}) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(SERIOUS, {"runOnly": ["color-contrast"]}) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone_and_a_screen(visit: Open, path: str) -> None:
    page = visit(path, viewport={"width": 360, "height": 740})
    for width in (360, 390, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        expect(page.locator("h1")).to_be_in_viewport()


@pytest.mark.parametrize("path", FIRST)
def test_the_answer_stands_high_up_without_scripts(
    browser: Browser, address: str, path: str
) -> None:
    with unscripted(browser, address, path) as page:
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            answer = page.get_by_text(FIRST[path])
            expect(answer).to_be_visible()
            box = answer.bounding_box()
            assert box
            assert box["y"] + box["height"] <= 700


def test_the_day_of_a_page_is_chosen_without_scripts(browser: Browser, address: str) -> None:
    with unscripted(browser, address, "/country/GHA") as page:
        page.get_by_label("On the day").fill("2013-01-01")
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".answer-line")).to_contain_text("On 1 January 2013, five instruments")
        page.get_by_label("Compare it with").fill("Nigeria")
        page.get_by_role("button", name="Compare").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ghana and Nigeria side by side")
        expect(page.get_by_label("On the day")).to_have_value("2013-01-01")


def test_a_row_is_a_card_on_a_phone(visit: Open) -> None:
    page = visit("/query/write-to?country=GHA", viewport={"width": 390, "height": 844})
    cells = page.locator("table.cards tbody tr").nth(1).locator("td")
    left, below = cells.nth(0).bounding_box(), cells.nth(1).bounding_box()
    assert left
    assert below
    assert below["y"] >= left["y"] + left["height"]
    expect(cells.last.get_by_text("Evidence")).to_be_visible()


def test_a_country_is_printed_on_two_sheets(visit: Open) -> None:
    page = visit("/country/GHA?on=2010-01-01")
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert sheets <= 2
    page.emulate_media(media="print")
    expect(page.get_by_text("From https://w3id.org/tipgraph/country/GHA")).to_be_visible()
    expect(page.get_by_role("heading", name="Facts")).to_be_hidden()


def test_dark_and_light_are_different(visit: Open) -> None:
    def paper(scheme: str) -> str:
        page = visit("/", color_scheme=scheme)
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    assert paper("light") == "rgb(255, 255, 255)"
    assert paper("dark") == "rgb(20, 23, 26)"


def test_a_thing_is_found_by_search(visit: Open) -> None:
    page = visit("/")
    page.get_by_role("searchbox").fill("domestic workers")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Domestic Workers Convention, 2011 (No. 189)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Domestic Workers Convention, 2011 (No. 189)"
    )
    expect(page.get_by_role("heading", name="Where it stands")).to_be_visible()


def test_typing_suggests_what_a_search_leads_to(visit: Open) -> None:
    page = visit("/")
    page.get_by_role("searchbox").press_sequentially("what treaties bind Ghana")
    offered = page.locator(".suggested a")
    expect(offered.first).to_have_attribute("href", "/query/country-coverage?country=GHA")
    page.keyboard.press("Escape")
    expect(page.locator(".suggested")).to_be_hidden()
    page.get_by_role("searchbox").fill("treaties of Ghana")
    offered.first.click()
    page.wait_for_url("**/query/country-coverage?country=GHA")


def test_a_question_is_asked_through_its_form(visit: Open, kg: KnowledgeGraph) -> None:
    page = visit("/query/instruments-of-organization")
    field = page.get_by_label("Organization")
    with page.expect_response(lambda answer: "/complete" in answer.url):
        field.press_sequentially("Assoc")
    names = page.locator("datalist option")
    expect(names.first).to_have_attribute("value", "Association of Southeast Asian Nations")
    field.fill("Association of Southeast Asian Nations")
    page.get_by_role("button", name="Ask").click()
    rows = kg.query("instruments-of-organization", organization="asean").rows
    expect(page.locator("table tbody tr")).to_have_count(len(rows))
    with page.expect_download() as loaded:
        page.get_by_role("link", name="CSV").click()
    answer = kg.query("instruments-of-organization", organization="asean")
    assert loaded.value.path().read_text("utf-8") == answer.to_csv()


def test_a_table_is_sorted_by_its_headings(visit: Open) -> None:
    page = visit("/query/instruments-of-organization?organization=osce")
    heading = page.get_by_role("columnheader", name="instrument")
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    titles = page.locator("tbody tr td:nth-child(1)").all_text_contents()
    assert titles == sorted(titles, key=str.casefold)
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")


def test_a_wrong_argument_is_explained_where_it_was_given(browser: Browser, address: str) -> None:
    path = "/query/instruments-of-organization?organization=ASEANN"
    with unscripted(browser, address, path) as page:
        expect(page.get_by_role("alert")).to_contain_text("did you mean")
        expect(page.get_by_label("Organization")).to_have_value("ASEANN")


def test_everything_can_be_read_and_asked_without_scripts(browser: Browser, address: str) -> None:
    with unscripted(browser, address, "/query/current-on") as page:
        page.get_by_label("Day").fill("2012-06-30")
        page.get_by_role("button", name="Ask").click()
        expect(page.locator("table.rows tbody tr").first).to_be_visible()
        page.goto(f"{address}/sparql")
        page.get_by_label("Query").fill("SELECT ?s { ?s a tip:Organization } ORDER BY ?s")
        page.get_by_role("button", name="Ask").click()
        expect(page.locator("body")).to_contain_text("org/asean")


@needs_editor
def test_a_query_is_typed_completed_and_run(visit: Open) -> None:
    page = visit("/sparql")
    editor = page.get_by_role("textbox", name="Query")
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("SELECT ?s { ?s tip:legalF")
    page.get_by_role("option", name="tip:legalForce", exact=True).click()
    page.keyboard.type(" force:binding ")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="12 rows")).to_be_visible()
    expect(page.get_by_role("link", name="instrument/actip")).to_be_visible()


@needs_editor
def test_a_stored_question_is_an_example_in_the_editor(visit: Open) -> None:
    page = visit("/sparql")
    page.get_by_label("Begin from a stored question").select_option("How much is in the graph")
    expect(page.get_by_role("textbox", name="Query")).to_contain_text("tip:IssuingBody")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#result table")).to_be_visible()


def test_a_query_is_shared_by_its_address(visit: Open) -> None:
    page = visit("/sparql?query=SELECT+%3Fs+%7B+%3Fs+a+tip%3AOrganization+%7D")
    expect(page.locator("#result h2")).to_have_text("22 rows")
    page.get_by_label("Begin from a stored question").select_option("How much is in the graph")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**/sparql?query=*IssuingBody*")
    with page.expect_download() as loaded:
        page.get_by_role("button", name="CSV").click()
    assert loaded.value.path().read_text("utf-8").startswith("measure,")


def test_a_large_answer_is_drawn_in_part(visit: Open) -> None:
    page = visit("/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+9000")
    expect(page.locator("#result h2")).to_have_text("9000 rows")
    expect(page.locator("#result tbody tr")).to_have_count(500)
    expect(page.locator("#result")).to_contain_text("The first 500 are shown")
    assert page.evaluate("document.querySelector('#result pre').textContent.length") <= 100_000


def test_a_broken_query_is_explained(browser: Browser, address: str) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{address}/sparql?query=SELECT+%3Fs", wait_until="networkidle")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#result .problem")).to_contain_text("broken SPARQL")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "What they stand on"),
        ("/timeline", "Instruments by year, kind and legal force"),
        ("/org/asean", "Its neighbours"),
    ],
)
def test_a_picture_is_shown_and_followed_by_keyboard(visit: Open, path: str, name: str) -> None:
    page = visit(path)
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    picture = page.locator("svg.picture").first
    expect(picture).to_be_visible()
    link = picture.locator("a").first
    wanted = link.get_attribute("href")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_map_is_whole_on_a_screen(browser: Browser, address: str, width: int) -> None:
    with unscripted(browser, address, "/instrument/palermo-protocol?on=2005-01-01") as page:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for name in ("Map of the world on 2005-01-01", "How many were bound"):
            expect(page.get_by_role("img", name=name)).to_be_visible()
        box = page.get_by_role("img", name="Map of the world").bounding_box()
        assert box
        assert box["x"] >= 0
        assert 300 < box["width"] < width
        page.get_by_text("The same as a table").first.click()
        expect(page.get_by_role("cell", name="Ghana")).to_be_visible()


def test_the_first_key_leads_past_the_header(visit: Open) -> None:
    page = visit("/org/asean")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
