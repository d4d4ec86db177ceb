"""Apply the decisions to what the rules recognized: drafts become named entities.

The result also holds the work that is left: items no decision settles, decisions without effect.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace

from tipgraph.source.claims import Claim, Entity
from tipgraph.source.curate.decisions import Addition, Curation, ItemDecision, Note, Place, Say
from tipgraph.source.curate.merge import merge
from tipgraph.source.curate.names import Names
from tipgraph.source.curate.statements import is_redundant, relabelled, said
from tipgraph.source.printed import Table
from tipgraph.source.properties import PROPERTIES, is_of_thing
from tipgraph.source.recognize import Mention, redraft
from tipgraph.source.values import PrintedLink


@dataclass(frozen=True)
class Work:
    """Something a person has to look at: an item left open or a decision without effect."""

    kind: str
    what: str
    where: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}: {self.what}"


@dataclass(frozen=True)
class Curated:
    """The named entities, the notes that apply, and the work that is left."""

    entities: tuple[Entity, ...]
    notes: tuple[Note, ...]
    work: tuple[Work, ...]


@dataclass
class _Desk:
    """What is at hand while the mentions of one table are gone through."""

    decisions: dict[tuple[str, str], ItemDecision]
    names: Names = field(default_factory=Names)
    used: set[Place] = field(default_factory=set)
    said: set[Say] = field(default_factory=set)
    work: list[Work] = field(default_factory=list)

    def decision(self, item: str, part: str = "") -> ItemDecision | None:
        found = self.decisions.get((item, part))
        if found:
            self.used.add(found.place)
        return found

    def say(self, entity: Entity, says: Iterable[Say]) -> Entity:
        for say in says:
            self.said.add(say)
            if is_redundant(entity, say):
                what = f"{say.property} {', '.join(say.values)}: the rules read this already"
                self.work.append(Work("redundant", what, str(say.place)))
            entity = said(entity, say)
        return entity


def curate(table: Table, mentions: Iterable[Mention], curation: Curation) -> Curated:
    """Return the named entities of a table, its notes, and the work that is left."""
    mentions = tuple(mentions)
    desk = _Desk({(decision.item, decision.part): decision for decision in curation.items})
    drafts = [pair for mention in mentions for pair in _drafts(mention, desk)]
    named = [_named(mention, draft, desk) for mention, draft in drafts]
    entities = merge(_resolved(entity, desk) for entity in named)
    _attach_links(mentions, entities, desk)
    _add(curation.additions, mentions, entities, desk)
    known = {name: _with_known_things(entity, entities, desk) for name, entity in entities.items()}
    notes = tuple(n for n in curation.notes if n.stands_in(table) and set(n.about) <= known.keys())
    desk.work.extend(_lost_owners(curation, known.keys(), desk.used))
    desk.work.extend(_unaccounted(mentions, known.values(), desk.names.misplaced))
    desk.work.extend(_unused(curation, notes, desk.used))
    desk.work.extend(_said_of_nothing(curation, desk))
    desk.work.extend(_corrections_of_nothing(known.values()))
    return Curated(tuple(known.values()), notes, tuple(desk.work))


def _drafts(mention: Mention, desk: _Desk) -> Iterator[tuple[Mention, Entity]]:
    decision = desk.decision(mention.item.text)
    if decision and decision.belongs_to and decision.ground:
        for entity in mention.entities:
            desk.names.misplaced[entity.key] = decision.ground
    elif decision and decision.split:
        for piece in decision.split:
            if piece.text not in mention.words:
                what = f"'{piece.text}' does not stand in the item"
                desk.work.append(Work("unused", what, str(decision.place)))
            draft = redraft(mention, piece.text)
            for entity in mention.entities:
                desk.names.by_key.setdefault(entity.key, []).append(draft.key)
            yield mention, draft
    else:
        for entity in mention.entities:
            yield mention, entity


def _named(mention: Mention, draft: Entity, desk: _Desk) -> Entity:
    whole = desk.decision(mention.item.text)
    piece = next((p for p in whole.split if p.text == draft.part), None) if whole else None
    decision = desk.decision(mention.item.text, draft.part) if draft.part and not piece else whole
    entity = draft
    if decision and decision.label and decision.ground:
        entity = relabelled(entity, decision.label, decision.ground)
    entity = desk.say(entity, (*(decision.say if decision else ()), *(piece.say if piece else ())))
    name = piece.name if piece else decision.name if decision else ""
    entity = replace(entity, name=name or desk.names.rule_name(entity))
    desk.names.by_key[draft.key] = [entity.name]
    for doubt in sorted(entity.doubts):
        what = f"'{entity.label}' ({entity.name}): the rules leave its {doubt} open"
        desk.work.append(Work("unreviewed", what, mention.item.path))
    return entity


def _resolved(entity: Entity, desk: _Desk) -> Entity:
    claims = (new for claim in entity.claims for new in desk.names.resolve_claim(claim))
    return replace(entity, claims=tuple(claims))


def _attach_links(mentions: tuple[Mention, ...], entities: dict[str, Entity], desk: _Desk) -> None:
    for mention in mentions:
        if mention.role == "link" and mention.link:
            _attach_link(mention, mention.link, entities, desk)


def _attach_link(
    mention: Mention, link: PrintedLink, entities: dict[str, Entity], desk: _Desk
) -> None:
    decision = desk.decision(mention.item.text)
    name = decision.link_of if decision else next(desk.names.resolve(mention.link_of), "")
    if name not in entities:
        desk.work.append(Work("unreviewed", "a link of no organization", mention.item.path))
        return
    ground = decision.ground if decision else None
    claim = Claim("page", link, mention.item.path, ground)
    entity = entities[name]
    entities[name] = replace(entity, claims=(*entity.claims, claim))


def _add(
    additions: tuple[Addition, ...],
    mentions: tuple[Mention, ...],
    entities: dict[str, Entity],
    desk: _Desk,
) -> None:
    """Add the things that statements refer to, and the acts that are about what is there."""
    places = {mention.item.text: mention.item.path for mention in mentions}
    waiting = {addition.name: addition for addition in additions}
    while wanted := [a for a in waiting.values() if _is_wanted(a, entities)]:
        for addition in wanted:
            del waiting[addition.name]
            desk.used.add(addition.place)
            entities[addition.name] = _added(addition, places.get(addition.item, ""), desk)


def _is_wanted(addition: Addition, entities: dict[str, Entity]) -> bool:
    if addition.kind_of_thing == "instrument":
        says = (say for say in addition.say if is_of_thing(say.property))
        if any(value in entities for say in says for value in say.values):
            return True
    return any(
        claim.value == addition.name and is_of_thing(claim.property)
        for entity in entities.values()
        for claim in entity.claims
    )


def _added(addition: Addition, place: str, desk: _Desk) -> Entity:
    is_collaboration = addition.kind_of_thing == "collaboration"
    claims = [Claim("label", addition.label, decision=addition.ground)]
    if is_collaboration:
        claims.append(Claim("type", "collaboration", decision=addition.ground))
    entity = Entity(
        key=addition.name,
        kind_of_thing="body" if is_collaboration else addition.kind_of_thing,
        label=addition.label,
        items=(place,) if place else (),
        claims=tuple(claims),
        name=addition.name,
    )
    return desk.say(entity, addition.say)


def _with_known_things(entity: Entity, entities: dict[str, Entity], desk: _Desk) -> Entity:
    unknown = [
        claim
        for claim in entity.claims
        if is_of_thing(claim.property) and claim.value not in entities
    ]
    for claim in unknown:
        what = f"{entity.name} {claim.property} {claim.value}: there is no such thing"
        desk.work.append(Work("unused", what, "curation"))
    return replace(entity, claims=tuple(c for c in entity.claims if c not in unknown))


def _unaccounted(
    mentions: tuple[Mention, ...], entities: Iterable[Entity], misplaced: Iterable[str]
) -> Iterator[Work]:
    """Yield the items that are no heading and no "N/A" and have left nothing in the entities."""
    used = set(misplaced)
    for entity in entities:
        used |= {*entity.items, *(claim.item for claim in entity.claims)}
    for mention in mentions:
        if mention.role not in ("heading", "not-given") and mention.item.path not in used:
            yield Work("unaccounted", f"'{mention.item.text}'", mention.item.path)


def _corrections_of_nothing(entities: Iterable[Entity]) -> Iterator[Work]:
    """Yield the decided addresses for which no link is printed in the item of the decision."""
    for entity in entities:
        printed = {c.item for c in entity.claims if isinstance(c.value, PrintedLink)}
        for claim in entity.claims:
            if PROPERTIES[claim.property].values == "address" and claim.item not in printed:
                what = f"{entity.name} {claim.property} {claim.value}: no link is printed there"
                yield Work("unused", what, claim.item or "curation")


def _said_of_nothing(curation: Curation, desk: _Desk) -> Iterator[Work]:
    """Yield what is said of items that are there but are no thing: a link, "N/A", a misplaced one.

    What is said of an item that is not there is work already, as its decision.
    """
    for decision in curation.items:
        says = (*decision.say, *(say for piece in decision.split for say in piece.say))
        for say in says if decision.place in desk.used else ():
            if say not in desk.said:
                what = f"{say.property} {', '.join(say.values)}: its item is no thing to say it of"
                yield Work("unused", what, str(say.place))


def _lost_owners(curation: Curation, names: Container[str], used: set[Place]) -> Iterator[Work]:
    """Yield the decisions that give an item to a thing that is not there."""
    for decision in curation.items:
        owner = decision.belongs_to or decision.link_of
        if owner and owner not in names and decision.place in used:
            yield Work("unused", f"there is no {owner}", str(decision.place))


def _unused(curation: Curation, notes: tuple[Note, ...], used: set[Place]) -> Iterator[Work]:
    for decision in curation.items:
        if decision.place not in used:
            what = f"no item reads '{decision.item}'" + (decision.part and f", {decision.part}")
            yield Work("unused", what, str(decision.place))
    for addition in curation.additions:
        if addition.place not in used:
            yield Work("unused", f"nothing refers to {addition.name}", str(addition.place))
    for note in curation.notes:
        if note not in notes:
            what = f"note {note.id} quotes or names what is not there"
            yield Work("unused", what, str(note.place))
