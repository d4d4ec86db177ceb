"""What the page of a country, an instrument or an organization answers before all else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import NamedNode

from tipgraph.ask.answer import short
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.serve.pages.asked import ask_all
from tipgraph.tell import country, instrument
from tipgraph.tell.organization import organization_of
from tipgraph.tell.pictures.svg import legend
from tipgraph.tell.pictures.timeline import dated, forces_of, timeline_picture
from tipgraph.tell.thing import Thing


@dataclass(frozen=True)
class First:
    """The template of a page, what it says in a sentence, and what else it tells."""

    template: str = "thing.html"
    sentence: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)


def answer_first(kg: KnowledgeGraph, iri: NamedNode, one: Thing, day: str) -> First:
    """Return what the page of a thing answers first, where there is a question for it.

    Raises ArgumentError where the day is none.
    """
    answered: First | None = None
    if kg.reader.is_a(iri, "tip:State"):
        answered = _country(kg, iri, day)
    elif kg.reader.is_a(iri, "tip:FrameworkInstrument"):
        answered = _instrument(kg, iri, day)
    elif kg.reader.is_a(iri, "tip:Organization"):
        answered = _organization(kg, iri, one)
    return answered or First(sentence=one.definition)


def _country(kg: KnowledgeGraph, iri: NamedNode, day: str) -> First | None:
    asked = ask_all(kg, country.QUESTIONS, {"country": iri}, day)
    if asked is None:
        return None
    told = country.country_on(iri, asked.day, asked.answers, kg.reader)
    given = {"country": told, "empty": asked.empty, "is_default": not day}
    return First("country.html", told.sentence, given)


def _instrument(kg: KnowledgeGraph, iri: NamedNode, day: str) -> First:
    reader = kg.reader
    asked = ask_all(kg, instrument.QUESTIONS, {"instrument": iri}, day)
    told = asked and instrument.instrument_on(iri, asked.day, asked.answers, reader)
    force = reader.labels(iri, "tip:legalForce")
    ground = reader.value(iri, "tip:legalForceGround")
    given = {
        "instrument": told,
        "force": force,
        "ground": ground,
        "dates": [
            (reader.heading(name), value)
            for name in ("tip:adoptedOrIssued", "tip:inForceFrom", "tip:inForceUntil")
            if (value := reader.value(iri, name))
        ],
        "texts": [
            page.value
            for page in reader.objects(iri, "foaf:page")
            for page in reader.objects(page, "schema:url")
        ],
        "answer_address": f"instrument={short(iri).rpartition('/')[2]}&on={asked.day}"
        if asked
        else "",
        "is_default": not day,
    }
    sentence = told.sentence if told else f"{force.capitalize()}. {ground}".strip()
    return First("instrument.html", sentence, given)


def _organization(kg: KnowledgeGraph, iri: NamedNode, one: Thing) -> First:
    told = organization_of(iri, one, kg.reader)
    listed = [dated(node, kg.reader) for node in kg.reader.subjects("tip:listedUnder", iri)]
    has_years = any(each.year for each in listed)
    given = {
        "organization": told,
        "timeline": timeline_picture(listed) if has_years else "",
        "legend": legend(forces_of(listed)),
    }
    return First("organization.html", told.sentence, given)
