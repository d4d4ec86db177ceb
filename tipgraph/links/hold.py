"""Ask an endpoint whether accepted links still hold."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass

from tipgraph.files.sssom import Mapping
from tipgraph.links.lookup import learn
from tipgraph.links.score import alike
from tipgraph.links.source import Source
from tipgraph.links.things import Named
from tipgraph.rdf.iris import path_of

NEAR = 0.6
"""Names less alike than this call for a look."""


@dataclass(frozen=True)
class Finding:
    """A link that may hold no longer: which, and why."""

    link: Mapping
    why: str

    def __str__(self) -> str:
        """Return the finding on one line, with where the link stands."""
        where = f"{self.link.path}:{self.link.line}: " if self.link.path else ""
        return f"{where}{path_of(self.link.subject_id)} = {self.link.object_id}: {self.why}"


def check_links(
    links: Sequence[Mapping], things: Dictionary[str, Named], source: Source
) -> list[Finding]:
    """Return the links that don't hold: the item is gone, moved, of another name or other types.

    Raises EngineError where the endpoint fails.
    """
    findings = []
    for kind in ("organization", "instrument"):
        group = [link for link in links if _kind(link, things) == kind]
        items = learn({link.object_id for link in group}, [kind], source)
        for link in group:
            why = _fault(things[link.subject_id], items[link.object_id])
            findings += [Finding(link, why)] if why else []
    return findings


def _kind(link: Mapping, things: Dictionary[str, Named]) -> str:
    return things[link.subject_id].kind if link.subject_id in things else ""


def _fault(ours: Named, item: Named) -> str:
    if item.moved_to:
        return f"it was merged into {item.moved_to}"
    if not item.names and not item.has_type:
        return "the endpoint knows nothing of it"
    if max((alike(one, other) for one in ours.names for other in item.names), default=0) < NEAR:
        return f"it is called '{item.label}'"
    if item.has_type and not item.types:
        return f"its type is not that of an {ours.kind}"
    return ""
