"""The committed graph is what the build makes, holds together, and claims no more than it may."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Ask, Layers, Rows
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from tipgraph.build.build import Build, released_iris
from tipgraph.files.folder import Folder
from tipgraph.rdf.formats import DUMPS
from tipgraph.rdf.iris import BASE, ELSEWHERE, ONTOLOGY, PREFIXES, path_of, slug, term, thing
from tipgraph.source.curate import Curated
from tipgraph.source.recognize import Mention

OUTSIDE_TERMS = ROOT / "tests" / "vocabularies" / "outside-terms.txt"
OWN_TERM_CLASSES = {
    term("owl:AnnotationProperty"),
    term("owl:Class"),
    term("owl:DatatypeProperty"),
    term("owl:ObjectProperty"),
    term("rdfs:Datatype"),
}
BINDING_KINDS = ("convention", "protocol", "agreement", "treaty", "directive", "regulation")
NAMESPACES = tuple(
    namespace
    for name, namespace in PREFIXES.items()
    if namespace[-1] in "#/" and name not in ELSEWHERE
)
ENTITY_PATHS = ("org/", "body/", "instrument/", "resource/", "period/", "extension/", "country/")
OF_PEOPLE = (
    "http://www.w3.org/2006/vcard/ns#",
    "http://xmlns.com/foaf/0.1/Person",
    "http://xmlns.com/foaf/0.1/firstName",
    "http://xmlns.com/foaf/0.1/familyName",
    "http://xmlns.com/foaf/0.1/name",
    "http://xmlns.com/foaf/0.1/mbox",
    "http://xmlns.com/foaf/0.1/phone",
    "http://www.w3.org/ns/org#heldBy",
    "http://www.w3.org/ns/org#holds",
    "http://www.w3.org/ns/org#siteAddress",
    "https://schema.org/Person",
    "https://schema.org/address",
    "https://schema.org/email",
    "https://schema.org/telephone",
)


def iris(triples: frozenset[Triple]) -> Iterator[str]:
    for triple in triples:
        for node in (triple.subject, triple.predicate, triple.object):
            if isinstance(node, NamedNode):
                yield node.value
            elif isinstance(node, Literal):
                yield node.datatype.value


def defined_terms(layers: Layers) -> set[str]:
    """Every term the ontology declares, and every outside term on the list."""
    declared = {
        triple.subject.value
        for triple in layers["vocabulary"]
        if triple.predicate == term("rdf:type")
        and triple.object in OWN_TERM_CLASSES
        and isinstance(triple.subject, NamedNode)
    }
    return declared | set(OUTSIDE_TERMS.read_text("utf-8").split())


def undefined(used: set[str], layers: Layers) -> set[str]:
    """The terms used (of a vocabulary that we have a prefix for) that are nowhere defined."""
    allowed = defined_terms(layers) | set(NAMESPACES)
    outside = tuple(ns for ns in NAMESPACES if not ns.startswith(BASE) or ns == ONTOLOGY)
    known = ("sh", "xsd", "rdf", "rdfs", "owl")
    return {
        iri
        for iri in used - allowed
        if iri.startswith(outside) and not iri.startswith(tuple(PREFIXES[name] for name in known))
    }


def test_build_reproduces_the_committed_files(built: Build, folder: Folder) -> None:
    assert built.differs() == []
    assert {p.name for p in built.files if p.parent == folder.graph} == {
        p.name for p in folder.graph.iterdir()
    }


def test_build_conforms_and_leaves_no_work(built: Build) -> None:
    assert built.report.findings == ()
    assert built.work == ()


def test_nothing_in_the_graph_tells_when_or_where_it_was_built(folder: Folder) -> None:
    import datetime
    import socket

    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    for path in folder.graph.iterdir():
        text = path.read_text("utf-8")
        assert today not in text, path
        assert str(folder.root) not in text, path
        assert not re.search(rf"\b{re.escape(socket.gethostname())}\b", text), path


def test_no_triple_stands_in_two_layers(layers: Layers) -> None:
    places = Counter(triple for triples in layers.values() for triple in triples)
    assert [triple for triple, count in places.items() if count > 1] == []


def test_only_the_vocabulary_has_blank_nodes(layers: Layers) -> None:
    for name in layers.keys() - {"vocabulary"}:
        for triple in layers[name]:
            assert not isinstance(triple.subject, BlankNode), name
            assert not isinstance(triple.object, BlankNode), name


def test_registered_iris_are_in_the_graph(layers: Layers, folder: Folder) -> None:
    registered = folder.register.read_text("utf-8").split()
    assert len(registered) == len(set(registered))
    assert set(registered) - set(released_iris(dict(layers))) == set()


def test_iris_that_never_change_are_registered(layers: Layers, folder: Folder) -> None:
    registered = set(folder.register.read_text("utf-8").split())
    assert set(released_iris(dict(layers))) - registered == set()


def test_iris_of_things_are_plain(union: frozenset[Triple]) -> None:
    ours = {iri for iri in iris(union) if iri.startswith(BASE)}
    pattern = re.compile(r"[A-Za-z0-9/._#-]*")
    assert [iri for iri in ours if not pattern.fullmatch(iri.removeprefix(BASE))] == []


def test_every_entity_has_a_source(layers: Layers) -> None:
    subjects = {t.subject for t in layers["catalog"]}
    sourced = {t.subject for t in layers["catalog"] if t.predicate == term("dcterms:source")}
    assert subjects - sourced == set()
    paths = {path_of(s.value) for s in subjects if isinstance(s, NamedNode)}
    assert all(path.startswith((*ENTITY_PATHS, PREFIXES["sdg"])) for path in paths)


def test_every_source_is_an_item_a_statement_with_its_reason_or_a_citation(ask: Ask) -> None:
    assert not ask(
        "?thing dcterms:source ?source FILTER NOT EXISTS { ?source prov:value ?words } "
        "FILTER NOT EXISTS { ?source tip:reason ?reason } "
        "FILTER NOT EXISTS { ?source dcterms:bibliographicCitation ?words } "
        "FILTER NOT EXISTS { ?source a tip:SourceRow }"
    )


def test_every_item_is_quoted_from_the_document(
    layers: Layers, mentions: tuple[Mention, ...]
) -> None:
    quoted = {t.subject for t in layers["source"] if t.predicate == term("prov:wasQuotedFrom")}
    assert quoted == {thing(f"source/2020/{mention.item.path}") for mention in mentions}


def test_every_reified_statement_is_stated(layers: Layers) -> None:
    parts: dict[object, dict[str, object]] = {}
    for t in layers["provenance"]:
        for name in ("subject", "predicate", "object"):
            if t.predicate == term(f"rdf:{name}"):
                parts.setdefault(t.subject, {})[name] = t.object
    stating = layers["catalog"] | layers["parties"]
    stated = {(t.subject, t.predicate, t.object) for t in stating}
    missing = [
        iri
        for iri, part in parts.items()
        if (part["subject"], part["predicate"], part["object"]) not in stated
    ]
    assert parts
    assert missing == []


def test_every_decided_value_is_backed(layers: Layers, curated: Curated) -> None:
    claims = [
        (entity.name, claim)
        for entity in curated.entities
        for claim in entity.claims
        if claim.decision
    ]
    grounds = {
        (t.object.value)
        for t in layers["provenance"]
        if t.predicate == term("tip:reason") and isinstance(t.object, Literal)
    }
    unbacked = [
        (name, claim.property, claim.value)
        for name, claim in claims
        if claim.decision and claim.decision.because not in grounds
    ]
    assert claims
    assert unbacked == []


def test_every_value_no_item_carries_is_backed(curated: Curated) -> None:
    for entity in curated.entities:
        for claim in entity.claims:
            assert claim.item or claim.decision, (entity.name, claim)


@pytest.mark.parametrize("property", ["issued-by", "date", "kind", "legal-force", "supplements"])
def test_every_decided_fact_is_reified(property: str, layers: Layers, curated: Curated) -> None:
    backed = {
        path_of(t.subject.value)
        for t in layers["provenance"]
        if t.predicate == term("rdf:subject") and isinstance(t.subject, NamedNode)
    }
    decided = [
        f"statement/{entity.name}/{property}/{slug(str(claim.value), 80)}"
        for entity in curated.entities
        for claim in entity.claims
        if claim.decision and claim.property == property
    ]
    assert decided
    assert set(decided) - backed == set()


def test_all_printed_links_are_pages_as_printed(
    rows: Rows, mentions: tuple[Mention, ...], folder: Folder
) -> None:
    found = rows("SELECT ?page ?printed { ?page a tip:LinkedPage ; tip:urlAsPrinted ?printed }")
    links = [mention.link for mention in mentions if mention.link]
    assert len(found) == len(links) == 63
    assert {printed for _, printed in found} == {link.printed for link in links}
    source = folder.source().read_text("utf-8")
    assert all(printed in source for _, printed in found)


def test_all_printed_links_can_be_followed(rows: Rows) -> None:
    found = rows("SELECT ?printed ?url { ?page tip:urlAsPrinted ?printed ; schema:url ?url }")
    assert len(found) == 63
    for printed, url in found:
        assert re.match(r"https?://[^/]+", url)
        assert url in (printed, f"http://{printed}")


def test_terms_of_the_data_are_defined(layers: Layers) -> None:
    used = {iri for name in layers.keys() - {"vocabulary"} for iri in iris(layers[name])}
    assert undefined(used, layers) == set()


@pytest.mark.parametrize(
    "path",
    sorted([*(ROOT / "queries").rglob("*.rq"), *(ROOT / "shapes").glob("*.ttl")]),
    ids=lambda path: path.stem,
)
def test_terms_of_queries_and_shapes_are_defined(path: Path, layers: Layers) -> None:
    text = path.read_text("utf-8")
    declared = dict(re.findall(r"(?:PREFIX|@prefix) (\w*): <([^>]*)>", text))
    body = re.sub(r'"[^"\n]*"|<[^>\s]*>|(?m:^#.*$)', " ", text)
    names = re.findall(r"(?<![\w?$:/-])(\w+):([A-Za-z][\w-]*)", body)
    used = {declared[prefix] + local for prefix, local in names if prefix in declared}
    assert used
    assert undefined(used, layers) == set()


def test_concepts_of_the_data_are_defined(layers: Layers) -> None:
    defined = {t.subject.value for t in layers["vocabulary"] if isinstance(t.subject, NamedNode)}
    used = {
        iri
        for name in layers.keys() - {"vocabulary"}
        for iri in iris(layers[name])
        if iri.startswith(f"{BASE}concept/")
    }
    assert used - defined == set()


def test_only_treaties_and_directives_are_binding(rows: Rows) -> None:
    found = rows("SELECT ?i ?kind { ?i tip:legalForce force:binding ; dcterms:type ?kind }")
    kinds = {kind.rpartition("/")[2] for _, kind in found}
    assert kinds
    assert kinds <= set(BINDING_KINDS)


def test_no_publication_is_binding(ask: Ask) -> None:
    for force in ("binding", "mixed"):
        assert not ask(f"?i a tip:Publication ; tip:legalForce force:{force}")


def test_security_council_resolutions_bind_as_far_as_they_decide(rows: Rows) -> None:
    found = rows(
        "SELECT ?force { ?i tip:issuedBy <body/un-security-council> ; tip:legalForce ?force }"
    )
    assert found == [("concept/legal-force/mixed",)] * 3


def test_every_instrument_has_one_force_with_its_ground(rows: Rows) -> None:
    found = rows(
        "SELECT ?i (COUNT(DISTINCT ?force) AS ?forces) (COUNT(DISTINCT ?ground) AS ?grounds) "
        "{ ?i a tip:FrameworkInstrument ; tip:legalForce ?force ; tip:legalForceGround ?ground } "
        "GROUP BY ?i"
    )
    assert {(forces, grounds) for _, forces, grounds in found} == {("1", "1")}
    assert len(found) == len(rows("SELECT DISTINCT ?i { ?i a tip:FrameworkInstrument }"))


@pytest.mark.parametrize(
    "pattern",
    [
        "?x a org:Organization, skos:Concept",
        "?x a tip:Organization, skos:Concept",
        "?x a org:Organization, org:Post",
        "?x a tip:Organization, org:Post",
        "?x a tip:FrameworkInstrument, org:Organization",
        "?x a foaf:Person",
        "?x owl:sameAs ?y",
        "?x foaf:homepage ?y",
        "?x org:unitOf ?y",
        "?x eli:type_document ?y",
    ],
)
def test_nothing_is_mixed_up(pattern: str, ask: Ask) -> None:
    assert not ask(pattern)


def test_no_term_is_about_people_or_addresses(union: frozenset[Triple]) -> None:
    assert [iri for iri in iris(union) if iri.startswith(OF_PEOPLE)] == []


def test_labels_are_in_english(union: frozenset[Triple]) -> None:
    labels = {term(f"skos:{name}") for name in ("prefLabel", "altLabel", "hiddenLabel")}
    for triple in union:
        if triple.predicate in labels:
            assert isinstance(triple.object, Literal)
            assert triple.object.language == "en", triple


def test_everything_has_one_preferred_label(layers: Layers) -> None:
    counts = Counter(t.subject for t in layers["catalog"] if t.predicate == term("skos:prefLabel"))
    assert set(counts.values()) == {1}
    unnamed = {"resource", "period", "extension"}
    subjects = {t.subject for t in layers["catalog"] if isinstance(t.subject, NamedNode)}
    assert {path_of(s.value) for s in subjects - set(counts) if isinstance(s, NamedNode)} == {
        path_of(s.value)
        for s in subjects
        if isinstance(s, NamedNode) and path_of(s.value).partition("/")[0] in unnamed
    }


def test_bounds_enclose_the_date(rows: Rows) -> None:
    found = rows(
        "SELECT ?date ?earliest ?latest { ?i tip:adoptedOrIssued ?date ; tip:earliest ?earliest ; "
        "tip:latest ?latest }"
    )
    assert found
    for date, earliest, latest in found:
        assert earliest.startswith(date)
        assert latest.startswith(date)
        assert earliest <= latest


def test_dataset_counts_its_layers(rows: Rows, layers: Layers) -> None:
    found = rows(
        "SELECT ?layer ?count { <dataset> void:subset ?layer . "
        "?layer a void:Dataset ; void:triples ?count }"
    )
    counts = {path.removeprefix("graph/"): int(count) for path, count in found}
    assert counts == {name: len(triples) for name, triples in layers.items()}


def test_dataset_counts_what_it_has(rows: Rows, union: frozenset[Triple]) -> None:
    kinds = {(t.subject, t.object) for t in union if t.predicate == term("rdf:type")}
    ((triples, subjects, classes, properties),) = rows(
        "SELECT ?a ?b ?c ?d { <dataset> void:triples ?a ; void:distinctSubjects ?b ; "
        "void:classes ?c ; void:properties ?d }"
    )
    assert int(triples) == len(union)
    assert int(subjects) == len({t.subject for t in union})
    assert int(classes) == len({kind for _, kind in kinds})
    assert int(properties) == len({t.predicate for t in union})


def test_dataset_names_every_vocabulary_it_uses(union: frozenset[Triple]) -> None:
    kinds = {t.object for t in union if t.predicate == term("rdf:type")}
    nodes = {t.predicate for t in union} | kinds
    used = {node.value for node in nodes if isinstance(node, NamedNode)}
    outside = {re.sub(r"[^#/]*$", "", iri) for iri in used if not iri.startswith(BASE)}
    said = {t.object for t in union if t.predicate == term("void:vocabulary")}
    assert said == {*map(NamedNode, outside), thing("ontology")}


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        (
            "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c",
            "SELECT ?c ?n { <dataset> void:classPartition [ void:class ?c ; void:entities ?n ] }",
        ),
        (
            "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
            "SELECT ?p ?n { <dataset> void:propertyPartition [ void:property ?p ; "
            "void:triples ?n ] }",
        ),
        (
            "SELECT ?space ?p (COUNT(*) AS ?n) { ?set void:objectsTarget/void:uriSpace ?space ; "
            "void:linkPredicate ?p . VALUES ?g { <graph/catalog> <graph/links> } "
            "GRAPH ?g { ?s ?p ?o } FILTER (STRSTARTS(STR(?o), ?space)) } GROUP BY ?space ?p",
            "SELECT ?space ?p ?n { <dataset> void:subset ?set . ?set a void:Linkset ; "
            "void:objectsTarget/void:uriSpace ?space ; void:linkPredicate ?p ; void:triples ?n }",
        ),
    ],
)
def test_dataset_counts_each_class_property_and_link(rows: Rows, counted: str, said: str) -> None:
    assert sorted(rows(counted)) == sorted(rows(said)) != []


def test_every_link_to_elsewhere_is_in_a_linkset(rows: Rows) -> None:
    ((said,),) = rows("SELECT (SUM(?n) AS ?all) { ?set a void:Linkset ; void:triples ?n }")
    ((links,),) = rows(
        "SELECT (COUNT(*) AS ?n) { GRAPH <graph/links> { ?s ?p ?o } FILTER (ISIRI(?o) && "
        f"!STRSTARTS(STR(?o), '{BASE}') && !STRSTARTS(STR(?p), STR(rdf:))) }}"
    )
    ((targets,),) = rows("SELECT (COUNT(*) AS ?n) { ?s tip:addressesTarget ?target }")
    assert int(said) == int(links) + int(targets) > int(links)


def test_examples_and_dumps_of_the_dataset_are_there(rows: Rows, union: frozenset[Triple]) -> None:
    examples = {path for (path,) in rows("SELECT ?e { <dataset> void:exampleResource ?e }")}
    assert len(examples) == len({path.partition("/")[0] for path in examples}) == 6
    assert {thing(path) for path in examples} <= {t.subject for t in union}
    dumps = rows(
        "SELECT ?url { <dataset> void:dataDump ?url ; dcat:distribution/dcat:downloadURL ?url }"
    )
    assert {path for (path,) in dumps} == {f"dump/{name}" for name in DUMPS}
