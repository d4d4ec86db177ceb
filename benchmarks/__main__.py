"""Measure and print: `python -m benchmarks`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import owlrl
import rdflib
from pyoxigraph import QuerySolutions, Store

import tipgraph
from benchmarks.larger import larger
from tipgraph.ask.bind import bind
from tipgraph.build.build import build
from tipgraph.files.folder import Folder, find_folder
from tipgraph.knowledge_graph import KnowledgeGraph

NAME = "instruments-of-organization"
ORGANIZATION = "ASEAN"
RUNS = {1: (7, 50), 10: (3, 10), 100: (1, 3)}
"""How often a question is asked cold and warm, by the size of the graph."""
BUILD_RUNS = 3
PEER = Path(__file__).with_name("plain_rdflib.py")
Row = tuple[str, str, str, str]


def main() -> None:
    folder = find_folder()
    show(("median of", "tipgraph", "peer", "peer / tipgraph"))
    for times, (cold, warm) in RUNS.items():
        with tempfile.TemporaryDirectory() as temporary:
            asked = folder if times == 1 else larger(folder, times, Path(temporary))
            for row in questions(asked, cold, warm):
                show(row)
    closed = [folder.graph / "catalog.ttl", folder.graph / "vocabulary.ttl"]
    show(compared("the whole build", lambda: build(folder), lambda: closure(closed), BUILD_RUNS))
    print(
        "\nThe peer of a question is rdflib on the same files with the same SPARQL, and that of a"
    )
    print("a call the engine alone with the same bound text; the peer of the build is owlrl, which")
    print("only infers the inferred layer.")


def questions(folder: Folder, cold_runs: int, warm_runs: int) -> Iterator[Row]:
    kg = tipgraph.load(folder.root)
    text = bound(kg)
    layers = sorted(folder.graph.glob("*.ttl"))
    size = f"{len(kg.store):,} triples"
    with tempfile.NamedTemporaryFile("w", suffix=".rq", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        ours = ["-m", "tipgraph", "-C", str(folder.root), "query", NAME]
        cold = [*ours, "--organization", ORGANIZATION]
        peer = [str(PEER), file.name, *map(str, layers)]
        yield compared(f"a question, cold, {size}", python(cold), python(peer), cold_runs)

    def call() -> object:
        return kg.query(NAME, organization=ORGANIZATION)

    union = parsed(layers)
    assert len(kg.query(NAME, organization=ORGANIZATION)) == len(list(union.query(text)))
    yield compared(f"a question, warm, {size}", call, lambda: list(union.query(text)), warm_runs)
    yield compared(f"a call, engine alone, {size}", call, engine(kg.store, text), warm_runs * 10)


def bound(kg: KnowledgeGraph) -> str:
    """Return the text of the question as the engines get it."""
    organization = kg.questions.names.find(ORGANIZATION)
    return bind(kg.queries[NAME].text, {"organization": organization})


def engine(store: Store, text: str) -> Callable[[], object]:
    def run() -> object:
        found = store.query(text, use_default_graph_as_union=True)
        assert isinstance(found, QuerySolutions)
        return list(found)

    return run


def compared(what: str, ours: Callable[[], object], peer: Callable[[], object], runs: int) -> Row:
    mine, theirs = median(ours, runs), median(peer, runs)
    return f"{what} ({runs} runs)", shown(mine), shown(theirs), f"{theirs / mine:.2g}"


def median(run: Callable[[], object], runs: int) -> float:
    if runs > 1:
        run()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def python(arguments: list[str]) -> Callable[[], object]:
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, check=True, capture_output=True)


def parsed(paths: list[Path]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def closure(paths: list[Path]) -> rdflib.Graph:
    graph = parsed(paths)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def show(row: Row) -> None:
    print("{:<52}{:>10}{:>10}{:>18}".format(*row), flush=True)


def shown(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.1f} s"


if __name__ == "__main__":
    main()
