"""What the words of a title say: its kind, its topics, what sort of body a name is."""

from __future__ import annotations

import re

KIND_WORDS: tuple[tuple[str, str], ...] = (
    ("memorandum-of-understanding", r"memorand(?:um|a) of understanding"),
    ("framework-act", r"(?:framework|model) (?:act|law)"),
    ("plan-of-action", r"(?:strategic )?plans? of action|(?:action|strategic) plan"),
    ("work-plan", r"work ?plan"),
    ("strategy", r"strategic framework|strategy"),
    ("programme", r"program(?:me)?"),
    ("convention", r"convention|covenant"),
    ("protocol", r"protocol"),
    ("agreement", r"agreement|treaty"),
    ("directive", r"directive"),
    ("regulation", r"regulation"),
    ("resolution", r"resolution"),
    ("decision", r"decision"),
    ("recommendation", r"recommendation"),
    ("declaration", r"declaration"),
    ("statement", r"statement|communiqu[eé]"),
    ("campaign", r"campaign"),
    ("training", r"training|course"),
    ("report", r"report"),
    ("study", r"study|(?:thematic|issue|discussion) paper"),
    ("case-digest", r"case digest"),
    ("handbook", r"handbook|guidebook|manual|toolkit|booklet"),
    ("guidelines", r"guideline|guidance|guide"),
    ("database", r"database"),
    ("portal", r"portal"),
    ("meeting", r"meeting"),
)
"""Kinds of instrument and the words that show them; the first word in a title decides."""

TOPIC_WORDS: tuple[tuple[str, str], ...] = (
    ("children", r"child(?:ren)?"),
    ("women", r"wom[ae]n|girls?"),
    ("forced-labour", r"forced labou?r|labou?r exploitation|exploitative employment"),
    ("domestic-work", r"domestic (?:work(?:ers?)?|servitude)"),
    ("supply-chains-and-procurement", r"supply chains?|procurement|government contracts"),
    ("conflict", r"conflict"),
    ("migration-and-refugees", r"migra(?:tion|nts?|tory)|refugees?|smuggling"),
    (
        "victim-identification-and-protection",
        r"victims?|referral|reintegration|repatriation|protection",
    ),
    ("criminal-justice", r"criminali[sz]ing|evidential|prosecut\w*|organi[sz]ed crime"),
    ("financial-flows-and-corruption", r"financial flows?|corruption|money laundering"),
)
"""Topics and the words in a title that show them."""

ALLIANCE_WORDS = "alliance|network|partnership|coalition|inter-agency|forum"
ALLIANCE = re.compile(rf"\b(?:{ALLIANCE_WORDS})\b", re.IGNORECASE)
PROCESS = re.compile(
    rf"\b(?:process|initiative|conference|task force|dialogue|{ALLIANCE_WORDS})\b", re.IGNORECASE
)
POST = re.compile(
    r"\b(?:rapporteur|representative|co-?ordinator|commissioner|envoy|ambassador|adviser|advisor)\b",
    re.IGNORECASE,
)
_KINDS = re.compile(
    "|".join(rf"(?P<k{number}>\b(?:{words})s?\b)" for number, (_, words) in enumerate(KIND_WORDS)),
    re.IGNORECASE,
)


def kind_of(title: str) -> str:
    """Return the kind of instrument that the first telling word of a title shows, or nothing.

    >>> kind_of("Progress Report: II Work Plan Against Trafficking")
    'report'
    """
    match = _KINDS.search(title)
    return KIND_WORDS[int(match.lastgroup[1:])][0] if match and match.lastgroup else ""


def topics_of(title: str) -> tuple[str, ...]:
    """Return the topics that the words of a title show."""
    return tuple(
        topic
        for topic, words in TOPIC_WORDS
        if re.search(rf"\b(?:{words})\b", title, re.IGNORECASE)
    )


def is_process(name: str) -> bool:
    """Tell whether an organization's name is that of a process, initiative, conference or forum."""
    return PROCESS.search(name) is not None


def is_alliance(name: str) -> bool:
    """Tell whether a body's name is that of an alliance, network or inter-agency group."""
    return ALLIANCE.search(name) is not None


def is_post(name: str) -> bool:
    """Tell whether a name is that of a person's office, as a rapporteur's or a coordinator's."""
    return POST.search(name) is not None
