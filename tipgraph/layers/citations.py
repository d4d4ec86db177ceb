"""Describe citations: the words by which facts name their sources, and what was derived how."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from tipgraph.layers.layer import Layer
from tipgraph.rdf.iris import concept, slug, thing

ADDRESS = re.compile(r"https?://[^\s\"<>]*[^\s\"<>().,;:]")
DERIVED = re.compile(r"DERIVED(?: \(\w+\))?: (.+)")
OPERATOR = re.compile(r",? (AND|minus) ")
RULES = {"": "read-off", "AND": "both", "minus": "less"}


def citation_iri(text: str) -> NamedNode:
    """Return the IRI of a citation: its first words, and a digest of them all."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return thing(f"citation/{slug(text)}-{digest}")


def is_derived(sources: Iterable[str]) -> bool:
    """Tell whether any of the sources of a fact is a derivation."""
    return any(map(DERIVED.fullmatch, sources))


def cite(layer: Layer, subject: NamedNode, provenance: Layer, sources: Iterable[str]) -> None:
    """Give a thing its sources, and describe them in the provenance layer."""
    for text in sources:
        layer.add(subject, "dcterms:source", citation_iri(text))
        _describe(provenance, text)


def _describe(layer: Layer, text: str) -> None:
    iri = citation_iri(text)
    layer.a(iri, "tip:Citation")
    layer.add(iri, "dcterms:bibliographicCitation", Literal(text))
    layer.add(iri, "dcterms:references", *map(NamedNode, ADDRESS.findall(text)))
    if (derived := DERIVED.fullmatch(text)) is not None:
        _describe_derivation(layer, iri, derived[1])


def _describe_derivation(layer: Layer, iri: NamedNode, reasoning: str) -> None:
    operator = OPERATOR.search(reasoning)
    inputs = OPERATOR.sub("\n", reasoning).split("\n")
    layer.a(iri, "tip:Derivation")
    rule = RULES[operator[1] if operator else ""]
    layer.add(iri, "tip:derivationRule", concept("derivation-rule", rule))
    layer.add(iri, "tip:input", *map(Literal, inputs))
