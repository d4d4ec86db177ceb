"""`tipgraph export`: the graph, or some of its layers, in an RDF format."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tipgraph.files.replace import write_file
from tipgraph.knowledge_graph import load
from tipgraph.rdf.formats import GRAPH_FORMATS
from tipgraph.rdf.iris import LAYERS


@click.command("export")
@click.option(
    "--format",
    "format",
    type=click.Choice(list(GRAPH_FORMATS)),
    default="turtle",
    help="RDF format.",
)
@click.option(
    "--graph",
    "layers",
    multiple=True,
    type=click.Choice(LAYERS),
    help="A layer to export; may be repeated (all layers without it).",
)
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="FILE", help="A file (standard output)."
)
@click.pass_obj
def export_command(
    given: str | None, format: str, layers: tuple[str, ...], output: Path | None
) -> None:
    """Write the graph, or some of its layers, in one of the RDF formats."""
    data = load(given).export(format, *layers)
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        write_file(output, data)
