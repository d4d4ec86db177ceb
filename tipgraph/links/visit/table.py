"""What a check found, as a table of facts: CSV, with its CSV on the Web description beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from tipgraph.files.csvw import read_table
from tipgraph.files.replace import write_file
from tipgraph.links.visit.check import Checked

NAME = "checked.csv"
DESCRIPTION = Path(__file__).with_name(f"{NAME}-metadata.json")
COLUMNS = (
    *("url", "about", "checked", "outcome", "status"),
    *("leads_to", "redirects", "note", "archived_at"),
)


def known_copies(folder: Path) -> dict[str, str]:
    """Return the addresses of archived copies that the table of a folder has, by their links.

    Raises InputError with file and line where the table is broken.
    """
    path = folder / NAME
    rows = read_table(path) if path.is_file() else ()
    return {str(row.cells["url"]): str(row.cells["archived_at"]) for row in rows}


def write_checked(
    folder: Path, checked: Iterable[Checked], day: date, copies: Mapping[str, str]
) -> Path:
    """Write the table into a folder and return where; raise InputError where it can't be.

    Where no archive has answered, a link keeps the copy that is known of it.
    """
    path = folder / NAME
    write_file(path, _text(checked, day, copies).encode())
    write_file(path.with_name(DESCRIPTION.name), DESCRIPTION.read_bytes())
    return path


def _text(checked: Iterable[Checked], day: date, copies: Mapping[str, str]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for one in checked:
        table.writerow(_row(one, day, copies))
    return out.getvalue()


def _row(one: Checked, day: date, copies: Mapping[str, str]) -> list[str]:
    found = one.visit
    copy = copies.get(one.link.url, "") if one.archived_at is None else one.archived_at
    return [
        one.link.url,
        " ".join(one.link.about),
        day.isoformat(),
        found.outcome,
        str(found.status or ""),
        found.leads_to,
        " ".join(found.redirects),
        " ".join(found.note.split()),
        copy,
    ]
