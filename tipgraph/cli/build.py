"""`tipgraph build`: build the graph, say what was done, and write it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
from pyoxigraph import NamedNode

from tipgraph.build.build import Build, build
from tipgraph.files.folder import find_folder
from tipgraph.rdf.iris import path_of, term
from tipgraph.source.curate import Work

MANY = 10
SUMMARIES = {
    "unused": "decisions in {files} files match nothing in this table",
    "query": "remarks on {files} stored queries, which do not fit this graph",
}
"""What is said of work that is not listed because there is much of its kind."""
WORK_KINDS = ("unaccounted", "unreviewed", "unused", "redundant")


@click.command("build")
@click.option("--source", type=click.Path(path_type=Path), metavar="FILE", help="Another table.")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="DIR", help="Where to write the layers."
)
@click.option("--strict", is_flag=True, help="Refuse to write while anything is left to review.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if the files are out of date.")
@click.pass_obj
def build_command(
    given: str | None, source: Path | None, output: Path | None, strict: bool, check: bool
) -> None:
    """Build the graph from the printed table, validate it and write it."""
    if source is not None and output is None and not check:
        raise click.UsageError("with --source, say by --output where to write the layers")
    result = build(find_folder(given), source, output, _progress)
    for line in _summary(result):
        click.echo(line)
    refused = not result.report.conforms or (strict and bool(result.work))
    if refused:
        raise click.exceptions.Exit(1)
    if check:
        _check(result)
    else:
        result.write()
        click.echo(f"written to {result.output}")


def _progress(step: str, result: str) -> None:
    click.echo(f"  {step:<10} {result}", err=True)


def _summary(result: Build) -> list[str]:
    counts = Counter(work.kind for work in result.work)
    left = ", ".join(f"{counts[kind]} {kind}" for kind in WORK_KINDS)
    items = sum(1 for _ in result.table.items())
    return [
        *(str(finding) for finding in result.report.findings),
        *_work_list(result.work),
        f"{len(result.table.rows)} rows, {items} items of the source: {left}",
        *_contents(result),
        f"{sum(map(len, result.layers.values()))} triples in {len(result.layers)} layers; "
        + ("the graph conforms to the shapes" if result.report.conforms else "it does not conform"),
    ]


def _contents(result: Build) -> Iterator[str]:
    """Say what is in the graph, and how much of it is not known."""
    kinds = Counter(entity.kind_of_thing for entity in result.curated.entities)
    catalog = result.layers["catalog"]
    forces = Counter(
        path_of(triple.object.value).rpartition("/")[2]
        for triple in catalog
        if triple.predicate == term("tip:legalForce") and isinstance(triple.object, NamedNode)
    )
    issued = {triple.subject for triple in catalog if triple.predicate == term("tip:issuedBy")}
    yield (
        f"{kinds['organization']} organizations, {kinds['instrument']} instruments, "
        f"{kinds['body'] + kinds['post']} organs, offices and posts, "
        f"{len(result.curated.notes)} notes about the source"
    )
    told = ", ".join(f"{number} {force}" for force, number in sorted(forces.items()))
    yield (
        f"legal force: {told}; "
        f"issuer not recorded for {kinds['instrument'] - len(issued)} instruments"
    )


def _work_list(work: tuple[Work, ...]) -> Iterator[str]:
    """Yield what is left; decisions and queries without effect are counted where they are many."""
    yield from (str(entry) for entry in work if entry.kind not in SUMMARIES)
    for kind, summary in SUMMARIES.items():
        entries = [entry for entry in work if entry.kind == kind]
        files = {entry.where.partition(":")[0] for entry in entries}
        if len(entries) <= MANY:
            yield from map(str, entries)
        else:
            yield f"{kind}: {len(entries)} {summary.format(files=len(files))}"


def _check(result: Build) -> None:
    differing = result.differs()
    for path in differing:
        click.echo(f"out of date: {path}")
    if differing:
        raise click.exceptions.Exit(1)
    click.echo("the files are up to date")
