"""Find items at an endpoint by name, website and words, and learn about them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from tipgraph.links.score import EMPTY_WORDS
from tipgraph.links.source import Source
from tipgraph.links.things import Named, is_acronym, site, spellings

MOST = 20
"""Items taken from a search by words."""


def items_for(things: Sequence[Named], source: Source) -> dict[str, set[str]]:
    """Return the IRIs of the items that may be each thing, by the thing's IRI.

    Items are found by an equal name, acronym or website, in batches, and by words only where no
    name or website is; so the number of requests grows as the number of things does.

    Raises EngineError where the endpoint fails.
    """
    by_name = _found(source, source.description.names, list(_literals(things, source)))
    by_page = _found(source, source.description.homepage, list(_pages(things)), site)
    found: dict[str, set[str]] = {}
    for thing in things:
        paged = {item for page in thing.pages for item in by_page.get(site(page), ())}
        named = _under(by_name, [name for name in thing.names if not is_acronym(name)])
        sure = named | paged or _searched(thing, source)
        found[thing.iri] = sure | _under(by_name, list(filter(is_acronym, thing.names)))
    return found


def learn(iris: Iterable[str], kinds: Sequence[str], source: Source) -> dict[str, Named]:
    """Return what the endpoint says of items: names, websites, which of our kinds' types they have.

    Raises EngineError where the endpoint fails.
    """
    about = source.description
    values = [f"<{iri}>" for iri in sorted(set(iris))]
    label = _values(source, values, about.label, about.languages)
    names = _values(source, values, about.names, about.languages)
    pages = _values(source, values, about.homepage)
    types = _values(source, values, about.type)
    moved = _values(source, values, about.moved)
    wanted = frozenset(source.expanded(name) for kind in kinds for name in about.types(kind))
    return {
        iri: Named(
            iri=iri,
            names=tuple(dict.fromkeys([*label.get(iri, ()), *names.get(iri, ())])),
            pages=frozenset(pages.get(iri, ())),
            types=wanted & set(types.get(iri, ())),
            has_type=iri in types,
            moved_to=next(iter(moved.get(iri, ())), ""),
        )
        for iri in (value[1:-1] for value in values)
    }


def _under(items: Mapping[str, set[str]], names: Sequence[str]) -> set[str]:
    return {item for name in names for item in items.get(name, ())}


def _literals(things: Sequence[Named], source: Source) -> Iterator[str]:
    """Yield the names to look for as SPARQL literals, each in the languages of the endpoint."""
    for name in sorted({name for thing in things for name in thing.names}):
        tagged = (Literal(name, language=code) for code in source.description.languages)
        yield " ".join(map(str, [*tagged, Literal(name)]))


def _pages(things: Sequence[Named]) -> Iterator[str]:
    for url in sorted({page for thing in things for page in thing.pages}):
        yield " ".join(f"<{spelling}>" for spelling in spellings(url))


def _found(
    source: Source, path: str, values: Sequence[str], key: Callable[[str], str] = str
) -> dict[str, set[str]]:
    """Return the items that have one of the values at a path, by the value."""
    if not path:
        return {}
    text = (
        f"SELECT DISTINCT ?item ?value WHERE {{ VALUES ?value {{ $values }} ?item {path} ?value }}"
    )
    found: dict[str, set[str]] = {}
    for rows in source.ask_of(values, text):
        for item, value in rows.rows:
            if isinstance(item, NamedNode) and value:
                found.setdefault(key(value.value), set()).add(item.value)
    return found


def _values(
    source: Source, values: Sequence[str], path: str, languages: Sequence[str] = ()
) -> dict[str, list[str]]:
    """Return the values of items at a path, by the item, the first languages first."""
    if not path:
        return {}
    told = ", ".join(json.dumps(language) for language in languages)
    kept = f' FILTER (LANG(?value) IN ({told}, ""))' if languages else ""
    pattern = f"VALUES ?item {{ $values }} ?item {path} ?value{kept}"
    text = f"SELECT DISTINCT ?item ?value WHERE {{ {pattern} }}"
    order = {language: place for place, language in enumerate(languages)}
    found: dict[str, list[tuple[int, str]]] = {}
    for rows in source.ask_of(values, text):
        for item, value in rows.rows:
            if item and value:
                language = value.language if isinstance(value, Literal) else None
                place = order.get(language or "", len(order))
                found.setdefault(item.value, []).append((place, value.value))
    return {item: [value for _, value in sorted(pairs)] for item, pairs in found.items()}


def _searched(thing: Named, source: Source) -> set[str]:
    """Return the items found by the words of a thing's label, where the endpoint can search."""
    pattern = source.description.search
    every: list[str] = re.findall(r"[A-Za-z0-9]+", thing.label)
    words = [word for word in every if len(word) > 2 and word.lower() not in EMPTY_WORDS]
    if not pattern or not words:
        return set()
    joined = " AND ".join(f'"{word}"' for word in words)
    filled = pattern.replace("$text", str(Literal(thing.label))).replace("$words", f"'{joined}'")
    rows = source.ask(f"SELECT DISTINCT ?item WHERE {{ {filled} }} LIMIT {MOST}").rows
    return {item.value for (item,) in rows if isinstance(item, NamedNode)}
