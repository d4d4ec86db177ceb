"""Decided statements: what they add to an entity, and what they take the place of."""

from __future__ import annotations

from dataclasses import replace

from tipgraph.source.claims import Claim, Decision, Entity
from tipgraph.source.curate.decisions import Say
from tipgraph.source.properties import PROPERTIES
from tipgraph.source.recognize.symbols import symbol_of
from tipgraph.source.values import Symbol, Value

THINGS = frozenset({"organization", "body", "post", "instrument"})


def said(entity: Entity, say: Say) -> Entity:
    """Return an entity with a decided statement added, in the place of what it settles."""
    if say.property == "type" and say.values[0] in THINGS:
        entity = replace(entity, kind_of_thing=say.values[0])
    if say.is_denied:
        return _denied(entity, say)
    values = _values(say)
    kept = tuple(claim for claim in entity.claims if not _settled(claim, say.property, values))
    is_address = PROPERTIES[say.property].values == "address"
    item = next(iter(entity.items), "") if is_address else ""
    new = tuple(Claim(say.property, value, item, say.ground) for value in values)
    return replace(entity, claims=(*kept, *new), doubts=entity.doubts - {say.property})


def _denied(entity: Entity, say: Say) -> Entity:
    kept = (c for c in entity.claims if c.property != say.property or c.value not in say.values)
    return replace(entity, claims=tuple(kept))


def relabelled(entity: Entity, label: str, ground: Decision) -> Entity:
    """Return an entity with a decided label; a printed one becomes an alternative."""
    claims = [*entity.claims, Claim("label", label, decision=ground)]
    if all(entity.label in title for title in entity.values("title")):
        claims.append(Claim("alt-label", entity.label, entity.items[0]))
    return replace(entity, label=label, claims=tuple(claims))


def is_redundant(entity: Entity, say: Say) -> bool:
    """Tell whether a statement says nothing that the rules did not read from the words."""
    if say.is_denied:
        return False
    if say.property == "type":
        return say.values[0] in (entity.kind_of_thing, *entity.values("type"))
    read = {c.value for c in entity.claims if c.property == say.property and c.decision is None}
    return set(_values(say)) <= read


def _values(say: Say) -> tuple[Value, ...]:
    is_symbol = PROPERTIES[say.property].values == "symbol"
    return tuple(map(symbol_of, say.values)) if is_symbol else say.values


def _settled(claim: Claim, property: str, values: tuple[Value, ...]) -> bool:
    if property == "misprint":
        return claim.property == "alt-label" and claim.value in values
    if claim.decision or claim.property != property:
        return False
    if isinstance(claim.value, Symbol):
        return claim.value.scheme in {one.scheme for one in values if isinstance(one, Symbol)}
    return PROPERTIES[property].is_single or claim.value in values
