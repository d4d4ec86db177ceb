"""Find candidates for links at an endpoint: who may be the same, how sure, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Literal

from tipgraph.files.sssom import SEMAPV
from tipgraph.files.sssom import Mapping as Candidate
from tipgraph.links.decided import SAME, Decided
from tipgraph.links.lookup import items_for, learn
from tipgraph.links.score import Score, score
from tipgraph.links.source import Source
from tipgraph.links.things import Named

THRESHOLD = 0.9
"""At this score no candidate of the test set is wrong; see docs/links.md."""
CLOSE = 0.05
"""Two items whose scores differ by less can't be told apart."""
DOUBT = 0.2
"""What a candidate loses that can't be told from another."""
MATCHED = f"{SEMAPV}CompositeMatching"

Scored = tuple[Named, Named, Score]


def find(
    things: Sequence[Named],
    source: Source,
    decided: Decided,
    threshold: float = THRESHOLD,
    progress: Callable[[str], None] = lambda said: None,
) -> tuple[Candidate, ...]:
    """Return the candidates of at least a score for things not yet linked to the endpoint's.

    Pairs that people have decided are left out. Raises EngineError where the endpoint fails; what
    it has answered is kept, so that the next search goes on from there.
    """
    linked = decided.linked(source.description.namespace) if source.description.namespace else set()
    wanted = [thing for thing in things if thing.iri not in linked]
    progress(f"{len(wanted)} things without a link, {len(things) - len(wanted)} with one")
    found = items_for(wanted, source)
    progress(f"{len(set().union(*found.values()))} items found")
    scored = _told_apart(_scored(wanted, found, source))
    taken = {mapping.object_id for mapping in decided.accepted()}
    return tuple(
        _candidate(thing, item, fit)
        for thing, item, fit in scored
        if fit.value >= threshold
        and (thing.iri, item.iri) not in decided.pairs()
        and item.iri not in taken
    )


def _scored(things: Sequence[Named], found: Mapping[str, set[str]], source: Source) -> list[Scored]:
    scored = []
    for kind, group in groupby(sorted(things, key=lambda thing: thing.kind), lambda t: t.kind):
        members = list(group)
        iris = {iri for thing in members for iri in found[thing.iri]}
        items = learn(iris, [kind], source)
        for thing in members:
            pairs = ((thing, items[iri]) for iri in sorted(found[thing.iri]))
            scored += [(*pair, score(*pair)) for pair in pairs if not pair[1].moved_to]
    return scored


def _told_apart(scored: Sequence[Scored]) -> list[Scored]:
    """Lower the scores of candidates that fit a thing, or an item, about as well as another."""
    by_thing, by_item = _best(scored, 0), _best(scored, 1)
    told = []
    for pair in scored:
        thing, item, fit = pair
        near = (*by_thing[thing.iri], *by_item[item.iri])
        rivals = (other for other in near if other is not pair)
        rival = next((other for other in rivals if other[2].value > fit.value - CLOSE), None)
        told.append((thing, item, fit if rival is None else _doubted(pair, rival)))
    return sorted(told, key=lambda each: (-each[2].value, each[0].iri, each[1].iri))


def _best(scored: Sequence[Scored], side: Literal[0, 1]) -> dict[str, list[Scored]]:
    """Return the two best pairs of each thing (side 0) or item (side 1)."""
    best: dict[str, list[Scored]] = {}
    for pair in sorted(scored, key=lambda pair: -pair[2].value):
        kept = best.setdefault(pair[side].iri, [])
        if len(kept) < 2:
            kept.append(pair)
    return best


def _doubted(pair: Scored, rival: Scored) -> Score:
    thing, _, fit = pair
    other = rival[1] if rival[0] == thing else rival[0]
    how = "better" if rival[2].value >= fit.value + CLOSE else "as well"
    value = round(max(0.0, fit.value - DOUBT), 3)
    return Score(value, (*fit.reasons, f"but {other.label} ({other.iri}) fits {how}"))


def _candidate(thing: Named, item: Named, fit: Score) -> Candidate:
    return Candidate(
        subject_id=thing.iri,
        predicate_id=SAME,
        object_id=item.iri,
        subject_label=thing.label,
        object_label=item.label,
        mapping_justification=MATCHED,
        confidence=fit.value,
        comment="; ".join(fit.reasons).replace(" ; ", "; "),
    )
