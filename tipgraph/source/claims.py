"""What passes between recognizing, curating and describing: grounded claims about entities."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Decision:
    """A human decision as the ground of a claim: why, where to check it, and how sure."""

    because: str
    evidence: str
    sure: str = "certain"


@dataclass(frozen=True)
class Claim:
    """One statement about an entity: a property and a value, as text.

    `item` is the path of the source item whose words carry it, `decision` the human decision that
    it rests on; one of the two is given. Values: a concept's name, an entity's key or name, a date
    (`2013-12-06`, `2013-12`, `2013`), a period (`2009/2019`), a symbol (`scheme symbol`), a printed
    link with its remark (`www.un.org (in Russian only)`), or plain text.
    """

    property: str
    value: str
    item: str = ""
    decision: Decision | None = None


@dataclass(frozen=True)
class Entity:
    """A thing that the table names, or that a decision adds: a draft until it has its name.

    `key` is the place of the item (`L6/c2/i9`), with `#part` where the item names several things;
    `name` the path of its IRI, empty in a draft. `kind_of_thing` is organization, body, post,
    instrument or target. `doubts` names the properties that rules left open.
    """

    key: str
    kind_of_thing: str
    label: str
    items: tuple[str, ...]
    part: str = ""
    claims: tuple[Claim, ...] = ()
    doubts: frozenset[str] = frozenset()
    name: str = ""

    def values(self, property: str) -> tuple[str, ...]:
        """Return the values claimed for a property, in order."""
        return tuple(claim.value for claim in self.claims if claim.property == property)
