"""Merge: what is named twice is one thing with two occurrences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tipgraph.rdf.iris import fold
from tipgraph.source.claims import Claim, Entity
from tipgraph.source.properties import PROPERTIES


def merge(entities: Iterable[Entity]) -> dict[str, Entity]:
    """Return entities by name, those of the same name merged into the first."""
    merged: dict[str, Entity] = {}
    for entity in entities:
        first = merged.get(entity.name)
        if first and _is_aside(first) and not _is_aside(entity):
            first, entity = entity, first  # noqa: PLW2901
        whole = _joined(first, entity) if first else entity
        merged[entity.name] = _settle_focal_point_statement(whole)
    return merged


def _is_aside(entity: Entity) -> bool:
    """Tell whether an instrument is named among the links rather than among the documents."""
    return entity.kind_of_thing == "instrument" and "/c1/" in entity.items[0]


def _joined(first: Entity, again: Entity) -> Entity:
    taken = {c.property for c in first.claims if PROPERTIES[c.property].is_single}
    late = [claim for claim in again.claims if claim.property not in taken]
    if fold(again.label) != fold(first.label):
        late.append(Claim("alt-label", again.label, again.items[0]))
    claims = {(c.property, c.value): c for c in reversed((*first.claims, *late))}
    return replace(
        first,
        items=tuple(dict.fromkeys((*first.items, *again.items))),
        claims=tuple(reversed(claims.values())),
    )


def _settle_focal_point_statement(entity: Entity) -> Entity:
    """Let a doubted focal point count only where no other is left."""
    statements = [c for c in entity.claims if c.property == "focal-point-statement"]
    if len(statements) < 2:
        return entity
    doubted = not entity.values("focal-point")
    kept = next(c for c in statements if (c.value == "doubted") is doubted)
    rest = tuple(c for c in entity.claims if c.property != "focal-point-statement")
    return replace(entity, claims=(*rest, kept))
