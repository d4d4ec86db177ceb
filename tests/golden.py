"""The stored queries that come with the package, and the golden rows of their examples."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from conftest import ROOT

from tipgraph.ask.queries import read_query
from tipgraph.rdf.sparql_text import query_form

FILES = {path.stem: path for path in sorted((ROOT / "queries").glob("*.rq"))}
LOCAL = {name: path for name, path in FILES.items() if not read_query(path).services}
"""Those that ask no other endpoint; test_federate asks the others."""
FORMS = {name: query_form(path.read_text("utf-8")) for name, path in LOCAL.items()}
SELECT = [name for name, form in FORMS.items() if form == "SELECT"]
CONSTRUCT = [name for name, form in FORMS.items() if form == "CONSTRUCT"]
EXPECTED = ROOT / "queries" / "expected"


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def golden(name: str) -> Path:
    return EXPECTED / f"{name}.{'csv' if name in SELECT else 'ttl'}"
