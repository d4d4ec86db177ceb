"""A killed build or export leaves the old or the new, and two at once do not spoil each other."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tipgraph.files.folder import PARTS, Folder
from tipgraph.files.replace import replace_folder

LAYERS = ("catalog.ttl", "source.ttl", "vocabulary.ttl", "context.jsonld")
WRITER = """
import sys
from itertools import cycle
from pathlib import Path
from tipgraph.files.replace import replace_folder, write_file
target, names = Path(sys.argv[1]), sys.argv[2:]
print("ready", flush=True)
for letter in cycle(b"AB"):
    data = bytes([letter]) * 200_000
    replace_folder(target, {name: data for name in names})
    write_file(target.parent / "export.ttl", data)
"""


def start_writer(target: Path) -> subprocess.Popen[bytes]:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(target), *LAYERS], stdout=subprocess.PIPE
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"ready\n"
    return writer


def kill_after(writer: subprocess.Popen[bytes], seconds: float) -> None:
    time.sleep(seconds)
    writer.kill()
    writer.communicate()


def contents(target: Path) -> set[bytes]:
    assert sorted(path.name for path in target.iterdir()) == sorted(LAYERS)
    return {path.read_bytes() for path in target.iterdir()}


def is_whole(data: bytes) -> bool:
    return len(data) == 200_000 and len(set(data)) == 1


def test_fifty_kills_leave_the_old_or_the_new(quick_disk: Path) -> None:
    kill_many(quick_disk, 50, random.Random(0))


@pytest.mark.nightly
@pytest.mark.parametrize("batch", range(8))
def test_two_hundred_kills_on_a_disk_leave_the_old_or_the_new(tmp_path: Path, batch: int) -> None:
    kill_many(tmp_path, 25, random.Random(batch))


def kill_many(folder: Path, times: int, moments: random.Random) -> None:
    target, export = folder / "graph", folder / "export.ttl"
    for _ in range(times):
        kill_after(start_writer(target), moments.uniform(0, 0.05))
        if target.exists():
            (data,) = contents(target)
            assert is_whole(data)
        assert not export.exists() or is_whole(export.read_bytes())


def test_two_writers_at_once_leave_one_of_theirs(tmp_path: Path) -> None:
    target = tmp_path / "graph"
    writers = [start_writer(target) for _ in range(2)]
    time.sleep(0.5)
    assert [writer.poll() for writer in writers] == [None, None]
    for writer in writers:
        kill_after(writer, 0)
    (data,) = contents(target)
    assert is_whole(data)


def test_what_a_killed_build_left_is_cleared_away_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / ".graph.left"
    left.mkdir()
    replace_folder(tmp_path / "graph", {"catalog.ttl": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["graph"]


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.nightly) for n in (1, 2, 3, 4))]
)
def test_a_killed_build_leaves_a_graph_that_answers(
    tmp_path: Path, folder: Folder, seed: int
) -> None:
    for part in PARTS:
        shutil.copytree(folder.root / part, tmp_path / part)
    graph = Folder(tmp_path).graph
    new = {path.name: path.read_bytes() for path in graph.iterdir()}
    (graph / "catalog.ttl").write_bytes(new["catalog.ttl"] + b"\n# old\n")
    old = {path.name: path.read_bytes() for path in graph.iterdir()}
    command = [sys.executable, "-m", "tipgraph", "-C", str(tmp_path), "build"]
    builder = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    kill_after(builder, random.Random(seed).uniform(0.5, 4))
    assert {path.name: path.read_bytes() for path in graph.iterdir()} in (old, new)
