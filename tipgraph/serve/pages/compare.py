"""The page that puts countries side by side."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from tipgraph.errors import UsageError
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.iris import path_of
from tipgraph.serve.pages.asked import ask_all
from tipgraph.serve.pages.front import countries_of
from tipgraph.serve.pages.render import render
from tipgraph.tell.comparison import QUESTIONS, comparison_of


def compare(kg: KnowledgeGraph, named: Sequence[str], day: str = "") -> str:
    """Return the page of countries, named as people do, on a day; without any, its form.

    Raises ArgumentError where a country or the day is none, or where they are too few or too many.
    """
    (parameter,) = (p for p in kg.queries[QUESTIONS[0]].parameters if p.several)
    choices = {"choices": countries_of(kg.reader), "most": parameter.most, "least": parameter.least}
    if not named:
        return render("compare.html", comparison=None, chosen=(), **choices)
    asked = ask_all(kg, QUESTIONS, {parameter.name: named}, day)
    if asked is None:
        raise UsageError(f"this graph has no question {QUESTIONS[0]}")
    found = asked.given[parameter.name]
    countries = tuple(dict.fromkeys(one for one in found if isinstance(one, NamedNode)))
    codes = [path_of(one.value).rpartition("/")[2] for one in countries]
    return render(
        "compare.html",
        comparison=comparison_of(countries, asked.day, asked.answers[QUESTIONS[0]], kg.reader),
        empty=asked.empty[QUESTIONS[0]],
        chosen=codes,
        is_default=not day,
        question=f"/query/{QUESTIONS[0]}?"
        + urlencode({parameter.name: codes, "on": asked.day}, doseq=True),
        **choices,
    )
