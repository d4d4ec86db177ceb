"""A graph that is damaged is refused with the name of the file, never answered from."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from conftest import Run, assert_refused, sum_again

from tipgraph import InputError
from tipgraph.files.folder import Folder
from tipgraph.files.replace import replace_folder
from tipgraph.files.sums import NAME
from tipgraph.graph.open import load_store, read_layers

COMMANDS = (
    ("show", "ASEAN"),
    ("query", "parties", "--instrument", "palermo-protocol"),
    ("sparql", "ASK {}"),
    ("validate",),
    ("export",),
)
SWAPPER = """
import sys
from pathlib import Path
from tipgraph.files.replace import replace_folder
target, *sources = map(Path, sys.argv[1:])
contents = [{path.name: path.read_bytes() for path in source.iterdir()} for source in sources]
print("ready", flush=True)
while True:
    for files in contents:
        replace_folder(target, files)
"""


def damaged(graph: Path, random: Random) -> str:
    """Do one damage to a folder of layers; return the name of the file that is to be named."""
    path = random.choice(sorted(graph.iterdir()))
    data = bytearray(path.read_bytes())
    sort = random.choice(["bit", "bit", "cut", "gone", "stray", "empty", "other", "more"])
    if sort == "stray":
        (graph / "stray.ttl").write_text("<x:a> <x:b> <x:c> .")
        return "stray.ttl"
    if sort == "gone":
        path.unlink()
    elif sort == "bit":
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        path.write_bytes(data)
    elif sort == "other":
        path.write_bytes(random.choice([p for p in graph.iterdir() if p != path]).read_bytes())
    else:
        whole = bytes(data)
        kept = {"cut": whole[: len(whole) // 2], "empty": b"", "more": whole + b"\n# more\n"}
        path.write_bytes(kept[sort])
    return path.name


@pytest.mark.parametrize("seed", range(60))
def test_no_damage_is_answered_from(copy: Path, seed: int) -> None:
    graph = copy / "data" / "graph"
    whole = read_layers(Folder(copy))
    name = damaged(graph, Random(seed))
    if not (graph / NAME).exists():
        assert read_layers(Folder(copy)) == whole
        return
    with pytest.raises(InputError) as error:
        load_store(Folder(copy))
    if name != NAME:
        assert str(error.value).startswith(f"{graph / name}: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("name", ["parties.ttl", "context.jsonld"])
def test_every_command_refuses_it(
    copy: Path, run: Run, command: tuple[str, ...], name: str
) -> None:
    (copy / "data" / "graph" / name).unlink()
    ran = run("-C", copy, *command)
    assert_refused(ran, 3)
    assert f"{copy / 'data' / 'graph' / name}: can't be read" in ran.err


def test_a_build_mends_it(copy: Path, run: Run) -> None:
    damaged(copy / "data" / "graph", Random(1))
    assert run("-C", copy, "build").code == 0
    assert read_layers(Folder(copy))


@contextmanager
def swapping(target: Path, *sources: Path) -> Iterator[None]:
    command = [sys.executable, "-c", SWAPPER, *map(str, (target, *sources))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as swapper:
        assert swapper.stdout
        assert swapper.stdout.readline() == "ready\n"
        yield
        swapper.kill()


def test_a_folder_that_is_exchanged_is_read_as_one_or_the_other(copy: Path) -> None:
    graph, other = copy / "data" / "graph", copy.parent / "other"
    first = read_layers(Folder(copy))
    before = {path.name: path.read_bytes() for path in graph.iterdir()}
    (graph / "catalog.ttl").write_bytes(before["catalog.ttl"] + b"# another\n")
    (graph / "source.ttl").write_bytes(before["source.ttl"] + b"# another\n")
    sum_again(copy)
    second = read_layers(Folder(copy))
    shutil.copytree(graph, other)
    replace_folder(graph, before)
    one = copy.parent / "one"
    shutil.copytree(graph, one)
    seen = []
    with swapping(graph, other, one):
        for _ in range(150):
            seen.append(read_layers(Folder(copy)))
    assert all(found in (first, second) for found in seen)
