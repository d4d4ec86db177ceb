"""`tipgraph cite`: a thing, the answer of a stored question, or the dataset, as a citation."""

from __future__ import annotations

import click

from tipgraph.ask.queries import StoredQuery
from tipgraph.cli.query import ParameterOption, given_of, graph_in, remarks_of
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.tell.citation import FORMATS


class CiteGroup(click.Group):
    """A group that takes any name: of a stored question, with its options, or of a thing."""

    def get_command(self, ctx: click.Context, name: str) -> click.Command:
        """Return the command that cites what has a name."""
        graph = graph_in(ctx)
        format = _format(ctx.params.get("format") or "text")
        if name in graph.queries.names:
            return _answer_command(graph, graph.queries[name], format)
        return _thing_command(graph, name, format)


def _answer_command(
    graph: KnowledgeGraph, query: StoredQuery, format: click.Option
) -> click.Command:
    def cite(*, format: str, **given: tuple[str, ...]) -> None:
        arguments = {name: given_of(values) for name, values in given.items()}
        click.echo(graph.cite(query.name, **arguments).to(format))
        for remark in remarks_of(graph, query, given):
            click.echo(remark, err=True)

    options = [ParameterOption(one, graph) for one in query.parameters]
    told = f"Cite the answer of this question:\n\n{query.title}"
    return click.Command(query.name, callback=cite, params=[*options, format], help=told)


def _thing_command(graph: KnowledgeGraph, name: str, format: click.Option) -> click.Command:
    def cite(*, format: str) -> None:
        click.echo(graph.cite(name).to(format))
        if remark := graph.questions.names.remark(name):
            click.echo(remark, err=True)

    return click.Command(name, callback=cite, params=[format], help="Cite this thing.")


def _format(default: str) -> click.Option:
    choices = click.Choice(list(FORMATS))
    return click.Option(
        ["--format"], type=choices, default=default, help=f"How to write it ({default})."
    )


@click.group(
    "cite",
    cls=CiteGroup,
    invoke_without_command=True,
    params=[_format("text")],
    subcommand_metavar="[WHAT [OPTIONS]]",
)
@click.pass_context
def cite_command(ctx: click.Context, format: str) -> None:
    """Cite WHAT: a thing, or the answer of a stored question with its options.

    Without WHAT, cite the dataset. The day on which you saw it is yours to add.
    """
    if ctx.invoked_subcommand is None:
        click.echo(graph_in(ctx).cite().to(format))
