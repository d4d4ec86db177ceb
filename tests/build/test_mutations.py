"""Every kind of damage to the real graph is found, and the message names the thing and the rule."""

from __future__ import annotations

from dataclasses import dataclass

import pyshacl
import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from rdflib import RDF, SH

from tipgraph.build.report import Report
from tipgraph.build.validate import read_shapes, validate, with_own_targets
from tipgraph.files.folder import Folder
from tipgraph.rdf.iris import BASE, PREFIXES
from tipgraph.rdf.rdflib import rdflib_graph


@dataclass(frozen=True)
class Damage:
    """A triple to drop (by predicate) and one to add, and the finding that must follow.

    The triples are those of `of`, or of the focus itself.
    """

    name: str
    focus: str
    message: str
    drop: str = ""
    add: str = ""
    of: str = ""


DAMAGES = (
    Damage("no label", "org/asean", "exactly one name", "skos:prefLabel"),
    Damage("two labels", "org/asean", "exactly one name", add='skos:prefLabel "Other"@en'),
    Damage(
        "a label in no language",
        "org/un",
        "exactly one name",
        "skos:prefLabel",
        'skos:prefLabel "UN"',
    ),
    Damage("no source", "instrument/actip", "without a source", "dcterms:source"),
    Damage(
        "a source that is no place",
        "instrument/actip",
        "without a source",
        add="dcterms:source tiporg:eu",
    ),
    Damage("no kind", "instrument/actip", "exactly one kind", "dcterms:type"),
    Damage("two kinds", "instrument/actip", "exactly one kind", add="dcterms:type kind:report"),
    Damage(
        "a kind of another class",
        "instrument/fatf-report-2018",
        "kind does not go",
        "dcterms:type",
        "dcterms:type kind:convention",
    ),
    Damage(
        "a report as a legal text",
        "instrument/fatf-report-2018",
        "",
        add="rdf:type tip:NormativeInstrument",
    ),
    Damage("no force", "instrument/actip", "exactly one legal force", "tip:legalForce"),
    Damage(
        "two forces",
        "instrument/actip",
        "exactly one legal force",
        add="tip:legalForce force:unknown",
    ),
    Damage(
        "force without ground", "instrument/actip", "exactly one ground", "tip:legalForceGround"
    ),
    Damage(
        "a binding report",
        "instrument/fatf-report-2018",
        "binding",
        "tip:legalForce",
        "tip:legalForce force:binding",
    ),
    Damage(
        "an issuer that is an instrument",
        "instrument/ilo-c029",
        "issue",
        add="tip:issuedBy instrument:ilo-p029",
    ),
    Damage("listed under a body", "instrument/ilo-c029", "listed", add="tip:listedUnder body:icat"),
    Damage("a date without bounds", "instrument/ilo-c029", "adoption or issue", "tip:earliest"),
    Damage(
        "a date that is text",
        "instrument/ilo-c029",
        "date",
        "tip:adoptedOrIssued",
        'tip:adoptedOrIssued "1930"',
    ),
    Damage(
        "a period that ends before it starts",
        "period/sadc-plan-2009-2019/2009-2019",
        "end",
        "tip:latest",
        'tip:latest "2001-12-31"^^xsd:date',
    ),
    Damage("a period without end", "period/sadc-plan-2009-2019/2009-2019", "end", "dcat:endDate"),
    Damage(
        "a period without source",
        "period/sadc-plan-2009-2019/2009-2019",
        "needs a source",
        "dcterms:source",
    ),
    Damage(
        "a supplement of an organization",
        "instrument/ilo-p029",
        "relation between instruments",
        add="tip:supplements tiporg:ilo",
    ),
    Damage(
        "adopted by a body",
        "instrument/palermo-protocol",
        "adopt",
        add="tip:adoptedBy body:un-general-assembly",
    ),
    Damage(
        "a topic of another scheme",
        "instrument/actip",
        "topic",
        add="dcterms:subject force:binding",
    ),
    Damage(
        "a page that is no address",
        "resource/www-un-org",
        "exactly one address",
        "schema:url",
        'schema:url "www.un.org"',
    ),
    Damage("a page without printed form", "resource/www-un-org", "print", "tip:urlAsPrinted"),
    Damage(
        "a page of nothing",
        "resource/www-osce-org-secretariat-trafficking",
        "belong to something",
        "foaf:page",
        of="org/osce",
    ),
    Damage("no focal point statement", "org/fatf", "exactly once", "tip:focalPointStatement"),
    Damage(
        "a focal point where none is stated",
        "org/fatf",
        "focal point",
        add="tip:focalPoint body:greta",
    ),
    Damage(
        "a focal point that is an instrument",
        "org/coe",
        "must be a body or a post",
        add="tip:focalPoint instrument:actip",
    ),
    Damage("no founding basis", "org/fatf", "exactly one founding basis", "tip:foundingBasis"),
    Damage(
        "a post as a body",
        "body/un-sr-trafficking",
        "both as a post and as",
        add="rdf:type org:Organization",
    ),
    Damage(
        "part of a post", "body/greta", "part of", add="org:subOrganizationOf body:un-sr-slavery"
    ),
    Damage("a note without quote", "note/Q18", "quote", "tip:quote"),
    Damage("a note without reason", "note/Q18", "why", "tip:reason"),
    Damage("a note without answer", "note/Q18", "instead", "tip:instead"),
    Damage(
        "a note about nothing known", "note/Q18", "speaks of", add="tip:about instrument:nothing"
    ),
    Damage("an item without quote", "source/2020/L6/c1/i1", "", "prov:value"),
    Damage("an item of no cell", "source/2020/L6/c1/i1", "", "dcterms:isPartOf"),
    Damage(
        "a statement without evidence",
        "statement/instrument/palermo-protocol/date/2000-11-15",
        "",
        "tip:evidence",
    ),
    Damage(
        "a statement without reason",
        "statement/instrument/palermo-protocol/date/2000-11-15",
        "",
        "tip:reason",
    ),
    Damage("a code of no system", "instrument/actip", "", add='skos:notation "ACTIP"'),
    Damage(
        "a plan that follows itself",
        "instrument/sadc-plan-2009-2019",
        "itself",
        add="tip:follows instrument:sadc-plan-2009-2019",
    ),
    Damage(
        "an alternative name like the name",
        "org/asean",
        "same words",
        add='skos:altLabel "Association of Southeast Asian Nations"@en',
    ),
    Damage(
        "an act of nobody",
        "act/actip/BRN/ratification/2020-01",
        "that of exactly one country",
        "tip:actor",
    ),
    Damage(
        "an act of no kind",
        "act/actip/IDN/ratification/2017",
        "exactly one kind",
        "tip:actKind",
    ),
    Damage(
        "an act without source",
        "act/asean/BRN/joined/1984-01-07",
        "A record needs a source",
        "dcterms:source",
    ),
    Damage(
        "an act of no day",
        "act/asean/IDN/joined/1967-08-08",
        "its year, month or day",
        "dcterms:date",
    ),
    Damage(
        "an act older than its treaty",
        "act/actip/KHM/ratification/2016-01",
        "older than the adoption",
        "tip:latest",
        'tip:latest "2014-12-31"^^xsd:date',
    ),
    Damage(
        "a stated standing of another scheme",
        "stated/actip/BRN/not-party/2017-10-04",
        "exactly one status",
        "tip:statedStatus",
        "tip:statedStatus force:binding",
    ),
    Damage(
        "a list of no organization",
        "listed/asean/BRN",
        "exactly one organization",
        "tip:inOrganization",
    ),
    Damage(
        "a list that does not say of when it is",
        "listed/asean/CAN",
        "exactly one as-of date",
        "tip:asOf",
    ),
    Damage(
        "a membership in no standing",
        "membership/asean/BRN/1984-01-07",
        "exactly one standing",
        "tip:standing",
    ),
    Damage(
        "a membership that follows from nothing",
        "membership/asean/CAN/1967-08-08",
        "must name the records",
        "prov:wasDerivedFrom",
    ),
    Damage(
        "two standings on one day",
        "membership/ecowas/MLI/2021-05-30",
        "two standings in one organization",
        "tip:to",
        'tip:to "9999-12-31"^^xsd:date',
    ),
    Damage(
        "a participation by no rule",
        "participation/palermo-protocol/NGA/2000-12-13",
        "needs the rule",
        "tip:byRule",
    ),
    Damage(
        "a participation that ends before it begins",
        "participation/palermo-protocol/NGA/2001-06-28",
        "first day on which it is possible",
        "tip:to",
        'tip:to "2001-06-27"^^xsd:date',
    ),
    Damage(
        "an obligation without ground",
        "participation/palermo-protocol/NGA/2003-12-25",
        "needs its ground",
        "tip:ground",
    ),
    Damage(
        "an obligation that may be sure from any day",
        "participation/actip/BRN/2020-01-31",
        "first day on which it is sure",
        "tip:surelyFrom",
    ),
    Damage("a rule without articles", "rule/actip", "name the articles", "tip:clause"),
    Damage(
        "a rule of an organization",
        "rule/palermo-protocol",
        "that of exactly one instrument",
        add="tip:ruleOf tiporg:un",
    ),
)


def turtle(subject: NamedNode, statement: str) -> set[Triple]:
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    text = f"{prefixes}{subject} {statement} ."
    return {quad.triple for quad in parse(text, RdfFormat.TURTLE)}


def damaged(graph: set[Triple], damage: Damage) -> set[Triple]:
    edited = NamedNode(BASE + (damage.of or damage.focus))
    prefix, _, local = damage.drop.partition(":")
    dropped = NamedNode(PREFIXES[prefix] + local) if damage.drop else None
    kept = {t for t in graph if not (t.subject == edited and t.predicate == dropped)}
    changed = kept | (turtle(edited, damage.add) if damage.add else set())
    assert changed != graph, damage.name
    return changed


def batches() -> list[list[Damage]]:
    """Damages that can be done to one graph at once: no two to the same thing."""
    made: list[list[Damage]] = []
    for damage in DAMAGES:
        free = (batch for batch in made if damage.focus not in {other.focus for other in batch})
        batch = next(free, None)
        if batch is None:
            made.append([damage])
        else:
            batch.append(damage)
    return made


@pytest.mark.parametrize("batch", batches(), ids=lambda batch: f"{len(batch)} damages")
def test_no_damage_survives(union: frozenset[Triple], folder: Folder, batch: list[Damage]) -> None:
    graph = set(union)
    for damage in batch:
        graph = damaged(graph, damage)
    report = validate(graph, folder.shapes, folder.queries / "checks")
    assert not report.conforms
    survivors = [damage.name for damage in batch if not is_found(damage, report)]
    assert survivors == [], "\n".join(map(str, report.findings))


def is_found(damage: Damage, report: Report) -> bool:
    return any(f.focus == damage.focus and damage.message in f.message for f in report.findings)


def test_shapes_with_own_targets_find_the_same(union: frozenset[Triple], folder: Folder) -> None:
    graph = set(union)
    for damage in max(batches(), key=len):
        graph = damaged(graph, damage)
    data, shapes = rdflib_graph(graph), read_shapes(folder.shapes)
    own = with_own_targets(shapes)
    assert len(shapes - own) > 100
    assert len(found := results(data, own)) > 10
    assert found == results(data, shapes)


def results(data: rdflib.Graph, shapes: set[Triple]) -> set[tuple[object, ...]]:
    _, report, _ = pyshacl.validate(data, shacl_graph=rdflib_graph(shapes))
    said = (SH.focusNode, SH.resultPath, SH.value, SH.sourceConstraintComponent, SH.resultMessage)
    return {
        tuple(report.value(result, property) for property in said)
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


@pytest.mark.parametrize("adds", ["sh:closed true", "sh:deactivated true"])
def test_shapes_that_speak_of_their_properties_keep_them(folder: Folder, adds: str) -> None:
    shapes = read_shapes(folder.shapes)
    instrument = NamedNode(f"{BASE}shape/Instrument")
    held = {triple for triple in shapes if triple.subject == instrument}
    assert not held <= with_own_targets(shapes)
    assert held <= with_own_targets(shapes | turtle(instrument, adds))


def test_the_undamaged_graph_is_silent(union: frozenset[Triple], folder: Folder) -> None:
    assert validate(union, folder.shapes, folder.queries / "checks").findings == ()


def test_there_are_many_kinds_of_damage() -> None:
    assert len({damage.name for damage in DAMAGES}) == len(DAMAGES) >= 60
