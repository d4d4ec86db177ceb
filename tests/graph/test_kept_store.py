"""The graph kept on disk: the same as in memory, made anew when missing, broken or old."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from conftest import ROOT, Run, sum_again
from pyoxigraph import Store

from tipgraph import KnowledgeGraph
from tipgraph.errors import InputError
from tipgraph.files.folder import Folder
from tipgraph.graph.open import MOST, kept_store

QUERY = [sys.executable, "-m", "tipgraph", "query", "organizations", "--format", "csv"]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "tipgraph" / "graph"


def kept(cache: Path) -> list[Path]:
    return sorted(cache.iterdir()) if cache.is_dir() else []


def test_a_kept_store_holds_the_same(cache: Path, folder: Folder, kg: KnowledgeGraph) -> None:
    first, again = set(kept_store(folder)), set(kept_store(folder))
    assert first == again == set(kg.store)
    assert len(kept(cache)) == 1


def test_it_is_read_from_the_disk_and_not_written(cache: Path, folder: Folder) -> None:
    kept_store(folder)
    store = kept_store(folder)
    with pytest.raises(RuntimeError, match="read-write"):
        store.extend(set(store))


def test_a_changed_graph_is_never_answered_from_an_old_store(
    cache: Path, copy: Path, run: Run
) -> None:
    asked = ("-C", copy, "query", "instruments-of-organization", "--organization", "FATF")
    before = run(*asked)
    catalog = copy / "data" / "graph" / "catalog.ttl"
    catalog.write_text(catalog.read_text("utf-8").replace("Financial Flows", "Other Flows"))
    sum_again(copy)
    after = run(*asked)
    assert "Financial Flows" in before.out
    assert "Other Flows" in after.out
    assert len(kept(cache)) == 2


@pytest.mark.parametrize("damage", ["empty", "cut", "no folder"])
def test_a_broken_store_is_made_anew(
    cache: Path, folder: Folder, kg: KnowledgeGraph, damage: str
) -> None:
    kept_store(folder)
    (place,) = kept(cache)
    if damage == "no folder":
        for path in place.iterdir():
            path.unlink()
        place.rmdir()
        place.write_text("")
    for path in place.glob("*") if place.is_dir() else ():
        path.write_bytes(b"" if damage == "empty" else path.read_bytes()[:20])
    assert set(kept_store(folder)) == set(kg.store)


@pytest.mark.parametrize("seed", range(6))
def test_one_changed_bit_of_a_store_is_never_asked(
    cache: Path, folder: Folder, kg: KnowledgeGraph, seed: int
) -> None:
    kept_store(folder)
    (place,) = kept(cache)
    path = max(place.iterdir(), key=lambda one: one.stat().st_size)
    data = bytearray(path.read_bytes())
    data[Random(seed).randrange(len(data))] ^= 1 << seed
    path.write_bytes(data)
    assert set(kept_store(folder)) == set(kg.store)


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Folder, kg: KnowledgeGraph
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert set(kept_store(folder)) == set(kg.store)


def test_only_the_newest_are_kept(cache: Path, copy: Path) -> None:
    for number in range(MOST + 2):
        with (copy / "data" / "graph" / "catalog.ttl").open("a") as file:
            file.write(f"# {number}\n")
        sum_again(copy)
        kept_store(Folder(copy))
    assert len(kept(cache)) == MOST
    assert Store.read_only(str(kept(cache)[0]))


def test_many_at_once_all_have_the_whole(cache: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache.parent.parent)}
    asking = [
        subprocess.Popen(QUERY, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    answers = {process.communicate()[0] for process in asking}
    assert len(answers) == 1
    assert answers.pop() == (ROOT / "queries" / "expected" / "organizations.csv").read_text("utf-8")
    assert len(kept(cache)) == 1


def test_a_broken_graph_is_named_as_ever(cache: Path, copy: Path) -> None:
    with (copy / "data" / "graph" / "catalog.ttl").open("a") as file:
        file.write("broken\n")
    sum_again(copy)
    with pytest.raises(InputError, match=r"catalog\.ttl:\d+: broken Turtle"):
        kept_store(Folder(copy))
    assert kept(cache) == []
