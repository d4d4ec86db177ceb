"""What passes between recognizing, curating and describing: grounded claims about entities."""

from __future__ import annotations

from dataclasses import dataclass

from tipgraph.source.values import Value


@dataclass(frozen=True)
class Decision:
    """A human decision as the ground of a claim: why, where to check it, and how sure."""

    because: str
    evidence: str
    sure: str = "certain"


@dataclass(frozen=True)
class Claim:
    """One statement about an entity: a property and a value.

    `property` is the name of one of `PROPERTIES`, which says what its values are. `item` is the
    path of the source item whose words carry it, `decision` the human decision that it rests on; a
    decision about the words of one item has both.
    """

    property: str
    value: Value
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
        """Return the values claimed for a property as texts, in order."""
        return tuple(str(claim.value) for claim in self.claims if claim.property == property)
