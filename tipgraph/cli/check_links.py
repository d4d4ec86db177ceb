"""`tipgraph check-links`: ask over HTTP where the links of the graph lead today."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import click

from tipgraph.errors import InputError
from tipgraph.files.folder import find_folder
from tipgraph.knowledge_graph import load
from tipgraph.links.visit.check import Checked, Pace, check, links_of
from tipgraph.links.visit.table import known_copies, write_checked

ARCHIVE = "https://web.archive.org/web/"
UNREACHED = {"no-host", "no-answer"}


@click.command("check-links")
@click.option(
    "--archive",
    default=ARCHIVE,
    show_default=True,
    metavar="URL",
    help="A web archive's TimeGate (RFC 7089), or '' for none.",
)
@click.option("--pause", type=click.FloatRange(min=0), default=1, show_default=True, metavar="N")
@click.pass_obj
def check_links_command(given: str | None, archive: str, pause: float) -> None:
    """Ask over HTTP where each link leads, and write what is found to data/links/checked.csv.

    Hosts are asked beside each other, each with one request at a time and a pause of N seconds
    between them. Where no host answers at all, nothing is written.
    """
    folder = find_folder(given)
    place = folder.root / "data" / "links"
    copies = known_copies(place)
    links = links_of(load(folder.root).engine)
    checked = check(links, archive, Pace(pause), _say)
    if all(one.visit.outcome in UNREACHED for one in checked):
        raise InputError(f"none of {len(checked)} links answers; offline? nothing is changed")
    counts = Counter(one.visit.outcome for one in checked)
    told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(counts.items()))
    path = write_checked(place, checked, datetime.now(UTC).date(), copies)
    archived = sum(bool(one.archived_at) for one in checked)
    click.echo(f"{len(checked)} links: {told}; {archived} with a copy in the archive")
    if archive and (silent := sum(one.archived_at is None for one in checked)):
        click.echo(f"the archive did not answer for {silent}; the copies known before are kept")
    click.echo(f"written to {path}")


def _say(one: Checked) -> None:
    found = one.visit
    note = f" ({found.note})" if found.note else ""
    click.echo(f"  {found.outcome:<9} {one.link.url}{note}", err=True)
