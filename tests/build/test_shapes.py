"""Every constraint of the shapes accepts the valid graph and bites on a mutation of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[2]
SHAPE = "https://w3id.org/tipgraph/shape/"
QUERY = "https://w3id.org/tipgraph/query/"
VALID = ROOT / "tests" / "fixtures" / "valid.ttl"
NODE_SHAPE_PARAMETERS = {SH["class"], SH.nodeKind, SH["not"], SH["or"]}
PARAMETERS = {
    *NODE_SHAPE_PARAMETERS,
    SH.datatype,
    SH.disjoint,
    SH.equals,
    SH.hasValue,
    SH["in"],
    SH.languageIn,
    SH.lessThanOrEquals,
    SH.maxCount,
    SH.minCount,
    SH.minInclusive,
    SH.minLength,
    SH.node,
    SH.pattern,
    SH.qualifiedMaxCount,
}
DESCRIPTIONS = {SH.path, SH.name, SH.message, SH.qualifiedValueShape}


@dataclass(frozen=True)
class Case:
    """A mutation of the valid graph: what is dropped, what is added, what is then said."""

    shape: str
    component: str
    message: str
    drop: str = ""
    add: str = ""


def exactly_one(
    shape: str, message: str, place: str, second: str, wrong: str, *components: str
) -> Iterator[Case]:
    """No value, a second value, and in its place a wrong one that breaks each component."""
    yield Case(shape, "MinCount", message, drop=place)
    yield Case(shape, "MaxCount", message, add=f"{place} {second}")
    for component in components:
        yield Case(shape, component, message, drop=place, add=f"{place} {wrong}")


def english(shape: str, message: str, place: str) -> Iterator[Case]:
    """Exactly one text in English."""
    return exactly_one(shape, message, place, '"a second"@en', '"sans langue"', "LanguageIn")


def plain(shape: str, message: str, place: str) -> Iterator[Case]:
    """Exactly one plain text."""
    return exactly_one(shape, message, place, '"a second"', '"marked"@en', "Datatype")


def counted(shape: str, message: str, place: str) -> Iterator[Case]:
    """Exactly one whole number from 1."""
    yield from exactly_one(shape, message, place, "7", '"two"', "Datatype")
    yield Case(shape, "MinInclusive", message, drop=place, add=f"{place} 0")


def concept(shape: str, message: str, place: str, second: str) -> Iterator[Case]:
    """Exactly one concept of the right scheme."""
    return exactly_one(shape, message, place, second, "topic:women", "Node")


def organization_cases() -> Iterator[Case]:
    """Organizations, bodies, posts and what they have in common with instruments."""
    coe, greta, post = "organization:coe", "body:greta", "body:rapporteur"
    yield Case("Entity", "NodeKind", "Give it an IRI", add="[] a org:Organization")
    source, place = "Nothing stands here without a source", f"{coe} dcterms:source"
    yield Case("Entity", "MinCount", source, drop=place)
    yield Case("Entity", "Or", source, add=f"{place} page:www.coe.int")
    yield Case("Entity", "Class", "described as a linked page", add=f"{coe} foaf:page {greta}")
    yield Case("Entity", "LanguageIn", "Another name or", add=f'{coe} skos:altLabel "CE"')
    same = f'{coe} skos:altLabel "Council of Europe"@en'
    yield Case("Entity", "Disjoint", "The same words", add=same)
    yield from english("Entity", "exactly one name", f"{coe} skos:prefLabel")
    listed = "organization:silent tip:listedFocalPoint body:greta"
    yield Case("FocalPointCell", "In", "source is said to give none", add=listed)
    doubted = "organization:process tip:focalPoint body:greta"
    yield Case("FocalPointStated", "In", "clearly states it", add=doubted)
    place = f"{coe} tip:addressesTarget"
    yield Case("Organization", "Class", "such as 8.7. Correct", add=f"{place} topic:women")
    place = f"{coe} tip:focalPoint"
    yield Case("Organization", "Or", "must be a body or a post", add=f"{place} instrument:plan")
    place, message = f"{coe} tip:focalPointStatement", "said exactly once what the source states"
    yield from concept("Organization", message, place, "statement:doubted")
    place, message = f"{coe} tip:foundingBasis", "exactly one founding basis"
    yield from concept("Organization", message, place, "basis:forum")
    place = "organization:process tip:listedFocalPoint"
    yield Case("OrganizationListing", "Or", "said to be listed", drop=place)
    place = f"{coe} tip:focalPoint"
    yield Case("OrganizationStatement", "Or", "said to have a stated focal point", drop=place)
    part = "org:subOrganizationOf"
    yield Case("OrganizationPart", "Class", "For a post, say", add=f"{post} {part} {coe}")
    yield Case("OrganizationPart", "Class", "What it is part of", add=f"{greta} {part} {post}")
    yield Case("Post", "Not", "both as a post and as", add=f"{post} a org:Organization")
    yield Case("Post", "MinCount", "Nothing says whose post", add="body:lonely a org:Post")
    yield Case("Post", "Class", "A post must belong", add=f"{post} org:postIn {post}")
    yield Case("Target", "MinCount", "needs its number", drop="sdg:8.7 skos:notation")
    yield Case("Target", "Datatype", "needs its number", add='sdg:8.7 skos:notation "8.7"')


def instrument_cases() -> Iterator[Case]:
    """Instruments: kind, class, force, relations."""
    convention, report = "instrument:convention", "instrument:report"
    amends = "eli:amends"
    yield Case("Amendment", "Class", "can amend another", add=f"{report} {amends} {convention}")
    yield Case("Amendment", "Class", "What is amended", add=f"{convention} {amends} {report}")
    place = f"{report} tip:legalForce"
    yield Case("Binding", "Or", "can be binding", drop=place, add=f"{place} force:binding")
    place = f"{convention} dcterms:subject"
    yield Case("Instrument", "Node", "A topic must be", add=f"{place} kind:report")
    place = f"{convention} dcterms:temporal"
    yield Case("Instrument", "Class", "A period must be described", add=f"{place} note:Q1")
    place = f"{convention} dcterms:type"
    yield from concept("Instrument", "exactly one kind", place, "kind:treaty")
    second = f"{convention} a tip:Publication"
    yield Case("Instrument", "QualifiedMaxCount", "cannot be of two classes", add=second)
    related = f"{convention} tip:follows organization:coe"
    yield Case("Instrument", "Class", "A relation between instruments", add=related)
    place, message = f"{convention} skos:notation", "whose numbering it follows"
    yield Case("Instrument", "NodeKind", message, add=f"{place} organization:coe")
    yield Case("Instrument", "Not", message, add=f'{place} "197"')
    place = f"{convention} tip:adoptedBy"
    yield Case("Instrument", "Class", "must be an act", add=f"{place} body:greta")
    place = "instrument:plan tip:horizon"
    yield Case("Instrument", "MaxCount", "A horizon must", add=f'{place} "2040"^^xsd:gYear')
    yield Case("Instrument", "Datatype", "A horizon must", add=f'{place} "2040"')
    place = f"{convention} tip:issuedBy"
    yield Case("Instrument", "Or", "The issuer must be", add=f"{place} instrument:decision")
    place = f"{convention} tip:legalForce"
    yield from concept("Instrument", "exactly one legal force", place, "force:mixed")
    place = f"{convention} tip:legalForceGround"
    yield from english("Instrument", "exactly one ground", place)
    place = f"{convention} tip:listedUnder"
    yield Case("Instrument", "Class", "is listed under", add=f"{place} body:greta")
    place = f"{convention} tip:titleAsPrinted"
    yield Case("Instrument", "LanguageIn", "The title as printed", add=f'{place} "Convention"')
    place = "instrument:plan tip:updated"
    yield Case("Instrument", "Datatype", "The year of an update", add=f'{place} "2011"')
    bare = f"{report} a tip:FrameworkInstrument"
    message = "kind is known needs its class"
    yield Case("InstrumentClass", "Or", message, drop=f"{report} rdf:type", add=bare)


def class_cases() -> Iterator[Case]:
    """The kind goes with the class."""
    for shape, name, words in (
        ("NormativeInstrument", "convention", "a normative instrument"),
        ("OnlineResource", "portal", "an online resource"),
        ("Publication", "report", "a publication"),
        ("Undertaking", "plan", "an undertaking"),
    ):
        place = f"instrument:{name} dcterms:type"
        other = f"{place} kind:{'convention' if name == 'report' else 'report'}"
        yield Case(shape, "In", f"does not go with {words}", drop=place, add=other)


def time_cases() -> Iterator[Case]:
    """Dates, periods and extensions."""
    convention, period = "instrument:convention", "period:2009-2019"
    for name, message in (("earliest", "The earliest day must"), ("latest", "The latest day must")):
        place = f"{convention} tip:{name}"
        yield Case("Bounds", "MaxCount", message, add=f'{place} "2005-06-01"^^xsd:date')
        yield Case("Bounds", "Datatype", message, add=f'{place} "2005"^^xsd:gYear')
        lacking = f"date of adoption or issue lacks its {name}"
        yield Case("DatedInstrument", "MinCount", lacking, drop=place)
    place = f"{period} tip:latest"
    late = f'{place} "2001-12-31"^^xsd:date'
    yield Case("Bounds", "LessThanOrEquals", "comes after the latest", drop=place, add=late)
    place, message = f"{convention} tip:adoptedOrIssued", "must be one year, month or day"
    yield Case("DatedInstrument", "MaxCount", message, add=f'{place} "2006"^^xsd:gYear')
    yield Case("DatedInstrument", "Or", message, drop=place, add=f'{place} "May 2005"')
    place, message = "instrument:plan dcterms:temporal", "An extension must belong"
    yield Case("Extension", "MinCount", message, drop=place)
    yield Case("Extension", "Class", message, add="note:Q1 dcterms:temporal extension:2021")
    place, year = f"{period} dcat:endDate", '"2018"^^xsd:gYear'
    yield from exactly_one("Period", "exactly one end", place, year, '"the end"', "Or")
    place = f"{period} dcat:startDate"
    yield Case("Period", "MaxCount", "at most one start", add=f'{place} "2010"^^xsd:gYear')
    yield Case("Period", "Or", "at most one start", add=f'{place} "2010"')
    place = f"{period} dcterms:source"
    yield Case("Period", "MinCount", "A period needs a source", drop=place)
    yield Case("Period", "NodeKind", "A period needs a source", add=f'{place} "the table"')
    yield Case("Period", "MinCount", "period lacks its latest", drop=f"{period} tip:latest")
    for name in ("dcat:startDate", "tip:earliest"):
        yield Case("PeriodStart", "Or", "needs a start and its earliest", drop=f"{period} {name}")


def page_cases() -> Iterator[Case]:
    """Linked pages and their addresses."""
    shape, page = "LinkedPage", "page:www.coe.int"
    yield Case(shape, "MinCount", "must belong to something", add="page:x a tip:LinkedPage")
    place, message = f"{page} dcterms:source", "where its link is printed"
    yield Case(shape, "MinCount", message, drop=place)
    yield Case(shape, "Class", message, add=f"{place} row:L18")
    place, message = f"{page} schema:url", "exactly one address to follow"
    literal, other = '"http://www.coe.int"', "<ftp://www.coe.int>"
    yield from exactly_one(shape, message, place, "<http://coe.int>", literal, "NodeKind")
    yield Case(shape, "Pattern", message, drop=place, add=f"{place} {other}")
    yield Case(shape, "LanguageIn", "A note on a link", add=f'{page} skos:note "en anglais"')
    place, message = f"{page} tip:correctedUrl", "A corrected address must"
    yield Case(shape, "MaxCount", message, add=f"{place} <http://coe.int>")
    yield Case(shape, "NodeKind", message, drop=place, add=f"{place} {literal}")
    yield Case(shape, "Pattern", message, drop=place, add=f"{place} {other}")
    place, message = f"{page} tip:urlAsPrinted", "letter for letter"
    yield Case(shape, "MinCount", message, drop=place)
    yield Case(shape, "Datatype", message, add=f'{place} "www.coe.int"@en')


def source_cases() -> Iterator[Case]:
    """The source document with its rows, cells and items."""
    for shape, place, message, whole in (
        ("SourceRow", "row:L18", "in exactly one source document", "source:2021"),
        ("SourceCell", "cell:c2", "in exactly one row", "row:L19"),
        ("SourceItem", "item:i1", "in exactly one cell", "cell:c3"),
    ):
        part = f"{place} dcterms:isPartOf"
        yield from exactly_one(shape, message, part, whole, "note:Q1", "Class")
    parts = "row:L18 dcterms:isPartOf"
    yield Case("SourceDocument", "MinCount", "document without rows", drop=parts)
    yield from english("SourceDocument", "exactly one title", "source:2020 dcterms:title")
    yield from counted("SourceRow", "exactly one line number", "row:L18 tip:line")
    yield from counted("SourceCell", "exactly one column number", "cell:c2 tip:column")
    yield from counted("SourceItem", "exactly one position", "item:i1 tip:position")
    yield from plain("SourceCell", "A cell must keep its exact text", "cell:c2 prov:value")
    message, place = "An item must keep its exact text", "item:i1 prov:value"
    yield from plain("SourceItem", message, place)
    yield Case("SourceItem", "MinLength", message, drop=place, add=f'{place} ""')
    message, place = "which document it is quoted from", "item:i1 prov:wasQuotedFrom"
    yield from exactly_one("SourceItem", message, place, "source:2021", "row:L18", "Class")
    place = "item:i1 tip:itemRole"
    yield from concept("SourceItem", "exactly one role", place, "role:heading")


def note_cases() -> Iterator[Case]:
    """Source notes."""
    shape, note = "SourceNote", "note:Q1"
    place, message = f"{note} dcterms:source", "which place of the source it is on"
    yield Case(shape, "MinCount", message, drop=place)
    yield Case(shape, "Or", message, add=f"{place} instrument:plan")
    yield from plain(shape, "A note needs exactly one number", f"{note} skos:notation")
    yield Case(shape, "NodeKind", "What a note is about", add=f'{note} tip:about "the plan"')
    place = f"{note} tip:certainty"
    yield from concept(shape, "A note needs exactly one certainty", place, "sure:likely")
    yield Case(shape, "Datatype", "The evidence of a note", add=f'{note} tip:evidence "x"@en')
    yield from english(shape, "what the graph says instead", f"{note} tip:instead")
    yield from english(shape, "what is the matter", f"{note} tip:matter")
    place = f"{note} tip:noteKind"
    yield from concept(shape, "A note needs exactly one kind", place, "notekind:wrong")
    yield from plain(shape, "A note must quote the words", f"{note} tip:quote")
    yield from english(shape, "why the graph says something else", f"{note} tip:reason")


def provenance_cases() -> Iterator[Case]:
    """Curated statements."""
    shape, statement = "Statement", "stated:binding"
    yield Case(shape, "NodeKind", "statement needs an address", add="[] a rdf:Statement")
    place = f"{statement} rdf:object"
    yield from exactly_one(shape, "exactly one value", place, "force:mixed", "")
    place = f"{statement} rdf:predicate"
    yield from exactly_one(shape, "exactly one property", place, "rdf:type", '"force"', "NodeKind")
    place, second = f"{statement} rdf:subject", "instrument:plan"
    yield from exactly_one(shape, "exactly one thing", place, second, '"it"', "NodeKind")
    place = f"{statement} tip:certainty"
    yield from concept(shape, "statement needs exactly one certainty", place, "sure:likely")
    place, message = f"{statement} tip:evidence", "A curated statement needs evidence"
    yield Case(shape, "MinCount", message, drop=place)
    yield Case(shape, "Datatype", message, add=f'{place} "the series"@en')
    yield from english(shape, "statement needs exactly one reason", f"{statement} tip:reason")


def ontology_cases() -> Iterator[Case]:
    """The ontology header, its terms, the concepts and their schemes."""
    header, term = "<https://w3id.org/tipgraph/ontology>", "tip:Publication"
    yield Case("Ontology", "MinCount", "lacks a description", drop=f"{header} dcterms:description")
    place = f"{header} dcterms:license"
    yield Case("Ontology", "MinCount", "lacks a license", drop=place)
    yield Case("Ontology", "NodeKind", "lacks a license", add=f'{place} "CC BY"')
    yield Case("Ontology", "MinCount", "lacks a title", drop=f"{header} dcterms:title")
    place = f"{header} owl:versionInfo"
    yield from exactly_one("Ontology", "exactly one version", place, '"2"', "")
    place, message = f"{term} rdfs:isDefinedBy", "must say that this ontology defines it"
    yield Case("Term", "MinCount", message, drop=place)
    yield Case("Term", "In", message, add=f"{place} <https://example.org/>")
    yield from english("Term", "A term needs exactly one label", f"{term} rdfs:label")
    yield from english("Term", "A term needs exactly one definition", f"{term} skos:definition")
    place = f"{term} skos:example"
    yield Case("Term", "MinCount", "A term needs an example", drop=place)
    yield Case("Term", "LanguageIn", "A term needs an example", add=f'{place} "a report"')


def concept_cases() -> Iterator[Case]:
    """Concepts, their schemes, and what kinds and legal forces say besides."""
    shape, women = "Concept", "topic:women"
    yield Case(shape, "Or", "its place in the scheme", drop=f"{women} skos:topConceptOf")
    unknown = f"{women} skos:broader topic:nobody"
    yield Case(shape, "Class", "The broader concept is not described", add=unknown)
    yield from english(shape, "A concept needs exactly one definition", f"{women} skos:definition")
    yield from english(shape, "A concept needs exactly one label", f"{women} skos:prefLabel")
    scheme = "<https://w3id.org/tipgraph/concept/certainty>"
    place, message = f"{women} skos:inScheme", "exactly one concept scheme"
    yield from exactly_one(shape, message, place, scheme, women, "Class")
    shape, new = "ConceptScheme", "<https://example.org/scheme> a skos:ConceptScheme"
    yield Case(shape, "MinCount", "scheme without concepts", add=new)
    message = "A concept scheme needs exactly one"
    yield from english(shape, f"{message} definition", f"{scheme} skos:definition")
    yield from english(shape, f"{message} label", f"{scheme} skos:prefLabel")
    for name, message in (
        ("instrumentClass", "exactly one class of instruments"),
        ("usualForce", "exactly one usual legal force"),
    ):
        yield Case("InstrumentKinds", "Node", message, drop=f"kind:report tip:{name}")
        yield Case("InstrumentKinds", "Node", message, add=f"kind:report tip:{name} topic:women")
    message = "exactly one ground of its usual"
    yield Case("InstrumentKinds", "Node", message, drop="kind:report skos:scopeNote")
    message = "on what ground it is used"
    yield Case("LegalForces", "Node", message, drop="force:mixed skos:scopeNote")


def country_cases() -> Iterator[Case]:
    """Countries, citations and derivations."""
    shape, russia = "State", "country:RUS"
    yield Case(shape, "NodeKind", "country or area needs an address", add="[] a tip:State")
    yield Case(shape, "MinCount", "a source of its codes", drop=f"{russia} dcterms:source")
    place, message = f"{russia} skos:altLabel", "Another name of a country"
    yield Case(shape, "LanguageIn", message, add=f'{place} "Russie"')
    yield Case(shape, "Disjoint", message, add=f'{place} "Russian Federation"@en')
    place, message = f"{russia} skos:notation", "needs its codes"
    yield Case(shape, "MinCount", message, drop=place)
    yield Case(shape, "Pattern", message, add=f'{place} "Rus"^^tip:Alpha3')
    yield from english(shape, "country or area needs exactly one name", f"{russia} skos:prefLabel")
    place, message = f"{russia} tip:region", "at most one region"
    yield Case(shape, "MaxCount", message, add=f"{place} region:europe")
    yield Case("Region", "HasValue", "A region must be one", add=f"{place} topic:women")
    message, place = "words once", "citation:list dcterms:bibliographicCitation"
    yield from plain("Citation", message, place)
    yield Case("Citation", "MinLength", message, drop=place, add=f'{place} ""')
    place, message = "citation:list dcterms:references", "An address in a citation"
    yield Case("Citation", "NodeKind", message, add=f'{place} "https://www.coe.int"')
    yield Case("Citation", "Pattern", message, add=f"{place} <ftp://www.coe.int>")
    place, message = "citation:derived tip:derivationRule", "exactly one rule"
    yield from concept("Derivation", message, place, "rule:less")
    place, message = "citation:derived tip:input", "name what it starts from"
    yield Case("Derivation", "MinCount", message, drop=place)
    yield Case("Derivation", "Datatype", message, add=f'{place} "a list"@en')


def record_cases() -> Iterator[Case]:
    """What memberships, party actions and completeness have in common."""
    act = "act:joined"
    yield Case("Record", "MinCount", "A record needs a source", drop=f"{act} dcterms:source")
    place, message = f"{act} tip:asOf", "exactly one as-of date"
    yield from exactly_one("RecordOfADay", message, place, '"undated"', '"lately"', "Pattern")
    place = f"{act} tip:latest"
    early = f'{place} "1995-12-31"^^xsd:date'
    yield Case("Bounds", "LessThanOrEquals", "comes after the latest", drop=place, add=early)
    shape, place = "Completeness", "organization:coe tip:completeness"
    yield Case(shape, "MinCount", "must be that of the list", drop=place)
    yield Case(shape, "Or", "must be that of the list", add="note:Q1 tip:completeness complete:coe")
    place = "complete:coe tip:extent"
    yield from concept(shape, "exactly one extent", place, "extent:complete")
    for name, message in (
        ("known", "how many entries are recorded"),
        ("publishedAtLeast", "The lowest published number"),
        ("publishedAtMost", "The highest published number"),
    ):
        place = f"complete:coe tip:{name}"
        yield from exactly_one(shape, message, place, "45", '"many"', "Datatype")
    place, message = "complete:coe tip:publishedAtLeast", "not above the highest"
    yield Case(shape, "LessThanOrEquals", message, drop=place, add=f"{place} 50")


def read_cases() -> Iterator[Case]:
    """Acts, statements and lists: what was read."""
    for shape, node, article in (
        ("TreatyAct", "act:RUS", "A treaty act"),
        ("MembershipAct", "act:joined", "A membership act"),
        ("StatedStanding", "stated:RUS", "A stated standing"),
        ("ListedMember", "listed:RUS", "A list's entry"),
    ):
        place, message = f"{node} tip:actor", f"{article} is that of exactly one country"
        yield from exactly_one(shape, message, place, "organization:coe", "")
        yield Case(shape, "Or", message, drop=place, add=f"{place} instrument:plan")
    for shape, node in (("TreatyAct", "act:RUS"), ("StatedStanding", "stated:RUS")):
        place, message = f"{node} tip:instrument", "exactly one treaty of this graph"
        yield from exactly_one(shape, message, place, "instrument:decision", "")
        yield Case(shape, "Class", message, drop=place, add=f"{place} organization:coe")
    for shape, node in (("MembershipAct", "act:joined"), ("ListedMember", "listed:RUS")):
        place, message = f"{node} tip:inOrganization", "exactly one organization of this graph"
        yield from exactly_one(shape, message, place, "organization:silent", "")
        yield Case(shape, "Class", message, drop=place, add=f"{place} body:greta")
    for shape, place, message, second in (
        ("TreatyAct", "act:RUS tip:actKind", "one kind", "treatyact:accession"),
        ("MembershipAct", "act:joined tip:actKind", "one kind", "membershipact:left"),
        ("StatedStanding", "stated:RUS tip:statedStatus", "one status", "partystatus:party"),
        ("ListedMember", "listed:RUS tip:statedStanding", "one standing", "standing:observer"),
    ):
        yield from concept(shape, message, place, second)
    place, message = "act:joined dcterms:date", "needs its year, month or day"
    yield from exactly_one("MembershipAct", message, place, '"1997"^^xsd:gYear', '"1997"', "Or")


def ground_cases() -> Iterator[Case]:
    """What members and acts of organizations rest on besides: foundings and exemptions."""
    shape, place = "Founding", "founding:coe tip:inOrganization"
    message = "exactly one organization of this graph. Name it by tip:inOrganization"
    yield from exactly_one(shape, message, place, "organization:un", "body:greta", "Class")
    place, message = "founding:coe dcterms:date", "needs its year, month or day"
    yield from exactly_one(shape, message, place, '"1950"^^xsd:gYear', '"once"', "Or")
    shape, place = "Exemption", "exemption:RUS tip:actor"
    message = "exactly one country, area or organization of this graph. Name it by tip:actor"
    yield from exactly_one(shape, message, place, "organization:coe", "topic:women", "Or")
    place, message = "exemption:RUS tip:instrument", "from exactly one instrument of this graph"
    yield from exactly_one(shape, message, place, "instrument:plan", "body:greta", "Class")
    yield Case(shape, "MinCount", "needs its reason in law", drop="exemption:RUS skos:note")


def derived_cases() -> Iterator[Case]:
    """Memberships, participations, obligations and rules: what follows."""
    member, party = "membership:RUS", "participation:RUS"
    message = "one country"
    for shape, place in (
        ("Membership", f"{member} org:member"),
        ("Participation", f"{party} tip:party"),
    ):
        yield Case(shape, "MaxCount", message, add=f"{place} organization:coe")
        yield Case(shape, "MinCount", message, drop=place)
        yield Case(shape, "Or", message, drop=place, add=f"{place} instrument:plan")
    place, message = f"{member} org:organization", "in exactly one organization"
    yield from exactly_one("Membership", message, place, "organization:silent", "")
    yield Case("Membership", "Class", message, drop=place, add=f"{place} body:greta")
    yield from concept("Membership", "one standing", f"{member} tip:standing", "standing:observer")
    place, message = f"{party} tip:towards", "exactly one instrument of this graph"
    yield from exactly_one("Participation", message, place, "instrument:decision", "")
    yield Case("Participation", "Class", message, drop=place, add=f"{place} organization:coe")
    place = f"{party} tip:partyStatus"
    yield from concept("Participation", "one status", place, "partystatus:signatory")
    place, message = f"{party} tip:byRule", "needs the rule"
    yield from exactly_one("Participation", message, place, "note:Q1", "note:Q1", "Class")
    yield from concept("Obligation", "needs its ground", f"{party} tip:ground", "ground:membership")
    for name, message in (
        ("from", "first day on which it is possible"),
        ("to", "last day on which it is possible"),
        ("surelyFrom", "first day on which it is sure"),
        ("surelyTo", "last day on which it is sure"),
    ):
        place, second = f"{member} tip:{name}", '"1999-01-01"^^xsd:date'
        yield from exactly_one("Time", message, place, second, '"1999"^^xsd:gYear', "Datatype")
    place = f"{member} tip:to"
    early = f'{place} "1990-01-01"^^xsd:date'
    yield Case("Time", "LessThanOrEquals", "first day on which it is", drop=place, add=early)
    for name, second, message in (
        ("since", '"1999"', "since when it lasts"),
        ("sourceInWords", '"b"', "who says so"),
    ):
        yield from exactly_one("Time", message, f"{member} tip:{name}", second, "")
    place = f"{member} prov:wasDerivedFrom"
    yield Case("Time", "MinCount", "must name the records", drop=place)
    place, message = "law:convention tip:ruleOf", "that of exactly one instrument"
    yield from exactly_one("Rule", message, place, "instrument:decision", "")
    yield Case("Rule", "Class", message, drop=place, add=f"{place} organization:coe")
    yield from exactly_one("Rule", "name the articles", "law:convention tip:clause", '"b"@en', "")
    place = "law:convention skos:definition"
    yield from exactly_one("Rule", "say in plain words", place, '"b"@en', "")
    yield Case("Rule", "MinCount", "A rule needs a source", drop="law:convention dcterms:source")


def link_cases() -> Iterator[Case]:
    """Links to things elsewhere, accepted and to check."""
    link, candidate = "link:coe", "link:greta"
    place = f"{link} rdf:object"
    message = "exactly one code or address"
    yield from exactly_one("Link", message, place, '"05n4e2707"^^tip:ROR', "")
    place, message = f"{link} rdf:predicate", "must say one thing"
    yield from exactly_one("Link", message, place, "rdfs:seeAlso", "tip:focalPoint", "In")
    place, message = f"{link} rdf:subject", "exactly one thing"
    yield from exactly_one("Link", message, place, "body:greta", '"CoE"', "NodeKind")
    place, message = f"{link} dcterms:source", "A link needs evidence"
    yield Case("Link", "MinCount", message, drop=place)
    yield Case("Link", "Class", message, add=f"{place} body:greta")
    message = "exactly one reason, in English"
    yield from english("LinkToCheck", message, f"{candidate} tip:reason")
    old = "organization:old"
    place, message = f"{old} dcterms:isReplacedBy", "is replaced by one other"
    yield Case("Retired", "MaxCount", message, add=f"{place} body:greta")
    yield Case("Retired", "NodeKind", message, drop=place, add=f'{place} "CoE"')
    yield from english("Retired", "exactly one reason", f"{old} skos:changeNote")
    message = "must be described itself"
    yield Case("Replacement", "MinCount", message, drop=place, add=f"{place} body:nobody")
    same = 'organization:coe schema:sameAs "Q8908"'
    yield Case("SameAs", "NodeKind", "must be given by its IRI", add=same)


def query_cases() -> Iterator[Case]:
    """Stored queries and their columns."""
    shape, query, column = "StoredQuery", "query:listed", "column:instrument"
    yield Case(shape, "NodeKind", "needs an address", add="[] a sh:SPARQLExecutable")
    place, message = f"{query} sh:select", "exactly one text in SPARQL"
    yield from exactly_one(shape, message, place, '"ASK {}"', '"marked"@en', "Datatype")
    yield Case(shape, "MaxCount", message, add=f'{query} sh:construct "CONSTRUCT"')
    yield from english(shape, "exactly one description", f"{query} rdfs:comment")
    yield from english(shape, "exactly one title", f"{query} skos:prefLabel")
    yield from plain(shape, "exactly one version", f"{query} schema:version")
    place = f'{query} spex:federatesWith "http://x/"'
    yield Case(shape, "NodeKind", "must be named by its address", add=place)
    place, message = f"{query} schema:keywords", "A keyword of a stored question"
    yield Case(shape, "LanguageIn", message, add=f'{place} "bodies"')
    for keyword in (" bodies", "bodies ", "focal  points"):
        yield Case(shape, "Pattern", message, add=f'{place} "{keyword}"@en')
    place, message = f"{query} tip:askedAs", "Words by which a stored question is asked"
    yield Case(shape, "Datatype", message, add=f'{place} "bodies"')
    yield Case(shape, "Pattern", message, add=f'{place} "who  joined"@en')
    message = "must refuse arguments"
    yield Case(shape, "HasValue", message, drop=f"{query} sh:closed")
    place, message = f"{query} sh:ignoredProperties", "in exactly one list"
    yield Case(shape, "MinCount", message, drop=place)
    yield Case(shape, "MaxCount", message, add=f"{place} ()")
    place, message = f"{query} sh:parameter", "the very parameters"
    yield Case(shape, "Class", message, add=f"{place} note:Q1")
    yield Case(shape, "Equals", message, drop=f"{query} sh:property")
    place, message = f"{query} tip:exampleCall", "at most one example"
    yield Case(shape, "MaxCount", message, add=f"{place} note:Q1")
    yield Case(shape, "Equals", message, drop=f"{query} sh:targetNode")
    shape, message = "QueryColumns", "must say what its columns are"
    yield Case(shape, "Or", message, drop=f"{query} tip:resultColumn")
    yield Case(shape, "Or", message, add=f"query:made tip:resultColumn {column}")
    shape, message = "ResultColumn", "exactly one sort of values"
    yield from english(shape, "A column needs exactly one label", f"{column} rdfs:label")
    place = f"{column} rdfs:range"
    yield from exactly_one(shape, message, place, "xsd:date", "skos:Concept", "In")
    place, message = f"{column} sh:order", "exactly one place among the columns"
    yield from exactly_one(shape, message, place, "7", '"first"', "Datatype")


def parameter_cases() -> Iterator[Case]:
    """The parameters of stored queries."""
    shape, node = "QueryParameter", f"<{QUERY}listed/organization>"
    message = "belong to exactly one stored question"
    yield Case(shape, "MinCount", message, drop="query:listed sh:parameter")
    yield Case(shape, "MaxCount", message, add=f"query:made sh:parameter {node}")
    yield from english(shape, "exactly one description", f"{node} sh:description")
    place, message = f"{node} sh:name", "none of path, this and value"
    yield from english(shape, message, place)
    for name in ("path", "this", "value"):
        yield Case(shape, "Not", message, drop=place, add=f'{place} "{name}"@en')
    place, message = f"{node} sh:order", "exactly one place among the parameters"
    yield from exactly_one(shape, message, place, "7", '"first"', "Datatype")
    place, message = f"{node} sh:path", "exactly one property by which"
    outside = "<https://example.org/organization>"
    yield from exactly_one(shape, message, place, "parameter:kind", outside, "Pattern")
    place, message = "parameter:organization rdfs:label", "labelled with the parameter's name"
    yield Case(shape, "Equals", message, add=f'{place} "body"@en')


CASES = [
    *organization_cases(),
    *instrument_cases(),
    *class_cases(),
    *time_cases(),
    *page_cases(),
    *source_cases(),
    *note_cases(),
    *provenance_cases(),
    *ontology_cases(),
    *concept_cases(),
    *country_cases(),
    *record_cases(),
    *read_cases(),
    *ground_cases(),
    *derived_cases(),
    *link_cases(),
    *query_cases(),
    *parameter_cases(),
]


@cache
def shapes() -> Graph:
    """All shapes of the repository."""
    graph = Graph()
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        graph.parse(path)
    return graph


@cache
def valid() -> Graph:
    """The valid graph together with the ontology and the concepts."""
    graph = Graph().parse(VALID)
    for path in sorted((ROOT / "ontology").rglob("*.ttl")):
        graph.parse(path)
    return graph


@cache
def prefixes() -> str:
    """The prefixes of the valid graph, and the usual ones, as Turtle."""
    names = Graph().parse(VALID).namespaces()
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in names)


def mutated(case: Case) -> Graph:
    """A copy of the valid graph with the case's triples dropped and added."""
    graph = Graph() + valid()
    if case.drop:
        pattern = Graph().parse(data=f"{prefixes()}{case.drop} 0 .", format="turtle")
        for subject, predicate, _ in pattern:
            assert (subject, predicate, None) in graph, f"nothing to drop: {case.drop}"
            graph.remove((subject, predicate, None))
    if case.add:
        graph.parse(data=f"{prefixes()}{case.add} .", format="turtle")
    return graph


@cache
def complaints(case: Case) -> frozenset[tuple[str, str]]:
    """Message and component of every result for the case's shape."""
    _, report, _ = validate(mutated(case), shacl_graph=shapes(), use_shapes=[SHAPE + case.shape])
    assert isinstance(report, Graph)
    return frozenset(
        (str(message), component_name(component))
        for result, message in report.subject_objects(SH.resultMessage)
        for component in report.objects(result, SH.sourceConstraintComponent)
    )


def component_name(component: Node) -> str:
    """The component's short name: MinCount for sh:MinCountConstraintComponent."""
    return str(component).removeprefix(str(SH)).removesuffix("ConstraintComponent")


def constraints() -> Iterator[tuple[str, str]]:
    """Message and component of every constraint that the shapes state."""
    graph = shapes()
    for shape in graph.subjects(RDF.type, SH.NodeShape):
        for holder in (shape, *graph.objects(shape, SH.property)):
            for parameter in set(graph.predicates(holder)) & PARAMETERS:
                name = str(parameter).removeprefix(str(SH))
                yield str(graph.value(holder, SH.message)), name[0].upper() + name[1:]


def test_valid_graph_conforms_to_valid_shapes() -> None:
    """The shapes are themselves valid SHACL, and the valid graph conforms to all of them."""
    conforms, _, text = validate(valid(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.shape}-{case.component}")
def test_constraint_bites(case: Case) -> None:
    """A mutation is reported by the constraint it breaks, in the words it is known by."""
    found = complaints(case)
    assert any(case.message in text and case.component == name for text, name in found), found


def test_every_constraint_is_shown_to_bite() -> None:
    """No constraint is without a mutation that breaks it."""
    seen = {complaint for case in CASES for complaint in complaints(case)}
    assert set(constraints()) - seen == set()


def test_every_property_shape_has_a_name_and_a_message_of_its_own() -> None:
    """Each constraint is named, in English, and no two say the same."""
    graph = shapes()
    messages: list[str] = []
    for shape in graph.subjects(RDF.type, SH.NodeShape):
        assert isinstance(shape, URIRef)
        assert str(shape).startswith(SHAPE)
        for holder in graph.objects(shape, SH.property):
            for predicate in (SH.name, SH.message):
                text = graph.value(holder, predicate, any=False)
                assert isinstance(text, Literal), (shape, predicate)
                assert text.language == "en", (shape, predicate)
            messages.append(str(graph.value(holder, SH.message)))
        if set(graph.predicates(shape)) & PARAMETERS:
            messages.append(str(graph.value(shape, SH.message, any=False)))
    assert len(messages) == len(set(messages))


def test_shapes_use_only_parameters_that_the_cases_know() -> None:
    """A parameter outside the tested ones, SPARQL and weaker severities among them, is refused."""
    graph = shapes()
    for shape in graph.subjects(RDF.type, SH.NodeShape):
        for holder in graph.objects(shape, SH.property):
            assert set(graph.predicates(holder)) <= PARAMETERS | DESCRIPTIONS
    assert not set(graph.predicates()) & {SH.sparql, SH.severity, SH.deactivated}
