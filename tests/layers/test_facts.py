"""The tables of facts are read strictly: each kind of damage is refused with file and line."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from test_enrich import catalog, layers, vocabulary

from tipgraph.errors import InputError
from tipgraph.files.csvw import read_table
from tipgraph.layers.facts import describe_facts
from tipgraph.source.facts import Facts, read_facts

FACTS = ROOT / "data" / "facts"
TABLES = sorted(FACTS.glob("*.csv"))
RULES = ROOT / "data" / "curation" / "rules"
COMMIT = "commit,KHM,member,2012-03,,"
MALI = "au,MLI,suspended,2021-06-01,"
ACTIP = "actip,BRN,ratification,2020-01,"
UK = "ilo-c189,GBR,not-party,2021-06-30,"
C189 = "instrument/ilo-c189,36,"
CELLS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"]), min_size=1, max_size=8)
SIMPLE = {
    "tableSchema": {
        "columns": [
            {"name": "code", "required": True, "datatype": {"base": "string"}},
            {"name": "words", "required": False, "datatype": {"base": "string"}},
            {"name": "list", "required": True, "separator": " ; ", "datatype": {"base": "string"}},
        ],
        "primaryKey": ["code"],
    }
}


def metadata(path: Path) -> Any:
    return json.loads(path.with_name(f"{path.name}-metadata.json").read_text("utf-8"))


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A copy of the facts to damage."""
    return Path(shutil.copytree(FACTS, tmp_path / "facts"))


def refusal(folder: Path) -> str:
    """What is said, without its folder, when the facts are read and described."""
    with pytest.raises(InputError) as refused:
        describe_facts(read_facts(folder, RULES), catalog(), vocabulary())
    return str(refused.value).removeprefix(f"{folder}/")


def line_of(path: Path, start: str) -> int:
    lines = path.read_text("utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))


ROW_DAMAGE = [
    ("memberships", COMMIT, "comit,KHM,member,2012-03,,", "no organization is known as"),
    ("memberships", COMMIT, "commit,KHX,member,2012-03,,", "no member is known as 'KHX'"),
    ("memberships", COMMIT, "commit,kh,member,2012-03,,", "the member 'kh' is not of"),
    ("memberships", COMMIT, "commit,KHM,boss,2012-03,,", "concept of the scheme standing"),
    ("memberships", COMMIT, "commit,KHM,member,2012-13,,", "as_of 2012-13 is no date"),
    ("memberships", COMMIT, "commit,KHM,member,lately,,", "the as_of 'lately' is not of"),
    ("memberships", COMMIT, "commit,KHM,member,,,", "the as_of is missing"),
    ("memberships", COMMIT, "commit,KHM,member, 2012,,", "the as_of ' 2012' is not of"),
    ("memberships", COMMIT, "commit,KHM,member,2012-03,", "the row has 5 cells, not 6"),
    ("memberships", COMMIT, "commit,LAO,member,2012-03,,", "the same organization, member"),
    ("membership-acts", MALI, "au,MLI,jailed,2021-06-01,", "concept of the scheme membership-act"),
    ("membership-acts", MALI, "au,MLX,suspended,2021-06-01,", "no member is known as 'MLX'"),
    ("membership-acts", MALI, "au,MLI,suspended,2021-02-30,", "date 2021-02-30 is no date"),
    ("membership-acts", MALI, "au,MLI,suspended,2027-06-01,", "2027-06-01 comes after as_of"),
    ("membership-acts", MALI, "au,MLI,suspended,,", "the date is missing"),
    ("membership-acts", MALI, "au,MLI,suspended,June 2021,", "the date 'June 2021' is not of the"),
    ("membership-acts", MALI, "ua,MLI,suspended,2021-06-01,", "no organization is known as"),
    ("membership-acts", MALI, "au,MLI,suspended,2020-08-19,", "the same organization, member, act"),
    (
        "membership-acts",
        f"{MALI}2026-01-22,",
        f"{MALI}lately,",
        "the as_of 'lately' is not of the form",
    ),
    ("membership-acts", f"{MALI}2026-01-22,", f"{MALI}2026-02-29,", "as_of 2026-02-29 is no date"),
    (
        "membership-acts",
        f"{MALI}2026-01-22,certain,",
        f"{MALI}2026-01-22,sure,",
        "the certainty 'sure' is not of the form",
    ),
    (
        "membership-acts",
        "ecowas,MLI,suspended,2021-05-30,2021-06-02,",
        "ecowas,MLI,suspended,2025-05-30,2025-06-02,",
        "who has left can only join again",
    ),
    ("treaty-acts", ACTIP, "no-such,BRN,ratification,2020-01,", "no instrument is known as"),
    ("treaty-acts", ACTIP, "actip,BRN,ratification,2021,", "date 2021 comes after as_of"),
    ("treaty-acts", ACTIP, "actip,BRX,ratification,2020-01,", "no state or organization is known"),
    ("treaty-acts", ACTIP, "actip,BRN,friendship,2020-01,", "concept of the scheme treaty-act"),
    ("treaty-acts", ACTIP, "actip,BRN,ratification,20-01,", "the date '20-01' is not of the form"),
    ("treaty-acts", ACTIP, "actip,BRN,ratification,2020-13,", "date 2020-13 is no date"),
    ("treaty-acts", f"{ACTIP}2020-06,", f"{ACTIP}2020-0,", "the as_of '2020-0' is not of the form"),
    (
        "treaty-acts",
        f"{ACTIP}2020-06,likely,",
        f"{ACTIP}2020-06,sure,",
        "the certainty 'sure' is not of the form",
    ),
    ("treaty-acts", ACTIP, "actip,IDN,ratification,2017,", "the same instrument, actor, act, date"),
    (
        "treaty-acts",
        ACTIP,
        "sherloc,BRN,ratification,2020-01,",
        "no rule says from when 'sherloc' binds a party",
    ),
    (
        "treaty-acts",
        ACTIP,
        "directive-2011-36-eu,BRN,ratification,2020-01,",
        "no rule says from when 'directive-2011-36-eu' binds a party",
    ),
    ("treaty-standings", UK, "ilo-c199,GBR,not-party,2021-06-30,", "no instrument is known as"),
    ("treaty-standings", UK, "ilo-c189,GBX,not-party,2021-06-30,", "no state or organization is"),
    ("treaty-standings", UK, "ilo-c189,GBR,friend,2021-06-30,", "the standing 'friend' is not of"),
    ("treaty-standings", UK, "ilo-c189,GBR,not-party,2021-06-31,", "on 2021-06-31 is no date"),
    ("treaty-standings", UK, "ilo-c189,GBR,not-party,,", "the on is missing"),
    (
        "treaty-standings",
        UK,
        "sherloc,GBR,not-party,2021-06-30,",
        "no rule says from when 'sherloc' binds a party",
    ),
    (
        "treaty-standings",
        UK,
        "ilo-c029,GBR,not-party,2021-06-30,",
        "GBR is said to be no party, and has consented before",
    ),
    ("founded", "au,2002-07-09", "au,2002-07-39", "founded 2002-07-39 is no date"),
    ("founded", "au,2002-07-09", "au,9 July 2002", "the founded '9 July 2002' is not of the form"),
    ("founded", "au,2002-07-09", "au,", "the founded is missing"),
    ("founded", "au,2002-07-09", "ua,2002-07-09", "no organization is known as 'org/ua'"),
    ("founded", "au,2002-07-09", "asean,2002-07-09", "the same organization as line"),
    ("countries", "KEN,KE,404", "KE,KE,404", "the alpha_3 'KE' is not of the form"),
    ("countries", "KEN,KE,404", "COM,KE,404", "the row has the same alpha_3 as line"),
    ("names", "CIV,", "CIX,", "no country is known as 'CIX'"),
    ("other-members", "EUE,", "NGA,", "'NGA' is the code of a country"),
    ("other-members", "EUE,org/eu", "EUE,org/eux", "no thing is known as 'org/eux'"),
    ("completeness", "org/commit,6,", "org/commit,7,", "7 are said to be known, but 6 are derived"),
    (
        "completeness",
        C189,
        "instrument/ilo-c189,35,",
        "35 are said to be known, but 36 are derived",
    ),
    ("completeness", "org/commit,6,6,6,", "org/commit,6,7,6,", "published_least is more than"),
    ("completeness", "org/commit,6,", "org/commit,six,", "the known 'six' is not of the form"),
    ("completeness", "org/commit,", "org/comit,", "no list is known as 'org/comit'"),
    ("completeness", "org/commit,6,6,6,complete", "org/commit,6,6,6,full", "of the scheme extent"),
    ("notes", "M01,gap,org/un", "M01,gap,org/nu", "no thing is known as 'org/nu'"),
    ("notes", "M01,gap,", "M01,hole,", "no concept of the scheme note-kind is known as 'hole'"),
]


@pytest.mark.parametrize(("table", "old", "new", "said"), ROW_DAMAGE)
def test_a_damaged_row_is_refused_with_its_line(
    damaged: Path, table: str, old: str, new: str, said: str
) -> None:
    path = damaged / f"{table}.csv"
    line = line_of(path, old)
    text = path.read_text("utf-8")
    path.write_text(text.replace(f"\n{old}", f"\n{new}", 1), "utf-8")
    refused = refusal(damaged)
    assert refused.startswith(f"{table}.csv:")
    assert str(line) in re.findall(r"(?:\.csv:|as line )([0-9]+)", refused)
    assert said in refused.partition(": ")[2]
    assert "\n" not in refused


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_row_without_a_source_is_refused(damaged: Path, path: Path) -> None:
    records = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
    records[-1][-1] = ""
    with (damaged / path.name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(records)
    assert refusal(damaged) == f"{path.name}:{len(records)}: the source is missing"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data.replace(b"country,name", b"name,country", 1), "1: the columns must be"),
        (lambda data: b"\xef\xbb\xbf" + data, "1: the columns must be country, name, source"),
        (lambda data: b"", "1: the columns must be country, name, source"),
        (lambda data: data.replace(b"UAE", b"U\xe4E", 1), "3: is not UTF-8 text"),
        (lambda data: data.replace(b"UAE", b'"U\nE"', 1), "3: a cell has a line break"),
        (lambda data: data.replace(b"UAE", b'"UAE', 1), "3: broken CSV"),
        (lambda data: data.replace(b"UAE", b'"U"AE', 1), "3: broken CSV"),
        (lambda data: data + b"\n", "73: the row has 0 cells, not 3"),
    ],
)
def test_a_damaged_file_is_refused_with_its_line(damaged: Path, change: Any, said: str) -> None:
    path = damaged / "names.csv"
    path.write_bytes(change(path.read_bytes()))
    assert refusal(damaged).startswith(f"names.csv:{said}")


def test_a_table_that_is_not_there_is_refused(damaged: Path) -> None:
    (damaged / "treaty-acts.csv").unlink()
    assert refusal(damaged) == "treaty-acts.csv: can't be read: No such file or directory"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "can't be read: No such file or directory"),
        ("{", "is no CSV on the Web description of a table"),
        ('{"tableSchema": []}', "is no CSV on the Web description of a table"),
        ('{"tableSchema": {"columns": [{}]}}', "is no CSV on the Web description of a table"),
    ],
)
def test_broken_metadata_are_refused(damaged: Path, text: str | None, said: str) -> None:
    path = damaged / "names.csv-metadata.json"
    path.unlink()
    if text is not None:
        path.write_text(text, "utf-8")
    assert refusal(damaged) == f"names.csv-metadata.json: {said}"


def test_metadata_with_other_columns_are_refused(damaged: Path) -> None:
    for path in (damaged / "names.csv", damaged / "names.csv-metadata.json"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("country", "land"), "utf-8")
    said = "its metadata describe other columns than are known"
    assert refusal(damaged) == f"names.csv: {said}"


def test_a_folder_without_facts_has_none(tmp_path: Path) -> None:
    facts = read_facts(tmp_path / "facts", tmp_path / "rules")
    assert facts == Facts()
    made = describe_facts(facts, catalog(), vocabulary())
    assert not any(layer.triples for layer in vars(made).values())


@given(st.lists(st.tuples(CELLS, CELLS, st.lists(CELLS, min_size=1, max_size=3)), max_size=5))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, records: list[tuple[str, str, list[str]]]
) -> None:
    unique = {code: (code, words, parts) for code, words, parts in records}
    path = tmp_path_factory.mktemp("facts") / "simple.csv"
    path.with_name("simple.csv-metadata.json").write_text(json.dumps(SIMPLE), "utf-8")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "words", "list"])
        writer.writerows([code, words, " ; ".join(parts)] for code, words, parts in unique.values())
    cells = [row.cells for row in read_table(path)]
    assert cells == [
        {"code": code, "words": words, "list": tuple(" ; ".join(parts).split(" ; "))}
        for code, words, parts in unique.values()
    ]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_metadata_describe_the_table_beside_them(path: Path) -> None:
    described = metadata(path)
    assert described["@context"][0] == "http://www.w3.org/ns/csvw"
    assert described["url"] == path.name
    assert described["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert described["dc:title"]
    assert described["dc:source"]
    columns = described["tableSchema"]["columns"]
    with path.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == [column["titles"] for column in columns]
    assert all(column["name"] == column["titles"] for column in columns)
    assert all(column["dc:description"].endswith(".") for column in columns)


def test_every_metadata_file_has_its_table() -> None:
    described = {p.name.removesuffix("-metadata.json") for p in FACTS.glob("*-metadata.json")}
    assert described == {path.name for path in TABLES}


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_tables_are_sorted_and_written_in_one_way(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    records = list(csv.reader(io.StringIO(text, newline="")))
    assert records[1:] == sorted(records[1:])
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(records)
    assert written.getvalue() == text


def expanded(template: str, cells: dict[str, str]) -> str:
    return re.sub(r"\{\+?(\w+)\}", lambda match: cells[match[1]], template)


def promised(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield subject, property and value of what the metadata promise of each row."""
    schema = metadata(path)["tableSchema"]
    columns = [c for c in schema["columns"] if "propertyUrl" in c and "aboutUrl" in schema]
    for row in read_table(path):
        flat = {name: cell for name, cell in row.cells.items() if isinstance(cell, str)}
        for column in columns:
            name, cell = column["name"], row.cells[column["name"]]
            for value in filter(None, (cell,) if isinstance(cell, str) else cell):
                whole = expanded(column.get("valueUrl", f"{{+{name}}}"), {name: value})
                yield expanded(schema["aboutUrl"], flat), column["propertyUrl"], whole


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_what_the_metadata_promise_is_in_the_graph(path: Path) -> None:
    stated = {
        (t.subject.value, t.predicate.value, t.object.value)
        for layer in layers().values()
        for t in layer.triples
        if isinstance(t.subject, NamedNode) and isinstance(t.object, NamedNode | Literal)
    }
    assert set(promised(path)) - stated == set()
