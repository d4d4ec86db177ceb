"""Ask tipgraph, grlc and RAMOSE the same things of one endpoint, and print what came back.

Called as `python -m benchmarks.peers.run ENDPOINT --grlc PYTHON --ramose PYTHON`.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import tipgraph
from benchmarks.peers import servers
from benchmarks.peers.questions import PROBES, QUESTIONS, Asked
from benchmarks.peers.tools import Shell, Tool, Web
from tipgraph.files.folder import PARTS, find_folder
from tipgraph.knowledge_graph import KnowledgeGraph

FOLDER = find_folder()


@dataclass(frozen=True)
class Tools:
    """The tools, ready to be asked, and the places that requests can name."""

    tipgraph: Tool
    grlc: Tool
    ramose: Tool
    cached: Tool
    places: dict[str, str]

    def each(self, asked: Asked) -> Iterator[tuple[Tool, str]]:
        """Yield each tool with what it is asked."""
        yield self.tipgraph, self.placed(asked.tipgraph)
        yield self.grlc, self.placed(asked.grlc)
        yield self.ramose, self.placed(asked.ramose)

    def placed(self, request: str) -> str:
        """Return a request with the places written in."""
        for name, place in self.places.items():
            request = request.replace(f"{{{name}}}", place)
        return request


def main() -> None:
    given = arguments()
    with ExitStack() as stack:
        tools = started(given, stack)
        print("What came back, compared with the golden rows:\n")
        print_table(["question", "golden", "tipgraph", "grlc", "RAMOSE"], compared(tools))
        heads = ["milliseconds", "tipgraph", "grlc", "RAMOSE", "its cache", "tipgraph in memory"]
        print(f"\nThe median of {given.runs} times:\n")
        print_table(heads, timed(tools, given.endpoint, given.runs))
        print("\nWhat is given, and what comes of it:\n")
        print_table(["", "tipgraph", "grlc", "RAMOSE"], probed(tools))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("endpoint", help="a SPARQL endpoint with the layers in their named graphs")
    for peer in ("grlc", "ramose"):
        told = f"the python that has {peer}"
        parser.add_argument(f"--{peer}", type=os.path.abspath, required=True, help=told)
    parser.add_argument("--runs", type=int, default=15, help="how often a question is timed")
    return parser.parse_args()


def started(given: argparse.Namespace, stack: ExitStack) -> Tools:
    """Start the peers, each in a folder of its own, and endpoints that are out of order."""
    root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    folders = [root / name for name in ("grlc", "ramose", "cached", "copy")]
    for folder in folders:
        folder.mkdir()
    faulty = stack.enter_context(servers.out_of_order(given.endpoint))
    good = {"tipgraph": given.endpoint}
    grlc = servers.grlc(given.grlc, given.endpoint, folders[0])
    ramose = servers.ramose(given.ramose, {**good, **faulty}, folders[1], "--no-cache")
    cached = servers.ramose(given.ramose, good, folders[2])
    return Tools(
        tipgraph=Shell(FOLDER.root, given.endpoint),
        grlc=Web(stack.enter_context(grlc)),
        ramose=Web(stack.enter_context(ramose)),
        cached=Web(stack.enter_context(cached)),
        places={**faulty, "copy": str(with_odd_queries(folders[3]))},
    )


def with_odd_queries(place: Path) -> Path:
    """Copy our folder and add a query that does not parse and one of two lines; return the copy."""
    for part in PARTS:
        shutil.copytree(FOLDER.root / part, place / part)
    for name in ("broken", "lines"):
        text = servers.QUERIES[name].replace("#+ endpoint-method: GET\n", "")
        (place / "queries" / f"{name}.rq").write_text(text, "utf-8")
    return place


def compared(tools: Tools) -> Iterator[list[str]]:
    for asked in QUESTIONS:
        rows = golden(asked.query)
        answers = [tool.ask(request).rows for tool, request in tools.each(asked)]
        told = [f"{len(answer) - 1} {verdict(answer, rows)}" for answer in answers]
        yield [asked.query, str(len(rows) - 1), *told]


def verdict(answer: list[list[str]], rows: list[list[str]]) -> str:
    if answer == rows:
        return "equal"
    return "equal, in another order" if sorted(answer) == sorted(rows) else "different"


def golden(query: str) -> list[list[str]]:
    """Return the golden rows of a stored query with their header, or nothing if it has none."""
    path = FOLDER.queries / "expected" / f"{query}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def timed(tools: Tools, endpoint: str, runs: int) -> Iterator[list[str]]:
    graphs = tipgraph.connect(endpoint), tipgraph.load()
    for asked in QUESTIONS:
        times = (median(call, runs) for call in calls(tools, asked, *graphs))
        yield [asked.query, *(f"{each:.1f}" for each in times)]


def calls(
    tools: Tools, asked: Asked, remote: KnowledgeGraph, embedded: KnowledgeGraph
) -> list[Callable[[], object]]:
    """Return what is timed, in the order of the columns."""
    return [
        lambda: remote.query(asked.query, None, 1, **asked.arguments).to_csv(),
        lambda: tools.grlc.ask(asked.grlc),
        lambda: tools.ramose.ask(asked.ramose),
        lambda: tools.cached.ask(asked.ramose),
        lambda: embedded.query(asked.query, None, 1, **asked.arguments).to_csv(),
    ]


def median(call: Callable[[], object], runs: int) -> float:
    """Return the median of the milliseconds that a call takes, after a first one."""
    call()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def probed(tools: Tools) -> Iterator[list[str]]:
    for asked in PROBES:
        columns = (golden(asked.query) or [[]])[0]
        answers = [tool.ask(request, asked.accept) for tool, request in tools.each(asked)]
        yield [asked.what, *(answer.outcome(columns, asked.find) for answer in answers)]


def print_table(heads: list[str], rows: Iterable[list[str]]) -> None:
    for row in (heads, ["---"] * len(heads), *rows):
        print("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |", flush=True)


if __name__ == "__main__":
    main()
