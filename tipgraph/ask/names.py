"""Resolve what people write to terms: acronyms, slugs, labels, symbols and IRIs to things."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from tipgraph.ask.identifiers import Things, keys_of, known_identifiers, proposed_identifiers
from tipgraph.ask.near import did_you_mean, folded, near_names
from tipgraph.ask.parameters import THING_TYPES
from tipgraph.errors import UsageError, quoted
from tipgraph.graph.engines.engine import Engine, Term, solutions
from tipgraph.rdf.iris import BASE, fold, iri_of, node_of, path_of, term

NAME_PROPERTIES = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "skos:notation")
NAMES = f"""
SELECT ?thing ?name WHERE {{
  ?thing {"|".join(NAME_PROPERTIES)} ?name .
  FILTER (!STRSTARTS(STR(?thing), "{BASE}concept/"))
}}
"""
CLASSES = "SELECT ?thing ?class WHERE { ?thing a ?class . }"
"""Asked apart from the names: together they are some four times as slow."""
CONCEPTS = """
SELECT ?concept ?name WHERE {
  ?concept skos:inScheme <%s> ;
    skos:prefLabel|skos:altLabel|skos:notation ?name .
}
ORDER BY ?concept
"""
MISPRINTS = """
SELECT ?thing ?label ?name WHERE { ?thing skos:hiddenLabel ?name ; skos:prefLabel ?label . }
"""
LABEL = "SELECT ?label WHERE { <%s> skos:prefLabel ?label . }"
SCOPE = "SELECT ?note { <%s> skos:scopeNote ?note }"
REPLACED = "SELECT ?old ?new WHERE { ?old dcterms:isReplacedBy ?new . }"


@dataclass(frozen=True)
class Name:
    """A name of a thing as people write it, folded for comparison."""

    thing: NamedNode
    folded: str
    printed: str


class Names:
    """Every name of every thing that an engine knows, and its concepts by scheme."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._concepts: dict[str, dict[NamedNode, set[str]]] = {}

    @cached_property
    def classes(self) -> dict[NamedNode, set[str]]:
        """The classes of each thing that has a name."""
        classes: dict[NamedNode, set[str]] = {thing: set() for thing, _ in self._rows}
        for thing, kind in solutions(CLASSES, self.engine).rows:
            if isinstance(thing, NamedNode) and thing in classes and kind:
                classes[thing].add(kind.value)
        return {thing: kinds for thing, kinds in classes.items() if kinds}

    @cached_property
    def _rows(self) -> tuple[tuple[NamedNode, str], ...]:
        found = solutions(NAMES, self.engine).rows
        return tuple(
            (thing, name.value) for thing, name in found if isinstance(thing, NamedNode) and name
        )

    @cached_property
    def _names(self) -> dict[str, list[Name]]:
        pairs = {(thing, name) for thing, name in self._rows if thing in self.classes}
        pairs |= {(thing, path_of(thing.value).rpartition("/")[2]) for thing in self.classes}
        names: dict[str, list[Name]] = {}
        for thing, name in sorted(pairs, key=lambda pair: (pair[0].value, pair[1])):
            names.setdefault(fold(name), []).append(Name(thing, fold(name), name))
        return names

    @cached_property
    def _loose(self) -> dict[str, set[NamedNode]]:
        """What names of several words name by these words alone, without signs between them."""
        loose: dict[str, set[NamedNode]] = {}
        for names in self._names.values():
            for name in names:
                if " " in (words := _words(name.printed)):
                    loose.setdefault(words, set()).add(name.thing)
        return loose

    @cached_property
    def _identifiers(self) -> Things:
        return known_identifiers(self.engine)

    @cached_property
    def _proposed(self) -> Things:
        return proposed_identifiers(self.engine)

    @cached_property
    def _successors(self) -> dict[NamedNode, NamedNode]:
        """What has replaced each retired thing at last."""
        replaced = {
            old: new
            for old, new in solutions(REPLACED, self.engine).rows
            if isinstance(old, NamedNode) and isinstance(new, NamedNode)
        }
        for _ in replaced:
            replaced = {old: replaced.get(new, new) for old, new in replaced.items()}
        return replaced

    def is_a(self, node: Term, kind: str) -> bool:
        """Tell whether a term is a thing of a type of parameters."""
        wanted = THING_TYPES[kind]
        classes = self.classes.get(node, set()) if isinstance(node, NamedNode) else set()
        return term(wanted).value in classes if wanted else bool(classes)

    def find(self, text: str, kind: str = "thing") -> NamedNode:
        """Return the one thing that a text names.

        Raises UsageError where it names none (with near names) or several (with all of them).
        """
        if (node := node_of(text)) and self.is_a(self._successors.get(node, node), kind):
            return self._successors.get(node, node)
        named = {name.thing for name in self._names.get(fold(text), ())}
        named = named or self._under(self._identifiers, text)
        named = named or self._loose.get(_words(text), set())
        found = {thing for thing in named if self.is_a(thing, kind)}
        if len(found) == 1:
            return found.pop()
        if found:
            what = f"{quoted(text)} can mean several things: {'; '.join(self._called(found))}"
            raise UsageError(what, near=tuple(sorted(path_of(thing.value) for thing in found)))
        others = " and ".join(self._called(named))
        told = f"; that is {others}" if others else self._told_proposed(text, kind)
        near = () if told else self.near(text, kind)
        told = told or did_you_mean(near) or self._told_scope(kind)
        what = f"no {kind} is called {quoted(text)}{told}"
        raise UsageError(what, near=near)

    def written(self, thing: NamedNode, kind: str = "thing") -> str:
        """Return how a thing is written as an argument: the end of its path, if that is enough."""
        path = path_of(thing.value)
        name = path.rpartition("/")[2]
        if kind == "concept":
            return name
        try:
            return name if self.find(name, kind) == thing else path
        except UsageError:
            return path

    def near(self, text: str, kind: str = "thing") -> tuple[str, ...]:
        """Return up to three names of things that a text may mean."""
        return near_names(text, {name.folded: name.printed for name in self.of(kind)})

    def _under(self, things: Things, text: str) -> set[NamedNode]:
        """Return what a text names by what it is elsewhere, by the surest of its keys."""
        keys = keys_of(iri_of(text) if ":" in text else text)
        return next((things[key] for key in keys if key in things), set())

    def _told_proposed(self, text: str, kind: str) -> str:
        """Tell of which thing a link to what is named is only proposed."""
        things = {thing for thing in self._under(self._proposed, text) if self.is_a(thing, kind)}
        printed = " or ".join(self._called(things))
        return f"; that it is {printed} is still to be checked" if printed else ""

    def _told_scope(self, kind: str) -> str:
        """Tell what things of a kind the graph has not, where the ontology says so."""
        kinds = filter(None, (THING_TYPES[kind],))
        notes = (solutions(SCOPE % term(one).value, self.engine).rows for one in kinds)
        return "".join(f". {note.value}" for rows in notes for (note,) in rows if note)

    def _called(self, things: Iterable[NamedNode]) -> list[str]:
        """Return the path and the name of each of a few things."""
        return sorted(
            f"{path_of(thing.value)} ({label.value})"
            for thing in things
            for (label,) in solutions(LABEL % thing.value, self.engine).rows
            if label
        )

    def remark(self, text: str, kind: str = "thing") -> str:
        """Return what to say of a text that names a thing by a misprint alone, else nothing."""
        for thing, label in self._misprints.get(fold(text), ()):
            if self.is_a(thing, kind):
                path = path_of(thing.value)
                return f"{quoted(text)} is a wrong name in the table; taken for {label} ({path})"
        return ""

    @cached_property
    def _misprints(self) -> dict[str, list[tuple[NamedNode, str]]]:
        misprints: dict[str, list[tuple[NamedNode, str]]] = {}
        for thing, label, name in solutions(MISPRINTS, self.engine).rows:
            if isinstance(thing, NamedNode) and label and name:
                misprints.setdefault(fold(name.value), []).append((thing, label.value))
        return misprints

    def of(self, kind: str) -> list[Name]:
        """Return every name of the things of a type of parameters."""
        names = (name for names in self._names.values() for name in names)
        return [name for name in names if self.is_a(name.thing, kind)]

    def concepts(self, scheme: str) -> dict[str, NamedNode]:
        """Return the concepts of a scheme by the last part of their IRIs, in order."""
        return {node.value.rpartition("/")[2]: node for node in self._named_concepts(scheme)}

    def concept(self, scheme: str, text: str) -> NamedNode:
        """Return the one concept of a scheme that a text names, by its IRI, label or notation.

        Raises UsageError where it names none (with near names) or several.
        """
        named = self._named_concepts(scheme)
        if (node := node_of(text)) and node in named:
            return node
        found = {node for node, names in named.items() if _as_word(text) in names}
        if len(found) == 1:
            return found.pop()
        allowed = self.concepts(scheme)
        near = near_names(_as_word(text), folded(allowed))
        what = f"{quoted(text)} is none of {', '.join(allowed)}{did_you_mean(near)}"
        raise UsageError(what, near=near)

    def concept_names(self, scheme: str) -> dict[str, str]:
        """Return the last part of the IRI of each concept of a scheme by its names, folded."""
        named = self._named_concepts(scheme).items()
        return {name: node.value.rpartition("/")[2] for node, names in named for name in names}

    def _named_concepts(self, scheme: str) -> dict[NamedNode, set[str]]:
        if scheme not in self._concepts:
            named: dict[NamedNode, set[str]] = {}
            for node, name in solutions(CONCEPTS % f"{BASE}concept/{scheme}", self.engine).rows:
                if isinstance(node, NamedNode) and name:
                    last = node.value.rpartition("/")[2]
                    named.setdefault(node, {last}).add(_as_word(name.value))
            self._concepts[scheme] = named
        return self._concepts[scheme]


def _words(text: str) -> str:
    """Return the words of a text alone: "Iran (Islamic Republic of)" as "Iran, Islamic …" has."""
    return " ".join(re.findall(r"\w+", fold(text)))


def _as_word(text: str) -> str:
    """Return a text as the last part of a concept's IRI would have it."""
    return "-".join(fold(text).split())
