"""Names: the path of every entity's IRI, decided or by rule, and references from drafts to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tipgraph.rdf.iris import fold, slug
from tipgraph.source.claims import Claim, Decision, Entity
from tipgraph.source.properties import PROPERTIES

PATHS = {"organization": "org", "body": "body", "post": "body", "instrument": "instrument"}


@dataclass
class Names:
    """The names given so far: by key of draft, and by rule."""

    by_key: dict[str, list[str]] = field(default_factory=dict)
    misplaced: dict[str, Decision] = field(default_factory=dict)
    _taken: Counter[str] = field(default_factory=Counter)
    _by_label: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def rule_name(self, entity: Entity) -> str:
        """Return the name that rules give: of the acronym for an organization, else of the label.

        The same label twice in a row of the table is the same thing; in two rows it is two.
        """
        if entity.kind_of_thing == "target":
            return f"target/{entity.part}"
        row = entity.key.partition("/")[0]
        same = (row, entity.kind_of_thing, fold(f"{entity.label} {entity.part}"))
        if same not in self._by_label:
            path = PATHS[entity.kind_of_thing]
            acronyms = entity.values("acronym") if path == "org" else ()
            name = f"{path}/{slug(next(iter(acronyms), entity.label))}"
            self._taken[name] += 1
            number = self._taken[name]
            self._by_label[same] = name if number == 1 else f"{name}-{number}"
        return self._by_label[same]

    def resolve(self, key: str) -> Iterator[str]:
        """Yield the names of what a key stands for (several where an item was split)."""
        for name in self.by_key.get(key, ()):
            if name in self.by_key:
                yield from self.resolve(name)
            else:
                yield name

    def resolve_claim(self, claim: Claim) -> Iterator[Claim]:
        """Yield a claim with keys of drafts replaced by names; a misplaced one becomes a doubt."""
        key = str(claim.value)
        if not PROPERTIES[claim.property].from_draft or claim.decision:
            yield claim
        elif key in self.misplaced:
            yield Claim("focal-point-statement", "doubted", decision=self.misplaced[key])
        else:
            for name in self.resolve(key):
                yield Claim(claim.property, name, claim.item)
