"""Describe what was read: acts of states, statements of where they stood, and lists of members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from tipgraph.layers.citations import cite, is_derived
from tipgraph.layers.layer import Layer
from tipgraph.rdf.iris import concept, slug, thing
from tipgraph.rdf.terms import bounds, date, english
from tipgraph.source.check_facts import is_dated
from tipgraph.source.facts import (
    Founding,
    ListedMember,
    MembershipAct,
    Record,
    StatedParty,
    TreatyAct,
)
from tipgraph.source.rules import Exemption

UNDATED = "undated"


def record_iri(record: Record) -> NamedNode:
    """Return the IRI of a record."""
    match record:
        case TreatyAct():
            done = record.date or UNDATED
            return thing(f"act/{record.instrument}/{record.actor}/{record.act}/{done}")
        case StatedParty():
            said = f"{record.actor}/{record.standing}/{slug(record.on)}"
            return thing(f"stated/{record.instrument}/{said}")
        case MembershipAct():
            done = record.date or UNDATED
            return thing(f"act/{record.organization}/{record.member}/{record.act}/{done}")
        case ListedMember():
            return thing(f"listed/{record.organization}/{record.member}")
        case Founding():
            return thing(f"founding/{record.organization}")
        case Exemption():
            return thing(f"exemption/{record.instrument}/{record.actor}")


def record_in_words(record: Record) -> str:
    """Return what a record says of a state in a few words, with its day."""
    match record:
        case TreatyAct() | MembershipAct():
            what, when = record.act, record.date or f"by {record.as_of}"
        case StatedParty():
            what, when = f"said to be {record.standing}", f"as of {record.on}"
        case ListedMember():
            what, when = f"listed as {record.standing}", f"as of {record.as_of}"
        case Founding():
            what, when = "organization founded", record.founded
        case Exemption():
            what, when = "own arrangement", _days_in_words(record)
    return f"{what.replace('-', ' ')}, {when}"


def _days_in_words(exemption: Exemption) -> str:
    days = {"from": exemption.bound_from, "until": exemption.bound_until}
    bound = " ".join(f"{word} {day}" for word, day in days.items() if day)
    return f"bound {bound}" if bound else "never bound"


def describe_record(
    record: Record, members: Mapping[str, NamedNode], layer: Layer, provenance: Layer
) -> None:
    """Add a record to its layer, and its sources to the provenance layer."""
    iri = record_iri(record)
    match record:
        case TreatyAct():
            _describe_act(iri, record, "treaty-act", layer)
            layer.a(iri, "tip:TreatyAct")
            layer.add(iri, "tip:instrument", thing(f"instrument/{record.instrument}"))
            layer.add(iri, "tip:actor", members[record.actor])
        case StatedParty():
            layer.a(iri, "tip:StatedStanding")
            layer.add(iri, "tip:instrument", thing(f"instrument/{record.instrument}"))
            layer.add(iri, "tip:actor", members[record.actor])
            layer.add(iri, "tip:statedStatus", concept("party-status", record.standing))
            _describe_words(iri, record, layer)
        case MembershipAct():
            _describe_act(iri, record, "membership-act", layer)
            layer.a(iri, "tip:MembershipAct")
            layer.add(iri, "tip:inOrganization", thing(f"org/{record.organization}"))
            layer.add(iri, "tip:actor", members[record.member])
        case ListedMember():
            layer.a(iri, "tip:ListedMember")
            layer.add(iri, "tip:inOrganization", thing(f"org/{record.organization}"))
            layer.add(iri, "tip:actor", members[record.member])
            layer.add(iri, "tip:statedStanding", concept("standing", record.standing))
            layer.add(iri, "skos:note", *map(english, record.remark))
        case Founding():
            layer.a(iri, "tip:Founding")
            layer.add(iri, "tip:inOrganization", thing(f"org/{record.organization}"))
            layer.add(iri, "dcterms:date", date(record.founded))
            layer.add(iri, "tip:quote", Literal(record.words))
        case Exemption():
            layer.a(iri, "tip:Exemption")
            layer.add(iri, "tip:instrument", thing(f"instrument/{record.instrument}"))
            layer.add(iri, "tip:actor", members[record.actor])
            layer.add(iri, "skos:note", english(record.because))
            layer.add(iri, "tip:quote", *([Literal(record.words)] if record.words else []))
    cite(layer, iri, provenance, record.source)
    if is_derived(record.source):
        layer.a(iri, "tip:Derived")
    describe_sources(iri, (record,), layer)


def _describe_act(
    iri: NamedNode, act: TreatyAct | MembershipAct, scheme: str, layer: Layer
) -> None:
    layer.add(iri, "tip:actKind", concept(scheme, act.act))
    if act.date:
        first, last = bounds(act.date)
        layer.add(iri, "dcterms:date", date(act.date))
        layer.add(iri, "tip:earliest", first)
        layer.add(iri, "tip:latest", last)
    _describe_words(iri, act, layer)


def _describe_words(
    iri: NamedNode, record: TreatyAct | MembershipAct | StatedParty, layer: Layer
) -> None:
    layer.add(iri, "tip:certainty", concept("certainty", record.certainty))
    if record.words:
        layer.add(iri, "tip:quote", Literal(record.words))
    if record.remark:
        layer.add(iri, "skos:note", english(record.remark))


def describe_sources(iri: NamedNode, records: Iterable[Record], layer: Layer) -> None:
    """Add in words the sources of what records say, the first one's first, and the newest day."""
    rows = tuple(records)
    sources = list(dict.fromkeys(text for record in rows for text in record.source))
    more = f" (and {len(sources) - 1} more)" if len(sources) > 1 else ""
    layer.add(iri, "tip:sourceInWords", Literal(f"{sources[0]}{more}"))
    if dated := [day for day in map(as_of, rows) if day]:
        layer.add(iri, "tip:asOf", as_of_literal(_newest(dated)))


def as_of(record: Record) -> str:
    """Return the day that a record is of, words that say it is undated, or nothing if timeless."""
    match record:
        case Founding() | Exemption():
            return ""
        case StatedParty():
            return record.on
        case _:
            return record.as_of


def as_of_literal(text: str) -> Literal:
    """Return an as-of date as a date or, where it is undated, as its words."""
    return date(text) if is_dated(text) else Literal(text)


def _newest(texts: Iterable[str]) -> str:
    """Return the newest of some as-of dates; words count only where there is no date."""
    return max(texts, key=lambda text: (is_dated(text), text))
