"""Recognize a whole table: the role of every item, and the draft entities of every row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tipgraph.source.claims import Claim, Entity
from tipgraph.source.printed import Item, Row, Table
from tipgraph.source.recognize.bodies import (
    recognize_focal_point,
    recognize_forum,
    recognize_organization,
)
from tipgraph.source.recognize.instruments import recognize_instrument, recognize_target
from tipgraph.source.recognize.parts import Part, split_parts, targets_in
from tipgraph.source.recognize.text import is_not_given, names_in, plain, split_link
from tipgraph.source.recognize.words import is_alliance, kind_of
from tipgraph.source.values import PrintedLink


@dataclass(frozen=True)
class Mention:
    """What one item is: its role, its words and link, the drafts it names, the heading it is under.

    Roles are the names of the concepts of the item-role scheme. `link_of` is the key of the draft
    that a bare link belongs to.
    """

    item: Item
    role: str
    words: str
    link: PrintedLink | None = None
    entities: tuple[Entity, ...] = ()
    heading: str = ""
    link_of: str = ""


def recognize(table: Table) -> tuple[Mention, ...]:
    """Recognize every item of a table by rules; what they leave open is in `Entity.doubts`."""
    return tuple(mention for row in table.rows for mention in recognize_row(row))


def recognize_row(row: Row) -> tuple[Mention, ...]:
    """Recognize the items of one row, in the order of the print."""
    links = tuple(_first_column(row.cells[0].items))
    documents = tuple(_second_column(row.cells[1].items))
    focal_points = tuple(_third_column(row.cells[2].items))
    organizations = [e for m in links if m.role == "organization" for e in m.entities]
    listed = tuple(_listed(mention, organizations) for mention in (*links, *documents))
    claims: dict[str, list[Claim]] = {entity.key: [] for entity in organizations}
    for key, claim in (
        *_focal_point_claims(focal_points, organizations),
        *_target_claims(documents, organizations),
    ):
        claims[key].append(claim)
    return (*(_with_claims(mention, claims) for mention in listed), *focal_points)


def _first_column(items: Iterable[Item]) -> Iterator[Mention]:
    last = ""
    for item in items:
        words, link = split_link(plain(item.text))
        if not words:
            yield Mention(item, "link", words, link, link_of=last)
            continue
        role, entity = _named_link(words, link, item.path, first=not last)
        if role == "organization":
            last = item.path
        yield Mention(item, role, words, link, (_with_link(entity, link),))


def _named_link(
    words: str, link: PrintedLink | None, place: str, first: bool
) -> tuple[str, Entity]:
    if first:
        return "organization", recognize_organization(words, place)
    if kind_of(words):
        return "named-link", recognize_instrument(Part("", words, words), place, words)
    if link and link.is_deep:
        entity = recognize_forum(words, place)
        doubts = frozenset() if is_alliance(words) else frozenset({"type"})
        return "named-link", replace(entity, doubts=doubts)
    return "organization", recognize_organization(words, place)


def _second_column(items: Iterable[Item]) -> Iterator[Mention]:
    heading = last = ""
    for item in items:
        text = plain(item.text)
        words, link = split_link(text)
        if is_not_given(words):
            yield Mention(item, "not-given", words)
        elif words.endswith(":") and link is None:
            heading = words
            yield Mention(item, "heading", words)
        elif not words:
            yield Mention(item, "link", words, link, link_of=last)
        else:
            entities = tuple(_documents(words, text, item.path))
            last = entities[-1].key
            linked = tuple(_with_link(entity, link) for entity in entities)
            yield Mention(item, "framework-item", words, link, linked, heading)


def _documents(words: str, text: str, place: str) -> Iterator[Entity]:
    targets = targets_in(words)
    if targets:
        yield from (recognize_target(code, place) for code in targets)
        return
    parts = split_parts(words)
    for part in parts:
        symbol_text = text if len(parts) == 1 else part.words
        yield recognize_instrument(part, place, symbol_text)


def _third_column(items: Iterable[Item]) -> Iterator[Mention]:
    last = ""
    for item in items:
        words, link = split_link(plain(item.text))
        if is_not_given(words):
            yield Mention(item, "not-given", words)
        elif not words:
            yield Mention(item, "link", words, link, link_of=last)
        else:
            last = item.path
            entity = _with_link(recognize_focal_point(words, item.path), link)
            yield Mention(item, "focal-point", words, link, (entity,))


def redraft(mention: Mention, words: str) -> Entity:
    """Return the draft of one thing that an item names by some of its words."""
    place = mention.item.path
    if mention.role == "focal-point":
        entity = recognize_focal_point(words, place)
    elif mention.role == "organization":
        entity = recognize_organization(words, place)
    else:
        entity = recognize_instrument(Part(words, words, words), place, words)
    kept = {claim for draft in mention.entities for claim in draft.claims}
    shared = (claim for claim in kept if claim.property in ("page", "listed-under"))
    claims = (*entity.claims, *sorted(shared, key=str))
    return replace(entity, key=f"{place}#{words}", part=words, claims=claims)


def _with_link(entity: Entity, link: PrintedLink | None) -> Entity:
    if link is None:
        return entity
    return replace(entity, claims=(*entity.claims, Claim("page", link, entity.items[0])))


def _listed(mention: Mention, organizations: list[Entity]) -> Mention:
    if mention.role not in ("named-link", "framework-item"):
        return mention
    return replace(
        mention,
        entities=tuple(
            _listed_under(entity, organizations, _named_among(organizations, mention))
            for entity in mention.entities
        ),
    )


def _listed_under(entity: Entity, organizations: list[Entity], named: list[Entity]) -> Entity:
    if entity.kind_of_thing != "instrument":
        return entity
    claims = tuple(
        Claim("listed-under", org.key, entity.items[0]) for org in named or organizations
    )
    doubts = entity.doubts if named else entity.doubts | {"listed-under"}
    return replace(entity, claims=(*entity.claims, *claims), doubts=doubts)


def _named_among(organizations: list[Entity], mention: Mention) -> list[Entity]:
    """Return the row's only organization, or those the item names, or those its heading names."""
    if len(organizations) == 1:
        return organizations
    for text in (mention.words, mention.heading):
        named = [org for org in organizations if names_in(text, _names(org))]
        if named:
            return named
    return []


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.label, *entity.values("acronym"))


def _focal_point_claims(
    mentions: tuple[Mention, ...], organizations: list[Entity]
) -> Iterator[tuple[str, Claim]]:
    stated = [mention for mention in mentions if mention.role == "focal-point"]
    place = mentions[0].item.path if mentions else ""
    own: set[str] = set()
    shared = False
    for mention in stated:
        named = _named_among(organizations, mention)
        property = "focal-point" if named else "listed-focal-point"
        for organization in named or organizations:
            yield organization.key, Claim(property, mention.item.path, mention.item.path)
        own |= {organization.key for organization in named}
        shared = shared or not named
    for organization in organizations:
        statement = _statement(organization.key in own, shared, bool(mentions) and not stated)
        yield (
            organization.key,
            Claim("focal-point-statement", statement, place or organization.items[0]),
        )


def _statement(is_own: bool, is_shared: bool, is_marked: bool) -> str:
    if is_own:
        return "stated"
    if is_shared:
        return "stated-for-several"
    return "marked-not-given" if is_marked else "not-stated"


def _target_claims(
    mentions: tuple[Mention, ...], organizations: list[Entity]
) -> Iterator[tuple[str, Claim]]:
    for mention in mentions:
        targets = [entity for entity in mention.entities if entity.kind_of_thing == "target"]
        for organization in _named_among(organizations, mention) or organizations:
            for target in targets:
                yield organization.key, Claim("addresses-target", target.key, mention.item.path)


def _with_claims(mention: Mention, claims: dict[str, list[Claim]]) -> Mention:
    return replace(
        mention,
        entities=tuple(
            replace(entity, claims=(*entity.claims, *claims.get(entity.key, ())))
            for entity in mention.entities
        ),
    )
