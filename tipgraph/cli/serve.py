"""`tipgraph serve`: the graph as pages, questions and a SPARQL endpoint over HTTP."""

from __future__ import annotations

import click

from tipgraph.knowledge_graph import load

LOG = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"uvicorn.access": {"level": "INFO"}},
}
"""The log goes to standard error: a line for each request, and what goes wrong."""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    default=8080,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port; 0 for any that is free.",
)
@click.option(
    "--allow-service",
    metavar="URL",
    multiple=True,
    help="An endpoint that stored questions may ask with SERVICE; repeatable.",
)
@click.pass_obj
def serve_command(given: str | None, host: str, port: int, allow_service: tuple[str, ...]) -> None:
    """Serve the graph: pages, questions as an HTTP API, a SPARQL endpoint.

    Only this machine reaches it unless --host says otherwise, and it asks no other endpoint unless
    --allow-service does.
    """
    from tipgraph.serve.app import create_app
    from tipgraph.serve.http.listening import address_at, listening, server_of

    bound = listening(host, port)
    app = create_app(load(given, services=allow_service))
    click.echo(f"{address_at(bound)}/ (stop with Ctrl-C)")
    server_of(app, LOG).run([bound])
