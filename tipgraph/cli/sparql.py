"""`tipgraph sparql`: any SPARQL query, in every format."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tipgraph.ask.answer import Answer
from tipgraph.cli.engine import engine_options, opened
from tipgraph.cli.presented import FORMATS, presented
from tipgraph.errors import InputError, UsageError


@click.command("sparql")
@click.argument("text", required=False)
@click.option("--file", type=click.Path(path_type=Path), help="A file with the query; - is stdin.")
@click.option("--format", "format", type=click.Choice(FORMATS), help="How to print the result.")
@click.pass_obj
def sparql_command(
    given: str | None,
    *,
    text: str | None,
    file: Path | None,
    format: str | None,
    engine: str | None,
    endpoint: str | None,
    allow_service: tuple[str, ...],
) -> None:
    """Ask any SELECT, CONSTRUCT, DESCRIBE or ASK query; TEXT or --file has it.

    The default graph is the union of the layers, and our prefixes need no declaration.
    """
    if (text is None) == (file is None):
        raise UsageError("give the query as TEXT or with --file")
    asked = text if file is None else _read(file)
    result = opened(given, engine, endpoint, allow_service).sparql(asked or "")
    sys.stdout.buffer.write(presented(result, format))
    if isinstance(result, Answer) and not result.rows:
        click.echo("no rows", err=True)


sparql_command.params += engine_options()


def _read(path: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", path) from None
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text", path) from None
