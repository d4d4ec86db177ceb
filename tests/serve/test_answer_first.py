"""Pages answer first, by the stored questions, and on the day that is asked about."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qsl

import httpx
import pytest

from tipgraph import KnowledgeGraph
from tipgraph.rdf.iris import thing
from tipgraph.serve import pages
from tipgraph.serve.pages.asking import questions_about
from tipgraph.serve.pages.marked import cited, dated

DAYS = ("1990-01-01", "2010-01-01", "2024-06-30")


def section(html: str, id: str) -> str:
    """Return the words of a section of a page."""
    (found,) = re.findall(f'<section aria-labelledby="{id}">(.*?)</section>', html, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found)).split())


def count(html: str, id: str) -> int:
    """Return how many rows the tables of a section have."""
    (found,) = re.findall(f'<section aria-labelledby="{id}">(.*?)</section>', html, re.DOTALL)
    return str(found).count("<tr>") - str(found).count("<thead>")


def test_a_country_says_first_what_binds_it(kg: KnowledgeGraph) -> None:
    html = pages.thing(kg, thing("country/GHA"), "2010-01-01")
    told = "On 1 January 2010, four instruments recorded here surely bind Ghana."
    assert re.findall(r'<p class="lead answer-line">(.*?)</p>', html) == [told]
    binding = section(html, "binding")
    assert (
        "Forced Labour Convention, 1930 (No. 29) 20 May 1958 ratification, 20 May 1957" in binding
    )
    assert "Palermo Protocol no record" in section(html, "not-binding")
    assert "period over : 31 December 2008" in section(html, "commitments").replace(
        "over:", "over :"
    )
    assert html.index('id="binding"') < html.index('id="asking"') < html.index('id="stands"')


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("code", ["GHA", "MLI", "FRA", "MYS", "TWN"])
def test_the_page_of_a_country_says_what_its_questions_do(
    kg: KnowledgeGraph, code: str, day: str
) -> None:
    html = pages.thing(kg, thing(f"country/{code}"), day)
    covered = kg.query("country-coverage", country=code, on=day).rows
    duties = [
        row for row in covered if not str(row.force).endswith(("non-binding", "not-applicable"))
    ]
    assert count(html, "binding") == sum(row.binds == "yes" for row in duties)
    assert count(html, "not-binding") == sum(row.binds != "yes" for row in duties)
    commitments = [row for row in covered if str(row.force).endswith("non-binding")]
    assert count(html, "write-to") == len(kg.query("write-to", country=code, on=day))
    assert count(html, "takes-part") == len(
        kg.query("memberships-of-country", country=code, on=day)
    )
    (told,) = re.findall(r'aria-labelledby="commitments">(.*?)(?:<details>|</section>)', html, re.S)
    assert told.count("<li>") == len(commitments)


def test_a_page_without_records_says_what_that_means(kg: KnowledgeGraph) -> None:
    html = pages.thing(kg, thing("country/TWN"))
    assert "nothing recorded here surely binds Taiwan" in html
    assert "That is not a statement that nothing binds it." in section(html, "binding")
    assert "not a statement that it takes part in nothing" in section(html, "takes-part")
    assert "so that no office can be named" in section(html, "write-to")


def test_an_instrument_says_first_whom_it_binds(kg: KnowledgeGraph) -> None:
    html = pages.thing(kg, thing("instrument/palermo-protocol"), "2010-01-01")
    assert "<h1>Palermo Protocol</h1>" in html
    rows = kg.query("parties-on", instrument="palermo-protocol", on="2010-01-01").rows
    bound = sum(row.binds == "yes" for row in rows)
    assert f"On 1 January 2010 it surely binds {bound} states and organizations" in html
    assert count(html, "bound") == sum(row.since is not None for row in rows)
    assert "/query/parties-on.csv?instrument=palermo-protocol&amp;on=2010-01-01" in html


def test_an_instrument_that_binds_nobody_says_so(kg: KnowledgeGraph) -> None:
    html = pages.thing(kg, thing("instrument/a-res-55-25"))
    (told,) = re.findall(r'<p class="lead answer-line">(.*?)</p>', html)
    assert told.startswith("Legal force: non-binding. ")
    assert 'id="bound"' not in html


def test_an_organization_says_what_it_is_and_how_old_its_focal_point_is(kg: KnowledgeGraph) -> None:
    html = pages.thing(kg, thing("org/asean"))
    (told,) = re.findall(r'<p class="lead answer-line">(.*?)</p>', html)
    assert told.startswith("Founded by a treaty between its members; ")
    assert "three instruments listed under it" in told
    assert "Table of 2020, line 11" in html.partition('id="asking"')[0]


@pytest.mark.parametrize("day", ["2010-02-30", "1800-01-01", "2200-01-01", "foo"])
@pytest.mark.parametrize("path", ["country/GHA", "instrument/palermo-protocol"])
def test_a_day_that_is_none_is_refused(web: httpx.Client, path: str, day: str) -> None:
    answer = web.get(f"/{path}?on={day}", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "is not a date of 1900 to 2099; write it as 2020-06-30" in unescape(answer.text)


def test_today_is_a_day(kg: KnowledgeGraph, web: httpx.Client) -> None:
    answer = web.get("/country/GHA?on=today", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert kg.query("current-on", day="today").rows
    address = web.get("/query/current-on?day=today", headers={"Accept": "text/html"})
    assert f"/query/current-on?day={date.today()}" in address.text


def test_sources_are_links_with_names() -> None:
    text = cited("X, github:a-b/c@c9936ca:d/e.csv (and 2)")
    assert text == (
        'X, <a href="https://github.com/a-b/c/blob/c9936ca/d/e.csv">e.csv in a-b/c</a> (and 2)'
    )
    assert cited("https://x.org/2014-01-27/ of 2014-01-27") == (
        '<a href="https://x.org/2014-01-27/">x.org</a> of '
        '<time datetime="2014-01-27">27 January 2014</time>'
    )


def test_days_are_written_as_people_do() -> None:
    assert dated("2002-12-31 to 2003-12") == (
        'a day between <time datetime="2002-12-31">31 December 2002</time> '
        'and <time datetime="2003-12">December 2003</time>'
    )
    assert dated("<2008>") == "&lt;2008&gt;"
    assert dated("2014-2018, A/2001-99") == "2014-2018, A/2001-99"


def test_countries_stand_side_by_side(kg: KnowledgeGraph, web: httpx.Client) -> None:
    page = web.get("/compare?country=GHA&country=Nigeria&on=2010-01-01")
    assert page.status_code == 200
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())
    rows = kg.query("compare-countries", country=["GHA", "NGA"], on="2010-01-01").rows
    assert page.text.count("<td>") == len({row.instrument for row in rows})
    assert "Palermo Protocol no record yes, since 25 December 2003 why" in text
    assert web.get("/compare").status_code == 200


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("country=GHA", "takes 2 to 4 different values, not 1"),
        ("country=GHA&country=NGA&country=FRA&country=MLI&country=JPN", "2 to 4 different"),
        ("country=GHA&country=Atlantis", "no country is called 'Atlantis'"),
        ("country=GHA&country=NGA&on=2200-01-01", "is not a date of 1900 to 2099"),
    ],
)
def test_countries_that_cannot_be_compared_are_refused(
    web: httpx.Client, asked: str, told: str
) -> None:
    answer = web.get(f"/compare?{asked}", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert told in unescape(answer.text)


def test_a_path_without_a_country_says_why(web: httpx.Client) -> None:
    answer = web.get("/country/XKX", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "Only what has a code of its own in ISO 3166-1 is in the graph" in answer.text


def test_crawlers_find_the_pages_for_people(web: httpx.Client) -> None:
    robots = web.get("/robots.txt").text
    assert "Disallow: /sparql?" in robots
    address = robots.rpartition("Sitemap: ")[2].strip()
    listed = re.findall("<loc>(.*?)</loc>", web.get(address).text)
    assert len(listed) == len(set(listed)) > 400
    for path in ("/country/GHA", "/org/asean", "/query/write-to", "/compare"):
        (found,) = (one for one in listed if one.endswith(path))
        assert web.get(found, headers={"Accept": "text/html"}).status_code == 200
    assert web.get("/favicon.ico", follow_redirects=True).status_code == 200


def test_a_page_says_what_it_is_to_messengers(kg: KnowledgeGraph) -> None:
    html = pages.thing(kg, thing("country/GHA"), "2010-01-01")
    assert '<meta property="og:title" content="Ghana">' in html
    told = "On 1 January 2010, four instruments recorded here surely bind Ghana."
    assert f'<meta property="og:description" content="{told}">' in html
    assert f'<meta name="description" content="{told}">' in html
    link = '<link rel="alternate" href="/country/GHA.ttl" type="text/turtle" title="Turtle">'
    assert link in html


def test_questions_about_any_thing_have_rows(kg: KnowledgeGraph) -> None:
    for path in ("country/GHA", "body/greta"):
        for link in questions_about(thing(path), kg).any:
            name, _, given = link.href.removeprefix("/query/").partition("?")
            query = kg.queries[name]
            assert kg.questions.has_rows(kg.questions.bound(query, dict(parse_qsl(given)))), link
    names = [link.href for link in questions_about(thing("country/GHA"), kg).any]
    assert not any("issued-by" in href for href in names)


def test_a_monitored_treaty_says_by_whom(kg: KnowledgeGraph) -> None:
    html = pages.thing(kg, thing("instrument/coe-convention"))
    assert "<dt>monitored by</dt>" in html
    assert "/body/greta" in html


def test_a_note_shows_its_words_alone(kg: KnowledgeGraph) -> None:
    html = pages.thing(kg, thing("body/greta"))
    assert "<q>GRETA</q>" in html
    assert "&lt;p&gt;" not in section(html, "notes")
