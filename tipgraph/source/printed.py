"""Read the printed table: its text becomes rows, cells and items, and no character is lost.

The table is one table printed in pieces: each piece repeats the header row. A cell is a list of
items, each a paragraph (`<p>`), a list entry (`<li>`), or a dash entry of a list without `<li>`.
Reading knows nothing of what the items mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tipgraph.errors import InputError
from tipgraph.rdf.iris import slug

COLUMNS = 3
MAX_LINE = 200_000
"""The longest line that is read, in characters; the longest row printed has 3,000."""
MARKUP = re.compile(r"</?(?:p|ul|ol|li|br|div|span|td|b|i|strong|em)\b[^<>]*>", re.IGNORECASE)
LIST_START = re.compile(r"<[uo]l\b", re.IGNORECASE)
LIST_END = re.compile(r"</(?:[uo]l|p)\b|<(?:p|li)\b", re.IGNORECASE)
BLANK = re.compile(r"(?:\s|&nbsp;|&#160;|&#xa0;)*", re.IGNORECASE)
DASH = re.compile(r"(?:(?<=\s)|^)[-–—•](?=\S)")


@dataclass(frozen=True)
class Item:
    """One entry of a cell: its exact `text`, and the `lead` of markup and blanks before it."""

    line: int
    column: int
    position: int
    lead: str
    text: str

    @property
    def path(self) -> str:
        """Where it stands, as in `L6/c2/i1`."""
        return f"L{self.line}/c{self.column}/i{self.position}"


@dataclass(frozen=True)
class Cell:
    """A cell: its exact `text`, its items, and the `tail` of markup and blanks after the last."""

    line: int
    column: int
    text: str
    items: tuple[Item, ...]
    tail: str


@dataclass(frozen=True)
class Row:
    """A data row of three cells at a line of the file (the first line is 1)."""

    line: int
    cells: tuple[Cell, Cell, Cell]


@dataclass(frozen=True)
class Table:
    """The whole table: the lines before the header joined as its title, the header, the rows.

    `edition` is the file's name as a path segment.
    `header_lines` are the lines at which the header row stands (one for each printed piece).
    """

    edition: str
    title: str
    header: tuple[str, ...]
    header_lines: tuple[int, ...]
    rows: tuple[Row, ...]

    def items(self) -> Iterator[Item]:
        """Yield every item in the order of the print."""
        for row in self.rows:
            for cell in row.cells:
                yield from cell.items


def read_table(path: Path) -> Table:
    """Read the table in a UTF-8 file; its edition is the file's name without suffix.

    Raises InputError with file and line where the file can't be read or is no such table.
    """
    try:
        data = path.read_bytes()
    except IsADirectoryError:
        raise InputError("this is a folder; name the table's text file", path) from None
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", path) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError("is not UTF-8 text; save the table as UTF-8", path, line) from None
    if "\0" in text:
        raise InputError("is a binary file, not the text of a table", path)
    return parse_table(text, path)


def parse_table(text: str, path: Path) -> Table:
    """Parse the table's text; `path` names it in errors and gives the edition."""
    title: list[str] = []
    header: tuple[str, ...] | None = None
    header_lines: list[int] = []
    rows: list[Row] = []
    for number, printed in enumerate(text.split("\n"), 1):
        line = printed.removesuffix("\r")
        cells = tuple(line.split("\t"))
        if not line.strip():
            continue
        if len(line) > MAX_LINE:
            what = f"a line of {len(line):,} characters is no row of a table (at most {MAX_LINE:,})"
            raise InputError(what, path, number)
        if header is None and len(cells) == 1:
            title.append(line.strip())
        elif header is None:
            header = _header(cells, path, number)
            header_lines.append(number)
        elif _without_blanks(cells) == _without_blanks(header):
            header_lines.append(number)
        else:
            rows.append(_row(cells, path, number))
    if header is None:
        raise InputError("holds no table: no line of three cells separated by tabs", path)
    if not rows:
        raise InputError("the table has a header and no rows", path, header_lines[0])
    return Table(slug(path.stem), " ".join(title), header, tuple(header_lines), tuple(rows))


def _header(cells: tuple[str, ...], path: Path, line: int) -> tuple[str, ...]:
    named = len(cells) == COLUMNS and (
        re.search(r"organi[sz]a", cells[0], re.IGNORECASE)
        and re.search(r"focal", cells[2], re.IGNORECASE)
        and not MARKUP.search("".join(cells))
    )
    if not named:
        raise InputError(
            "the first row is no header; it must name the three columns "
            "(organizations, documents, focal point), separated by tabs",
            path,
            line,
        )
    return cells


def _without_blanks(cells: tuple[str, ...]) -> list[list[str]]:
    return [cell.split() for cell in cells]


def _row(cells: tuple[str, ...], path: Path, line: int) -> Row:
    if len(cells) != COLUMNS:
        raise InputError(
            f"a row has {len(cells)} cells, not {COLUMNS}; check the tabs of this line", path, line
        )
    first, second, third = (parse_cell(text, line, n) for n, text in enumerate(cells, 1))
    return Row(line, (first, second, third))


def parse_cell(text: str, line: int, column: int) -> Cell:
    """Cut a cell into items; their leads and texts and the tail joined are the cell again.

    >>> cell = parse_cell("<p>UN www.un.org</p> <p>ILO</p>", 6, 1)
    >>> [item.text for item in cell.items]
    ['UN www.un.org', 'ILO']
    >>> "".join(i.lead + i.text for i in cell.items) + cell.tail == cell.text
    True
    """
    items: list[Item] = []
    end = 0
    for start, stop in _spans(text):
        items.append(Item(line, column, len(items) + 1, text[end:start], text[start:stop]))
        end = stop
    return Cell(line, column, text, tuple(items), text[end:])


def _spans(text: str) -> Iterator[tuple[int, int]]:
    in_list = False
    start = 0
    for tag in [*MARKUP.finditer(text), None]:
        stop = len(text) if tag is None else tag.start()
        yield from _entries(text, start, stop, in_list)
        if tag is not None:
            start = tag.end()
            in_list = bool(LIST_START.match(tag[0])) or (in_list and not LIST_END.match(tag[0]))


def _entries(text: str, start: int, stop: int, in_list: bool) -> Iterator[tuple[int, int]]:
    cuts = [start + dash.start() for dash in DASH.finditer(text[start:stop])] if in_list else []
    for begin, end in zip([start, *cuts], [*cuts, stop], strict=True):
        entry = text[begin:end]
        if not BLANK.fullmatch(entry):
            lead = len(entry) - len(entry.lstrip())
            yield begin + lead, begin + lead + len(entry.strip())
