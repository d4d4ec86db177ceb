"""What a card says of memberships and of parties to treaties: of a state, and of a list."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from tipgraph.rdf.iris import concept, term
from tipgraph.tell.patterns import Patterns

Lines = tuple[tuple[str, str], ...]
NO_RECORD = "Who has no record here may be a member or a party all the same."


def about_records(graph: Patterns, thing: NamedNode) -> Iterator[tuple[str, Lines]]:
    """Yield the headings and lines of what is recorded of a thing, as member, party or list."""
    yield "Takes part in", tuple(_memberships(graph, thing))
    yield "Recorded towards treaties", tuple(_actions(graph, thing))
    yield "Members, as last recorded", tuple(_members(graph, thing))
    yield "Parties, as recorded", tuple(_parties(graph, thing))
    if term("tip:State") in graph.objects(thing, "rdf:type"):
        yield "Lists that are not surely complete", tuple(_gaps(graph))


def _memberships(graph: Patterns, member: NamedNode) -> Iterator[tuple[str, str]]:
    for record in graph.subjects("org:member", member):
        (organization,) = graph.things(record, "org:organization")
        since, until = (graph.value(record, p) for p in ("tip:since", "tip:until"))
        began = graph.value(record, "tip:standingSince")
        parts = (
            graph.labels(record, "tip:standing") + (f" since {began}" if began else ""),
            f"entry {since}" if since else "entry not recorded",
            f"until {until}" if until else "",
        )
        yield "", f"{graph.named(organization)}: {_told(graph, record, parts)}"


def _actions(graph: Patterns, actor: NamedNode) -> Iterator[tuple[str, str]]:
    for record in graph.subjects("tip:actor", actor):
        (treaty,) = graph.things(record, "tip:instrument")
        date = graph.value(record, "dcterms:date")
        acted = f"act or deposit {date}" if date else "date not recorded"
        parts = (graph.labels(record, "tip:partyStatus"), acted)
        yield "", f"{graph.named(treaty)}: {_told(graph, record, parts)}"


def _told(graph: Patterns, record: NamedNode, parts: tuple[str, ...]) -> str:
    said = (*filter(None, parts), f"as of {graph.value(record, 'tip:asOf')}")
    return f"{'; '.join(said)} [{sources_of(graph, record)}]"


def sources_of(graph: Patterns, record: NamedNode) -> str:
    """Return the first of the citations that a record or link rests on, and how many more."""
    sources = graph.things(record, "dcterms:source")
    words = sorted(graph.value(source, "dcterms:bibliographicCitation") for source in sources)
    more = f" (and {len(words) - 1} more)" if len(words) > 1 else ""
    return f"{words[0]}{more}"


def _members(graph: Patterns, organization: NamedNode) -> Iterator[tuple[str, str]]:
    records = graph.subjects("org:organization", organization)
    yield from _counted(graph, records, "tip:standing", "org:member")
    if records:
        yield from _completeness(graph, organization)


def _parties(graph: Patterns, treaty: NamedNode) -> Iterator[tuple[str, str]]:
    records = graph.subjects("tip:instrument", treaty)
    yield from _counted(graph, records, "tip:partyStatus", "tip:actor")
    if records:
        yield from _completeness(graph, treaty)


def _counted(
    graph: Patterns, records: list[NamedNode], kind: str, who: str
) -> Iterator[tuple[str, str]]:
    """Yield the number and the names of those of each standing or status."""
    names: dict[str, list[str]] = {}
    for record in records:
        names.setdefault(graph.labels(record, kind), []).append(graph.labels(record, who))
    for label, found in sorted(names.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield label, f"{len(found)}: {'; '.join(sorted(found))}"


def _completeness(graph: Patterns, about: NamedNode) -> Iterator[tuple[str, str]]:
    for stated in graph.things(about, "tip:completeness"):
        note = graph.value(stated, "skos:note")
        yield "the list", graph.value(stated, "rdfs:label") + (f". {note}" if note else "")
    yield "", NO_RECORD


def _gaps(graph: Patterns) -> Iterator[tuple[str, str]]:
    for extent in ("partial", "undetermined"):
        for stated in graph.subjects("tip:extent", concept("extent", extent)):
            for about in graph.subjects("tip:completeness", stated):
                yield "", f"{graph.named(about)}: {graph.value(stated, 'rdfs:label')}"
    yield "", NO_RECORD
