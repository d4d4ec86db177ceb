"""Instruments, resources and targets: what the words of one part of an item say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tipgraph.source.claims import Claim, Entity
from tipgraph.source.recognize.dates import DAY_FIRST, EXTENDED, PERIOD, UPDATED, Dates, find_dates
from tipgraph.source.recognize.parts import Part
from tipgraph.source.recognize.symbols import find_symbols
from tipgraph.source.recognize.text import acronym, last_parentheses, parentheses
from tipgraph.source.recognize.words import kind_of, topics_of
from tipgraph.source.values import Symbol, Value

TREATIES = frozenset({"convention", "protocol", "agreement"})
LOOKING_BACK = frozenset({"report", "study", "case-digest", "database", "portal", "meeting"})
"""Kinds whose period is what they cover, not what they plan."""
LINKED = re.compile(r"[a-z]{3}|:")
"""Marks a symbol found in a link rather than printed as one."""
QUOTED = re.compile(r"[“\"]([^“”\"]{5,})[”\"]")
RESOLUTION = re.compile(r"RES/")


def recognize_instrument(part: Part, place: str, symbol_text: str) -> Entity:
    """Return the draft of an instrument from the words of a part of the item at `place`.

    `symbol_text` is where its symbols are looked for: the whole item with its link, for an item
    that names one thing.
    """
    kind = kind_of(part.words)
    dates = find_dates(part.words)
    doubts = set() if kind else {"kind"}
    if (dates.other_date or dates.no_date) and not dates.date:
        doubts.add("date")
    claims = [Claim("title", _as_printed(part.printed), place)]
    if kind:
        claims.append(Claim("kind", kind, place))
    claims += [Claim(*pair, place) for pair in _date_claims(dates, kind)]
    symbols = list(find_symbols(symbol_text))
    if kind in TREATIES and any(RESOLUTION.search(symbol.text) for symbol in symbols):
        doubts.add("adopted-by")
        symbols = [symbol for symbol in symbols if not RESOLUTION.search(symbol.text)]
    claims += [Claim(*pair, place) for symbol in symbols for pair in _symbol_claims(symbol)]
    claims += [Claim("topic", topic, place) for topic in topics_of(part.words)]
    claims += [Claim("acronym", name, place) for name in _aliases(part.words)]
    claims += [Claim("alt-label", name, place) for name in QUOTED.findall(part.words)]
    key = f"{place}#{part.key}" if part.key else place
    label = label_of(part.words)
    return Entity(key, "instrument", label, (place,), part.key, tuple(claims), frozenset(doubts))


def recognize_target(code: str, place: str) -> Entity:
    """Return the draft of a Sustainable Development Goals target by its code, as in `8.7`."""
    claims = (Claim("symbol", Symbol("SDGCode", code), place),)
    return Entity(
        f"{place}#{code}",
        "target",
        f"Sustainable Development Goals target {code}",
        (place,),
        code,
        claims,
    )


def label_of(words: str) -> str:
    """Return a title without what is printed after it: years, symbols, acronyms, extensions.

    >>> label_of("Global Plan of Action (ARES/64/293) (2010)")
    'Global Plan of Action'
    >>> label_of("-C29 Forced Labour Convention (1930)")
    'C29 Forced Labour Convention'
    >>> label_of("Plan (30 March 2006)"), label_of("Plan (30 February 2006)")
    ('Plan', 'Plan (30 February 2006)')
    """
    no_date = find_dates(words).no_date
    label = EXTENDED.sub("", UPDATED.sub("", _as_printed(words))).strip(" ,")
    label = _without_day(label, no_date)
    while label.endswith(")"):
        start, content = last_parentheses(label)
        is_date = re.search(r"\d", content) and not (no_date and no_date in content)
        if not (is_date or acronym(content)):
            break
        label = label[:start].rstrip(" ,")
    return label or words.strip()


def _without_day(label: str, no_date: str) -> str:
    """Return a title without a day that stands outside brackets; what is no day stays."""
    match = DAY_FIRST.search(label)
    if not match or (no_date and no_date in match[0]):
        return label
    if any(start < match.start() < end for start, end, _ in parentheses(label)):
        return label
    return f"{label[: match.start()]}{label[match.end() :]}".strip(" ,")


def _as_printed(words: str) -> str:
    return re.sub(r"^[-–—•]\s*", "", words.strip()).rstrip(" ,")


def _aliases(words: str) -> Iterator[str]:
    for _, _, content in parentheses(words):
        first = content.split(",")[0].strip()
        known = re.search(r"\d{4}|/", first) or PERIOD.search(first)
        if acronym(first) and not known:
            yield first


def _symbol_claims(symbol: Symbol) -> Iterator[tuple[str, Value]]:
    yield "symbol", symbol
    if symbol.printed not in (symbol.text, "") and not LINKED.search(symbol.printed):
        yield "alt-label", symbol.printed


def _date_claims(dates: Dates, kind: str) -> Iterator[tuple[str, Value]]:
    if dates.date:
        yield "date", dates.date
    if dates.period and kind not in LOOKING_BACK:
        yield "period", dates.period
    for name in ("extension", "horizon", "updated"):
        if value := getattr(dates, name):
            yield name, value
