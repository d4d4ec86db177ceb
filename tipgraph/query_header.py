"""The header of a stored query: the `#+` lines at the top of a `.rq` file, which are YAML."""

from __future__ import annotations

from pathlib import Path

from tipgraph.errors import InputError
from tipgraph.plain_yaml import Document, parse_yaml


def read_header(text: str, path: Path) -> Document:
    """Return the header of a stored query as plain YAML data; lines are those of the file.

    Raises InputError where there is no header or it is broken.
    """
    lines = text.split("\n")
    header = []
    for line in lines:
        if not line.startswith("#+"):
            break
        header.append(line[2:].removeprefix(" "))
    document = parse_yaml("\n".join(header), path)
    if not isinstance(document.data, dict):
        raise InputError("has no header: the first lines must be '#+ title: …' and so on", path, 1)
    return document
