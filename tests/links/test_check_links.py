"""Links checked against a local server that shows every kind of answer; none leaves loopback."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import Run, assert_refused
from links_server import Site, links_server
from virtuoso import free_ports, needed

from tipgraph import KnowledgeGraph
from tipgraph.files.csvw import read_table
from tipgraph.graph.engines.oxigraph import select
from tipgraph.links.visit.check import Checked, Link, Pace, check, links_of
from tipgraph.links.visit.table import NAME, write_checked
from tipgraph.links.visit.visit import Visit

QUICK = Pace(pause=0, limit=0.5)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def site() -> Iterator[Site]:
    with links_server() as running:
        yield running


@pytest.fixture(scope="module")
def unvouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server with a certificate that nobody vouches for."""
    needed("openssl")
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = str(folder / "key.pem"), str(folder / "certificate.pem")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=x -keyout"
    subprocess.run([*command.split(), key, "-out", certificate], check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    with links_server(tls) as running:
        yield running


def one(url: str, archive: str = "") -> Checked:
    (checked,) = check([Link(url, ("resource/x",), "2020")], archive, QUICK)
    return checked


@pytest.mark.parametrize(
    ("path", "outcome", "status", "leads_to"),
    [
        ("", "ok", 200, ""),
        ("page", "ok", 200, "page"),
        ("file.pdf", "ok", 200, "file.pdf"),
        ("get-only", "ok", 200, "get-only"),
        ("busy-once", "ok", 200, "busy-once"),
        ("with-slash", "ok", 200, "with-slash/"),
        ("café", "ok", 200, "café"),
        ("old", "moved", 200, "page"),
        ("home", "doubtful", 200, ""),
        ("soft-404", "doubtful", 200, "soft-404"),
        ("gone", "gone", 410, "gone"),
        ("missing", "gone", 404, "missing"),
        ("forbidden", "refused", 403, "forbidden"),
        ("busy", "refused", 429, "busy"),
        ("failing", "failing", 500, "failing"),
        ("round", "failing", 301, "round"),
        ("to-ftp", "failing", 301, "to-ftp"),
        ("slow", "no-answer", None, "slow"),
        ("cut", "no-answer", None, "cut"),
        ("not-http", "no-answer", None, "not-http"),
    ],
)
def test_every_kind_of_answer_is_told(
    site: Site, path: str, outcome: str, status: int | None, leads_to: str
) -> None:
    found = one(site.url(path)).visit
    assert (found.outcome, found.status, found.leads_to) == (outcome, status, site.url(leads_to))


@pytest.mark.parametrize(
    ("path", "note"),
    [
        ("home", "it leads to the front page"),
        ("soft-404", "its title is 'Page not found | Site'"),
        ("slow", "no answer in 0 s"),
        ("to-ftp", "redirects without end or to no page: ftp://127.0.0.1/x"),
    ],
)
def test_a_doubt_or_fault_is_named(site: Site, path: str, note: str) -> None:
    assert one(site.url(path)).visit.note == note


def test_redirects_are_recorded_in_order(site: Site) -> None:
    assert one(site.url("old")).visit.redirects == (site.url("old"), site.url("older"))


def test_a_file_is_not_fetched_but_a_page_is_looked_into(site: Site) -> None:
    one(site.url("file.pdf"))
    assert site.seen == [("HEAD", "/file.pdf")]
    one(site.url("page"))
    assert site.seen[1:] == [("HEAD", "/page"), ("GET", "/page")]


def test_a_fault_of_tls_is_named(unvouched: Site) -> None:
    found = one(unvouched.url("page")).visit
    assert (found.outcome, found.status) == ("tls", None)
    assert found.note.replace("-", " ") == "self signed certificate"


def test_a_host_that_is_none_or_does_not_listen_is_asked_once() -> None:
    (port,) = free_ports(1)
    dead, unnamed = f"http://127.0.0.1:{port}/", f"http://{'x' * 64}.example/"
    links = [Link(f"{base}{n}", ()) for base in (dead, unnamed) for n in range(3)]
    outcomes = [found.visit.outcome for found in check(links, "", Pace(pause=0.2))]
    assert outcomes == ["no-answer"] * 3 + ["no-host"] * 3


def test_hosts_are_asked_beside_each_other_but_each_one_at_a_time(site: Site) -> None:
    with links_server() as other:
        links = [Link(each.url(path), ()) for each in (site, other) for path in ("page", "old", "")]
        checked = check(links, site.url("archive/"), Pace(pause=0.02))
    assert [found.link.url for found in checked] == sorted(link.url for link in links)
    assert (site.most_at_once, other.most_at_once) == (1, 1)


def test_an_archived_copy_near_the_year_of_the_table_is_recorded(site: Site) -> None:
    archive = site.url("archive/")
    found = one(site.url("gone"), archive)
    assert found.archived_at == site.url(f"copy/archive/{site.url('gone')}")
    assert site.dates == ["Wed, 01 Jul 2020 00:00:00 GMT"]
    assert one(site.url("missing"), archive).archived_at == ""


def urls(property: str, kg: KnowledgeGraph) -> set[str]:
    rows = select(f"SELECT ?url {{ ?about {property} ?url }}", kg.store)
    return {row["url"].value for row in rows}


def test_all_printed_links_and_ours_are_checked(kg: KnowledgeGraph) -> None:
    links = {link.url: link for link in links_of(kg.engine)}
    printed = urls("schema:url", kg)
    ours = urls("dcterms:references", kg)
    assert len(printed) == 63
    assert all(links[url].year == "2020" for url in printed)
    assert ours - printed <= links.keys()


@pytest.mark.parametrize(
    "url",
    [
        "https://ror.org/02wp9c512",
        "https://isni.org/isni/0000000406444753",
        "http://eurovoc.europa.eu/1838",
        "http://eurovoc.europa.eu/3468",
        "http://www.wikidata.org/entity/Q7768",
        "http://treaties.un.org/pages/ViewDetails.aspx?src=TREATY&mtdsg_no=XVIII-12&chapter=18&lang=en",
    ],
)
def test_every_address_elsewhere_that_we_give_is_checked(kg: KnowledgeGraph, url: str) -> None:
    assert url in {link.url for link in links_of(kg.engine)}


def test_what_is_only_proposed_is_not_checked(kg: KnowledgeGraph) -> None:
    assert "http://www.wikidata.org/entity/Q636107" not in {
        link.url for link in links_of(kg.engine)
    }


def test_what_is_found_is_a_table_of_facts_that_reads_back(tmp_path: Path) -> None:
    gone = Visit("gone", "https://x.example/b", 404, ("https://x.example/a",), "a, 'b'\nc")
    link = Link("https://x.example/a", ("resource/a", "resource/b"))
    path = write_checked(
        tmp_path / "links",
        [Checked(link, gone, "https://archive.example/a"), Checked(Link("http://y", ("a",)), OK)],
        date(2026, 11, 24),
        {},
    )
    first, second = read_table(path)
    assert dict(first.cells) == {
        "url": "https://x.example/a",
        "about": ("resource/a", "resource/b"),
        "checked": "2026-11-24",
        "outcome": "gone",
        "status": "404",
        "leads_to": "https://x.example/b",
        "redirects": ("https://x.example/a",),
        "note": "a, 'b' c",
        "archived_at": "https://archive.example/a",
    }
    assert second.cells["archived_at"] == ""


OK = Visit("ok", "http://y", 200)


@pytest.fixture
def small(copy: Path) -> Path:
    """A folder whose graph has no links but those that a test writes."""
    shutil.rmtree(copy / "data" / "graph")
    (copy / "data" / "graph").mkdir()
    return copy


def give_links(folder: Path, *urls: str) -> None:
    triples = "\n".join(
        f"<https://x.example/{n}> <https://schema.org/url> <{url}> ." for n, url in enumerate(urls)
    )
    (folder / "data" / "graph" / "catalog.ttl").write_text(triples, "utf-8")


def test_the_command_writes_and_says_what_it_found(run: Run, small: Path, site: Site) -> None:
    give_links(small, site.url("page"), site.url("gone"), site.url("old"))
    ran = run("-C", small, "check-links", "--archive", site.url("archive/"), "--pause", 0)
    assert ran.code == 0
    path = small / "data" / "links" / NAME
    assert ran.out == (
        f"3 links: 1 gone, 1 moved, 1 ok; 3 with a copy in the archive\nwritten to {path}\n"
    )
    assert len(read_table(path)) == 3


def test_a_copy_that_is_known_outlives_an_archive_that_fails(
    run: Run, small: Path, site: Site
) -> None:
    give_links(small, site.url("page"), site.url("missing"))
    (port,) = free_ports(1)
    path = small / "data" / "links" / NAME

    def copies(archive: str) -> list[object]:
        ran = run("-C", small, "check-links", "--archive", archive, "--pause", 0)
        told = "the archive did not answer for 2; the copies known before are kept\n"
        assert (told in ran.out) == (str(port) in archive)
        return [row.cells["archived_at"] for row in read_table(path)]

    known = copies(site.url("archive/"))
    assert known == ["", site.url(f"copy/archive/{site.url('page')}")]
    assert copies(f"http://127.0.0.1:{port}/") == known
    assert copies("") == known


def test_offline_it_says_so_and_changes_nothing(run: Run, small: Path) -> None:
    (port,) = free_ports(1)
    give_links(small, f"http://127.0.0.1:{port}/a", f"http://{'x' * 64}.example/")
    before = sorted(small.rglob("*"))
    ran = run("-C", small, "check-links", "--archive", "", "--pause", 0)
    assert ran.code == 3
    assert ran.out == ""
    assert "none of 2 links answers; offline? nothing is changed" in ran.err
    assert sorted(small.rglob("*")) == before


def test_a_table_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "links").write_text("in the way", "utf-8")
    with pytest.raises(Exception, match=r"checked\.csv: can't be written"):
        write_checked(tmp_path / "links", [], date(2026, 11, 24), {})


def test_a_negative_pause_is_refused(run: Run) -> None:
    assert_refused(run("check-links", "--pause", "-1"), 2)
