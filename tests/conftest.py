from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import httpx
import pytest
from hypothesis import settings
from other_graph import load_into
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Triple
from serving import asking, serving
from virtuoso import Virtuoso, running

import tipgraph
from tipgraph import KnowledgeGraph
from tipgraph.build.build import Build, build
from tipgraph.cli import main
from tipgraph.files.folder import PARTS, Folder
from tipgraph.files.sums import NAME, sums_of
from tipgraph.graph.push import push
from tipgraph.rdf.iris import BASE, PREFIXES, curie, path_of
from tipgraph.rdf.read import read_turtle
from tipgraph.source.curate import Curated, curate, read_curation
from tipgraph.source.printed import Table, read_table
from tipgraph.source.recognize import Mention, recognize

settings.register_profile("nightly", max_examples=20_000, deadline=None)
settings.register_profile("ci", deadline=None)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "ci")
settings.load_profile(PROFILE)
gc.set_threshold(100_000, 50, 50)

os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="tipgraph-cache-")
MEMORY = Path("/dev/shm")
RECORDS = ("completeness", "membership-acts", "memberships", "treaty-acts", "treaty-standings")

ROOT = Path(__file__).resolve().parents[1]

Layers = Mapping[str, frozenset[Triple]]
Ask = Callable[[str], bool]
Rows = Callable[[str], list[tuple[str, ...]]]


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]
Export = Callable[[str], bytes]


def examples(few: int, many: int) -> settings:
    """Return how many examples a property is tried with at every change, and at night."""
    return settings(max_examples=few if PROFILE == "ci" else many, deadline=None)


def assert_refused(ran: Ran, code: int) -> None:
    """Assert that a command printed no answer, but one or two lines that say what is wrong."""
    assert ran.code == code
    assert ran.out == ""
    assert 1 <= len(ran.err.rstrip("\n").split("\n")) <= 2
    assert "Traceback" not in ran.err


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def sum_again(folder: Path) -> None:
    """Write the sums of a folder's graph anew, as a build would, after a change by hand."""
    graph = folder / "data" / "graph"
    files = {path.name: path.read_bytes() for path in graph.iterdir() if path.name != NAME}
    (graph / NAME).write_bytes(sums_of(files))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command with arguments."""

    def called(*arguments: str | Path) -> Ran:
        with pytest.raises(SystemExit) as stopped:
            main(list(map(str, arguments)))
        assert isinstance(stopped.value.code, int)
        out, err = capsys.readouterr()
        return Ran(stopped.value.code, out, err)

    return called


@pytest.fixture
def quick_disk() -> Iterator[Path]:
    """A folder in memory where there is such a disk, for what writes and is killed often."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder as ours, but without acts and memberships, which are most of the graph; built."""
    root = tmp_path_factory.mktemp("lean")
    for part in PARTS:
        shutil.copytree(ROOT / part, root / part)
    for name in RECORDS:
        path = root / "data" / "facts" / f"{name}.csv"
        path.write_text(path.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    made = build(Folder(root))
    assert not made.work
    made.write()
    return Folder(root)


@pytest.fixture
def copy(tmp_path: Path, lean: Folder) -> Path:
    """A folder of one's own as ours, but for acts and memberships."""
    for part in PARTS:
        shutil.copytree(lean.root / part, tmp_path / "copy" / part)
    return tmp_path / "copy"


@pytest.fixture(scope="session")
def folder() -> Folder:
    return Folder(ROOT)


@pytest.fixture(scope="session")
def table(folder: Folder) -> Table:
    return read_table(folder.source())


@pytest.fixture(scope="session")
def mentions(table: Table) -> tuple[Mention, ...]:
    return recognize(table)


@pytest.fixture(scope="session")
def curated(folder: Folder, table: Table, mentions: tuple[Mention, ...]) -> Curated:
    return curate(table, mentions, read_curation(folder.curation))


@pytest.fixture(scope="session")
def kg() -> KnowledgeGraph:
    return tipgraph.load(ROOT)


@pytest.fixture(scope="session")
def lean_kg(lean: Folder) -> KnowledgeGraph:
    """The graph without acts and memberships."""
    return KnowledgeGraph.of_folder(lean)


@pytest.fixture(scope="session")
def export(kg: KnowledgeGraph) -> Export:
    """Return the graph in a format, exported once."""
    return cache(kg.export)


@pytest.fixture(scope="session")
def reference() -> KnowledgeGraph:
    """The graph in rdflib."""
    return tipgraph.load(ROOT, engine="rdflib")


@pytest.fixture(scope="session")
def remote(folder: Folder) -> Iterator[KnowledgeGraph]:
    """The graph in a Virtuoso."""
    with running() as server:
        push(folder, server.endpoint)
        yield tipgraph.connect(server.endpoint, ROOT)


@pytest.fixture(scope="module")
def no_proxy() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("no_proxy", "*")
        yield


@pytest.fixture(scope="module")
def second_graph(no_proxy: None) -> Iterator[Virtuoso]:
    """A Virtuoso that holds a graph in the shape of Wikidata."""
    with running() as server:
        load_into(server)
        yield server


@pytest.fixture(scope="session")
def served(kg: KnowledgeGraph) -> Iterator[str]:
    """The address of a server of the graph."""
    with serving(kg) as address:
        yield address


@pytest.fixture
def web(served: str) -> Iterator[httpx.Client]:
    """A client of the server that takes any format."""
    with asking(served) as client:
        yield client


@pytest.fixture(scope="session")
def built(folder: Folder) -> Build:
    return build(folder)


@pytest.fixture(scope="session")
def layers(folder: Folder) -> Layers:
    """The committed graph, by layer."""
    return {path.stem: frozenset(read_turtle(path)) for path in sorted(folder.graph.glob("*.ttl"))}


@pytest.fixture(scope="session")
def union(layers: Layers) -> frozenset[Triple]:
    return frozenset(triple for triples in layers.values() for triple in triples)


@pytest.fixture(scope="session")
def ask(kg: KnowledgeGraph) -> Ask:
    """Tell whether a pattern is in the graph; `<org/asean>` is one of our things."""
    return lambda pattern: asked(kg.store, pattern)


@pytest.fixture(scope="session")
def rows(kg: KnowledgeGraph) -> Rows:
    """Return the rows of a SELECT query, our things by their paths."""
    return lambda text: selected(kg.store, text)


def asked(store: Store, pattern: str) -> bool:
    answer = store.query(
        f"ASK {{ {pattern} }}", base_iri=BASE, prefixes=PREFIXES, use_default_graph_as_union=True
    )
    return bool(answer)


def selected(store: Store, text: str) -> list[tuple[str, ...]]:
    answer = store.query(text, base_iri=BASE, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)
    return [tuple(map(shown, row)) for row in answer]


def shown(node: object) -> str:
    """Return one of our IRIs as its path, another as its CURIE, a literal as its text."""
    if isinstance(node, NamedNode):
        return path_of(node.value) if node.value.startswith(BASE) else curie(node.value)
    return node.value if isinstance(node, Literal) else ""
