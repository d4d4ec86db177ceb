"""What links state, and what each of them rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from tipgraph.enrich.links import Identifier, Links
from tipgraph.enrich.tables import Row
from tipgraph.iris import term
from tipgraph.sssom import REVIEW, Mapping

SEPARATOR = " ; "
"""What parts a comment: the sources of a mapping, after the reason where it was a candidate."""
REMARK = "remark: "
"""What a part of a comment begins with that is no source."""


@dataclass(frozen=True)
class Stated:
    """A triple that a link states, with its evidence, and the row where it was read.

    `to_check` is why it is not yet accepted.
    """

    triple: Triple
    sources: tuple[str, ...]
    row: Mapping | Row
    remark: str = ""
    to_check: str = ""


def statements(links: Links) -> Iterator[Stated]:
    """Yield what links state; raise InputError with file and line where one has no evidence."""
    yield from map(_accepted, links.accepted)
    yield from map(_proposed, links.candidates)
    for identifier in links.identifiers:
        yield from _codes(identifier)


def _accepted(mapping: Mapping) -> Stated:
    parts, remarks = _parts(mapping)
    if mapping.mapping_justification == REVIEW and parts:
        reason, *parts = parts
        remarks = [reason, *remarks]
    sources = (*_acceptance(mapping), *parts)
    if not sources:
        what = "the mapping has no evidence: name its sources in the comment, or its reviewer_id"
        raise mapping.error(what)
    return Stated(_triple(mapping), sources, mapping, "; ".join(remarks))


def _parts(mapping: Mapping) -> tuple[list[str], list[str]]:
    """Return the parts of a comment, and the remarks among them."""
    parts = [part for part in mapping.comment.split(SEPARATOR) if part.strip()]
    remarks = [part.removeprefix(REMARK) for part in parts if part.startswith(REMARK)]
    return [part for part in parts if not part.startswith(REMARK)], remarks


def _acceptance(mapping: Mapping) -> Iterator[str]:
    """Yield who accepted a mapping, and on which day, where that is said."""
    who, day = mapping.reviewer_id or mapping.author_id, mapping.mapping_date
    if who or (day and mapping.mapping_justification == REVIEW):
        yield f"accepted by {who or 'hand'}{f' on {day}' if day else ''}"


def _proposed(mapping: Mapping) -> Stated:
    parts, remarks = _parts(mapping)
    reason, *sources = parts or [""]
    if mapping.mapping_provider and mapping.mapping_date:
        sources = [f"found at {mapping.mapping_provider} on {mapping.mapping_date}", *sources]
    if not reason or not sources:
        raise mapping.error(
            "the candidate has no evidence: say in the comment why it is to be checked and, after "
            "' ; ', where it was read, or by mapping_provider and mapping_date where it was found"
        )
    return Stated(_triple(mapping), (*sources,), mapping, "; ".join(remarks), reason)


def _triple(mapping: Mapping) -> Triple:
    subject, predicate = NamedNode(mapping.subject_id), NamedNode(mapping.predicate_id)
    return Triple(subject, predicate, NamedNode(mapping.object_id))


def _codes(identifier: Identifier) -> Iterator[Stated]:
    subject, row = NamedNode(identifier.iri), identifier.row
    code = Literal(identifier.code, datatype=term(f"tip:{identifier.system}"))
    notation = Triple(subject, term("skos:notation"), code)
    yield Stated(notation, identifier.source, row, identifier.remark)
    if identifier.page:
        page = Triple(subject, term("rdfs:seeAlso"), NamedNode(identifier.page))
        yield Stated(page, identifier.source, row, identifier.remark)
