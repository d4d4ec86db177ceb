"""`tipgraph link`: find links to things elsewhere, review them, and ask whether they hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from tipgraph.errors import EngineError, UsageError
from tipgraph.files.folder import Folder, cache_folder, find_folder
from tipgraph.files.sssom import Mapping, write_mappings
from tipgraph.knowledge_graph import load
from tipgraph.links.decided import links_of, mapping_set, read_decided
from tipgraph.links.described import described
from tipgraph.links.find import THRESHOLD, find
from tipgraph.links.hold import check_links
from tipgraph.links.review import Review
from tipgraph.links.source import Source
from tipgraph.links.things import Named, our_things

ENDPOINT = click.option(
    "--endpoint",
    required=True,
    metavar="NAME|URL|FILE",
    help="wikidata, the URL of a plain store, or a file that describes one.",
)


@click.group("link")
def link_command() -> None:
    """Find links to things elsewhere, review them, and ask whether they hold."""


@link_command.command("find")
@ENDPOINT
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write.")
@click.option(
    "--threshold", type=click.FloatRange(0, 1), default=THRESHOLD, show_default=True, metavar="N"
)
@click.pass_obj
def find_command(given: str | None, endpoint: str, output: Path | None, threshold: float) -> None:
    """Find candidates for links, with score and reasons, and write them as an SSSOM file.

    Only things without a link to the endpoint's are looked for. One request is sent at a time, and
    answers are kept for a week, so a search that was stopped goes on where it was.
    """
    folder, source = find_folder(given), Source(described(endpoint), cache_folder("link"))
    decided = read_decided(links_of(folder))
    try:
        found = find(_things(folder), source, decided, threshold, _say)
    except EngineError as error:
        raise EngineError(f"{error}\nwhat it answered is kept: run it again to go on") from None
    name = source.description.name
    path = output or Path(f"{name}.candidates.sssom.tsv")
    about = {
        "mapping_provider": source.description.url,
        "mapping_tool": "tipgraph",
        "mapping_date": date.today().isoformat(),
    }
    prefixes = source.description.own_prefix
    candidates = mapping_set(f"candidates/{name}", found, about, prefixes)
    write_mappings(path, candidates)
    for mapping in found:
        click.echo(_line(mapping))
    click.echo(f"{len(found)} candidates in {path}; review them with 'tipgraph link review {path}'")


@link_command.command("review")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--reviewer", default="", metavar="IRI", help="Who you are, as an ORCID's IRI.")
@click.pass_obj
def review_command(given: str | None, file: Path, reviewer: str) -> None:
    """Walk through candidates: accept, reject or skip each, or quit and go on another day.

    Decisions go to data/links/reviewed.sssom.tsv, and 'tipgraph build' takes the accepted ones in.
    """
    if reviewer and not reviewer.startswith(("http://", "https://")):
        raise UsageError("--reviewer is an IRI, as https://orcid.org/0000-0000-0000-0000")
    review = Review(find_folder(given), file, reviewer)
    counts = {"a": 0, "r": 0, "s": 0}
    for mapping in review.open():
        answer = _answer(mapping)
        if answer == "q":
            break
        counts[answer] += 1
        if answer == "a":
            review.accept(mapping)
        elif answer == "r":
            review.reject(mapping)
    accepted, rejected, skipped = counts.values()
    click.echo(
        f"{accepted} accepted, {rejected} rejected, {skipped} skipped; kept in {review.path}"
    )


@link_command.command("check")
@ENDPOINT
@click.pass_obj
def check_command(given: str | None, endpoint: str) -> None:
    """Ask the endpoint whether each accepted link still holds; exit 1 if one does not.

    A link holds where the item exists, was not merged into another, and has a near name and a
    type that fits.
    """
    folder, source = find_folder(given), Source(described(endpoint), None)
    namespace = source.description.namespace
    if not namespace:
        raise UsageError("which links are this endpoint's? say its namespace in a file about it")
    links = read_decided(links_of(folder)).accepted(namespace)
    things = {thing.iri: thing for thing in _things(folder)}
    asked = [link for link in links if link.subject_id in things]
    findings = check_links(asked, things, source)
    for finding in findings:
        click.echo(str(finding))
    click.echo(f"{len(asked)} links asked about: {len(findings)} may not hold")
    if findings:
        raise click.exceptions.Exit(1)


def _things(folder: Folder) -> tuple[Named, ...]:
    return our_things(load(folder.root).engine)


def _say(said: str) -> None:
    click.echo(f"  {said}", err=True)


def _line(mapping: Mapping) -> str:
    return f"{mapping.confidence:.2f}  {mapping.subject_label} = {mapping.object_id}"


def _answer(mapping: Mapping) -> str:
    """Show a candidate, and return a, r, s or q; the end of the input quits."""
    click.echo(f"\n{mapping.subject_label}  {mapping.subject_id}")
    click.echo(f"  {mapping.object_label}  {mapping.object_id}")
    click.echo(f"  {mapping.confidence or 0:.2f}: {mapping.comment}")
    try:
        choice = click.Choice(["a", "r", "s", "q"])
        answer: str = click.prompt("  (a)ccept, (r)eject, (s)kip or (q)uit", type=choice)
    except click.Abort:
        click.echo()
        return "q"
    return answer
