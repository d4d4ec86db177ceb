"""The options that say who answers: an engine in memory, or an endpoint."""

from __future__ import annotations

import click

from tipgraph.errors import UsageError
from tipgraph.knowledge_graph import ENGINES, KnowledgeGraph, connect, load


def engine_options() -> list[click.Option]:
    """Return the options `--engine` and `--endpoint`."""
    return [
        click.Option(["--engine"], type=click.Choice(ENGINES), help="Who answers (oxigraph)."),
        click.Option(["--endpoint"], metavar="URL", help="A SPARQL 1.1 endpoint that answers."),
    ]


def opened(folder: str | None, engine: str | None, endpoint: str | None) -> KnowledgeGraph:
    """Return the graph that these options name; raise UsageError where they name two."""
    if engine and endpoint:
        raise UsageError("--engine and --endpoint can't both be given")
    return connect(endpoint, folder) if endpoint else load(folder, engine or "oxigraph")
