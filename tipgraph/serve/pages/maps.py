"""Who is bound, or who belongs, on a day: a map, the same as a table, and how it came about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup
from pyoxigraph import NamedNode

from tipgraph.ask.answer import Answer, Row
from tipgraph.ask.run import BoundQuery
from tipgraph.graph.engines.engine import Term
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.iris import path_of, term
from tipgraph.tell.pictures.steps import Counted, steps_picture
from tipgraph.tell.pictures.world import (
    LOOKS,
    NOTHING,
    Placed,
    World,
    looks_legend,
    read_world,
    world_picture,
)
from tipgraph.tell.reader import Reader

SURE, POSSIBLE, OTHER, _ = LOOKS
NO_RECORD = "no record"
HISTORY = "bound-history"
NO_ANSWERS: Mapping[str, Answer] = {}


@dataclass(frozen=True)
class Kind:
    """What a map shows: a question, its columns, and how its answers look and are said.

    It is drawn for what records point to with `pointer`.
    """

    query: str
    parameter: str
    pointer: str
    heading: str
    who: str
    answer: str
    detail: str
    looks: Mapping[str, str]
    said: Mapping[str, str]


PARTIES = Kind(
    query="parties-on",
    parameter="instrument",
    pointer="tip:towards",
    heading="Whom it binds",
    who="actor",
    answer="answer",
    detail="binds",
    looks={"bound": SURE, "may be bound": POSSIBLE, "not bound": OTHER, NO_RECORD: NOTHING},
    said={},
)
MEMBERS = Kind(
    query="members-on",
    parameter="organization",
    pointer="org:organization",
    heading="Who belongs to it",
    who="member",
    answer="belongs",
    detail="standing",
    looks={"yes": SURE, "may be": POSSIBLE},
    said={"yes": "belongs", "may be": "may belong"},
)


@dataclass(frozen=True)
class Map:
    """How every state stands on a day: drawn, in words, and where that is asked with its sources.

    `beside` are those who stand so and are no state, and so not on the map.
    """

    heading: str
    day: str
    drawing: Markup
    legend: list[tuple[Markup, str]]
    placed: tuple[Placed, ...]
    beside: tuple[Placed, ...]
    address: str
    source: str


@dataclass(frozen=True)
class History:
    """How many are bound through time: drawn, and year by year."""

    drawing: Markup
    years: tuple[Counted, ...]


def map_of(
    thing: NamedNode,
    kg: KnowledgeGraph,
    on: str = "",
    answers: Mapping[str, Answer] = NO_ANSWERS,
) -> Map | None:
    """Return the map of an instrument's parties or an organization's members on a day.

    Without a day it is that of the question; `answers` are those of that day that are known, by
    question. None where nothing is recorded, or there is no map. Raises UsageError for what is no
    day.
    """
    world, kind = read_world(kg.folder.map), _kind(thing, kg)
    if world is None or kind is None:
        return None
    given = {kind.parameter: path_of(thing.value), **({"on": on} if on else {})}
    bound = kg.questions.bound(kg.queries[kind.query], given)
    answer = answers.get(kind.query) or kg.questions.rows(bound)
    told = _placed(answer, kind, kg.reader)
    states = tuple(_states(told, world, kg.reader))
    beside = tuple(one for one in told if not world.has(one.code))
    return _map(kind, world, bound, states, beside)


def history_of(instrument: NamedNode, kg: KnowledgeGraph) -> History | None:
    """Return how many an instrument bound through time, or None where it bound nobody."""
    if HISTORY not in kg.queries.names or not _is_pointed_to(instrument, PARTIES.pointer, kg):
        return None
    rows = kg.query(HISTORY, instrument=path_of(instrument.value)).rows
    years = tuple(
        Counted(int(str(row.year)), int(str(row.bound)), int(str(row.may_be_bound))) for row in rows
    )
    if not years:
        return None
    name = f"How many were bound from {years[0].year} to {years[-1].year}"
    return History(steps_picture(years, name, "States and organizations bound"), years)


def _kind(thing: NamedNode, kg: KnowledgeGraph) -> Kind | None:
    found = (
        kind
        for kind in (PARTIES, MEMBERS)
        if kind.query in kg.queries.names and _is_pointed_to(thing, kind.pointer, kg)
    )
    return next(found, None)


def _is_pointed_to(thing: NamedNode, predicate: str, kg: KnowledgeGraph) -> bool:
    quads = kg.store.quads_for_pattern(None, term(predicate), thing, None)
    return next(iter(quads), None) is not None


def _map(
    kind: Kind,
    world: World,
    bound: BoundQuery,
    states: tuple[Placed, ...],
    beside: tuple[Placed, ...],
) -> Map:
    day = str(getattr(bound.arguments["on"], "value", ""))
    thing = path_of(getattr(bound.arguments[kind.parameter], "value", ""))
    counts = Counter((one.look, one.words) for one in states)
    ordered = sorted(counts.items(), key=lambda item: LOOKS.index(item[0][0]))
    words = [(look, f"{said}: {count}") for (look, said), count in ordered]
    told = "; ".join(said for _, said in words)
    return Map(
        heading=kind.heading,
        day=day,
        drawing=world_picture(world, states, f"Map of the world on {day}: {told}"),
        legend=looks_legend(words),
        placed=states,
        beside=beside,
        address=f"/query/{kind.query}?{kind.parameter}={thing}&on={day}",
        source=world.source,
    )


def _placed(answer: Answer, kind: Kind, reader: Reader) -> list[Placed]:
    found = [_one(row, kind, reader) for row in answer]
    return sorted(found, key=lambda one: LOOKS.index(one.look))


def _one(row: Row, kind: Kind, reader: Reader) -> Placed:
    node, answer = NamedNode(str(row[kind.who])), str(row[kind.answer])
    look = kind.looks.get(answer, OTHER)
    return Placed(
        code=node.value.rpartition("/")[2],
        link=reader.link(node),
        look=look,
        words=kind.said.get(answer, answer),
        detail=_detail(row.terms[row.columns.index(kind.detail)], look, reader),
        since=str(row["since"] or ""),
    )


def _detail(term: Term | None, look: str, reader: Reader) -> str:
    """Return the name of a standing, or in words why somebody is not bound."""
    if isinstance(term, NamedNode):
        return reader.label(term)
    return term.value if term is not None and look == OTHER else ""


def _states(told: list[Placed], world: World, reader: Reader) -> Iterator[Placed]:
    """Yield who is on the map: those told of, and each other state, of which nothing is told."""
    yield from (one for one in told if world.has(one.code))
    known = {one.code for one in told}
    for state in reader.subjects("rdf:type", term("tip:State")):
        code = state.value.rpartition("/")[2]
        if code not in known and world.has(code):
            yield Placed(code, reader.link(state), NOTHING, NO_RECORD)
