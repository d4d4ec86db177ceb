"""`tipgraph push`: load the graph into a SPARQL store."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack

import click

from tipgraph.files.folder import find_folder
from tipgraph.graph.push import Progress, push


@click.command("push")
@click.option(
    "--endpoint", required=True, metavar="URL", help="The SPARQL 1.1 endpoint of the store."
)
@click.option(
    "--update-endpoint", metavar="URL", help="Where the store takes updates, if not there."
)
@click.pass_obj
def push_command(given: str | None, endpoint: str, update_endpoint: str | None) -> None:
    """Load the graph into a SPARQL store, each layer into its named graph.

    What these graphs held before is replaced, and their sizes are checked in the end. A login comes
    from TIPGRAPH_ENDPOINT_USER and TIPGRAPH_ENDPOINT_PASSWORD.
    """
    with ExitStack() as shown:
        progress = _bars(shown) if sys.stderr.isatty() else _line
        sizes = push(find_folder(given), endpoint, update_endpoint, progress)
    click.echo(f"{sum(sizes.values()):,} triples in {len(sizes)} layers at {endpoint}")


def _line(layer: str, done: int, total: int) -> None:
    """Say in a line that a layer is loaded."""
    if done == total:
        click.echo(f"  {layer:<10} {total:>7,} triples", err=True)


def _bars(shown: ExitStack) -> Progress:
    """Return what shows a bar for each layer on a terminal, until the next or the end."""
    advance: Callable[[int], None]
    last = 0

    def show(layer: str, done: int, total: int) -> None:
        nonlocal advance, last
        if done == 0:
            shown.close()
            label = f"  {layer:<10} {total:>7,} triples"
            bar = click.progressbar(length=total, label=label, file=sys.stderr)
            advance = shown.enter_context(bar).update
        else:
            advance(done - last)
        last = done

    return show
