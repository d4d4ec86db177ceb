"""The union of the layers, read by pattern: answers in a fixed order, with labels and links."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from tipgraph.graph.engines.engine import Term
from tipgraph.rdf.iris import BASE, curie, expanded, fold, path_of, term
from tipgraph.tell.parts import Link

LABELS = ("skos:prefLabel", "rdfs:label", "dcterms:title", "dcterms:bibliographicCitation")
"""What names a node, the first that it has."""
LONG = 48
"""Letters from which on a name is long."""
DECISION = (("rdf:subject",), ("rdf:predicate", "rdf:object"))
SIDES = {
    "statement": DECISION,
    "link": DECISION,
    "membership": (("org:member",), ("tip:standing", "org:organization")),
    "participation": (("tip:party",), ("tip:partyStatus", "tip:towards")),
    "act": (("tip:actor",), ("tip:actKind", "tip:instrument", "tip:inOrganization")),
    "stated": (("tip:actor",), ("tip:statedStatus", "tip:instrument")),
    "listed": (("tip:actor",), ("tip:statedStanding", "tip:inOrganization")),
    "rule": (("tip:ruleOf",), ("tip:clause",)),
}
"""The properties by which a record without a name says what it says, by kind of path."""


def address_of(iri: str) -> str:
    """Return where a page can link for an IRI: our things by their path, others if on the web.

    >>> address_of("https://w3id.org/tipgraph/org/asean")
    '/org/asean'
    >>> address_of("javascript:alert(1)")
    ''
    """
    if iri.startswith(BASE):
        return f"/{path_of(iri)}"
    return iri if iri.startswith(("https://", "http://")) else ""


class Reader:
    """Reads a graph that stays as it is: labels are looked up once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._labels: dict[NamedNode, str] = {}

    def objects(self, subject: Term, *predicates: str) -> list[Term]:
        """Return the objects of a thing's statements, by name."""
        quads = (
            quad
            for predicate in predicates
            for quad in self.store.quads_for_pattern(
                _subject(subject), named(predicate), None, None
            )
        )
        found = {q.object for q in quads if isinstance(q.object, NamedNode | BlankNode | Literal)}
        return sorted(found, key=self._order)

    def nodes(self, subject: Term, *predicates: str) -> list[NamedNode]:
        """Return those objects that are things."""
        return [node for node in self.objects(subject, *predicates) if isinstance(node, NamedNode)]

    def subjects(self, predicate: str, object: Term) -> list[NamedNode]:
        """Return the things with such a statement, by name."""
        quads = self.store.quads_for_pattern(None, named(predicate), object, None)
        found = {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}
        return sorted(found, key=self._order)

    def statements(self, subject: NamedNode) -> Iterator[tuple[NamedNode, Term]]:
        """Yield the property and the object of every statement about a thing."""
        pairs = {
            (quad.predicate, quad.object)
            for quad in self.store.quads_for_pattern(subject, None, None, None)
            if isinstance(quad.object, NamedNode | BlankNode | Literal)
        }
        yield from sorted(pairs, key=lambda pair: (pair[0].value, *self._order(pair[1])))

    def pointers(self, object: NamedNode) -> Iterator[tuple[NamedNode, NamedNode]]:
        """Yield the property and the subject of every statement that points to a thing."""
        pairs = {
            (quad.predicate, quad.subject)
            for quad in self.store.quads_for_pattern(None, None, object, None)
            if isinstance(quad.subject, NamedNode)
        }
        yield from sorted(pairs, key=lambda pair: (pair[0].value, *self._order(pair[1])))

    def is_a(self, thing: NamedNode, kind: str) -> bool:
        """Tell whether a thing is of a class."""
        quads = self.store.quads_for_pattern(thing, term("rdf:type"), term(kind), None)
        return next(iter(quads), None) is not None

    def has(self, thing: NamedNode) -> bool:
        """Tell whether anything is said of a thing."""
        return next(iter(self.store.quads_for_pattern(thing, None, None, None)), None) is not None

    def value(self, subject: Term, *predicates: str) -> str:
        """Return the first value of the first of some properties that a thing has, or nothing."""
        for predicate in predicates:
            if found := self.objects(subject, predicate):
                return found[0].value
        return ""

    def _first(self, node: NamedNode, *predicates: str) -> str:
        """Return the least text of the first of some properties, which needs no label to order."""
        for predicate in predicates:
            quads = self.store.quads_for_pattern(node, named(predicate), None, None)
            if found := [
                quad.object.value for quad in quads if not isinstance(quad.object, Triple)
            ]:
                return min(found, key=lambda text: (fold(text), text))
        return ""

    def label(self, node: Term) -> str:
        """Return what people call a node: its name, a web address, what it says, or its path."""
        if not isinstance(node, NamedNode):
            return node.value
        if node not in self._labels:
            name = self._first(node, *LABELS, "schema:url")
            self._labels[node] = name or self._said_by(node) or _written(node)
        return self._labels[node]

    def is_named(self, node: NamedNode) -> bool:
        """Tell whether a node has a name of its own."""
        return bool(self._first(node, *LABELS))

    def _said_by(self, node: NamedNode) -> str:
        """Return in words what a node says that has no name: a place, a note, a record."""
        if not node.value.startswith(BASE):
            return ""
        kind, _, rest = path_of(node.value).partition("/")
        if kind == "source":
            return place_in_words(rest)
        if kind == "note":
            return f"Note {rest}"
        sides = [self._side(node, *predicates) for predicates in SIDES.get(kind, ())]
        return ": ".join(sides) if all(sides) else ""

    def _side(self, node: NamedNode, *predicates: str) -> str:
        """Return the labels of the objects of some properties, one after the other."""
        found = [next(iter(self.objects(node, predicate)), None) for predicate in predicates]
        return " ".join(self.label(one) for one in found if one is not None)

    def short_label(self, thing: NamedNode) -> str:
        """Return the acronym of a thing where it has one, else its shortest name."""
        acronyms = (
            node.value
            for node in self.objects(thing, "skos:notation")
            if isinstance(node, Literal) and node.datatype == term("tip:Acronym")
        )
        names = [node.value for node in self.objects(thing, "skos:altLabel")]
        return next(acronyms, "") or min([self.label(thing), *names], key=len)

    def brief(self, thing: NamedNode) -> str:
        """Return a name of a thing that fits a heading: its own, or where that is long a short one.

        One of several words comes first, then an acronym; a symbol is no name.
        """
        label = self.label(thing)
        if len(label) <= LONG:
            return label
        names = [node.value for node in self.objects(thing, "skos:altLabel")]
        short = [name for name in names if len(name) <= LONG and not any(map(str.isdigit, name))]
        return min(short, key=lambda name: (" " not in name, len(name)), default=label)

    def link(self, node: Term) -> Link:
        """Return a node's label, and where it leads: the page of a linked page is the page."""
        label = self.label(node)
        if not isinstance(node, NamedNode):
            return Link(label)
        return Link(label, address_of(node.value))

    def labels(self, subject: NamedNode, *predicates: str) -> str:
        """Return the labels of a thing's objects, with commas between them."""
        return ", ".join(map(self.label, self.objects(subject, *predicates)))

    def heading(self, property: str) -> str:
        """Return what the ontology calls a property, or its own name in words."""
        node = named(property)
        return self._first(node, "rdfs:label") or in_words(curie(node.value).rpartition(":")[2])

    def inverse_heading(self, property: str) -> str:
        """Return what the ontology calls a property that is read from its value, or nothing."""
        node = named(property)
        inverse = (*self.nodes(node, "owl:inverseOf"), *self.subjects("owl:inverseOf", node))
        told = (self._first(one, "rdfs:label") for one in inverse)
        return self._first(node, "tip:inverseLabel") or next(filter(None, told), "")

    @cached_property
    def organizations(self) -> list[NamedNode]:
        """The organizations of the graph, by name."""
        return self.subjects("rdf:type", term("tip:Organization"))

    def _order(self, node: object) -> tuple[str, str]:
        return (fold(self.label(node)), str(node))  # type: ignore[arg-type]


def named(name: str) -> NamedNode:
    """Return the IRI of a CURIE under our prefixes, or of an IRI as it is."""
    return NamedNode(expanded(name) or name)


def place_in_words(path: str) -> str:
    """Return a place in the table in words: an edition, and a row, a cell or an entry of it.

    >>> place_in_words("2020/L11/c1/i2")
    'Table of 2020, line 11, column 1, entry 2'
    """
    words = {"L": "line", "c": "column", "i": "entry"}
    edition, *parts = path.split("/")
    return ", ".join([f"Table of {edition}", *(f"{words.get(p[:1], '')} {p[1:]}" for p in parts)])


def _written(node: NamedNode) -> str:
    return path_of(node.value) or node.value if node.value.startswith(BASE) else curie(node.value)


def in_words(name: str) -> str:
    """Return a property's own name in words.

    >>> in_words("bibliographicCitation")
    'bibliographic citation'
    """
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).replace("_", " ").strip()


def _subject(node: Term) -> NamedNode | BlankNode | None:
    if isinstance(node, Literal):
        raise TypeError("a literal has no statements")
    return node
