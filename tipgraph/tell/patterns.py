"""Look things up in the union of the layers by pattern."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Store

from tipgraph.ask.answer import short
from tipgraph.rdf.iris import curie, path_of, term


class Patterns:
    """The union of the layers, asked by pattern, with answers in a fixed order."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def objects(self, subject: NamedNode, predicate: str) -> list[NamedNode | Literal]:
        """Return the values of a property."""
        quads = self.store.quads_for_pattern(subject, term(predicate), None, None)
        nodes = {q.object for q in quads if isinstance(q.object, NamedNode | Literal)}
        return sorted(nodes, key=str)

    def things(self, subject: NamedNode, predicate: str) -> list[NamedNode]:
        """Return the values of a property that are things."""
        return [node for node in self.objects(subject, predicate) if isinstance(node, NamedNode)]

    def subjects(self, predicate: str, object: NamedNode) -> list[NamedNode]:
        """Return the things of which an object is the value of a property."""
        quads = self.store.quads_for_pattern(None, term(predicate), object, None)
        return sorted({q.subject for q in quads if isinstance(q.subject, NamedNode)}, key=str)

    def value(self, subject: NamedNode, predicate: str) -> str:
        """Return the first value of a property in short, or nothing."""
        return next((short(node) for node in self.objects(subject, predicate)), "")

    def label(self, node: NamedNode) -> str:
        """Return a thing's label, or its path where it has none."""
        return self.value(node, "skos:prefLabel") or path_of(node.value)

    def labels(self, subject: NamedNode, predicate: str) -> str:
        """Return the labels of the values of a property, with commas."""
        nodes = self.objects(subject, predicate)
        return ", ".join(self.label(node) for node in nodes if isinstance(node, NamedNode))

    def named(self, node: NamedNode) -> str:
        """Return a thing's label and path, a concept's label, another node's IRI."""
        path = path_of(node.value)
        if path == node.value:
            return curie(node.value)
        return self.label(node) if path.startswith("concept/") else f"{self.label(node)} ({path})"
