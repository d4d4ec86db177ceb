"""Measure and print: `python -m benchmarks`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import owlrl
import rdflib

import tipgraph
from tipgraph.bind import bind
from tipgraph.build import build
from tipgraph.folder import find_folder
from tipgraph.run import arguments_of

NAME = "instruments-of-organization"
ORGANIZATION = "ASEAN"
COLD_RUNS, WARM_RUNS, BUILD_RUNS = 7, 50, 3
PEER = Path(__file__).with_name("plain_rdflib.py")


def main() -> None:
    folder = find_folder()
    kg = tipgraph.load()
    query = kg.stored_query(NAME)
    text = bind(query.text, arguments_of(query, {"organization": ORGANIZATION}, kg.store, kg.names))
    layers = sorted(folder.graph.glob("*.ttl"))
    union = parsed(layers)
    asked = kg.query(NAME, organization=ORGANIZATION)
    assert len(asked) == len(list(union.query(text))), "the engines differ"

    with tempfile.NamedTemporaryFile("w", suffix=".rq", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        cold = ["-m", "tipgraph", "query", NAME, "--organization", ORGANIZATION]
        peer = [str(PEER), file.name, *map(str, layers)]
        rows = [compared("a question, cold", python(cold), python(peer), COLD_RUNS)]

    closed = [folder.graph / "catalog.ttl", folder.graph / "vocabulary.ttl"]
    rows += [
        compared(
            "a question, graph loaded",
            lambda: kg.query(NAME, organization=ORGANIZATION),
            lambda: list(union.query(text)),
            WARM_RUNS,
        ),
        compared("the whole build", lambda: build(folder), lambda: closure(closed), BUILD_RUNS),
    ]
    for row in [("median of", "tipgraph", "peer", "peer / tipgraph"), *rows]:
        print("{:<36}{:>10}{:>10}{:>18}".format(*row))
    print("\nThe peer of a question is rdflib on the same files with the same SPARQL;")
    print("the peer of the build is owlrl, which only infers the inferred layer.")


def compared(
    what: str, ours: Callable[[], object], peer: Callable[[], object], runs: int
) -> tuple[str, str, str, str]:
    mine, theirs = median(ours, runs), median(peer, runs)
    return f"{what} ({runs} runs)", shown(mine), shown(theirs), f"{theirs / mine:.1f}"


def median(run: Callable[[], object], runs: int) -> float:
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


def shown(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.1f} s"


if __name__ == "__main__":
    main()
