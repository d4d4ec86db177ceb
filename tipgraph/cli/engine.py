"""The options that say who answers: an engine in memory, or an endpoint."""

from __future__ import annotations

import click

from tipgraph.errors import UsageError
from tipgraph.files.folder import find_folder
from tipgraph.graph.opened import ENGINES
from tipgraph.knowledge_graph import KnowledgeGraph, connect, load


def engine_options() -> list[click.Option]:
    """Return the options `--engine`, `--endpoint` and `--allow-service`."""
    return [
        click.Option(["--engine"], type=click.Choice(ENGINES), help="Who answers (oxigraph)."),
        click.Option(["--endpoint"], metavar="URL", help="A SPARQL 1.1 endpoint that answers."),
        click.Option(
            ["--allow-service"],
            metavar="URL",
            multiple=True,
            help="Another endpoint that the query may ask with SERVICE (may be repeated).",
        ),
    ]


def opened(
    folder: str | None, engine: str | None, endpoint: str | None, services: tuple[str, ...] = ()
) -> KnowledgeGraph:
    """Return the graph that these options name; raise UsageError where they name two."""
    if engine and endpoint:
        raise UsageError("--engine and --endpoint can't both be given")
    if endpoint:
        return connect(endpoint, folder, services)
    if engine or services:
        return load(folder, engine or "oxigraph", services)
    return graph_of(folder)


def graph_of(folder: str | None) -> KnowledgeGraph:
    """Return the graph of a folder, or the one that comes with the package, for one question."""
    return KnowledgeGraph.of_folder(find_folder(folder), is_kept=True)
