"""Bad input and failing disks: one clear line, exit 3, and what was there before stays."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tipgraph.files.folder import PARTS, Folder

SMALL_FILES = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
RUN = "import sys; from tipgraph.cli import main; main(sys.argv[1:])"


@pytest.fixture
def copy(lean: Folder, tmp_path: Path) -> Folder:
    for part in PARTS:
        shutil.copytree(lean.root / part, tmp_path / part)
    return Folder(tmp_path)


def refused(folder: Folder, *words: object, before: str = "") -> str:
    """Run a command that must fail with exit 3 and leave the graph as it was; return its line."""
    graph = {path: path.read_bytes() for path in folder.graph.iterdir()}
    ignored = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    command = [sys.executable, "-c", ignored + before + RUN, "-C", folder.root, *words]
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, timeout=120, check=False
    )
    complaints = [line for line in done.stderr.split("\n") if line and not line.startswith("  ")]
    assert done.returncode == 3, done.stderr
    assert len(complaints) == 1, done.stderr
    assert {path: path.read_bytes() for path in folder.graph.iterdir()} == graph
    assert sorted(p.name for p in folder.graph.parent.iterdir()) == DATA
    return complaints[0]


DATA = ["curation", "facts", "graph", "iris.txt", "links", "map", "source"]


def test_a_disk_that_takes_no_more_leaves_the_old_graph(copy: Folder) -> None:
    (copy.graph / "catalog.ttl").write_text("# old\n")
    assert "can't be written" in refused(copy, "build", before=SMALL_FILES)


def test_an_export_that_does_not_fit_leaves_the_old_file(copy: Folder, tmp_path: Path) -> None:
    target = tmp_path / "queries" / "export.ttl"
    target.write_text("old")
    assert "can't be written" in refused(copy, "export", "--output", target, before=SMALL_FILES)
    assert target.read_text() == "old"
    assert [path for path in target.parent.iterdir() if path.name.startswith(".")] == []


def test_a_line_of_fifty_megabytes_is_refused(copy: Folder, tmp_path: Path) -> None:
    table = tmp_path / "shapes" / "long.txt"
    table.write_text("ORGANIZATIONS\tDOCUMENTS\tFOCAL POINT\n" + "x (2000) " * 6_000_000)
    line = refused(copy, "build", "--source", table, "--output", tmp_path / "data" / "graph")
    assert "long.txt:2: a line of 54,000,000 characters" in line


BROKEN = [
    ("ontology/tipgraph.ttl", "x y z", r"tipgraph.ttl:"),
    ("shapes/data.ttl", "x y z", r"data.ttl:"),
    ("shapes/data.ttl", "<http://x/S> a sh:NodeShape ; sh:targetClass org:Organization ; "
     "sh:property [ sh:minCount 1 ] .", "data.ttl: the shapes can't be used"),
    ("queries/checks/same-name.rq", "}", "same-name.rq:19: broken SPARQL at line"),
    ("data/facts/memberships.csv", "nothing", "memberships.csv:"),
    ("data/curation/asean.yaml", "nothing: [", "asean.yaml:"),
    ("data/curation/asean.yaml", "nothing: here", "asean.yaml:"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "addition", "message"), BROKEN)
def test_a_broken_file_of_the_folder_is_named(
    copy: Folder, name: str, addition: str, message: str
) -> None:
    with (copy.root / name).open("a") as file:
        file.write(f"\n{addition}\n")
    assert message in refused(copy, "build")
