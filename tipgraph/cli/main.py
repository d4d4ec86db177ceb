"""The `tipgraph` command: its options, its commands (loaded when called), its exit codes."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import click

from tipgraph.errors import ArgumentError, TipgraphError

COMMANDS = {
    "build": ("tipgraph.cli.build", "Build the graph from the printed table."),
    "validate": ("tipgraph.cli.validate", "Validate the graph, or RDF files, with the shapes."),
    "show": ("tipgraph.cli.ask", "Show what the graph says of one thing."),
    "search": ("tipgraph.cli.ask", "Find things and questions by what people type."),
    "cite": ("tipgraph.cli.cite", "Cite a thing, the answer of a question, or the dataset."),
    "query": ("tipgraph.cli.query", "Ask one of the stored questions, or list them."),
    "sparql": ("tipgraph.cli.sparql", "Ask any SPARQL query."),
    "export": ("tipgraph.cli.export", "Write the graph in one of the RDF formats."),
    "link": ("tipgraph.cli.link", "Find, review and check links to things elsewhere."),
    "check-links": ("tipgraph.cli.check_links", "Ask where the links of the graph lead today."),
    "serve": ("tipgraph.cli.serve", "Serve the graph to browsers and to machines."),
    "push": ("tipgraph.cli.push", "Load the graph into a SPARQL store."),
}

CLOSED_PIPE = "PacifyFlushWrapper"
"""How what click wraps an output in is called, when it exits with 1 for a closed pipe."""


class LazyGroup(click.Group):
    """A group whose commands are imported only when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in their order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return a command by its name."""
        if name not in COMMANDS:
            return None
        module, _ = COMMANDS[name]
        command: click.Command = getattr(import_module(module), f"{name.replace('-', '_')}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup)
@click.option(
    "-C",
    "folder",
    metavar="DIR",
    help="A folder with ontology/, data/, queries/ and shapes/ (the one that comes with tipgraph).",
)
@click.version_option(package_name="tipgraph")
@click.pass_context
def cli(ctx: click.Context, folder: str | None) -> None:
    """Ask and build a knowledge graph of organizations that combat trafficking in persons.

    The table it starts from is of about 2020. This is no legal advice.
    """
    ctx.obj = folder


def main(arguments: list[str] | None = None) -> None:
    """Run the command and exit: 0 done, 1 the answer is no, 2 wrong use, 3 broken input.

    3 is also that the answer can't be written, too little memory, and a fault of ours: 1 would say
    that the answer is no.
    """
    if sys.stdout is None:
        sys.exit(_complain("standard output is closed", 3))
    try:
        code = cli.main(arguments, prog_name="tipgraph", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = error.exit_code
    except click.exceptions.Abort:
        code = _complain("stopped", 130)
    except click.ClickException as error:
        code = _complain(error.format_message(), error.exit_code)
    except ArgumentError as error:
        code = _complain(error.in_shell, error.exit_code)
    except TipgraphError as error:
        code = _complain(str(error), error.exit_code)
    except BrokenPipeError:
        code = _without_output(0)
    except SystemExit as stopped:
        is_closed = type(sys.stdout).__name__.endswith(CLOSED_PIPE)
        code = _without_output(0) if is_closed else stopped.code
    except OSError as error:
        where = f"{error.filename}: " if error.filename else "standard output: "
        code = _without_output(_complain(f"{where}{error.strerror or error}", 3))
    except (MemoryError, RecursionError):
        code = _without_output(_complain("there is not enough memory for this", 3))
    except Exception as error:
        code = _without_output(_complain(_fault(error), 3))
    sys.exit(code if isinstance(code, int) else 0)


def _complain(message: str, code: int) -> int:
    click.echo(f"tipgraph: {message}", err=True)
    return code


def _without_output(code: int) -> int:
    """Return an exit code; what was not written yet is let go, or Python would complain of it."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _fault(error: Exception) -> str:
    """Return a fault of ours in a line: what it is, and where."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__}: {error}".split("\n")[0]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return f"this is a fault of tipgraph; please report it: {what} ({where})"
