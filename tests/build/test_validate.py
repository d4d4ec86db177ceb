"""A validation names the thing, the rule and the source; every quality check finds its fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from conftest import ROOT, Run, assert_refused
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

from tipgraph.ask.header import read_header
from tipgraph.build.report import Finding, Report
from tipgraph.build.validate import validate
from tipgraph.errors import InputError
from tipgraph.files.folder import Folder
from tipgraph.graph.engines.oxigraph import select
from tipgraph.layers.vocabulary import read_vocabulary
from tipgraph.rdf.iris import BASE, PREFIXES, path_of, term, thing
from tipgraph.rdf.triples import store_of

CHECKS = sorted((ROOT / "queries" / "checks").glob("*.rq"))
BROKEN = """
@prefix tip: <https://w3id.org/tipgraph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/tipgraph/source/2020/L6/c1/i1> a tip:SourceItem .
<https://w3id.org/tipgraph/org/nameless> a tip:Organization ;
    dcterms:source <https://w3id.org/tipgraph/source/2020/L6/c1/i1> .
<https://w3id.org/tipgraph/org/another> a tip:Organization ;
    skos:prefLabel "un autre"@fr .
"""
ACT = "act/palermo-protocol/NGA/ratification/2001-06-28"

DAMAGE = {
    "adopted-after-its-period": (
        "instrument/oas-work-plan-2010-2012",
        "DELETE WHERE { <instrument/oas-work-plan-2010-2012> tip:earliest ?day } ; INSERT DATA "
        '{ <instrument/oas-work-plan-2010-2012> tip:earliest "2013-01-01"^^xsd:date }',
    ),
    "alternative-label-is-preferred": (
        "org/osce",
        "INSERT { <org/osce> skos:altLabel ?l } WHERE { <org/osce> skos:prefLabel ?l }",
    ),
    "bounds-out-of-order": (
        "instrument/actip",
        'INSERT DATA { <instrument/actip> tip:latest "1999-12-31"^^xsd:date }',
    ),
    "derived-without-derivation": (
        "act/actip/MYS/ratification/2017",
        "DELETE { <act/actip/MYS/ratification/2017> dcterms:source ?s } "
        "WHERE { <act/actip/MYS/ratification/2017> dcterms:source ?s . ?s a tip:Derivation }",
    ),
    "doubted-focal-point-offered": (
        "org/commit",
        "INSERT DATA { <org/commit> tip:listedFocalPoint <body/osce-special-representative> }",
    ),
    "extension-not-later": (
        "instrument/ecowas-initial-plan",
        'INSERT DATA { <extension/ecowas-initial-plan/2011> tip:latest "2003-12-31"^^xsd:date }',
    ),
    "extension-without-period": (
        "instrument/ecowas-initial-plan",
        "DELETE DATA { <instrument/ecowas-initial-plan> dcterms:temporal "
        "<period/ecowas-initial-plan/2002-2003> }",
    ),
    "focal-point-against-statement": (
        "org/au",
        "INSERT DATA { <org/au> tip:listedFocalPoint <body/au-commission> }",
    ),
    "focal-point-missing": (
        "org/asean",
        "DELETE { <org/asean> ?p ?f } WHERE "
        "{ <org/asean> ?p ?f FILTER (?p IN (tip:focalPoint, tip:listedFocalPoint)) }",
    ),
    "instrument-neither-listed-nor-added": (
        "instrument/sherloc",
        "DELETE WHERE { <instrument/sherloc> tip:listedUnder ?o }",
    ),
    "item-without-thing": (
        "source/2020/L7/c2/i2",
        "DELETE WHERE { ?thing dcterms:source <source/2020/L7/c2/i2> }",
    ),
    "label-with-open-bracket": (
        "org/oecd",
        'INSERT DATA { <org/oecd> skos:altLabel "OECD (Paris"@en }',
    ),
    "link-without-evidence": (
        "org/asean",
        "INSERT DATA { <org/asean> schema:sameAs <http://www.wikidata.org/entity/Q1> }",
    ),
    "note-about-nothing": (
        "note/Q18",
        "INSERT DATA { <note/Q18> tip:about <instrument/no-such-instrument> }",
    ),
    "organization-without-instrument": (
        "org/fatf",
        "DELETE WHERE { ?i tip:listedUnder <org/fatf> }",
    ),
    "page-of-nothing": (
        "resource/www-asean-org",
        "DELETE WHERE { ?thing foaf:page <resource/www-asean-org> }",
    ),
    "party-before-adoption": (
        ACT,
        f"DELETE WHERE {{ <{ACT}> tip:latest ?day }} ; INSERT DATA "
        f'{{ <{ACT}> tip:latest "1999-12-31"^^xsd:date }}',
    ),
    "party-to-no-treaty": (
        ACT,
        f"DELETE WHERE {{ <{ACT}> tip:instrument ?treaty }} ; INSERT DATA "
        f"{{ <{ACT}> tip:instrument <instrument/sherloc> }}",
    ),
    "relation-in-a-circle": (
        "instrument/ilo-c029",
        "INSERT DATA { <instrument/ilo-c029> tip:supplements <instrument/ilo-r203> }",
    ),
    "same-concept-name": (
        "concept/topic/children",
        "INSERT { topic:women skos:prefLabel ?l } WHERE { topic:children skos:prefLabel ?l }",
    ),
    "same-name": (
        "org/asean",
        "INSERT { <org/au> skos:prefLabel ?l } WHERE { <org/asean> skos:prefLabel ?l }",
    ),
    "same-notation": ("org/au", 'INSERT DATA { <org/au> skos:notation "EU"^^tip:Acronym }'),
    "source-leads-nowhere": (
        "org/au",
        "INSERT DATA { <org/au> dcterms:source <source/2020/L7/c1/i99> }",
    ),
    "title-not-printed": (
        "instrument/sherloc",
        'INSERT DATA { <instrument/sherloc> tip:titleAsPrinted "never printed"@en }',
    ),
    "two-standings-on-one-day": (
        "membership/ecowas/MLI/2021-05-30",
        "INSERT DATA { <membership/ecowas/MLI/2024> org:member <country/MLI> ; "
        'org:organization <org/ecowas> ; tip:from "2024-01-01"^^xsd:date ; '
        'tip:to "2024-12-31"^^xsd:date }',
    ),
    "undeclared-code": ("org/au", 'INSERT DATA { <org/au> skos:notation "1"^^tip:NoSuchCode }'),
}
"""For each check, the thing that it finds once the graph is damaged by an update."""


def found_by(path: Path, store: Store) -> list[str]:
    return [path_of(row["focus"].value) for row in select(path.read_text("utf-8"), store)]


def triples_of(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse(turtle.encode(), RdfFormat.TURTLE)]


@pytest.fixture(scope="module")
def validated(folder: Folder) -> Callable[[str], Report]:
    vocabulary = read_vocabulary(folder.ontology).triples
    return lambda turtle: validate([*vocabulary, *triples_of(turtle)], folder.shapes)


@pytest.fixture(scope="module")
def broken(validated: Callable[[str], Report]) -> Report:
    return validated(BROKEN)


def test_nothing_wrong_conforms(validated: Callable[[str], Report]) -> None:
    report = validated("")
    assert report.conforms
    assert report.findings == ()


def test_finding_names_the_thing_the_rule_and_the_source(broken: Report) -> None:
    (finding,) = (
        f for f in broken.findings if f.focus == "org/nameless" and f.path == "skos:prefLabel"
    )
    assert finding.severity == "Violation"
    assert finding.rule == "sh:MinCountConstraintComponent"
    assert finding.sources == ("source/2020/L6/c1/i1",)
    assert "exactly one name" in finding.message
    assert str(finding).startswith("Violation: org/nameless: ")
    assert str(finding).endswith("(skos:prefLabel) [source/2020/L6/c1/i1]")


def test_finding_gives_the_wrong_value(broken: Report) -> None:
    values = {f.value for f in broken.findings if f.focus == "org/another"}
    assert "un autre" in values


def test_broken_graph_does_not_conform(broken: Report) -> None:
    assert not broken.conforms


def test_order_of_findings_is_fixed(broken: Report, validated: Callable[[str], Report]) -> None:
    lines = "".join(reversed(BROKEN.splitlines(keepends=True)[1:4])) + "".join(
        BROKEN.splitlines(keepends=True)[4:]
    )
    assert validated(lines).findings == broken.findings
    assert [f.focus for f in broken.findings] == sorted(f.focus for f in broken.findings)


def test_worst_findings_come_first(folder: Folder, union: frozenset[Triple]) -> None:
    damage = [DAMAGE[name][1] for name in ("label-with-open-bracket", "page-of-nothing")]
    store = damaged(union, " ; ".join(damage))
    report = validate((quad.triple for quad in store), folder.shapes, folder.queries / "checks")
    severities = [finding.severity for finding in report.findings]
    assert severities == sorted(severities)
    assert {"Violation", "Warning"} == set(severities)
    assert report.findings[-1].rule == "check/label-with-open-bracket"


def test_report_as_json(broken: Report) -> None:
    body = json.loads(broken.to_json())
    assert body["conforms"] is False
    assert len(body["findings"]) == len(broken.findings)
    assert {"severity", "focus", "message", "rule", "path", "value", "sources"} == set(
        body["findings"][0]
    )


def test_report_as_turtle(broken: Report) -> None:
    graph = rdflib.Graph().parse(data=broken.to_turtle(), format="turtle")
    sh = rdflib.SH
    (report,) = graph.subjects(rdflib.RDF.type, sh.ValidationReport)
    assert graph.value(report, sh.conforms) == rdflib.Literal(False)
    results = list(graph.objects(report, sh.result))
    assert len(results) == len(broken.findings)
    focuses = {str(focus) for focus in graph.objects(None, sh.focusNode)}
    assert focuses == {BASE + f.focus for f in broken.findings}
    paths = {str(path) for path in graph.objects(None, sh.resultPath)}
    assert str(rdflib.SKOS.prefLabel) in paths


def test_reports_are_the_same_bytes_again(
    broken: Report, validated: Callable[[str], Report]
) -> None:
    again = validated(BROKEN)
    assert again.to_json() == broken.to_json()
    assert again.to_turtle() == broken.to_turtle()


def test_empty_report_as_turtle() -> None:
    graph = rdflib.Graph().parse(data=Report(()).to_turtle(), format="turtle")
    assert rdflib.Literal(True) in set(graph.objects(None, rdflib.SH.conforms))


def test_warnings_conform() -> None:
    assert Report((Finding("Warning", "org/au", "odd", "check/odd"),)).conforms
    assert not Report((Finding("Violation", "org/au", "wrong", "check/wrong"),)).conforms


def test_folder_without_shapes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no shapes"):
        validate([], tmp_path)


def test_broken_check_is_named(tmp_path: Path, folder: Folder) -> None:
    check = tmp_path / "bad.rq"
    check.write_text("#+ title: Bad\n#+ solution: Mend it\nSELECT ?focus {", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.rq:3: broken SPARQL"):
        validate(triples_of(BROKEN), folder.shapes, tmp_path)


def damaged(union: frozenset[Triple], update: str) -> Store:
    store = store_of(union)
    store.update(update, base_iri=BASE, prefixes=PREFIXES)
    return store


@pytest.fixture(scope="module")
def undamaged(union: frozenset[Triple]) -> Store:
    return store_of(union)


def test_every_check_has_its_damage() -> None:
    assert {path.stem for path in CHECKS} == DAMAGE.keys()


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_check_says_what_is_wrong_and_what_to_do(path: Path) -> None:
    header = read_header(path.read_text("utf-8"), path).data
    assert header["title"]
    assert header["solution"]
    assert header["severity"] in ("Violation", "Warning", "Info")


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_check_finds_nothing_in_the_graph(path: Path, undamaged: Store) -> None:
    assert found_by(path, undamaged) == []


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_check_finds_its_damage(path: Path, union: frozenset[Triple]) -> None:
    focus, update = DAMAGE[path.stem]
    assert focus in found_by(path, damaged(union, update))


def test_check_is_reported_as_a_finding(folder: Folder, union: frozenset[Triple]) -> None:
    store = damaged(union, DAMAGE["doubted-focal-point-offered"][1])
    report = validate((quad.triple for quad in store), folder.shapes, folder.queries / "checks")
    (finding,) = (f for f in report.findings if f.rule == "check/doubted-focal-point-offered")
    assert finding.focus == "org/commit"
    assert finding.value == "body/osce-special-representative"
    assert finding.sources == ("source/2020/L16/c1/i1",)
    assert str(finding).endswith("(body/osce-special-representative) [source/2020/L16/c1/i1]")
    assert not report.conforms


@pytest.mark.parametrize("shape", ['sh:minCount "x"', 'sh:path <http://x/p> ; sh:pattern "("'])
def test_shapes_that_can_not_be_used_are_named_by_file(
    folder: Folder, tmp_path: Path, shape: str
) -> None:
    for path in folder.shapes.glob("*.ttl"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "wrong.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<http://x/S> a sh:NodeShape ;"
        f" sh:targetNode <http://x/n> ; sh:property [ {shape} ] ."
    )
    node = NamedNode("http://x/n")
    damaged = {Triple(node, NamedNode("http://x/p"), Literal("text"))}
    with pytest.raises(InputError, match=r"wrong\.ttl: the shapes can't be used: [^\n]+$"):
        validate(damaged, tmp_path)


CHECK = """\
#+ title: A thing without a name
#+ solution: Name it
SELECT ?focus ?value WHERE { ?focus a ?value FILTER NOT EXISTS { ?focus ?p ?q } }
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("#+ solution: Name it\n", "", "the header has no 'solution'"),
        ("#+ title: A thing without a name\n", "", "the header has no 'title'"),
        ("#+ title: A thing without a name\n#+ solution: Name it\n", "", "has no header"),
        ("solution: Name it", "solution: [Name it]", "'solution' is not of the expected form"),
        ("Name it", "Name it\n#+ severity: Grave", "the severity 'Grave' is none of Violation"),
        ("?focus ?value WHERE", "?value WHERE", "does not select ?focus"),
        ("SELECT ?focus ?value", "SELECT ?focus (1 AS ?one)", "does not select ?value"),
        ("SELECT ?focus ?value WHERE", "ASK", "the query is no SELECT query"),
        ("FILTER", "FILTRE", "broken SPARQL at line 3"),
    ],
)
def test_a_broken_quality_check_is_named_with_what_is_wrong(
    run: Run, copy: Path, old: str, new: str, says: str
) -> None:
    path = copy / "queries" / "checks" / "nameless.rq"
    path.write_text(CHECK.replace(old, new))
    ran = run("-C", copy, "validate")
    assert_refused(ran, 3)
    assert str(path) in ran.err
    assert says in ran.err


def test_a_check_may_give_no_value_and_a_focus_that_is_no_thing(tmp_path: Path) -> None:
    folder = tmp_path / "checks"
    folder.mkdir()
    text = CHECK.replace("?focus a ?value FILTER NOT EXISTS { ?focus ?p ?q }", "?x a ?focus")
    (folder / "any.rq").write_text(text)
    found = validate(
        [Triple(thing("org/x"), term("rdf:type"), Literal("a b"))], ROOT / "shapes", folder
    )
    assert "a b" in {finding.focus for finding in found.findings}
