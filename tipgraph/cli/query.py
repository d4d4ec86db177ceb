"""`tipgraph query`: the stored questions as commands, their parameters as options."""

from __future__ import annotations

import shutil
from collections import defaultdict

import click

from tipgraph.formats import ROW_FORMATS
from tipgraph.knowledge_graph import KnowledgeGraph, load
from tipgraph.present import present
from tipgraph.queries import Parameter, StoredQuery


class QueryGroup(click.Group):
    """A group with a command for each stored query."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the stored queries."""
        return list(load(ctx.obj).queries)

    def get_command(self, ctx: click.Context, name: str) -> click.Command:
        """Return the command of a stored query."""
        graph = load(ctx.obj)
        return _command(graph, graph.stored_query(name))


@click.group("query", cls=QueryGroup, invoke_without_command=True)
@click.pass_context
def query_command(ctx: click.Context) -> None:
    """Ask one of the stored questions; without a name, list them by topic."""
    if ctx.invoked_subcommand is None:
        by_tag: dict[str, list[StoredQuery]] = defaultdict(list)
        for query in load(ctx.obj).queries.values():
            by_tag[query.tags[0] if query.tags else "other"].append(query)
        for tag, queries in sorted(by_tag.items()):
            click.echo(f"{tag}\n" + "\n".join(f"  {q.name:<28} {q.title}" for q in queries))


def _command(graph: KnowledgeGraph, query: StoredQuery) -> click.Command:
    def ask(format: str, limit: int | None, **given: str | None) -> None:
        arguments = {p.name: v for p in query.parameters if (v := given[p.name]) is not None}
        answer = graph.query(query.name, limit, **arguments)
        width = shutil.get_terminal_size((100, 24)).columns
        click.echo(present(answer, format, width))
        if answer.truncated:
            click.echo(f"cut after {limit} rows; there are more", err=True)
        if not answer.rows:
            click.echo("no rows: the graph records nothing that answers this", err=True)

    options = [
        click.Option(
            ["--format"],
            type=click.Choice(list(ROW_FORMATS)),
            default="table",
            help="How to print the rows.",
        ),
        click.Option(["--limit"], type=click.IntRange(min=1), help="How many rows to give."),
    ]
    params: list[click.Parameter] = [*map(_option, query.parameters), *options]
    return click.Command(query.name, callback=ask, params=params, help=_help(query))


def _option(parameter: Parameter) -> click.Option:
    about = f"{parameter.description} ({parameter.type}{', required' * parameter.required})"
    return click.Option(
        [f"--{parameter.name}", parameter.name], metavar=parameter.type.upper(), help=about
    )


def _help(query: StoredQuery) -> str:
    columns = ", ".join(f"{name} ({type})" for name, type in query.columns.items())
    example = " ".join(f"--{name} '{value}'" for name, value in query.example.items())
    return (
        f"{query.title}\n\n{query.description}\n\nColumns: {columns}\n\n"
        f"Example: tipgraph query {query.name} {example}"
    )
