"""Tables never seen are built by rules alone: valid, nothing lost, and a list of what is open."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from conftest import examples
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from tipgraph.build.build import Build, build
from tipgraph.files.folder import Folder
from tipgraph.graph.engines.oxigraph import select
from tipgraph.rdf.iris import path_of
from tipgraph.rdf.triples import store_of

TABLES = sorted((Path(__file__).parent / "tables").glob("*.txt"))
HEADER = "ORGANIZATIONS\tDOCUMENTS\tFOCAL POINT"
NAMES = st.text("ABCDÉßжأ字abcde", min_size=2, max_size=20)
TITLES = st.builds(
    "{} {} ({})".format,
    NAMES,
    st.sampled_from(["Convention", "Plan of Action", "Report", "Database", "Zusammenarbeit"]),
    st.integers(1900, 2099),
)
ROWS = st.lists(
    st.tuples(
        st.lists(NAMES, min_size=1, max_size=3),
        st.lists(TITLES, max_size=3),
        st.lists(st.one_of(NAMES, st.just("N/A")), max_size=2),
    ),
    min_size=1,
    max_size=4,
)


def built(folder: Folder, source: Path) -> Build:
    made = build(folder, source, source.parent / "graph")
    assert made.report.conforms, "\n".join(map(str, made.report.findings))
    return made


def union(made: Build) -> Store:
    return store_of(triple for layer in made.layers.values() for triple in layer)


def labels(made: Build, condition: str) -> list[str]:
    text = f"SELECT ?label {{ ?thing skos:prefLabel ?label . {condition} }} ORDER BY ?label"
    return [row["label"].value for row in select(text, union(made))]


def nothing_is_lost(made: Build) -> None:
    quotes = {row["q"].value for row in select("SELECT ?q { ?i prov:value ?q }", union(made))}
    assert {item.text for item in made.table.items()} <= quotes
    assert not [work for work in made.work if work.kind == "unaccounted"]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_another_table_is_built_and_nothing_is_lost(
    lean: Folder, path: Path, tmp_path: Path
) -> None:
    source = tmp_path / path.name
    source.write_bytes(path.read_bytes())
    made = built(lean, source)
    nothing_is_lost(made)
    made.write()
    assert sorted(p.name for p in made.output.iterdir()) == sorted(p.name for p in made.files)


@settings(examples(3, 60), phases=[Phase.generate])
@given(ROWS)
def test_whatever_is_put_in_comes_back_out(
    lean: Folder, tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[list[str], ...]]
) -> None:
    source = tmp_path_factory.mktemp("table") / "generated.txt"
    lines = ["\t".join("".join(f"<p>{i}</p>" for i in cell) for cell in row) for row in rows]
    source.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    made = built(lean, source)
    nothing_is_lost(made)
    titles = {title for _, documents, _ in rows for title in documents}
    printed = {t for e in made.curated.entities for t in e.values("title")}
    assert titles == printed


def table(name: str) -> Path:
    return Path(__file__).parent / "tables" / f"{name}.txt"


def test_rows_of_several_organizations_go_by_the_names_in_the_items(lean: Folder) -> None:
    made = built(lean, table("another-order"))
    joint = "?thing tip:listedUnder tiporg:caricom, tiporg:rss"
    assert labels(made, joint) == ["Joint CARICOM/RSS Plan of Action"]
    assert labels(
        made, "?thing tip:focalPointStatement ?s FILTER (STRENDS(STR(?s), 'not-stated'))"
    ) == [
        "Caribbean Community",
        "Regional Security System",
    ]


def test_dates_of_another_year_are_read(lean: Folder) -> None:
    rows = select(
        "SELECT ?thing ?end { ?thing dcterms:temporal/dcat:endDate ?end } ORDER BY ?end",
        union(built(lean, table("another-order"))),
    )
    found = [(path_of(row["thing"].value).rpartition("/")[2], row["end"].value) for row in rows]
    assert [end for _, end in found] == ["2022", "2024", "2035"]


def test_words_of_another_language_are_kept_and_left_open(lean: Folder) -> None:
    made = built(lean, table("french"))
    assert labels(made, "?thing a tip:Organization") == [
        "Organisation internationale de la Francophonie",
        "Union du Maghreb arabe",
    ]
    given_none = "?thing tip:focalPointStatement ?s FILTER (STRENDS(STR(?s), 'marked-not-given'))"
    assert labels(made, given_none) == ["Organisation internationale de la Francophonie"]
    kinds = [work.what for work in made.work if work.kind == "unreviewed"]
    assert any("Kinshasa" in what and "kind" in what for what in kinds)


def test_lists_and_character_entities_are_read(lean: Folder) -> None:
    made = built(lean, table("well-formed-lists"))
    assert labels(made, "?thing a tip:FrameworkInstrument") == [
        "First Convention",
        "Second Protocol of 2005, supplementing the First Convention",
        html.unescape("&Eacute;tude &amp; Report"),
    ]
    assert labels(made, "?thing a org:Post") == ["Coordinator against Trafficking"]


def test_unclosed_markup_is_read(lean: Folder) -> None:
    made = built(lean, table("unclosed"))
    assert labels(made, "?thing a tip:FrameworkInstrument") == [
        "Guidelines on Victims",
        "Handbook for Judges",
    ]
    assert labels(made, "?thing a org:Post") == ["Envoy"]


def test_a_table_without_markup_is_read(lean: Folder) -> None:
    made = built(lean, table("no-markup"))
    assert labels(made, "?thing a tip:Organization") == ["Organization Four", "Organization Three"]
    given_none = "?thing tip:focalPointStatement ?s FILTER (STRENDS(STR(?s), 'marked-not-given'))"
    assert len(labels(made, given_none)) == 2


@pytest.mark.parametrize(
    "title",
    [
        "Plan http://example.org/100%guide.pdf (2006)",
        "Plan http://[x]/ (2006)",
        "Plan http://[::1 (2006)",
        "Plan of Action for A &amp; B (2006)",
        "Plan\u00a0of Action for&nbsp;B (2006)",
        "Конвенция о торговле людьми (2006)",
    ],
)
def test_odd_titles_and_links_end_no_build(lean: Folder, tmp_path: Path, title: str) -> None:
    source = tmp_path / "2021.txt"
    source.write_text(f"{HEADER}\nOrganization One (OONE)\t{title}\tN/A\n", "utf-8")
    made = built(lean, source)
    nothing_is_lost(made)
    assert [f for f in made.report.findings if "printed" in f.message] == []
