"""Write mappings as canonical SSSOM TSV: the same mappings always give the same bytes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping as Dictionary
from dataclasses import fields
from pathlib import Path
from typing import Any

from tipgraph.files.replace import write_file
from tipgraph.files.sssom.mapping import (
    BUILT_IN,
    COLUMNS,
    IRIS,
    KEYS,
    REQUIRED,
    Mapping,
    MappingSet,
    key_of,
)


def mappings_text(mappings: MappingSet) -> str:
    """Return the one text of a set of mappings: sorted, and with the prefixes that are used."""
    short = {**BUILT_IN, **mappings.prefixes}
    rows = [_cells(mapping, short) for mapping in sorted(mappings.mappings, key=key_of)]
    names = [name for name in COLUMNS if name in REQUIRED or any(row[name] for row in rows)]
    out = io.StringIO()
    out.write(_head(mappings))
    table = csv.writer(out, delimiter="\t", lineterminator="\n")
    table.writerow(names)
    table.writerows([row[name] for name in names] for row in rows)
    return out.getvalue()


def write_mappings(path: Path, mappings: MappingSet) -> None:
    """Write a file of mappings, whole or not at all; raise InputError where it can't be written."""
    write_file(path, mappings_text(mappings).encode())


def _cells(mapping: Mapping, prefixes: Dictionary[str, str]) -> dict[str, str]:
    cells = {each.name: getattr(mapping, each.name) for each in fields(mapping)}
    for name in IRIS:
        cells[name] = contracted(cells[name], prefixes)
    cells["confidence"] = "" if mapping.confidence is None else f"{mapping.confidence:g}"
    cells["see_also"] = "|".join(url.replace("|", "%7C") for url in mapping.see_also)
    return {name: " ".join(str(cells[name]).split()) for name in COLUMNS}


def contracted(iri: str, prefixes: Dictionary[str, str]) -> str:
    """Return the CURIE of an IRI under the longest namespace that fits, or the IRI itself.

    >>> contracted("http://x/a/b", {"x": "http://x/", "a": "http://x/a/"})
    'a:b'
    """
    fitting = [prefix for prefix, namespace in prefixes.items() if iri.startswith(namespace)]
    for prefix in sorted(fitting, key=lambda prefix: (-len(prefixes[prefix]), prefix)):
        local = iri[len(prefixes[prefix]) :]
        if re.fullmatch(r"[\w./-]+", local) and not local.startswith("/"):
            return f"{prefix}:{local}"
    return iri


def _head(mappings: MappingSet) -> str:
    import yaml

    said: dict[str, Any] = {key: mappings.metadata[key] for key in KEYS if key in mappings.metadata}
    if mappings.prefixes:
        said["curie_map"] = dict(sorted(mappings.prefixes.items()))
    text = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=1_000_000)
    return "".join(f"#{line}\n" for line in text.splitlines())
