"""The inferred layer is what OWL 2 RL entails about our things, and nothing contradicts in it."""

from __future__ import annotations

import owlrl
import pytest
import rdflib
from conftest import Ask, Layers
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple
from reasoning import closed_with_axioms, contradictions

from tipgraph.layers.infer import NOISE_CLASSES, NOISE_PREDICATES, closure, infer, new_about_ours
from tipgraph.rdf.iris import BASE, term, thing
from tipgraph.rdf.rdflib import triples_of as pyoxigraph_triples
from tipgraph.rdf.triples import serialized

XSD_STRING = term("xsd:string")


def rdflib_graph(triples: frozenset[Triple]) -> rdflib.Graph:
    graph = rdflib.Graph()
    graph.parse(data=serialized(triples, RdfFormat.N_TRIPLES), format="nt")
    return graph


def plain(triples: frozenset[Triple]) -> frozenset[Triple]:
    """Return triples with every plain literal in the one form of RDF 1.1."""
    return frozenset(
        Triple(t.subject, t.predicate, Literal(t.object.value, datatype=XSD_STRING))
        if isinstance(t.object, Literal)
        and not t.object.language
        and t.object.datatype == XSD_STRING
        else t
        for t in triples
    )


def closed(stated: frozenset[Triple]) -> rdflib.Graph:
    graph = rdflib_graph(stated)
    owlrl.OWLRL_Semantics(graph, False, False, False).closure()
    return graph


def without_literal_subjects(graph: rdflib.Graph) -> rdflib.Graph:
    kept = rdflib.Graph()
    for subject, predicate, object in graph:
        if not isinstance(subject, rdflib.Literal):
            kept.add((subject, predicate, object))
    return kept


@pytest.fixture(scope="module")
def stated(layers: Layers) -> frozenset[Triple]:
    return layers["catalog"] | layers["vocabulary"]


@pytest.fixture(scope="module")
def whole(union: frozenset[Triple]) -> rdflib.Graph:
    """The closure of all layers under the outside vocabularies."""
    return closed_with_axioms(union)


def test_inferred_layer_is_what_the_build_infers(layers: Layers) -> None:
    assert infer(layers["catalog"], layers["vocabulary"]) == layers["inferred"]


def test_entailments_equal_those_of_the_reference_reasoner(
    layers: Layers, stated: frozenset[Triple]
) -> None:
    graph = closed(stated)
    reference = pyoxigraph_triples(without_literal_subjects(graph))
    ours = {t.subject for t in layers["catalog"] if isinstance(t.subject, NamedNode)}
    wanted = plain(new_about_ours(reference, set(stated), ours))
    found = plain(new_about_ours(closure(stated), set(stated), ours))
    assert found == wanted
    assert found


def test_inferred_layer_is_closed(layers: Layers) -> None:
    assert infer(layers["catalog"] | layers["inferred"], layers["vocabulary"]) == frozenset()


def test_inferred_layer_repeats_nothing_stated(layers: Layers, stated: frozenset[Triple]) -> None:
    assert layers["inferred"] & stated == frozenset()


def test_inferred_layer_has_no_axiomatic_noise(layers: Layers) -> None:
    for triple in layers["inferred"]:
        assert triple.predicate not in NOISE_PREDICATES
        assert triple.object not in NOISE_CLASSES
        assert not isinstance(triple.object, BlankNode)
        assert triple.subject != triple.object


def test_inferred_layer_is_about_our_things_and_their_concepts(layers: Layers) -> None:
    ours = {t.subject for t in layers["catalog"]}
    for triple in layers["inferred"]:
        assert isinstance(triple.subject, NamedNode)
        assert triple.subject in ours or triple.subject.value.startswith(f"{BASE}concept/")


def test_whoever_issued_something_is_an_issuing_body(ask: Ask) -> None:
    assert ask("<body/un-security-council> a tip:IssuingBody")
    assert not ask("?i tip:issuedBy ?body FILTER NOT EXISTS { ?body a tip:IssuingBody }")
    assert not ask("?body a tip:IssuingBody FILTER NOT EXISTS { ?i tip:issuedBy ?body }")


def test_classes_of_issuing_bodies_and_focal_points_are_only_inferred(layers: Layers) -> None:
    derived = {term("tip:IssuingBody"), term("tip:FocalPoint")}
    assert derived.isdisjoint({t.object for t in layers["catalog"]})
    assert derived <= {t.object for t in layers["inferred"]}


@pytest.mark.parametrize(
    ("stated_by", "inverse"),
    [
        ("tip:issuedBy", "tip:issued"),
        ("tip:supplements", "tip:supplementedBy"),
        ("tip:extends", "tip:extendedBy"),
        ("tip:follows", "tip:followedBy"),
        ("tip:focalPoint", "tip:focalPointOf"),
        ("org:subOrganizationOf", "org:hasSubOrganization"),
        ("org:postIn", "org:hasPost"),
    ],
)
def test_inverses_are_there(stated_by: str, inverse: str, layers: Layers) -> None:
    pairs = {(t.object, t.subject) for t in layers["catalog"] if t.predicate == term(stated_by)}
    whole = layers["catalog"] | layers["inferred"]
    found = {(t.subject, t.object) for t in whole if t.predicate == term(inverse)}
    assert pairs
    assert pairs == found


def test_parts_of_parts_are_parts(layers: Layers) -> None:
    parts = {
        (t.subject, t.object)
        for t in layers["inferred"]
        if t.predicate == term("org:transitiveSubOrganizationOf")
    }
    stated_parts = {
        (t.subject, t.object)
        for t in layers["catalog"]
        if t.predicate == term("org:subOrganizationOf")
    }
    assert stated_parts <= parts
    for part, whole in parts:
        assert all((part, further) in parts for middle, further in parts if middle == whole)


def test_a_part_of_a_part_is_inferred() -> None:
    parts = [
        Triple(thing("body/a"), term("org:subOrganizationOf"), thing("body/b")),
        Triple(thing("body/b"), term("org:subOrganizationOf"), thing("org/c")),
    ]
    vocabulary = [
        Triple(
            term("org:subOrganizationOf"),
            term("rdfs:subPropertyOf"),
            term("org:transitiveSubOrganizationOf"),
        ),
        Triple(
            term("org:transitiveSubOrganizationOf"),
            term("rdf:type"),
            term("owl:TransitiveProperty"),
        ),
    ]
    whole = Triple(thing("body/a"), term("org:transitiveSubOrganizationOf"), thing("org/c"))
    assert whole in infer(parts, vocabulary)


def test_every_offered_focal_point_is_a_listed_one(ask: Ask) -> None:
    assert not ask("?o tip:focalPoint ?f FILTER NOT EXISTS { ?o tip:listedFocalPoint ?f }")


def test_no_layer_contradicts_the_ontology(whole: rdflib.Graph) -> None:
    assert contradictions(whole) == []
    same = {(s, o) for s, o in whole.subject_objects(rdflib.OWL.sameAs) if s != o}
    assert {pair for pair in same if str(pair[0]).startswith(BASE)} == set()


def test_no_organization_becomes_a_concept(whole: rdflib.Graph) -> None:
    concepts = {str(s) for s in whole.subjects(rdflib.RDF.type, rdflib.SKOS.Concept)}
    assert [iri for iri in concepts if iri.startswith((f"{BASE}org/", f"{BASE}body/"))] == []
    posts = {str(s) for s in whole.subjects(rdflib.RDF.type, rdflib.ORG.Post)}
    bodies = {str(s) for s in whole.subjects(rdflib.RDF.type, rdflib.ORG.Organization)}
    assert posts & bodies == set()
