"""What contradicts in a graph under the ontology and the outside vocabularies."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import rdflib
from pyoxigraph import Triple
from rdflib import OWL, RDF

from tipgraph.layers.infer import closure
from tipgraph.rdf.rdflib import rdflib_graph, triples_of

AXIOMS = Path(__file__).resolve().parent / "vocabularies" / "axioms.ttl"
"""What the outside vocabularies say of the terms that the graph takes from them."""


def closed_with_axioms(triples: Iterable[Triple]) -> rdflib.Graph:
    """The OWL 2 RL closure of triples under the outside vocabularies."""
    axioms = triples_of(rdflib.Graph().parse(AXIOMS))
    return rdflib_graph(closure({*triples, *axioms}))


def contradictions(closed: rdflib.Graph) -> list[tuple[str, str, str]]:
    """What is in two disjoint classes at once, with the classes (OWL 2 Profiles, cax-dw)."""
    return sorted(
        (str(thing), str(one), str(other))
        for one, other in closed.subject_objects(OWL.disjointWith)
        for thing in closed.subjects(RDF.type, one)
        if (thing, RDF.type, other) in closed
    )
