"""`tipgraph query`: the stored questions as commands, their parameters as options."""

from __future__ import annotations

import shlex
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

import click
from click.shell_completion import CompletionItem

from tipgraph.ask.answer import Answer
from tipgraph.ask.arguments import Given
from tipgraph.ask.parameters import THING_TYPES, Parameter
from tipgraph.ask.provenance import Provenance
from tipgraph.ask.queries import StoredQuery
from tipgraph.cli.engine import engine_options, graph_of, opened
from tipgraph.cli.presented import presented
from tipgraph.errors import TipgraphError
from tipgraph.graph.engines.engine import Graph
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.formats import GRAPH_FORMATS, ROW_FORMATS


class QueryGroup(click.Group):
    """A group with a command for each stored query."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the stored queries that can be asked."""
        return list(graph_in(ctx).queries.read()[0])

    def get_command(self, ctx: click.Context, name: str) -> click.Command:
        """Return the command of a stored query."""
        graph = graph_in(ctx)
        return _command(graph, graph.queries[name])


def graph_in(ctx: click.Context) -> KnowledgeGraph:
    """Return the graph of the folder that the command is given, which completion never runs."""
    folder = ctx.find_root().params["folder"]
    graph: KnowledgeGraph = ctx.meta.setdefault(__name__, graph_of(folder))
    return graph


@click.group("query", cls=QueryGroup, invoke_without_command=True)
@click.pass_context
def query_command(ctx: click.Context) -> None:
    """Ask one of the stored questions; without a name, list them by topic."""
    if ctx.invoked_subcommand is None:
        queries, errors = graph_in(ctx).queries.read()
        by_tag: dict[str, list[StoredQuery]] = defaultdict(list)
        for query in queries.values():
            by_tag[query.tags[0] if query.tags else "other"].append(query)
        width = max(map(len, queries), default=0)
        for tag, tagged in sorted(by_tag.items()):
            click.echo(f"{tag}\n" + "\n".join(f"  {q.name:<{width}}  {_title(q)}" for q in tagged))
        for error in errors:
            click.echo(f"tipgraph: {error}", err=True)


def _title(query: StoredQuery) -> str:
    others = " and ".join(filter(None, (urlsplit(url).hostname for url in query.services)))
    return f"{query.title} (asks {others})" if others else query.title


def _command(graph: KnowledgeGraph, query: StoredQuery) -> click.Command:
    is_rows = query.form == "SELECT"
    params: list[click.Parameter] = [
        *(ParameterOption(parameter, graph) for parameter in query.parameters),
        click.Option(
            ["--format"],
            type=click.Choice(list(ROW_FORMATS if is_rows else GRAPH_FORMATS)),
            default="table" if is_rows else "turtle",
            help="How to print the answer.",
        ),
        *(_paging() if is_rows else []),
        click.Option(["--provenance"], is_flag=True, help="Say what the answer rests on."),
        *engine_options(),
    ]
    return click.Command(
        query.name, callback=_asking(graph, query), params=params, help=_help(query)
    )


def _asking(graph: KnowledgeGraph, query: StoredQuery) -> Callable[..., None]:
    def ask(
        *,
        format: str,
        provenance: bool,
        engine: str | None,
        endpoint: str | None,
        allow_service: tuple[str, ...],
        limit: int | None = None,
        page: int = 1,
        **given: tuple[str, ...],
    ) -> None:
        is_other = engine or endpoint or allow_service
        root = str(graph.folder.root)
        asked = opened(root, engine, endpoint, allow_service) if is_other else graph
        arguments = {p.name: given_of(given[p.name]) for p in query.parameters}
        bound = asked.questions.bound(query, arguments)
        result: Answer | Graph = (
            asked.questions.rows(bound, limit, page)
            if query.form == "SELECT"
            else asked.questions.triples(bound)
        )
        is_told = provenance or format == "jsonld"
        rests_on = asked.questions.provenance(bound) if is_told else None
        sys.stdout.buffer.write(presented(result, format, rests_on))
        sys.stdout.flush()
        for remark in remarks_of(asked, query, given):
            click.echo(remark, err=True)
        if rests_on and format not in {"json", "jsonld"}:
            click.echo(_told(rests_on), err=True)
        if isinstance(result, Answer):
            _tell_size(result, limit, page, _why_empty(query, given))

    return ask


def remarks_of(
    graph: KnowledgeGraph, query: StoredQuery, given: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """Yield what is to be said of the names that were given for things."""
    for parameter in query.parameters:
        if parameter.type in THING_TYPES:
            remarks = (
                graph.questions.names.remark(text, parameter.type) for text in given[parameter.name]
            )
            yield from filter(None, remarks)


def _why_empty(query: StoredQuery, given: Mapping[str, tuple[str, ...]]) -> str:
    """Return what an answer without rows says, or nothing where it can also lie in two dates."""
    if query.services:
        return "no rows: the endpoint's data and ours have nothing that answers this"
    days = [p for p in query.parameters if p.type == "date" and given[p.name]]
    return "no rows: nothing in the graph fits this question" if len(days) < 2 else "no rows"


def _tell_size(answer: Answer, limit: int | None, page: int, empty: str) -> None:
    if answer.truncated:
        click.echo(f"cut after {limit} rows; --page {page + 1} has more", err=True)
    if not answer.rows and page > 1:
        click.echo(f"no rows: page {page} is after the last", err=True)
    elif not answer.rows:
        click.echo(empty, err=True)


def given_of(values: tuple[str, ...]) -> Given:
    """Return what an option was given: one value as itself, none as None, several as they are."""
    return (values or (None,))[0] if len(values) < 2 else values


def _told(provenance: Provenance) -> str:
    arguments = "; ".join(
        f"{name} = {value if isinstance(value, str) else ', '.join(value)}"
        for name, value in provenance.to_dict()["arguments"].items()
    )
    return (
        f"dataset {provenance.dataset} version {provenance.dataset_version or 'unknown'}\n"
        f"query {provenance.query} version {provenance.query_version}\n"
        f"arguments {arguments or 'none'}"
    )


def _paging() -> list[click.Parameter]:
    return [
        click.Option(["--limit"], type=click.IntRange(min=1), help="How many rows to give."),
        click.Option(
            ["--page"], type=click.IntRange(min=1), default=1, help="Which page of --limit rows."
        ),
    ]


class ParameterOption(click.Option):
    """The option of a parameter; its values are looked up only for its help and completion."""

    def __init__(self, parameter: Parameter, graph: KnowledgeGraph) -> None:
        self.parameter, self.graph = parameter, graph
        notes = [parameter.type, *(["required"] if parameter.required else [])]
        notes += ["may be repeated"] if parameter.several else []
        notes += [f"default: {parameter.default}"] if parameter.default else []
        super().__init__(
            [f"--{parameter.name.replace('_', '-')}", parameter.name],
            metavar=parameter.type.upper(),
            help=f"{parameter.description} ({', '.join(notes)})",
            multiple=True,
        )

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help, with the allowed values."""
        record = super().get_help_record(ctx)
        return record and (record[0], f"{record[1]}{self._allowed()}")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the allowed values that begin with what is written."""
        offered = self._values()
        return [CompletionItem(value) for value in offered if value.startswith(incomplete)]

    def _allowed(self) -> str:
        if choices := self.parameter.choices:
            return f" One of the column {choices.column} of {choices.query}."
        values = self._values()
        return f" One of: {', '.join(values)}." if values else ""

    def _values(self) -> list[str]:
        try:
            return self.graph.questions.values(self.parameter)
        except TipgraphError:
            return []


def _help(query: StoredQuery) -> str:
    columns = ", ".join(f"{name} ({type})" for name, type in query.columns.items())
    example = [
        f"--{name.replace('_', '-')} {shlex.quote(value)}"
        for name, given in query.example.items()
        for value in ([given] if isinstance(given, str) else given)
    ]
    allowed = [f"--allow-service {url}" for url in query.services]
    return (
        f"{query.title}\n\n{query.description}\n\n"
        + "".join(f"It asks {url}, which has to be allowed.\n\n" for url in query.services)
        + (f"Columns: {columns}\n\n" if columns else "It gives triples.\n\n")
        + " ".join(["Example: tipgraph query", query.name, *example, *allowed])
    )
