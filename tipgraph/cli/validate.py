"""`tipgraph validate`: check the graph, or RDF files, against the shapes and quality checks."""

from __future__ import annotations

from pathlib import Path

import click
from pyoxigraph import RdfFormat, Triple

from tipgraph.ask.prepared import query_problems
from tipgraph.build.report import Report
from tipgraph.build.validate import validate
from tipgraph.errors import InputError
from tipgraph.files.folder import Folder, find_folder
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.layers.vocabulary import read_vocabulary
from tipgraph.rdf.read import read_rdf


@click.command("validate")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format",
    type=click.Choice(["text", "json", "turtle"]),
    default="text",
    help="How to report.",
)
@click.pass_obj
def validate_command(given: str | None, files: tuple[Path, ...], format: str) -> None:
    """Validate the graph in data/graph, or RDF FILES together with the ontology."""
    folder = find_folder(given)
    graph = KnowledgeGraph.of_folder(folder)
    triples = _read(files, folder) if files else [quad.triple for quad in graph.store]
    report = validate(triples, folder.shapes, folder.queries / "checks")
    if not files:
        report = report.with_query_problems(query_problems(graph.questions))
    click.echo(_presented(report, format, len(triples)))
    if not report.conforms:
        raise click.exceptions.Exit(1)


def _read(files: tuple[Path, ...], folder: Folder) -> list[Triple]:
    triples = list(read_vocabulary(folder.ontology).triples)
    for path in files:
        triples += _triples(path)
    return triples


def _triples(path: Path) -> list[Triple]:
    format = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if format is None:
        raise InputError(
            "is of no known RDF format; use .ttl, .nt, .nq, .trig, .rdf or .jsonld", path
        )
    return read_rdf(path, format)


def _presented(report: Report, format: str, count: int) -> str:
    if format == "json":
        return report.to_json()
    if format == "turtle":
        return report.to_turtle().decode()
    verdict = "conform" if report.conforms else "do not conform"
    found = f"{len(report.findings)} findings"
    end = f"{count} triples {verdict} to the shapes and checks: {found}"
    return "\n".join([*map(str, report.findings), end])
