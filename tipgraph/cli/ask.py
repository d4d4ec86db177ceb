"""`tipgraph show` and `tipgraph search`."""

from __future__ import annotations

import json

import click

from tipgraph.ask.near import did_you_mean
from tipgraph.cli.engine import graph_of
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
    """Find things by WORDS, acronym or symbol; the best come first."""
    text = " ".join(words)
    graph = graph_of(given)
    hits = graph.search(text)
    for hit in hits[:limit]:
        click.echo(f"{path_of(hit.iri)}\n    {hit.label} ({hit.kind})")
    if len(hits) > limit:
        click.echo(f"{len(hits) - limit} more; use --limit to see them", err=True)
    if not hits:
        click.echo(
            f"nothing is called '{text}'{did_you_mean(graph.questions.names.near(text))}", err=True
        )
        raise click.exceptions.Exit(1)
