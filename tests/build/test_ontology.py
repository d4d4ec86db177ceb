"""The ontology says what it means, borrows only known terms, and entails nothing untrue."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import owlrl
import pytest
from rdflib import FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef
from rdflib.namespace import Namespace
from reasoning import AXIOMS, closed_with_axioms, contradictions

from tipgraph.ask.answer import Answer
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.rdflib import triples_of

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://w3id.org/tipgraph/"
TIP = Namespace(f"{BASE}ontology#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
SCHEMA = Namespace("https://schema.org/")
VOCABULARIES = ROOT / "tests" / "vocabularies"
TERM_CLASSES = (
    OWL.AnnotationProperty,
    OWL.Class,
    OWL.DatatypeProperty,
    OWL.ObjectProperty,
    RDFS.Datatype,
)
CONTRADICTING = {
    OWL.AllDifferent,
    OWL.AllDisjointClasses,
    OWL.AllDisjointProperties,
    OWL.AsymmetricProperty,
    OWL.IrreflexiveProperty,
    OWL.Nothing,
    OWL.complementOf,
    OWL.differentFrom,
    OWL.disjointUnionOf,
    OWL.maxCardinality,
    OWL.maxQualifiedCardinality,
    OWL.propertyDisjointWith,
}
"""The terms, besides owl:disjointWith, by which OWL 2 RL finds a contradiction."""
INSTRUMENT_CLASSES = {
    TIP.NormativeInstrument,
    TIP.OnlineResource,
    TIP.Publication,
    TIP.Undertaking,
}


def parsed(*paths: Path) -> Graph:
    """The triples of all files."""
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


@cache
def ontology() -> Graph:
    """The ontology, its alignments and its concepts."""
    return parsed(*sorted((ROOT / "ontology").rglob("*.ttl")))


def outside_iris(graph: Graph) -> set[str]:
    """Every IRI of the graph that is not ours."""
    iris = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    iris |= {str(term.datatype) for term in graph.objects() if isinstance(term, Literal)}
    return {iri for iri in iris if iri != "None" and not iri.startswith(BASE)}


def terms() -> Iterator[URIRef]:
    """Every class, property and datatype that the ontology declares."""
    for kind in TERM_CLASSES:
        for term in ontology().subjects(RDF.type, kind):
            assert isinstance(term, URIRef)
            yield term


def fixture() -> Graph:
    """The valid graph with the ontology."""
    return ontology() + parsed(ROOT / "tests" / "fixtures" / "valid.ttl")


@cache
def closed_fixture() -> tuple[Graph, list[str]]:
    """The OWL 2 RL closure of the valid graph, and what contradicts in it, by owlrl."""
    closure = fixture() + parsed(AXIOMS)
    rules = owlrl.OWLRL_Semantics(closure, False, False, False)
    rules.closure()
    return closure, list(rules.error_messages)


def instances(kind: URIRef) -> set[str]:
    """Our things that the closure puts into the class."""
    subjects = {str(thing) for thing in closed_fixture()[0].subjects(RDF.type, kind)}
    return {thing.removeprefix(BASE) for thing in subjects if thing.startswith(BASE)}


def test_terms_are_ours_and_not_repeated() -> None:
    """Each term stands in our namespace and is of one sort."""
    declared = list(terms())
    assert len(declared) == len(set(declared))
    assert all(term in TIP for term in declared)


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition, SKOS.example])
def test_terms_are_explained(predicate: URIRef) -> None:
    """Each term has a label, a definition and an example in English."""
    for term in terms():
        texts = list(ontology().objects(term, predicate))
        assert texts, term
        assert all(isinstance(text, Literal) and text.language == "en" for text in texts), term


def test_labels_and_definitions_tell_terms_apart() -> None:
    """No two terms of one sort share a label, and no two share a definition."""
    for kind in TERM_CLASSES:
        members = ontology().subjects(RDF.type, kind)
        labels = [str(ontology().value(term, RDFS.label)) for term in members]
        assert len(labels) == len(set(labels)), kind
    definitions = [str(ontology().value(term, SKOS.definition)) for term in terms()]
    assert len(definitions) == len(set(definitions))


def test_every_term_used_is_declared() -> None:
    """No file of the ontology uses a term of ours that it does not declare."""
    used = {term for triple in ontology() for term in triple if str(term).startswith(TIP)}
    assert used <= set(terms())


@pytest.mark.parametrize(
    ("end", "pattern"), [("domain", "?node ?term ?other"), ("range", "?other ?term ?node")]
)
def test_terms_are_used_of_what_they_are_for(end: str, pattern: str, kg: KnowledgeGraph) -> None:
    """No property of ours stands at a thing that its domain or range would call what it is not."""
    found = kg.sparql(f"""
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT DISTINCT ?term ?node {{
          ?term rdfs:{end} ?class .
          FILTER (STRSTARTS(STR(?term), "{TIP}") && isIRI(?class))
          {pattern} .
          FILTER (isIRI(?node))
          FILTER NOT EXISTS {{ ?node a/rdfs:subClassOf* ?class }}
        }}""")
    assert isinstance(found, Answer)
    assert list(found) == []


def test_no_blank_nodes() -> None:
    """The vocabulary layer can be sorted into one canonical form."""
    assert not {term for triple in ontology() for term in triple if isinstance(term, BNode)}


def test_concepts_stand_in_the_scheme_of_their_address() -> None:
    """Each concept belongs to the scheme its IRI begins with, as does its broader concept."""
    for concept in ontology().subjects(RDF.type, SKOS.Concept):
        scheme = ontology().value(concept, SKOS.inScheme, any=False)
        assert str(concept).rpartition("/")[0] == str(scheme)
        for broader in ontology().objects(concept, SKOS.broader):
            assert (broader, SKOS.inScheme, scheme) in ontology()


def test_labels_in_a_scheme_are_unique() -> None:
    """A concept can be told by its label."""
    for scheme in ontology().subjects(RDF.type, SKOS.ConceptScheme):
        concepts = ontology().subjects(SKOS.inScheme, scheme)
        labels = [str(ontology().value(concept, SKOS.prefLabel)) for concept in concepts]
        assert len(labels) == len(set(labels)), scheme


def test_only_normative_kinds_are_usually_binding() -> None:
    """A kind whose instruments cannot bind does not make them binding."""
    binding = URIRef(f"{BASE}concept/legal-force/binding")
    for kind in ontology().subjects(TIP.usualForce, binding):
        assert (kind, TIP.instrumentClass, TIP.NormativeInstrument) in ontology(), kind


def test_outside_terms_are_known() -> None:
    """Every outside IRI of the ontology and the shapes is on the list of those seen."""
    allowed = (VOCABULARIES / "outside-terms.txt").read_text(encoding="utf-8").splitlines()
    assert allowed == sorted(set(allowed))
    assert outside_iris(ontology()) - set(allowed) == set()
    shapes = outside_iris(parsed(*sorted((ROOT / "shapes").glob("*.ttl"))))
    assert {iri for iri in shapes if iri not in SH} - set(allowed) == set()


def test_closure_is_consistent() -> None:
    """The valid graph contradicts neither our ontology nor the outside ones."""
    assert closed_fixture()[1] == []


def test_closure_derives_roles() -> None:
    """Issuing bodies, focal points, wholes of parts and inverse relations are derived."""
    assert instances(TIP.IssuingBody) == {"org/coe", "body/greta", "body/rapporteur"}
    assert instances(TIP.FocalPoint) == {"body/greta", "body/rapporteur"}
    closure, _ = closed_fixture()
    coe, greta = URIRef(f"{BASE}org/coe"), URIRef(f"{BASE}body/greta")
    assert (greta, ORG.transitiveSubOrganizationOf, coe) in closure
    assert (coe, ORG.hasSubOrganization, greta) in closure
    assert (coe, ORG.hasPost, URIRef(f"{BASE}body/rapporteur")) in closure
    assert (greta, TIP.issued, URIRef(f"{BASE}instrument/report")) in closure
    assert (coe, TIP.listedFocalPoint, greta) in closure


def test_closure_types_nothing_wrongly() -> None:
    """No report is a legal resource, no body a post, no organization a concept or document."""
    normative = {"instrument/convention", "instrument/decision"}
    assert instances(ELI.LegalResource) == instances(SCHEMA.Legislation) == normative
    assert instances(ORG.Post) == {"body/rapporteur"}
    organizations = {"org/coe", "org/process", "org/silent", "body/greta"}
    assert instances(ORG.Organization) == instances(FOAF.Organization) == organizations
    assert instances(FOAF.Document) == {"resource/www.coe.int", "source/2020"}
    assert all(name.startswith("concept/") for name in instances(SKOS.Concept))
    quoted = {name for name in instances(PROV.Entity) if name.startswith("source/2020")}
    derived = {"membership/coe/RUS", "participation/convention/RUS"}
    records = {"act/convention/RUS", "act/convention/joined"}
    assert instances(PROV.Entity) - quoted == derived | records
    assert instances(PROV.Plan) == {"rule/convention"}
    assert not instances(PROV.Activity)


def test_closure_makes_nothing_the_same() -> None:
    """No two things are merged."""
    closure, _ = closed_fixture()
    assert not {(one, other) for one, other in closure.subject_objects(OWL.sameAs) if one != other}


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        ("instrument/report", RDF.type, "ontology#NormativeInstrument"),
        ("org/coe", RDF.type, "ontology#FrameworkInstrument"),
        ("org/coe", RDF.type, "ontology#LinkedPage"),
        ("source/2020/L18/c2/i1", RDF.type, "ontology#SourceCell"),
        ("instrument/report", TIP.issuedBy, "instrument/decision"),
        ("instrument/report", TIP.adoptedBy, "instrument/plan"),
        ("org/coe", TIP.focalPoint, "instrument/plan"),
        ("instrument/plan", TIP.supplements, "org/coe"),
        ("org/coe", FOAF.page, "body/greta"),
    ],
)
def test_contradictions_are_found(subject: str, predicate: URIRef, value: str) -> None:
    """A statement that mixes up what is kept apart contradicts the ontology."""
    graph = fixture()
    graph.add((URIRef(BASE + subject), predicate, URIRef(BASE + value)))
    assert contradictions(closed_with_axioms(triples_of(graph)))


def test_only_disjoint_classes_contradict() -> None:
    """What the tests look for, things in two disjoint classes, is all that can contradict."""
    axioms = ontology() + parsed(AXIOMS)
    assert (axioms.all_nodes() | set(axioms.predicates())) & CONTRADICTING == set()


def test_instrument_classes_are_pairwise_disjoint() -> None:
    """An instrument is of one class."""
    for one in INSTRUMENT_CLASSES:
        for other in INSTRUMENT_CLASSES - {one}:
            pair = {(one, OWL.disjointWith, other), (other, OWL.disjointWith, one)}
            assert any(triple in ontology() for triple in pair), (one, other)
