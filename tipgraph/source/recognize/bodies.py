"""Organizations, forums and focal points: what a name and its parentheses say."""

from __future__ import annotations

import re

from tipgraph.source.claims import Claim, Entity
from tipgraph.source.recognize.text import acronym, last_parentheses
from tipgraph.source.recognize.words import is_alliance, is_post, is_process

LABELLED = re.compile(r"^[^:()]{3,60}: (?=\S)")


def recognize_organization(words: str, place: str) -> Entity:
    """Return the draft of an organization from its printed name, as in `African Union (AU)`."""
    return _named(words, place, "organization")


def recognize_forum(words: str, place: str) -> Entity:
    """Return the draft of an alliance or forum that stands among an organization's links."""
    return _named(words, place, "body")


def recognize_focal_point(words: str, place: str) -> Entity:
    """Return the draft of a focal point: a person's office (a post) or a body.

    >>> recognize_focal_point("Relevant Experts: Special Rapporteur on X", "L6/c3/i2").label
    'Special Rapporteur on X'
    """
    name = LABELLED.sub("", words)
    return _named(name, place, "post" if is_post(name) else "body")


def _named(words: str, place: str, kind_of_thing: str) -> Entity:
    name, aliases = _name_and_aliases(words)
    claims = [Claim("alt-label", alias, place) for alias in aliases if not acronym(alias)]
    claims += [Claim("acronym", alias, place) for alias in (*aliases, name) if acronym(alias)]
    joins = {"organization": is_process, "body": is_alliance}.get(kind_of_thing)
    if joins and joins(words):
        claims.append(Claim("type", "collaboration", place))
    return Entity(place, kind_of_thing, name, (place,), claims=tuple(claims))


def _name_and_aliases(words: str) -> tuple[str, tuple[str, ...]]:
    name = words.strip()
    aliases: list[str] = []
    while start := last_parentheses(name)[0]:
        aliases.insert(0, name[start + 1 : -1].strip())
        name = name[:start].rstrip()
    return name, tuple(aliases)
