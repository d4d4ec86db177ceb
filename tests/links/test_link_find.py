"""Candidates found at a real second graph behind a faulty proxy: the right ones, politely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT, Run, assert_refused
from faulty_proxy import Faulty, faulty_proxy
from other_graph import DESCRIPTION, MERGED, WD, measured, truth
from sssom_reader import read_by_sssom
from virtuoso import Virtuoso

from tipgraph import KnowledgeGraph
from tipgraph.errors import EngineError, InputError
from tipgraph.files.sssom import NOT, Mapping, read_mappings, write_mappings
from tipgraph.links.decided import SAME, Decided, mapping_set
from tipgraph.links.described import Description, described
from tipgraph.links.find import THRESHOLD, find
from tipgraph.links.hold import check_links
from tipgraph.links.source import BATCH, Source
from tipgraph.links.things import Named, our_things
from tipgraph.rdf.iris import BASE

TRAPS = {
    "org/rcm": ("Puebla Group", "Puebla Panama Plan", "Regional Consultative Conference"),
    "org/commit": ("COMMIT", "African Union Commission"),
    "instrument/au-commit": ("African Union Commission", "COMMIT"),
    "org/un": ("UN",),
    "org/eu": ("European Commission", "European Council", "Council of the European Union"),
    "body/european-commission": ("European Union",),
    "instrument/untoc": ("Protocol",),
    "instrument/palermo-protocol": ("United Nations Convention", "Protocol against"),
    "instrument/ilo-c189": ("Domestic Workers Convention, 2010",),
    "instrument/ilo-c029": ("Forced Labour Convention, 1957",),
    "org/khartoum-process": ("Khartoum Process Civil",),
    "org/bali-process": ("Bali Democracy Forum",),
}
"""What must not be taken for a thing, by the beginning of its label."""


pytestmark = pytest.mark.usefixtures("no_proxy")


@pytest.fixture
def proxy(second_graph: Virtuoso) -> Iterator[Faulty]:
    with faulty_proxy(second_graph.endpoint) as running_proxy:
        yield running_proxy


@pytest.fixture(scope="module")
def things(kg: KnowledgeGraph) -> tuple[Named, ...]:
    return our_things(kg.engine)


@pytest.fixture(scope="module")
def direct(second_graph: Virtuoso, tmp_path_factory: pytest.TempPathFactory) -> Source:
    """The second graph without the proxy."""
    return Source(_described(second_graph.endpoint, tmp_path_factory.mktemp("other")), None)


@pytest.fixture(scope="module")
def found(direct: Source, things: tuple[Named, ...]) -> tuple[Mapping, ...]:
    """All candidates, whatever their score."""
    return find(things, direct, Decided(), 0)


def _described(url: str, folder: Path) -> Description:
    file = folder / "other.yaml"
    file.write_text(DESCRIPTION.format(url=url), "utf-8")
    return described(str(file))


def test_no_candidate_of_the_default_threshold_is_wrong(found: tuple[Mapping, ...]) -> None:
    precision, recall = measured(found, THRESHOLD)
    assert precision == 1
    assert recall >= 0.85


def test_the_documented_precision_and_recall_are_measured(found: tuple[Mapping, ...]) -> None:
    text = (ROOT / "docs" / "links.md").read_text("utf-8")
    table = re.findall(r"^\| (\d\.\d) \| (\d+) \| (\d\.\d\d) \| (\d\.\d\d) \|$", text, re.MULTILINE)
    assert len(table) == 6
    for threshold, number, *shares in table:
        given = [one for one in found if (one.confidence or 0) >= float(threshold)]
        precision, recall = measured(given, 0)
        assert [str(len(given)), f"{precision:.2f}", f"{recall:.2f}"] == [number, *shares]


def test_every_right_item_is_among_the_candidates(found: tuple[Mapping, ...]) -> None:
    assert measured(found, 0)[1] == 1


@pytest.mark.parametrize("thing", TRAPS)
def test_a_trap_is_not_fallen_into(thing: str, found: tuple[Mapping, ...]) -> None:
    taken = [
        mapping.object_label
        for mapping in found
        if mapping.subject_id == BASE + thing and (mapping.confidence or 0) >= THRESHOLD
    ]
    assert not [label for label in taken if label.startswith(TRAPS[thing])]


def test_two_items_that_fit_alike_are_left_to_people(found: tuple[Mapping, ...]) -> None:
    pair = [one for one in found if one.subject_id == f"{BASE}org/las"][:2]
    assert {one.object_id for one in pair} == {f"{WD}Q7172", f"{WD}Q9000000019"}
    assert all((one.confidence or 0) < THRESHOLD for one in pair)
    assert all("fits as well" in one.comment for one in pair)


def test_a_rival_that_fits_better_is_said_to(found: tuple[Mapping, ...]) -> None:
    pairs = {(one.subject_id, one.object_id): one for one in found}
    first = pairs[f"{BASE}org/un", truth()[f"{BASE}org/un"]]
    doubted = [one for one in found if "fits better" in one.comment]
    assert doubted
    for one in doubted:
        (rival,) = re.findall(r"\((\S+)\) fits better", one.comment)
        other = pairs.get((one.subject_id, rival)) or pairs[rival, one.object_id]
        assert (other.confidence or 0) > (one.confidence or 0)
    assert "fits better" not in first.comment


def test_a_faulty_endpoint_is_asked_patiently_and_gives_the_same(
    proxy: Faulty, things: tuple[Named, ...], found: tuple[Mapping, ...], tmp_path: Path
) -> None:
    waits: list[float] = []
    description = _described(proxy.url, tmp_path)
    for _ in range(100):
        source = Source(description, tmp_path / "cache", sleep=waits.append)
        try:
            candidates = find(things, source, Decided(), 0)
        except EngineError:
            continue
        break
    assert set(candidates) == set(found)
    assert proxy.answered.keys() == {"good", "429", "500", "cut"}
    assert 2 in waits
    assert proxy.most_at_once == 1
    assert all(agent.startswith("tipgraph/") for agent in proxy.agents)


def test_a_stopped_search_goes_on_where_it_was(
    proxy: Faulty, second_graph: Virtuoso, things: tuple[Named, ...], tmp_path: Path
) -> None:
    description = _described(second_graph.endpoint, tmp_path)
    whole = Source(description, tmp_path / "cache")
    candidates = find(things, whole, Decided())
    again = Source(description, tmp_path / "cache")
    assert find(things, again, Decided()) == candidates
    assert (again.requests, whole.requests > 0) == (0, True)
    for kept in sorted((tmp_path / "cache").iterdir())[::2]:
        kept.write_bytes(b"broken by a full disk")
    repaired = Source(description, tmp_path / "cache")
    assert find(things, repaired, Decided()) == candidates
    assert 0 < repaired.requests < whole.requests


def test_answers_that_cannot_be_kept_are_named(second_graph: Virtuoso, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way", "utf-8")
    source = Source(_described(second_graph.endpoint, tmp_path), tmp_path / "cache")
    with pytest.raises(InputError, match="can't be written"):
        source.ask("SELECT ?item WHERE { ?item wdt:P31 wd:Q131569 }")


def test_requests_grow_as_the_things_do(direct: Source, things: tuple[Named, ...]) -> None:
    for size in (40, 80):
        before = direct.requests
        find(things[:size], direct, Decided())
        assert direct.requests - before <= size + 10 * (1 + size // BATCH)


def test_what_people_decided_is_not_proposed_again(
    direct: Source, things: tuple[Named, ...]
) -> None:
    asean, au = f"{BASE}org/asean", f"{BASE}org/au"
    accepted = Mapping(asean, SAME, truth()[asean])
    rejected = Mapping(au, SAME, truth()[au], NOT)
    candidates = find(things, direct, Decided((accepted, rejected)), 0)
    pairs = {(one.subject_id, one.object_id) for one in candidates}
    assert asean not in {subject for subject, _ in pairs}
    assert (au, truth()[au]) not in pairs
    assert truth()[asean] not in {item for _, item in pairs}


def test_accepted_links_are_asked_about_again(
    direct: Source, things: tuple[Named, ...], tmp_path: Path
) -> None:
    right = truth()
    good = [Mapping(thing, SAME, item) for thing, item in sorted(right.items())]
    by_iri = {thing.iri: thing for thing in things}
    assert [str(one) for one in check_links(good, by_iri, direct)] == []
    bad = [
        Mapping(f"{BASE}org/asean", SAME, MERGED),
        Mapping(f"{BASE}org/au", SAME, f"{WD}Q9999999999"),
        Mapping(f"{BASE}org/unodc", SAME, f"{WD}Q188307", path=Path("x.tsv"), line=9),
        Mapping(f"{BASE}org/commit", SAME, f"{WD}Q9000000008"),
    ]
    assert sorted(str(one).replace(WD, "wd:") for one in check_links(bad, by_iri, direct)) == [
        "org/asean = wd:Q9100000009: it was merged into wd:Q7768",
        "org/au = wd:Q9999999999: the endpoint knows nothing of it",
        "org/commit = wd:Q9000000008: its type is not that of an organization",
        "x.tsv:9: org/unodc = wd:Q188307: it is called 'The Salvation Army'",
    ]


def test_find_writes_a_file_to_review(
    second_graph: Virtuoso, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    _described(second_graph.endpoint, tmp_path)
    output = tmp_path / "found.sssom.tsv"
    ran = run("link", "find", "--endpoint", tmp_path / "other.yaml", "--output", output)
    assert ran.code == 0
    written = read_mappings(output).mappings
    assert f"{len(written)} candidates in {output}; review them" in ran.out
    assert all(mapping.comment and mapping.object_label for mapping in written)
    assert {mapping.mapping_provider for mapping in written} == {second_graph.endpoint}
    assert {mapping.mapping_date for mapping in written} == {date.today().isoformat()}
    assert (tmp_path / "cache" / "tipgraph" / "link").is_dir()
    assert len(read_by_sssom(output)) == len(written)
    assert "tiporg:cis None wd:Q7779" in read_by_sssom(output)
    assert "tiporg:asean None wd:Q7768" not in read_by_sssom(output)


def test_check_says_which_links_do_not_hold(
    second_graph: Virtuoso, run: Run, copy: Path, tmp_path: Path
) -> None:
    _described(second_graph.endpoint, tmp_path)
    for file in (copy / "data" / "links").glob("*.sssom.tsv"):
        file.unlink()
    links = copy / "data" / "links" / "test.sssom.tsv"
    bad = Mapping(f"{BASE}org/unodc", SAME, f"{WD}Q188307")
    write_mappings(links, mapping_set("test", [bad]))
    ran = run("-C", copy, "link", "check", "--endpoint", tmp_path / "other.yaml")
    assert ran.code == 1
    assert "it is called 'The Salvation Army'\n1 links asked about: 1 may not hold" in ran.out


def test_an_endpoint_that_fails_is_named(
    proxy: Faulty, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    proxy.is_down = True
    _described(proxy.url, tmp_path)
    ran = run("link", "find", "--endpoint", tmp_path / "other.yaml")
    assert ran.code == 3
    assert f"{proxy.url}: HTTP 500" in ran.err
    assert "run it again to go on" in ran.err


@pytest.mark.parametrize(
    ("endpoint", "code", "said"),
    [
        ("nowhere", 2, "'nowhere' is neither a URL, a file nor one of wikidata"),
        ("http://user:x@localhost/sparql", 2, "an endpoint's URL has no login in it"),
        ("data/iris.txt", 3, "describes no endpoint"),
    ],
)
def test_an_endpoint_that_is_none_is_refused(run: Run, endpoint: str, code: int, said: str) -> None:
    ran = run("link", "find", "--endpoint", endpoint)
    assert_refused(ran, code)
    assert said in ran.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x: y", "x.yaml:1: the endpoint is no list of properties"),
        ("x: {colour: red}", "x.yaml:1: 'colour' is none of url, namespace"),
        ("x:\n  url: [a]", "x.yaml:2: the url is not a text"),
        ("x:\n  languages: en", "x.yaml:2: the languages is not a list"),
        ("x:\n  pause: long", "x.yaml:2: the pause 'long' is no number"),
        ("x:\n  label: rdfs:label", "x.yaml: the endpoint 'x' has no url"),
    ],
)
def test_a_broken_description_is_refused(run: Run, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(text, "utf-8")
    ran = run("link", "find", "--endpoint", file)
    assert_refused(ran, 3)
    assert said in ran.err


def test_links_of_an_endpoint_without_a_namespace_cannot_be_told(run: Run) -> None:
    ran = run("link", "check", "--endpoint", "http://127.0.0.1:9/sparql")
    assert_refused(ran, 2)
    assert "say its namespace in a file about it" in ran.err


def test_known_endpoints_are_described() -> None:
    wikidata = described("wikidata")
    assert wikidata.types("organization") == ("wd:Q43229",)
    assert wikidata.pause >= 1
    plain = described("http://localhost:8890/sparql")
    assert (plain.url, plain.search) == ("http://localhost:8890/sparql", "")
