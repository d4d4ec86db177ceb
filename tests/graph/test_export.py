"""Every export holds the same triples, and the same triples give the same bytes."""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any
from xml.etree import ElementTree

import pytest
import rdflib
from conftest import Export, Layers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
)

from tipgraph.errors import UsageError
from tipgraph.files.folder import Folder
from tipgraph.graph.export import document, export
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.formats import GRAPH_FORMATS, WITH_GRAPH_NAMES
from tipgraph.rdf.iris import BASE, PREFIXES, layer_graph, term, thing
from tipgraph.rdf.rdflib import triples_of
from tipgraph.rdf.turtle import canonical_trig, canonical_turtle

RDFLIB_NAMES = {
    "turtle": "turtle",
    "trig": "trig",
    "nt": "nt",
    "nq": "nquads",
    "rdfxml": "xml",
    "jsonld": "json-ld",
}
TEXTS = st.text(
    alphabet=st.characters(
        exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", max_codepoint=0x1FFFF
    )
    | st.sampled_from("\n\t\"\\'<>&|{}#$%;"),
    max_size=12,
)
NAMES = st.text(alphabet=string.ascii_letters + string.digits + "-", min_size=1, max_size=6)
THINGS = st.builds(lambda name: thing(f"org/{name}"), NAMES)
PREDICATES = st.sampled_from(
    [
        term("skos:prefLabel"),
        term("tip:issuedBy"),
        term("tip:adoptedOrIssued"),
        term("skos:notation"),
        term("rdf:type"),
        term("foaf:page"),
        term("schema:url"),
    ]
)
CLASSES = st.sampled_from([term("tip:Organization"), term("org:Post"), term("skos:Concept")])
LITERALS = st.one_of(
    st.builds(Literal, TEXTS),
    st.builds(lambda text: Literal(text, language="en"), TEXTS),
    st.builds(lambda n: Literal(str(n), datatype=term("xsd:integer")), st.integers()),
    st.builds(lambda y: Literal(f"{y:04}", datatype=term("xsd:gYear")), st.integers(1000, 2999)),
    st.builds(lambda text: Literal(text, datatype=term("tip:UNDocumentSymbol")), TEXTS),
)


@st.composite
def triples(draw: st.DrawFn) -> Triple:
    predicate = draw(PREDICATES)
    objects = CLASSES if predicate == term("rdf:type") else THINGS | LITERALS
    return Triple(draw(THINGS), predicate, draw(objects))


IRIS = st.builds(
    lambda start, end: NamedNode(start + end),
    st.sampled_from(
        [f"{name}:" for name in (*PREFIXES, "id", "type", "title", "urn")]
        + [*PREFIXES.values(), "http://example.org/", f"{BASE}query/one#"]
    ),
    st.sampled_from(["", "1", "a", "id", "type", "title", "a/b", "//a", "a:b", "?a", "%20", "é"]),
)
"""IRIs that JSON-LD could take for others: as schemes our prefixes, as names its keywords."""
TYPED = st.builds(lambda text, datatype: Literal(text, datatype=datatype), TEXTS, IRIS)
GRAPHS = st.sets(triples(), max_size=8)
BLANK = st.builds(BlankNode, st.sampled_from("abcd"))
GRAPHS_WITH_BLANK_NODES = st.sets(
    st.builds(Triple, THINGS | BLANK, st.just(term("tip:issuedBy")), THINGS | BLANK | LITERALS),
    max_size=6,
)
QUICK = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def store_with(graph: Iterable[Triple]) -> Store:
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object, layer_graph("catalog")) for t in graph)
    return store


def canonical(graph: Iterable[Triple]) -> set[Triple]:
    """Return triples with their blank nodes named by what they say."""
    dataset = Dataset(Quad(t.subject, t.predicate, t.object) for t in graph)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {quad.triple for quad in dataset}


def read_by_pyoxigraph(data: bytes, format: str) -> set[Triple]:
    return {quad.triple for quad in parse(data, GRAPH_FORMATS[format], base_iri=BASE)}


def read_by_rdflib(data: bytes, format: str) -> set[Triple]:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=data, format=RDFLIB_NAMES[format], publicID=BASE)
    graph = rdflib.Graph()
    for subject, predicate, object, _ in dataset.quads():
        graph.add((subject, predicate, object))
    return triples_of(graph)


READERS = {"pyoxigraph": read_by_pyoxigraph, "rdflib": read_by_rdflib}
NIGHTLY = dict.fromkeys(("jsonld", "nt", "nq", "trig"), pytest.mark.nightly)
"""Formats that take long, or are written and read by the same code as the others."""
BY_DAY = [pytest.param(name, marks=NIGHTLY.get(name, ())) for name in GRAPH_FORMATS]


@pytest.fixture(scope="module")
def canonical_union(union: frozenset[Triple]) -> set[Triple]:
    return canonical(union)


@pytest.mark.parametrize("format", BY_DAY)
def test_export_holds_every_triple(
    format: str, export: Export, canonical_union: set[Triple]
) -> None:
    assert canonical(read_by_pyoxigraph(export(format), format)) == canonical_union


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_json_ld_holds_every_triple_of_a_smaller_graph(
    read: Callable[[bytes, str], set[Triple]], lean_kg: KnowledgeGraph
) -> None:
    every = {quad.triple for quad in lean_kg.store}
    assert canonical(read(lean_kg.export("jsonld"), "jsonld")) == canonical(every)


@pytest.mark.parametrize("format", BY_DAY)
def test_rdflib_finds_every_triple(
    format: str, export: Export, canonical_union: set[Triple]
) -> None:
    assert canonical(read_by_rdflib(export(format), format)) == canonical_union


@pytest.mark.parametrize("format", [one for one in BY_DAY if one.values != ("jsonld",)])
def test_two_exports_are_the_same_bytes(format: str, export: Export, folder: Folder) -> None:
    assert KnowledgeGraph.of_folder(folder).export(format) == export(format)


@pytest.mark.parametrize("format", sorted(WITH_GRAPH_NAMES))
def test_formats_with_graph_names_keep_the_layers(
    format: str, export: Export, layers: Layers
) -> None:
    found: dict[object, set[Triple]] = {}
    for quad in parse(export(format), GRAPH_FORMATS[format]):
        found.setdefault(quad.graph_name, set()).add(quad.triple)
    assert found.keys() == {layer_graph(name) for name in layers}
    for name, graph in layers.items():
        assert canonical(found[layer_graph(name)]) == canonical(graph), name


@pytest.mark.parametrize("format", GRAPH_FORMATS)
def test_a_layer_is_exported_alone(format: str, kg: KnowledgeGraph, layers: Layers) -> None:
    assert read_by_pyoxigraph(kg.export(format, "catalog"), format) == layers["catalog"]


def test_layers_are_exported_together(kg: KnowledgeGraph, layers: Layers) -> None:
    found = read_by_pyoxigraph(kg.export("nt", "catalog", "inferred"), "nt")
    assert found == layers["catalog"] | layers["inferred"]


def test_turtle_of_a_layer_is_its_file(kg: KnowledgeGraph, folder: Folder) -> None:
    assert kg.export("turtle", "catalog") == (folder.graph / "catalog.ttl").read_bytes()


def test_unknown_layer_is_refused(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="no layer is called 'facts'"):
        kg.export("turtle", "facts")


@pytest.fixture(scope="module")
def json_ld(export: Export) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(export("jsonld"))
    return document


def test_json_ld_has_the_published_context(json_ld: dict[str, Any], folder: Folder) -> None:
    published = json.loads((folder.graph / "context.jsonld").read_text("utf-8"))
    assert json_ld["@context"] == published["@context"]


def test_json_ld_of_one_layer_has_the_same_context(
    kg: KnowledgeGraph, json_ld: dict[str, Any]
) -> None:
    assert json.loads(kg.export("jsonld", "source"))["@context"] == json_ld["@context"]


def test_json_ld_of_an_instrument_is_plain_json(json_ld: dict[str, Any]) -> None:
    (node,) = (n for n in json_ld["@graph"] if n["id"] == "instrument/osce-addendum-2013")
    assert node["prefLabel"] == (
        "Addendum to the OSCE Action Plan to Combat Trafficking in Human Beings"
    )
    assert node["issuedBy"] == "body/osce-permanent-council"
    assert node["supplements"] == "instrument/osce-action-plan"
    assert node["legalForce"] == "concept/legal-force/non-binding"
    assert node["earliest"] == "2013-12-06"
    assert node["listedUnder"] == "org/osce"
    assert "tip:NormativeInstrument" in node["type"]


def test_json_ld_nodes_have_an_id_each_its_own(json_ld: dict[str, Any]) -> None:
    ids = [node["id"] for node in json_ld["@graph"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("format", GRAPH_FORMATS)
@pytest.mark.parametrize("reader", READERS)
@QUICK
@given(graph=GRAPHS)
def test_any_graph_survives(format: str, reader: str, graph: set[Triple]) -> None:
    data = export(store_with(graph), format)
    assert READERS[reader](data, format) == graph


@QUICK
@given(graph=st.sets(st.builds(Triple, IRIS, IRIS, IRIS | TYPED), max_size=6))
def test_json_ld_holds_iris_of_all_sorts(graph: set[Triple]) -> None:
    data = document(graph, "jsonld")
    assert read_by_pyoxigraph(data, "jsonld") == graph
    quads = jsonld.to_rdf(json.loads(data), {"format": "application/n-quads"})
    assert {quad.triple for quad in parse(quads, RdfFormat.N_QUADS)} == graph


@QUICK
@given(
    graph=st.sets(st.builds(Triple, IRIS, IRIS, IRIS | st.builds(Literal, st.text())), max_size=3)
)
def test_rdf_xml_is_well_formed_or_refused(graph: set[Triple]) -> None:
    with suppress(UsageError):
        data = document(graph, "rdfxml")
        ElementTree.fromstring(data)
        assert read_by_pyoxigraph(data, "rdfxml") == graph


@QUICK
@given(graph=GRAPHS_WITH_BLANK_NODES)
def test_turtle_keeps_blank_nodes_apart(graph: set[Triple]) -> None:
    found = {quad.triple for quad in parse(canonical_turtle(graph), RdfFormat.TURTLE)}
    assert canonical(found) == canonical(graph)


@QUICK
@given(data=st.data(), graph=st.lists(triples(), max_size=8))
def test_turtle_does_not_depend_on_the_order(data: st.DataObject, graph: list[Triple]) -> None:
    shuffled = data.draw(st.permutations(graph))
    assert canonical_turtle(shuffled) == canonical_turtle(graph)


@QUICK
@given(graph=GRAPHS_WITH_BLANK_NODES)
def test_turtle_does_not_depend_on_names_of_blank_nodes(graph: set[Triple]) -> None:
    def renamed(node: Any) -> Any:
        return BlankNode(f"other{node.value}") if isinstance(node, BlankNode) else node

    other = [Triple(renamed(t.subject), t.predicate, renamed(t.object)) for t in graph]
    assert canonical_turtle(other) == canonical_turtle(graph)


@QUICK
@given(graph=GRAPHS)
def test_turtle_is_written_again_from_itself(graph: set[Triple]) -> None:
    written = canonical_turtle(graph)
    again = canonical_turtle(quad.triple for quad in parse(written, RdfFormat.TURTLE))
    assert again == written


@QUICK
@given(graph=GRAPHS, other=GRAPHS)
def test_trig_keeps_graphs_apart(graph: set[Triple], other: set[Triple]) -> None:
    names = NamedNode(f"{BASE}graph/a"), NamedNode(f"{BASE}graph/b")
    data = canonical_trig({names[1]: other, names[0]: graph})
    found: dict[object, set[Triple]] = {name: set() for name in names}
    for quad in parse(data, RdfFormat.TRIG):
        found[quad.graph_name].add(quad.triple)
    assert found == {names[0]: graph, names[1]: other}
    assert data == canonical_trig({names[0]: graph, names[1]: other})


def test_one_changed_fact_changes_its_own_lines(layers: Layers) -> None:
    before = canonical_turtle(layers["catalog"]).decode().split("\n")
    extra = Triple(thing("org/osce"), term("skos:altLabel"), Literal("Another", language="en"))
    after = canonical_turtle({*layers["catalog"], extra}).decode().split("\n")
    assert len(before) == len(after)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
