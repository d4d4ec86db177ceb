"""Infer: the OWL 2 RL closure of the catalog under the ontology, only what is new about our things.

The rules are those of OWL 2 Profiles, section 4.3 (https://www.w3.org/TR/owl2-profiles/). The
reasoner is `reasonable`; a test holds its entailments against owlrl's on the real graph.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, NamedNode, Triple

from tipgraph.rdf.iris import BASE, term
from tipgraph.rdf.rdflib import rdflib_graph, triples_of

NOISE_CLASSES = frozenset(
    map(term, ("owl:Thing", "owl:NamedIndividual", "rdfs:Resource", "owl:Class"))
)
NOISE_PREDICATES = frozenset(map(term, ("owl:sameAs", "owl:differentFrom")))


def infer(catalog: Iterable[Triple], vocabulary: Iterable[Triple]) -> frozenset[Triple]:
    """Return the triples about our things that the ontology entails and that are not stated."""
    stated = {*catalog, *vocabulary}
    ours = {triple.subject for triple in catalog if isinstance(triple.subject, NamedNode)}
    return new_about_ours(closure(stated), stated, ours)


def new_about_ours(
    entailed: Iterable[Triple], stated: set[Triple], ours: set[NamedNode]
) -> frozenset[Triple]:
    """Keep what is new, about one of our things or concepts, and more than an axiom of OWL."""
    return frozenset(
        triple
        for triple in entailed
        if triple not in stated
        and (triple.subject in ours or _is_concept(triple.subject))
        and not isinstance(triple.object, BlankNode)
        and triple.predicate not in NOISE_PREDICATES
        and triple.object not in NOISE_CLASSES
    )


def _is_concept(node: object) -> bool:
    return isinstance(node, NamedNode) and node.value.startswith(f"{BASE}concept/")


def closure(triples: Iterable[Triple]) -> set[Triple]:
    """Return the OWL 2 RL closure of a set of triples, computed by `reasonable`."""
    import rdflib
    from reasonable import PyReasoner

    reasoner = PyReasoner()
    reasoner.from_graph(rdflib_graph(triples))
    entailed = rdflib.Graph()
    for subject, predicate, object in reasoner.reason():
        if not isinstance(subject, rdflib.Literal):
            entailed.add((subject, predicate, object))
    return triples_of(entailed)
