"""`tipgraph show` and `tipgraph search`."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator

import click

from tipgraph.ask.hit import Hit
from tipgraph.ask.near import did_you_mean
from tipgraph.cli.engine import graph_of
from tipgraph.errors import quoted
from tipgraph.rdf.iris import path_of


@click.command("show")
@click.argument("thing")
@click.option(
    "--format", type=click.Choice(("card", "json")), default="card", help="How to print it (card)."
)
@click.pass_obj
def show_command(given: str | None, thing: str, format: str) -> None:
    """Show what the graph says of THING: an acronym, name, symbol, path or IRI."""
    graph = graph_of(given)
    shown = graph.show(thing)
    if remark := graph.questions.names.remark(thing):
        click.echo(remark, err=True)
    is_json = format == "json"
    click.echo(json.dumps(shown.to_dict(), indent=2, ensure_ascii=False) if is_json else shown)


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=20, help="How many to print.")
@click.pass_obj
def search_command(given: str | None, words: tuple[str, ...], limit: int) -> None:
    """Find what WORDS lead to, the best first.

    WORDS are a name, an acronym, a symbol, some words of a name, or a question in a sentence.
    """
    text = " ".join(words)
    found = graph_of(given).search(text)
    for hit in found[:limit]:
        click.echo("\n    ".join(_lines(hit)))
    for sentence in found.said:
        click.echo(sentence, err=True)
    if len(found) > limit:
        click.echo(f"{len(found) - limit} more; use --limit to see them", err=True)
    if not found:
        click.echo(f"nothing is called {quoted(text)}{did_you_mean(found.near)}", err=True)
    if all(hit.note for hit in found):
        raise click.exceptions.Exit(1)


def _lines(hit: Hit) -> Iterator[str]:
    """Yield the lines of a hit: its path and its label, for a question the command that asks it."""
    path = path_of(hit.iri)
    if hit.is_question:
        options = (
            word
            for name, given in hit.arguments.items()
            for value in ((given,) if isinstance(given, str) else given)
            for word in (f"--{name.replace('_', '-')}", value)
        )
        yield shlex.join(["tipgraph", "query", path.removeprefix("query/"), *options])
    else:
        yield path
    kind = f"{hit.kind}; {hit.note}" if hit.note else hit.kind
    yield f"{hit.label} ({kind})"
