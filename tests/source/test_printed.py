from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tipgraph import InputError
from tipgraph.files.folder import Folder
from tipgraph.source.printed import Cell, Item, Table, parse_cell, parse_table, read_table

HEADER = "ORGANIZATIONS\tDOCUMENTS\tFOCAL POINT"
PATH = Path("table.txt")
PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<P class='x'>", "<p", "<ul>", '<ul style="x">', "</ul>", "<ol>", "</ol>"),
        *("<li>", "</li>", "<br/>", "<b>", "</b>", "<unknown>", "<", ">", "&nbsp;", "&amp;", "&"),
        *(" ", "  ", "\xa0", "\u2028", "\x0b", "-", " -a", "– b", "•c", "UN", "N/A", "(2014)"),
        *("é", "e\u0301", "\u202e", "\ufeff", "😀", "中文", "\u0000x", "http://x.org/?a=1&b=2"),
    ]
)
CELLS = st.lists(
    st.one_of(
        PIECES, st.text(st.characters(exclude_characters="\t\n\r", exclude_categories=["Cs"]))
    ),
    max_size=12,
).map("".join)


def joined(cell: Cell) -> str:
    return "".join(item.lead + item.text for item in cell.items) + cell.tail


def texts(cell: str) -> list[str]:
    return [item.text for item in parse_cell(cell, 6, 2).items]


def table_of(*rows: str, header: str = HEADER) -> Table:
    return parse_table("\n".join(("A title", header, *rows)), PATH)


def test_the_table_has_eighteen_rows_of_three_cells(table: Table) -> None:
    assert [row.line for row in table.rows] == [
        *(6, 7, 10, 11, 12, 13, 16, 17, 18, 21, 22, 23, 24, 27, 28, 31, 32, 33)
    ]
    assert all(
        [(cell.line, cell.column) for cell in row.cells] == [(row.line, n) for n in (1, 2, 3)]
        for row in table.rows
    )


def test_the_table_has_its_title_edition_and_repeated_header(table: Table) -> None:
    assert table.title == "MULTILATERAL ORGANIZATIONS COMBATING TRAFFICKING IN PERSONS"
    assert table.edition == "2020"
    assert table.header == (
        "ORGANIZATIONS AND SELECTED LINKS OF INTEREST",
        "FRAMEWORK DOCUMENT RELEVANT TO TIP",
        "TIP FOCAL POINT",
    )
    assert table.header_lines == (5, 9, 15, 20, 26, 30)


def test_the_table_has_133_items(table: Table) -> None:
    assert Counter(item.column for item in table.items()) == {1: 37, 2: 75, 3: 21}


def test_128_of_the_items_are_paragraphs_and_five_dash_entries(table: Table) -> None:
    paragraphs = [item for item in table.items() if item.lead.endswith("<p>")]
    dashes = [item for item in table.items() if item not in paragraphs]
    assert len(paragraphs) == 128
    assert [item.text[:6] for item in dashes] == ["-C29 F", "-P029 ", "-C105 ", "-C182 ", "-C189 "]
    assert {(item.line, item.column) for item in dashes} == {(6, 2)}


def test_the_two_empty_cells_have_no_items(table: Table) -> None:
    empty = [cell for row in table.rows for cell in row.cells if not cell.items]
    assert [(cell.line, cell.column, cell.text) for cell in empty] == [(10, 3, ""), (23, 3, "")]


def test_no_character_of_the_table_is_lost(folder: Folder, table: Table) -> None:
    lines = folder.source().read_text(encoding="utf-8").split("\n")
    for row in table.rows:
        assert "\t".join(map(joined, row.cells)) == lines[row.line - 1]
        assert all(joined(cell) == cell.text for cell in row.cells)


def test_no_markup_is_left_in_an_item_and_no_words_in_a_lead(table: Table) -> None:
    assert not [item.text for item in table.items() if re.search(r"[<>]", item.text)]
    left = {re.sub(r"<[^<>]*>", "", item.lead).strip() for item in table.items()}
    left |= {re.sub(r"<[^<>]*>", "", c.tail).strip() for row in table.rows for c in row.cells}
    assert left == {""}


def test_every_path_of_an_item_is_its_own(table: Table) -> None:
    paths = [item.path for item in table.items()]
    assert len(set(paths)) == len(paths)
    assert paths[:2] == ["L6/c1/i1", "L6/c1/i2"]
    assert paths[-1] == "L33/c3/i1"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", []),
        (" \t ".strip("\t"), []),
        ("<p></p>", []),
        ("<p>&nbsp;</p>", []),
        ("<p>&nbsp; &#160;</p><p>UN</p>", ["UN"]),
        ("<p>A&nbsp;B</p>", ["A&nbsp;B"]),
        ("no markup at all", ["no markup at all"]),
        ("<p>UN</p> <p>ILO</p>", ["UN", "ILO"]),
        ("<p>UN<p>ILO", ["UN", "ILO"]),
        ("UN<br>ILO<br/>EU", ["UN", "ILO", "EU"]),
        ("<P>UN</P><p class='x'> ILO </p>", ["UN", "ILO"]),
        ("<ul><li>UN</li><li>ILO</li></ul>", ["UN", "ILO"]),
        ("<ul><li>UN<li>ILO", ["UN", "ILO"]),
        ("<ol><li>-A -B</li></ol>", ["-A -B"]),
        ("<ul>-A one -B two</ul>", ["-A one", "-B two"]),
        ("<ul> first – a and -B", ["first – a and", "-B"]),
        ("<ul>–A •B", ["–A", "•B"]),
        ("<ul>-Sub-Region -2014-2016", ["-Sub-Region", "-2014-2016"]),
        ("<ul>-A</ul> -B", ["-A", "-B"]),
        ("<ul>-A<p>B -C</p>", ["-A", "B -C"]),
        ("<p>A -B</p>", ["A -B"]),
        ("<p>1 < 2 & <x> 3</p>", ["1 < 2 & <x> 3"]),
    ],
)
def test_a_cell_is_cut_at_paragraphs_and_list_entries(cell: str, expected: list[str]) -> None:
    assert texts(cell) == expected
    assert joined(parse_cell(cell, 6, 2)) == cell


def test_items_are_numbered_in_their_cell() -> None:
    assert parse_cell("<p>A</p><p>B</p>", 6, 2).items == (
        Item(6, 2, 1, "<p>", "A"),
        Item(6, 2, 2, "</p><p>", "B"),
    )


@settings(max_examples=150, deadline=None)
@given(CELLS)
@example("<ul>-a\u2028-b")
@example("<p>\xa0</p>&nbsp;")
def test_any_cell_is_given_back_by_its_items(text: str) -> None:
    cell = parse_cell(text, 6, 2)
    assert joined(cell) == cell.text == text
    assert [item.position for item in cell.items] == list(range(1, len(cell.items) + 1))
    assert all(item.text and item.text == item.text.strip() for item in cell.items)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_is_given_back_by_its_rows(
    rows: list[tuple[str, str, str]], newline: str
) -> None:
    rows = [(f"x{first}", second, third) for first, second, third in rows]
    printed = newline.join(("Title", HEADER, *("\t".join(cells) for cells in rows)))
    table = parse_table(printed, PATH)
    assert [tuple(map(joined, row.cells)) for row in table.rows] == rows
    assert [row.line for row in table.rows] == list(range(3, len(rows) + 3))


def test_blank_lines_and_a_byte_order_mark_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "2021.txt"
    path.write_bytes(f"\r\n\t\t\r\nT 1\r\nT 2\r\n{HEADER}\r\n\r\na\tb\tc".encode("utf-8-sig"))
    table = read_table(path)
    assert (table.edition, table.title, table.header_lines) == ("2021", "T 1 T 2", (5,))
    assert [(row.line, [cell.text for cell in row.cells]) for row in table.rows] == [
        (7, ["a", "b", "c"])
    ]


@pytest.mark.parametrize("again", [HEADER, f"{HEADER} ", HEADER.replace("\t", " \t ")])
def test_a_header_printed_again_is_no_row(again: str) -> None:
    table = table_of("a\tb\tc", again, "d\te\tf")
    assert table.header_lines == (2, 4)
    assert [row.line for row in table.rows] == [3, 5]


def test_a_row_that_repeats_only_the_first_header_cell_is_a_row() -> None:
    assert len(table_of("ORGANIZATIONS\tb\tc").rows) == 1


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", None, "holds no table"),
        (b"just a title\nand more\n", None, "holds no table"),
        (b"A\tB\tC\nx\ty\tz", 1, "the first row is no header"),
        (b"T\n\nOrganizations\tFocal points", 3, "the first row is no header"),
        (b"<p>Organization</p>\tDocs\tFocal point", 1, "the first row is no header"),
        (HEADER.encode(), 1, "has a header and no rows"),
        (f"\n{HEADER}\n{HEADER}\n".encode(), 2, "has a header and no rows"),
        (f"{HEADER}\na\tb\tc\na\tb".encode(), 3, "a row has 2 cells, not 3"),
        (f"{HEADER}\na\tb\tc\td".encode(), 2, "a row has 4 cells, not 3"),
        (f"{HEADER}\na\tb\tc\na footnote".encode(), 3, "a row has 1 cells, not 3"),
        (f"{HEADER}\na\tb\tCaf\xe9".encode("latin-1"), 2, "is not UTF-8 text"),
        (f"{HEADER}\na\tb\tc".encode("utf-16"), 1, "is not UTF-8 text"),
        (f"{HEADER}\na\t\0\tc".encode(), None, "is a binary file"),
    ],
)
def test_a_bad_table_is_refused_where_it_is_bad(
    tmp_path: Path, data: bytes, line: int | None, message: str
) -> None:
    path = tmp_path / "table.txt"
    path.write_bytes(data)
    with pytest.raises(InputError) as error:
        read_table(path)
    where = f"{path}:{line}: " if line else f"{path}: "
    assert str(error.value).startswith(where)
    assert message in str(error.value)
    assert "\n" not in str(error.value)
    assert (error.value.path, error.value.line) == (path, line)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"^{re.escape(str(tmp_path))}: this is a folder"):
        read_table(tmp_path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "none.txt"
    with pytest.raises(InputError, match=f"^{re.escape(str(path))}: can't be read: No such file"):
        read_table(path)
