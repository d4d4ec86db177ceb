"""The queries as RDF: they say what they ask, and accept exactly the calls that can be asked."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from pyshacl import validate
from rdflib.collection import Collection

from tipgraph import UsageError
from tipgraph.ask.answer import Answer
from tipgraph.ask.bind import Term
from tipgraph.ask.names import NAME_PROPERTIES
from tipgraph.ask.parameters import THING_TYPES, VALUE_TYPES, Parameter
from tipgraph.ask.prepared import Prepared, prepare
from tipgraph.ask.queries import Catalogue, StoredQuery, parse_query
from tipgraph.ask.run import rows_of
from tipgraph.ask.terms import check
from tipgraph.build.build import Build
from tipgraph.build.dataset import version_statement
from tipgraph.build.questions import COLUMN_RANGES, describe_queries
from tipgraph.files.folder import Folder
from tipgraph.graph.engines.oxigraph import select
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.iris import BASE, PREFIXES, curie, path_of, term, thing
from tipgraph.rdf.rdflib import rdflib_graph
from tipgraph.rdf.triples import store_of
from tipgraph.tell.documents import rows_document

PROV, SH, TIP = rdflib.PROV, rdflib.SH, rdflib.Namespace(PREFIXES["tip"])
LABEL, VERSION = term("skos:prefLabel"), term("schema:version")
NEEDED = {*map(term, ("rdf:type", "rdfs:subClassOf", "skos:inScheme", *NAME_PROPERTIES))}
"""What the shapes of calls ask of the graph."""
TYPES = sorted(VALUE_TYPES | {*THING_TYPES})
WRITTEN: dict[str, dict[str, dict[str, Any]]] = {
    "every-type": {f"a_{type}": {"type": type} for type in TYPES},
    "several-of-every-type": {f"a_{type}": {"type": type, "several": "true"} for type in TYPES},
    "required": {
        "organization": {"type": "organization", "required": "true"},
        "day": {"type": "date", "required": "true"},
        "kind": {"type": "concept", "scheme": "instrument-kind", "required": "true"},
    },
    "limited": {
        "word": {"type": "text", "enum": ["one", "two words"], "default": "one"},
        "words": {"type": "text", "enum": ["one", "two"], "several": "true"},
        "force": {"type": "concept", "scheme": "legal-force", "enum": ["binding", "mixed"]},
        "organization": {"type": "organization", "enum": ["ASEAN", "osce"]},
        "number": {"type": "integer", "enum": ["1", "20"], "default": "20"},
        "decade": {"type": "integer", "choices": {"query": "decades", "column": "decade"}},
    },
}
"""Parameters of queries written for the test; real ones have few types, and few limits."""
EXAMPLES = {"required": {"organization": "asean", "day": "2020-06-30", "kind": "treaty"}}


def written(parameters: Mapping[str, dict[str, Any]], example: dict[str, str]) -> str:
    """The text of a query with these parameters."""
    declared = {
        name: {"scheme": "legal-force", "description": "D.", **entry}
        if entry["type"] == "concept"
        else {"description": "D.", **entry}
        for name, entry in parameters.items()
    }
    header = {"title": "T", "description": "D.", "columns": {"t": "iri"}, "parameters": declared}
    lines = [f"#+ {key}: {json.dumps(value)}" for key, value in header.items()]
    lines += [f"#+ example: {json.dumps(example)}", "SELECT ?t WHERE {", "?t ?p ?v ."]
    for name in parameters:
        lines += [f"#if ${name}", f"FILTER (?v IN (${name}))", "#end"]
    return "\n".join([*lines, "}"])


@dataclass(frozen=True)
class Face:
    """A query, and the shape of its calls next to what of the graph the shape needs."""

    prepared: Prepared
    graph: KnowledgeGraph
    data: rdflib.Graph

    @cached_property
    def shapes(self) -> rdflib.Graph:
        return rdflib_graph(describe_queries([self.prepared]).triples)

    def takes(self, given: Mapping[str, tuple[Term, ...]]) -> bool:
        """Whether a query can be asked with arguments."""
        try:
            self.graph.questions.bound(self.prepared.query, given)
        except UsageError:
            return False
        return True

    def accepts(self, given: Mapping[str, tuple[Term, ...]]) -> tuple[bool, str]:
        """Whether the shape accepts a call with arguments, and what it says of it."""
        call = [(parameter_iri(n), rdflib_term(t)) for n, terms in given.items() for t in terms]
        return self.accepts_call(call)

    def accepts_call(self, call: list[tuple[rdflib.URIRef, Any]]) -> tuple[bool, str]:
        node = rdflib.URIRef("urn:call")
        shape = rdflib.URIRef(thing(f"query/{self.prepared.query.name}").value)
        said = [(node, predicate, value) for predicate, value in call]
        self.shapes.set((shape, SH.targetNode, node))
        for triple in said:
            self.data.add(triple)
        conforms, _, text = validate(self.data, shacl_graph=self.shapes, inplace=True)
        for triple in said:
            self.data.remove(triple)
        return bool(conforms), text


def parameter_iri(name: str) -> rdflib.URIRef:
    return rdflib.URIRef(PREFIXES["parameter"] + name)


def rdflib_term(node: Term) -> rdflib.URIRef | rdflib.Literal:
    """A term as rdflib's, its lexical form kept as it is."""
    if isinstance(node, NamedNode):
        return rdflib.URIRef(node.value)
    if node.language:
        return rdflib.Literal(node.value, lang=node.language)
    plain = node.datatype == term("xsd:string")
    datatype = None if plain else rdflib.URIRef(node.datatype.value)
    return rdflib.Literal(node.value, datatype=datatype, normalize=False)


@pytest.fixture(scope="module")
def union(built: Build) -> frozenset[Triple]:
    return frozenset(triple for layer in built.layers.values() for triple in layer)


@pytest.fixture(scope="module")
def strange() -> frozenset[Triple]:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    said = "".join(f"<{path}> {what} .\n" for path, what in STRANGE.items())
    quads = parse(prefixes + said, RdfFormat.TURTLE, base_iri=BASE)
    return frozenset(quad.triple for quad in quads)


@pytest.fixture(scope="module")
def graph(union: frozenset[Triple], strange: frozenset[Triple], folder: Folder) -> KnowledgeGraph:
    return KnowledgeGraph.of_store(folder, store_of(union | strange))


@pytest.fixture(scope="module")
def data(union: frozenset[Triple], strange: frozenset[Triple]) -> rdflib.Graph:
    return rdflib_graph(triple for triple in union | strange if triple.predicate in NEEDED)


@pytest.fixture(scope="module")
def layer(built: Build) -> rdflib.Graph:
    return rdflib_graph(built.layers["queries"])


@pytest.fixture(scope="module")
def faces(graph: KnowledgeGraph, data: rdflib.Graph) -> dict[str, Face]:
    """Every stored query, and those written for the test."""
    queries = [
        parse_query(written(parameters, EXAMPLES.get(name, {})), Path(f"{name}.rq"))
        for name, parameters in WRITTEN.items()
    ]
    found = {}
    for query in (*graph.queries.read()[0].values(), *queries):
        prepared, problems = prepare(query, graph.questions)
        assert problems == []
        found[query.name] = Face(prepared, graph, data)
    return found


def typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=term(f"xsd:{datatype}"))


FORMS = {
    "integer": ("0", "7", "-12", "+05", "2000", "5\n", " 5", "1_0", "1.0", "٥", "", "1e3", "x"),
    "decimal": ("0", "1.5", "-0.50", "5.", ".5", "1.5\n", "1e3", "+1", "", "1,5"),
    "boolean": ("true", "false", "1", "0", "TRUE", "true\n", " true", ""),
    "date": (
        *("2020-06-30", "0001-01-01", "2024-02-29", "2023-02-29", "0000-01-01", "2020-6-30"),
        *("20200630", "2020-06-30Z", "2020-06-30\n", "-2020-06-30", ""),
    ),
    "string": ("x", " x ", "x\n", " ", "\n\t", "", "one", "two words", "\u00a0", "8.7", "\x1f"),
    "double": ("1.5",),
    "gYear": ("2020",),
}
LITERALS = [
    *(typed(value, datatype) for datatype, values in FORMS.items() for value in values),
    Literal("x", language="en"),
    Literal("2020", datatype=term("tip:Acronym")),
]
PATHS = (
    *("org/asean", "org/osce", "body/greta", "body/asean-summit", "instrument/actip", "note/Q18"),
    *("country/NGA", "country/AUS"),
    *("concept/legal-force", "concept/legal-force/binding", "concept/instrument-kind/treaty"),
    *("concept/topic/women", "concept/nothing", "query/statistics", "query/statistics#value"),
    *("resource/www-asean-org", "source/2020/L6/c1/i1", "dataset", "nothing", "ontology#about"),
)
NODES = [*map(thing, PATHS), term("sdg:8.7"), term("tip:Organization"), NamedNode("urn:x")]
STRANGE = {
    "nobody/unnamed": "a tip:Organization",
    "nobody/unknown": 'skos:prefLabel "N"',
    "nobody/known": 'a tip:Organization ; skos:hiddenLabel "N"',
    "nobody/coded": 'a tip:FrameworkInstrument ; skos:notation "N"',
    "nobody/other": 'a skos:Concept ; skos:altLabel "N"',
    "concept/topic/nobody": 'a tip:Organization ; skos:prefLabel "N"',
}
"""Things such as the graph has none of, by which the edges of a type are seen."""
TERMS: list[Term] = [*LITERALS, *NODES, *map(thing, STRANGE)]
TENTHS = st.integers(0, 9)


def arguments(drawn: st.DataObject, face: Face) -> dict[str, tuple[Term, ...]]:
    """Arguments for a query: fitting ones and others, too few, too many and unknown ones."""
    parameters = face.prepared.query.parameters
    chances = {p.name: 9 if p.required else 4 for p in parameters}
    chosen = [name for name, chance in chances.items() if drawn.draw(TENTHS) < chance]
    given = {p.name: drawn.draw(values(p, face)) for p in parameters if p.name in chosen}
    is_strange = drawn.draw(TENTHS) == 0
    return {**given, "unknown": (drawn.draw(st.sampled_from(TERMS)),)} if is_strange else given


def values(parameter: Parameter, face: Face) -> st.SearchStrategy[tuple[Term, ...]]:
    """One value or several for a parameter, more often fitting than not."""
    text = st.builds(typed, st.text(max_size=5), st.just("string"))
    allowed = face.prepared.allowed.get(parameter.name)
    known = [*TERMS, *face.graph.questions.names.concepts(parameter.scheme).values()]
    fitting = st.sampled_from(allowed or [node for node in known if fits(parameter, node, face)])
    one = st.one_of(fitting, fitting, st.sampled_from(TERMS), text)
    several = st.lists(one, min_size=1, max_size=3, unique=True)
    return st.one_of(st.tuples(fitting), several.map(tuple))


def fits(parameter: Parameter, node: Term, face: Face) -> bool:
    try:
        check(parameter, node, face.graph.questions.names)
    except UsageError:
        return False
    return True


@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
@settings(max_examples=800)
@given(drawn=st.data())
def test_the_shape_accepts_what_can_be_asked_and_nothing_else(
    faces: dict[str, Face], drawn: st.DataObject
) -> None:
    face = faces[drawn.draw(st.sampled_from(sorted(faces)))]
    given = arguments(drawn, face)
    accepted, text = face.accepts(given)
    assert accepted == face.takes(given), text


@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
@pytest.mark.parametrize("type", TYPES)
def test_every_term_is_accepted_or_refused_by_its_type(faces: dict[str, Face], type: str) -> None:
    face, name = faces["every-type"], f"a_{type}"
    taken = [node for node in TERMS if face.takes({name: (node,)})]
    assert [node for node in TERMS if face.accepts({name: (node,)})[0]] == taken
    assert 0 < len(taken) < len(TERMS)


def test_a_thing_of_a_type_is_the_same_for_both_in_the_whole_graph(
    faces: dict[str, Face], union: frozenset[Triple]
) -> None:
    face = faces["every-type"]
    things = {t.subject for t in union if isinstance(t.subject, NamedNode)}
    sample = sorted(things, key=str)[::7]
    for name in ("a_thing", "a_instrument", "a_organization"):
        taken = {node for node in sample if face.takes({name: (node,)})}
        assert {node for node in sample if face.accepts({name: (node,)})[0]} == taken
        assert taken


def test_the_layer_is_valid_shacl_and_every_example_conforms(
    data: rdflib.Graph, layer: rdflib.Graph
) -> None:
    conforms, _, text = validate(data + layer, shacl_graph=layer, meta_shacl=True)
    assert conforms, text


def test_every_example_is_held_against_its_query(data: rdflib.Graph, layer: rdflib.Graph) -> None:
    calls = dict(layer.subject_objects(TIP.exampleCall))
    assert calls
    broken = data + layer
    for call in calls.values():
        broken.add((call, parameter_iri("unknown"), rdflib.Literal("x")))
    _, report, _ = validate(broken, shacl_graph=layer)
    assert isinstance(report, rdflib.Graph)
    assert set(report.objects(None, SH.focusNode)) == set(calls.values())


def test_only_iris_name_the_nodes_of_the_layer(built: Build) -> None:
    for triple in built.layers["queries"]:
        assert isinstance(triple.subject, NamedNode)
        assert isinstance(triple.object, NamedNode | Literal)


def test_the_layer_has_every_query_as_it_lies(built: Build, folder: Folder) -> None:
    texts = {
        path_of(triple.subject.value).removeprefix("query/"): triple.object.value
        for triple in built.layers["queries"]
        if triple.predicate in {term("sh:select"), term("sh:construct")}
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, Literal)
    }
    assert {
        name: parse_query(text, folder.queries / f"{name}.rq") for name, text in texts.items()
    } == Catalogue(folder.queries).read()[0]


def test_what_answers_is_as_the_columns_say(graph: KnowledgeGraph) -> None:
    for query in graph.queries.read()[0].values():
        if query.form == "SELECT" and not query.services:
            for row in asked(graph, query).rows:
                for column, node in zip(row.columns, row.terms, strict=True):
                    sort = COLUMN_RANGES[query.columns[column]]
                    assert node is None or is_of(node, sort), (query.name, column)


def test_columns_are_properties_and_no_shapes(built: Build) -> None:
    """A node that has a parameter of SHACL, such as sh:nodeKind, is a shape (SHACL, 2.1)."""
    layer = built.layers["queries"]
    columns = {triple.object for triple in layer if triple.predicate == term("tip:resultColumn")}
    said = {curie(triple.predicate.value) for triple in layer if triple.subject in columns}
    assert said == {"rdf:type", "rdfs:label", "rdfs:range", "sh:order"}


def asked(graph: KnowledgeGraph, query: StoredQuery) -> Answer:
    """The answer to the query's example."""
    return rows_of(graph.questions.bound(query, query.example), graph.engine)


def is_of(node: object, sort: str) -> bool:
    if sort == "rdfs:Resource":
        return isinstance(node, NamedNode)
    return isinstance(node, Literal) and sort in {"rdfs:Literal", curie(node.datatype.value)}


def test_the_queries_can_be_asked_for(graph: KnowledgeGraph) -> None:
    text = "SELECT ?query { ?query sh:parameter/sh:class tip:Organization } ORDER BY ?query"
    found = [path_of(row["query"].value) for row in select(text, graph.store)]
    assert found == [
        f"query/{query.name}"
        for query in graph.queries.read()[0].values()
        for parameter in query.parameters
        if parameter.type == "organization"
    ]
    assert "query/instruments-of-organization" in found


def test_the_call_of_an_answer_is_one_that_the_query_accepts(
    graph: KnowledgeGraph, faces: dict[str, Face]
) -> None:
    for query in graph.queries.read()[0].values():
        if query.form == "SELECT" and not query.services:
            said = call_of(graph, query)
            assert {node for predicate, node in said if predicate == PROV.used} == {
                rdflib.URIRef(thing("dataset").value),
                rdflib.URIRef(thing(f"query/{query.name}").value),
            }
            accepted, text = faces[query.name].accepts_call(said)
            assert accepted, text


def call_of(graph: KnowledgeGraph, query: StoredQuery) -> list[tuple[Any, Any]]:
    """What the JSON-LD of the example's answer says of the activity that made it."""
    answer = asked(graph, query)
    document = rows_document(answer, graph.provenance(query.name, **query.example))
    quads = jsonld.to_rdf(document, {"format": "application/n-quads"})
    read = rdflib.Graph().parse(data=quads, format="nt")
    (entity,) = read.subjects(rdflib.RDF.type, PROV.Entity)
    (activity,) = read.objects(entity, PROV.wasGeneratedBy)
    assert (activity, rdflib.RDF.type, PROV.Activity) in read
    (rows,) = read.objects(entity, TIP.rows)
    assert len(list(Collection(read, rows))) == len(answer.rows)
    return list(read.predicate_objects(activity))


def test_an_answer_says_the_versions_of_what_it_rests_on(graph: KnowledgeGraph) -> None:
    provenance = graph.provenance("statistics")
    document = rows_document(graph.query("statistics"), provenance)
    assert [used["version"] for used in document["generatedBy"]["used"]] == [
        provenance.dataset_version,
        provenance.query_version,
    ]
    assert re.fullmatch(r"[0-9a-f]{16}", provenance.dataset_version)


def test_a_several_valued_argument_is_told_whole(graph: KnowledgeGraph) -> None:
    forces = ["binding", "mixed"]
    provenance = graph.provenance("instruments-with-force", force=forces)
    document = rows_document(graph.query("instruments-with-force", force=forces), provenance)
    iris = [thing(f"concept/legal-force/{name}").value for name in forces]
    assert document["generatedBy"]["parameter:force"] == [{"@id": iri} for iri in iris]
    assert provenance.to_dict()["arguments"] == {"force": [f"<{iri}>" for iri in iris]}


def test_the_version_of_the_dataset_is_the_digest_of_all_else(union: frozenset[Triple]) -> None:
    (stated,) = (t for t in union if t.predicate == VERSION and t.subject == thing("dataset"))
    rest = union - {stated}
    lines = sorted(f"{triple} .\n".encode() for triple in rest)
    digest = hashlib.sha256(b"".join(lines)).hexdigest()[:16]
    assert stated == version_statement(rest) == Triple(stated.subject, VERSION, Literal(digest))


def test_one_changed_fact_changes_the_version(union: frozenset[Triple]) -> None:
    (changed,) = (t for t in union if t.subject == thing("org/asean") and t.predicate == LABEL)
    other = Triple(changed.subject, LABEL, Literal("Another", language="en"))
    assert version_statement(union) != version_statement({*union, other} - {changed})
    assert version_statement(union) == version_statement(sorted(union, key=str, reverse=True))
