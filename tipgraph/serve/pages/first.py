"""What the page of a country, an instrument or an organization answers before all else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.iris import path_of
from tipgraph.serve.pages.asked import ask_all
from tipgraph.serve.pages.maps import history_of, map_of
from tipgraph.tell import country, instrument
from tipgraph.tell.organization import organization_of
from tipgraph.tell.pictures.svg import legend
from tipgraph.tell.pictures.timeline import dated, forces_of, timeline_picture
from tipgraph.tell.reader import Reader
from tipgraph.tell.thing import Thing

DATES = ("tip:adoptedOrIssued", "tip:inForceFrom", "tip:inForceUntil")


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
        answered = _organization(kg, iri, one, day)
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
    force, ground = reader.labels(iri, "tip:legalForce"), reader.value(iri, "tip:legalForceGround")
    given = {
        "instrument": told,
        "force": force,
        "dates": [(reader.heading(date), reader.value(iri, date)) for date in DATES],
        "texts": [reader.link(page) for page in reader.nodes(iri, "foaf:page")],
        "asked": urlencode({"instrument": path_of(iri.value).rpartition("/")[2], "on": asked.day})
        if asked
        else "",
        "is_default": not day,
        "map": map_of(iri, kg, day, asked.answers if asked else {}),
        "history": history_of(iri, kg),
    }
    sentence = told.sentence if told else _of_force(force, ground, reader)
    return First("instrument.html", sentence, given)


def _of_force(force: str, ground: str, reader: Reader) -> str:
    return f"{reader.heading('tip:legalForce').capitalize()}: {force}. {ground}".strip()


def _organization(kg: KnowledgeGraph, iri: NamedNode, one: Thing, day: str) -> First:
    told = organization_of(iri, one, kg.reader)
    listed = [dated(node, kg.reader) for node in kg.reader.subjects("tip:listedUnder", iri)]
    has_years = any(each.year for each in listed)
    given = {
        "organization": told,
        "timeline": timeline_picture(listed) if has_years else "",
        "legend": legend(forces_of(listed)),
        "map": map_of(iri, kg, day),
    }
    return First("organization.html", told.sentence, given)
