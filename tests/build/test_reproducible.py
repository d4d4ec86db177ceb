"""The same inputs give the same bytes, whatever the hash seed, time zone or locale."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tipgraph.files.folder import Folder

PLACES = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONUTF8": "0"},
    {
        "PYTHONHASHSEED": "4242",
        "TZ": "America/Lima",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "tr_TR.UTF-8",
    },
]


def run(place: dict[str, str], *arguments: object) -> bytes:
    command = [sys.executable, "-m", "tipgraph", *map(str, arguments)]
    place = {**os.environ, **place}
    return subprocess.run(command, env=place, check=True, capture_output=True, timeout=120).stdout


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place["LC_ALL"])
def test_a_build_elsewhere_gives_the_committed_bytes(
    folder: Folder, tmp_path: Path, place: dict[str, str]
) -> None:
    run(place, "build", "--source", folder.source(), "--output", tmp_path / "graph")
    made = {path.name: path.read_bytes() for path in (tmp_path / "graph").iterdir()}
    assert made == {path.name: path.read_bytes() for path in folder.graph.iterdir()}


@pytest.mark.parametrize("format", ["jsonld", "rdfxml", "trig"])
def test_exports_elsewhere_are_the_same(format: str) -> None:
    first, second = (run(place, "export", "--format", format) for place in PLACES)
    assert first == second
