"""Files of mappings: read strictly, written in one way, and good SSSOM to others."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sssom_reader import read_by_sssom

from tipgraph.errors import InputError
from tipgraph.files.sssom import (
    CURATED,
    NOT,
    Mapping,
    MappingSet,
    mappings_text,
    read_mappings,
    write_mappings,
)
from tipgraph.rdf.iris import BASE

SAME = "https://schema.org/sameAs"
WIKIDATA = "http://www.wikidata.org/entity/"
PREFIXES = {"tiporg": f"{BASE}org/", "schema": "https://schema.org/", "wd": WIKIDATA}
ABOUT = {"mapping_set_id": f"{BASE}mappings/test", "license": "https://example.org/license"}
ASEAN = Mapping(
    subject_id=f"{BASE}org/asean",
    predicate_id=SAME,
    object_id=f"{WIKIDATA}Q7768",
    object_label='the "ASEAN"',
    confidence=0.95,
    see_also=("https://example.org/a%7Cb", "https://example.org/c"),
    comment="two\tlists",
)
REJECTED = Mapping(f"{BASE}org/rcm", SAME, f"{WIKIDATA}Q1", NOT)
SET = MappingSet(ABOUT, PREFIXES, (REJECTED, ASEAN))
HEAD = f"""\
#mapping_set_id: {BASE}mappings/test
#license: https://example.org/license
#curie_map:
#  schema: https://schema.org/
#  tiporg: {BASE}org/
#  wd: {WIKIDATA}
"""
NAMES = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
ROW = "tiporg:asean\tschema:sameAs\twd:Q7768\tsemapv:ManualMappingCuration\n"


def test_a_written_file_reads_as_the_same_mappings(tmp_path: Path) -> None:
    write_mappings(tmp_path / "deep" / "test.sssom.tsv", SET)
    read = read_mappings(tmp_path / "deep" / "test.sssom.tsv")
    assert (read.metadata, read.prefixes) == (ABOUT, PREFIXES)
    assert [mapping.line for mapping in read.mappings] == [8, 9]
    asean, rejected = read.mappings
    assert asean == Mapping(**{**vars(ASEAN), "comment": "two lists"})
    assert rejected == REJECTED
    assert rejected.is_rejected
    assert mappings_text(read) == mappings_text(SET)


def test_a_file_is_short_and_sorted() -> None:
    bare = MappingSet(ABOUT, PREFIXES, (Mapping(f"{BASE}org/asean", SAME, f"{WIKIDATA}Q7768"),))
    assert mappings_text(bare) == HEAD + NAMES + ROW
    turned = MappingSet(ABOUT, PREFIXES, SET.mappings[::-1])
    assert mappings_text(turned) == mappings_text(SET)


def test_the_mark_that_some_programs_begin_a_file_with_is_no_part_of_it(tmp_path: Path) -> None:
    file = tmp_path / "test.sssom.tsv"
    file.write_text(HEAD + NAMES + ROW, "utf-8-sig")
    assert len(read_mappings(file).mappings) == 1


def test_others_read_it_as_valid_sssom(tmp_path: Path) -> None:
    file = tmp_path / "test.sssom.tsv"
    write_mappings(file, SET)
    assert read_by_sssom(file) == ["tiporg:asean None wd:Q7768", "tiporg:rcm Not wd:Q1"]


def test_what_is_said_of_the_set_is_said_of_each(tmp_path: Path) -> None:
    file = tmp_path / "test.sssom.tsv"
    file.write_text(f"#object_source: {WIKIDATA}\n{HEAD}{NAMES}{ROW}", "utf-8")
    (mapping,) = read_mappings(file).mappings
    assert mapping.object_source == WIKIDATA
    assert mapping.mapping_justification == CURATED


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "has no lines '#mapping_set_id: …' about its set"),
        (NAMES + ROW, 1, "has no lines '#mapping_set_id: …' about its set"),
        ("#license: x\n" + NAMES, 1, "its lines about the set lack mapping_set_id"),
        ("#colour: red\n" + HEAD + NAMES, 1, "'colour' is none of mapping_set_id"),
        ("#comment: [a]\n" + HEAD + NAMES, 1, "the comment is no text"),
        ("#comment: [a\n" + HEAD + NAMES, 2, "broken YAML"),
        ("#curie_map: x\n#mapping_set_id: x\n#license: x\n", 1, "the curie_map is no list"),
        (HEAD, 7, "the column subject_id is missing"),
        (HEAD + "subject_id\tcolour\n", 7, "the column 'colour' is none of subject_id"),
        (HEAD + "subject_id\tsubject_id\n", 7, "the column subject_id stands twice"),
        (HEAD + NAMES + "tiporg:asean\n", 8, "the row has 1 cells, not 4"),
        (HEAD + NAMES + ROW.replace("wd:Q7768", ""), 8, "the object_id is missing"),
        (HEAD + NAMES + ROW.replace("wd:", "ror:"), 8, "the prefix of 'ror:Q7768' is not in"),
        (HEAD + NAMES + ROW.replace("wd:", ""), 8, "the object_id 'Q7768' is no CURIE or IRI"),
        (HEAD + NAMES + ROW.replace("Q7768", "Q 7"), 8, "the object_id 'wd:Q 7' is no CURIE"),
        (HEAD + NAMES + ROW + ROW, 9, "the mapping stands on line 8 already"),
        *(
            (
                HEAD + NAMES + ROW.replace("wd:Q7768", wrong),
                8,
                f"the object_id '{wrong}' is no CURI",
            )
            for wrong in ("http://[x", "http://x:zz/a", "javascript://alert(1)", "http://")
        ),
        *(
            (HEAD.replace(WIKIDATA, wrong) + NAMES + ROW, 6, "the prefix 'wd' stands for no IRI")
            for wrong in ("", "abc", "[a]", "javascript://a", "http://[x")
        ),
        (HEAD + NAMES + ROW.replace("Manual", "Careful"), 8, "'semapv:CarefulMappingCuration' is"),
        (HEAD + NAMES + f'"{ROW}', 8, "broken table"),
        (HEAD + NAMES + f'"a\nb"\t{ROW}', 8, "a cell has a line break"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    file = tmp_path / "test.sssom.tsv"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError) as refused:
        read_mappings(file)
    assert str(refused.value).startswith(f"{file}:{line}: {what}")


@pytest.mark.parametrize(
    ("column", "cell", "what"),
    [
        ("confidence", "sure", "the confidence 'sure' is no number from 0 to 1"),
        ("confidence", "1.5", "the confidence '1.5' is no number from 0 to 1"),
        ("predicate_modifier", "never", "the predicate_modifier is 'never', not Not"),
        ("mapping_provider", "me", "the mapping_provider 'me' is no IRI of http or https"),
        ("mapping_date", "2020", "'2020' is no date as 2020-06-30"),
        ("mapping_date", "2026-13-45", "'2026-13-45' is no date as 2020-06-30"),
    ],
)
def test_a_wrong_cell_is_refused(tmp_path: Path, column: str, cell: str, what: str) -> None:
    file = tmp_path / "test.sssom.tsv"
    file.write_text(f"{HEAD}{NAMES.strip()}\t{column}\n{ROW.strip()}\t{cell}\n", "utf-8")
    with pytest.raises(InputError) as refused:
        read_mappings(file)
    assert str(refused.value) == f"{file}:8: {what}"


def test_what_is_no_readable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        read_mappings(tmp_path)
    (tmp_path / "file").write_bytes(b"#license: x\n\xff")
    with pytest.raises(InputError, match="file:2: is not UTF-8 text"):
        read_mappings(tmp_path / "file")
    with pytest.raises(InputError, match="can't be written"):
        write_mappings(tmp_path / "file" / "below", SET)


@given(st.text("#:\t\r\n\"'[]{}-abcurie_mplsdx_/.0", max_size=80))
def test_no_text_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.getbasetemp() / "any.sssom.tsv"
    for whole in (text, f"{HEAD}{text}", f"{HEAD}{NAMES}{text}", f"#{text}\n{HEAD}{NAMES}{ROW}"):
        file.write_text(whole, "utf-8")
        read = None
        with suppress(InputError):
            read = read_mappings(file)
        if read:
            write_mappings(file, read)
            assert set(read_mappings(file).mappings) == set(read.mappings)
