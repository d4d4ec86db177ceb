"""Links: every one has evidence, none is made up, and broken files are named by line."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import pytest
from conftest import ROOT, Rows, Run, replace_in
from pyoxigraph import Literal, NamedNode, Triple
from sssom_reader import read_by_sssom

from tipgraph import KnowledgeGraph, UsageError
from tipgraph.errors import InputError
from tipgraph.layers.links import SAME, Here, check_links, describe_links, link_iri, statements
from tipgraph.rdf.iris import BASE, ONTOLOGY, PREFIXES, term, thing
from tipgraph.source.links import Links, read_links

FOLDER = ROOT / "data" / "links"
WD = PREFIXES["wd"]
HEAD = (
    "#mapping_set_id: https://example.org/set\n"
    "#license: https://creativecommons.org/licenses/by/4.0/\n"
    "#curie_map:\n"
    f"#  tiporg: {BASE}org/\n"
    f"#  schema: {PREFIXES['schema']}\n"
    f"#  wd: {WD}\n"
    f"#  eurovoc: {PREFIXES['eurovoc']}\n"
    f"#  kind: {PREFIXES['kind']}\n"
    f"#  dcterms: {PREFIXES['dcterms']}\n"
    "subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\tcomment\n"
)
ASEAN = "tiporg:asean\tschema:sameAs\t{}\twd:Q{}\tsemapv:ManualMappingCuration\tone list\n"


def said(subject: str, predicate: str, object: str) -> str:
    """Return a mapping as a line of a file, with a comment."""
    return f"{subject}\t{predicate}\t\t{object}\tsemapv:ManualMappingCuration\tone list\n"


TAKEN = {
    "dcterms:subject": 2,
    "rdfs:seeAlso": 32,
    "schema:sameAs": 24,
    "skos:closeMatch": 22,
    "skos:exactMatch": 5,
    "skos:narrowMatch": 15,
    "skos:relatedMatch": 9,
}
SYSTEMS = {
    "CELEX": 1,
    "CETSNumber": 1,
    "COMNumber": 1,
    "DACChannel": 14,
    "DecisionNumber": 1,
    "FunderID": 6,
    "GRID": 7,
    "ILOCode": 7,
    "ISBN": 1,
    "ISNI": 7,
    "LEI": 4,
    "MTDSGNumber": 2,
    "NORMLEXNumber": 4,
    "OASDocument": 3,
    "OJReference": 1,
    "OSCEDecision": 1,
    "RIADCode": 12,
    "ROR": 9,
    "SDGCode": 3,
    "UNDocumentSymbol": 5,
    "UNLibraryHeading": 18,
    "UNTSNumber": 7,
}


@pytest.fixture(scope="module")
def links() -> Links:
    return read_links(FOLDER)


def test_as_many_are_taken_as_were_found(links: Links) -> None:
    said = Counter(mapping.predicate_id for mapping in links.accepted)
    assert said == {term(name).value: number for name, number in TAKEN.items()}
    assert Counter(identifier.system for identifier in links.identifiers) == SYSTEMS
    assert len(links.candidates) == 4


def test_the_mappings_are_read_the_same_by_another_reader() -> None:
    for path in sorted(FOLDER.glob("*.sssom.tsv")):
        assert read_by_sssom(path)


def test_every_link_is_in_the_graph_with_its_evidence(links: Links, rows: Rows) -> None:
    stated = len(links.accepted) + len(links.identifiers)
    pages = sum(bool(identifier.page) for identifier in links.identifiers)
    assert len(rows("SELECT DISTINCT ?l { ?l a tip:Link ; dcterms:source ?s }")) == stated + pages
    assert not rows(
        "SELECT ?l { ?l a tip:Link ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o "
        "FILTER NOT EXISTS { ?s ?p ?o } }"
    )


def test_a_link_to_check_is_not_stated(rows: Rows) -> None:
    found = rows("SELECT ?s ?o { ?l a tip:LinkToCheck ; rdf:subject ?s ; rdf:object ?o }")
    assert len(found) == 4
    assert not rows(
        "SELECT ?s { ?l a tip:LinkToCheck ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . "
        "?s ?p ?o }"
    )


def test_organizations_with_a_seen_item_are_linked_or_to_check(rows: Rows) -> None:
    seen = {
        name
        for (name,) in rows(
            "SELECT ?name { ?org a tip:Organization . { ?org schema:sameAs ?item } "
            "UNION { ?l a tip:LinkToCheck ; rdf:subject ?org } "
            "BIND (STRAFTER(STR(?org), '/org/') AS ?name) }"
        )
    }
    every = {name for (name,) in rows(
        "SELECT ?name { ?org a tip:Organization BIND (STRAFTER(STR(?org), '/org/') AS ?name) }"
    )}  # fmt: skip
    assert len(seen) == 18
    assert every - seen == {"khartoum-process", "bali-process", "commit", "rcm"}


def test_the_wrong_items_are_nowhere(rows: Rows) -> None:
    for wrong in ("Q188307", "Q7184"):
        assert not rows(f"SELECT ?s ?p {{ ?s ?p <{WD}{wrong}> }}")


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("wd:Q7768", "org/asean"),
        ("http://www.wikidata.org/entity/Q7768", "org/asean"),
        ("CELEX:32011L0036", "instrument/directive-2011-36-eu"),
        ("celex:32011L0036", "instrument/directive-2011-36-eu"),
        ("32011L0036", "instrument/directive-2011-36-eu"),
        ("A/RES/64/293", "instrument/un-global-plan-of-action"),
        ("C029", "instrument/ilo-c029"),
        ("CETS 197", "instrument/coe-convention"),
        ("ROR:02wp9c512", "org/asean"),
        ("vol. 2237, No. 39574", "instrument/palermo-protocol"),
        ("http://eurovoc.europa.eu/1838", "org/asean"),
        ("eurovoc:1838", "org/asean"),
        ("https://ror.org/02wp9c512", "org/asean"),
        ("http://www.ror.org/02wp9c512/", "org/asean"),
        ("https://eur-lex.europa.eu/eli/dir/2011/36/oj", "instrument/directive-2011-36-eu"),
        ("CETS:197", "instrument/coe-convention"),
        ("CETSNumber:CETS 197", "instrument/coe-convention"),
        ("S/RES/2331(2016)", "instrument/unsc-resolution-2331"),
        ("S/RES/2331 (2016)", "instrument/unsc-resolution-2331"),
        ("ISNI:0000000404412096", "org/un"),
        ("0000 0004 0441 2096", "org/un"),
        ("https://www.wikidata.org/wiki/Q7768", "org/asean"),
        ("Q7768", "org/asean"),
        ("q7768", "org/asean"),
    ],
)
def test_a_thing_is_found_by_what_it_is_elsewhere(
    kg: KnowledgeGraph, written: str, path: str
) -> None:
    assert kg.questions.names.find(written) == thing(path)


def test_an_identifier_of_nothing_finds_nothing(kg: KnowledgeGraph) -> None:
    for written in ("wd:Q1", "wd:Q636107", "CELEX:1", "ROR:", "://", "https://ror.org/", ":"):
        with pytest.raises(UsageError, match="no thing is called"):
            kg.questions.names.find(written)


@pytest.mark.parametrize("written", ["wd:Q636107", "Q636107", f"{WD}Q636107"])
def test_a_proposed_item_is_named_with_what_it_may_be(kg: KnowledgeGraph, written: str) -> None:
    with pytest.raises(UsageError, match=r"; that it is org/unodc \(.*\) is still to be checked$"):
        kg.questions.names.find(written)
    assert [hit for hit in kg.search(written) if not hit.is_question] == []


def test_a_search_finds_what_a_look_up_finds(kg: KnowledgeGraph) -> None:
    for written in ("wd:Q7768", "Q7768", "https://ror.org/02wp9c512", "ISNI:0000000406444753"):
        assert [hit.iri for hit in kg.search(written)] == [f"{BASE}org/asean"]
    assert kg.search("zzzz") == []


def test_no_code_is_that_of_two_things(links: Links) -> None:
    codes = Counter((one.system, one.code) for one in links.identifiers)
    assert set(codes.values()) == {1}


def test_the_card_says_identifiers_and_who_says_so(run: Run) -> None:
    card = " ".join(run("show", "unodc").out.split())
    assert "ROR identifier 04567sh69 [github:ror-community/ror-records" in card
    assert "to check http://www.wikidata.org/entity/Q636107 (one list only" in card
    assert "exact match  http://purl.unep.org/sdg/SDGIO_00000137 [github" in run("show", "8.7").out


def test_a_proposed_link_is_to_check_and_not_the_same(kg: KnowledgeGraph) -> None:
    found = kg.query("external-identifiers").to_dicts()
    proposed = {row["identifier"] for row in found if row["to_check"]}
    assert proposed == {row["identifier"] for row in found if row["relation"] == "to check"}
    assert f"{WD}Q7779" in proposed


def test_every_citation_names_a_place(rows: Rows) -> None:
    words = {text for (text,) in rows(
        "SELECT ?words { ?link a tip:Link ; dcterms:source/dcterms:bibliographicCitation ?words }"
    )}  # fmt: skip
    none = re.compile(
        "(the page itself|.*(copy|copies) of the page|.*label was not seen|.*not seen)"
    )
    assert not list(filter(none.fullmatch, words))
    table = (ROOT / "data" / "source" / "2020.txt").read_text("utf-8")
    for text in words:
        if printed := re.fullmatch(r"the table of 2020 prints (?:the address )?(?!it$)(.+)", text):
            assert printed[1] in table
    codes = {code for (code,) in rows(
        "SELECT ?code { ?link a tip:Link ; rdf:object ?code ; "
        "dcterms:source/dcterms:bibliographicCitation 'the table of 2020 prints it' }"
    )}  # fmt: skip
    assert codes
    assert [code for code in codes if code not in table] == []


SOME = "some.sssom.tsv"


def described(mappings: str, folder: Path, name: str = SOME, head: str = HEAD) -> Links:
    for file in FOLDER.glob("namespaces.csv*"):
        shutil.copy(file, folder)
    (folder / name).write_text(head + mappings, "utf-8")
    return read_links(folder)


def known() -> Collection[str]:
    return here().classes


def here() -> Here:
    """A graph of two organizations, a kind of instruments, a scheme, and a target of the UN."""
    kinds = {
        f"{BASE}org/asean": "tip:Organization",
        f"{BASE}org/au": "tip:Organization",
        f"{BASE}concept/instrument-kind/directive": "skos:Concept",
        f"{BASE}concept/topic": "skos:ConceptScheme",
        f"{PREFIXES['sdg']}8.7": "sdgo:Target",
        f"{ONTOLOGY}ROR": "skos:Concept",
    }
    return Here({iri: {term(kind).value} for iri, kind in kinds.items()})


def cited(
    mappings: str, folder: Path, name: str = SOME, head: str = HEAD
) -> tuple[tuple[str, ...], str]:
    """Return the sources of the one mapping of a file, and its remark or what is to be checked."""
    links = described(mappings, folder, name, head)
    check_links(links, here())
    (stated,) = statements(links)
    return stated.sources, stated.remark or stated.to_check


@pytest.mark.parametrize(
    ("mappings", "what"),
    [
        ("tiporg:asean\tschema:sameAs\n", "cells"),
        (ASEAN.format("", 7768).replace("wd:", "wdt:"), "the prefix of 'wdt:Q7768'"),
        (ASEAN.format("", 7768).replace(":asean", ":assean"), "nothing is known as"),
        (ASEAN.format("", 7768) + ASEAN.format("", 2), "is the same as .*Q7768' already"),
        (
            ASEAN.format("", 7768) + ASEAN.format("", 7768).replace(":asean", ":au"),
            "is the same as .*org/asean' already",
        ),
        (ASEAN.format("", 7768).replace("sameAs", "member"), "is no predicate of a link"),
        (ASEAN.format("", 7768).replace("wd:Q7768", "tiporg:au"), "is no thing elsewhere"),
        (ASEAN.format("", 7768) + ASEAN.format("", 7768), "stands on line 11 already"),
        (ASEAN.format("", 7768).replace("one list", ""), "the mapping has no evidence"),
        (said("https://w3id.org/tipgraf/org/asean", "schema:sameAs", "wd:Q1"), "nothing is known"),
        (said("http://w3id.org/tipgraph/org/asean", "schema:sameAs", "wd:Q1"), "nothing is known"),
        (said(f"{PREFIXES['sdg']}9.9", "schema:sameAs", "wd:Q1"), "nothing is known as .*sdg/9.9'"),
        (said("tiporg:au", "skos:exactMatch", "wd:Q999"), "of concepts only, and 'org/au' is none"),
        (said("tiporg:au", "dcterms:subject", "eurovoc:1"), "schemes of concepts only"),
        (said("kind:directive", "schema:sameAs", "wd:Q1"), "'concept/.*/directive' is a concept"),
        (said("tiporg:asean", "schema:sameAs", "eurovoc:1838"), "a concept of EuroVoc is no thing"),
        *(
            (said("tiporg:au", "schema:sameAs", wrong), "is no address of Wikidata, as http://www")
            for wrong in (
                "https://wikidata.org/wiki/Q999",
                "https://www.wikidata.org/entity/Q999",
                "http://m.wikidata.org/entity/Q999",
                "http://WWW.wikidata.org/entity/Q999",
                "wd:q999",
            )
        ),
        (ASEAN.format("", 7768) + said("tiporg:asean", "rdfs:seeAlso", "wd:Q7768"), "keep one of"),
        (
            said("tiporg:au", "rdfs:seeAlso", "http://example.org/x")
            + said("tiporg:au", "rdfs:seeAlso", "https://example.org/x"),
            r"it links what .*some\.sssom\.tsv:11 links already",
        ),
    ],
)
def test_a_broken_mapping_is_named_by_file_and_line(
    mappings: str, what: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=what) as raised:
        check_links(described(mappings, tmp_path), here())
    assert re.search(r"some\.sssom\.tsv:\d+:", str(raised.value))


@pytest.mark.parametrize(
    "mapping",
    [
        said("kind:directive", "skos:exactMatch", "wd:Q758484"),
        said("kind:directive", "skos:closeMatch", "eurovoc:1"),
        said(f"{PREFIXES['sdg']}8.7", "skos:exactMatch", "https://example.org/8.7"),
        said("https://w3id.org/tipgraph/concept/topic", "dcterms:subject", "eurovoc:5933"),
        said("tiporg:asean", "rdfs:seeAlso", "eurovoc:1838"),
        said("tiporg:asean", "schema:sameAs", "https://example.org/wikidata.org"),
    ],
)
def test_a_mapping_that_fits_what_it_is_about_is_taken(mapping: str, tmp_path: Path) -> None:
    assert cited(mapping, tmp_path) == (("one list",), "")


def test_a_thing_elsewhere_may_be_lacking_only_where_things_of_ours_are(tmp_path: Path) -> None:
    links = described(said(f"{PREFIXES['sdg']}9.9", "rdfs:seeAlso", "wd:Q1"), tmp_path)
    check_links(links, Here(here().classes, {f"{BASE}org/of-our-table"}))
    with pytest.raises(InputError, match="nothing is known"):
        check_links(links, Here(here().classes, {f"{BASE}org/asean", f"{BASE}query/x"}))


REVIEWED = ASEAN.format("", 7768).replace("ManualMappingCuration", "MappingReview").strip("\n")
REVIEWER = "https://orcid.org/0000-0000-0000-0000"
DATED = HEAD.replace("#curie_map", "#mapping_date: '2026-11-25'\n#curie_map")


def test_a_reviewed_link_is_cited_by_who_accepted_it_and_the_lists(tmp_path: Path) -> None:
    by_hand = "accepted by hand on 2026-11-25"
    sources, remark = cited(f"{REVIEWED} only ; list A\n", tmp_path, head=DATED)
    assert (sources, remark) == ((by_hand, "list A"), "one list only")
    assert cited(REVIEWED, tmp_path, head=DATED) == ((by_hand,), "one list")
    named = DATED.replace("\tcomment", "\treviewer_id\tcomment")
    row = REVIEWED.replace("MappingReview", f"MappingReview\t{REVIEWER}")
    by_one = f"accepted by {REVIEWER} on 2026-11-25"
    assert cited(row, tmp_path, head=named) == ((by_one,), "one list")


def test_a_reviewed_link_that_says_neither_who_nor_when_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"some\.sssom\.tsv:11: the mapping has no evidence"):
        cited(REVIEWED, tmp_path)


def test_a_remark_in_a_comment_is_no_source(tmp_path: Path) -> None:
    row = ASEAN.format("", 7768).replace("one list", "list A ; remark: not seen ; list B")
    assert cited(row, tmp_path) == (("list A", "list B"), "not seen")
    with pytest.raises(InputError, match="has no evidence"):
        cited(ASEAN.format("", 7768).replace("one list", "remark: not seen"), tmp_path)


CANDIDATES = "x.candidates.sssom.tsv"


def test_a_candidate_is_cited_by_its_lists_or_by_where_and_when_it_was_found(
    tmp_path: Path,
) -> None:
    row = ASEAN.format("", 7768)
    assert cited(row.replace("list", "list ; A"), tmp_path, CANDIDATES) == (("A",), "one list")
    provider = "#mapping_provider: https://example.org/sparql\n#curie_map"
    found = "found at https://example.org/sparql on 2026-11-25"
    head = DATED.replace("#curie_map", provider)
    assert cited(row, tmp_path, CANDIDATES, head) == ((found,), "one list")


@pytest.mark.parametrize("comment", ["", "one list", " ; list A"])
def test_a_candidate_without_evidence_is_refused(comment: str, tmp_path: Path) -> None:
    row = ASEAN.format("", 7768).replace("one list", comment)
    with pytest.raises(InputError, match=rf"{CANDIDATES}:11: the candidate has no evidence"):
        cited(row, tmp_path, CANDIDATES)


def test_a_pair_is_proposed_once(tmp_path: Path) -> None:
    row = ASEAN.format("", 7768).replace("list", "list ; A")
    described(row, tmp_path, CANDIDATES)
    links = described(row, tmp_path, "y.candidates.sssom.tsv")
    with pytest.raises(InputError, match=rf"y.*:11: it links what .*{CANDIDATES}:11 links already"):
        check_links(links, here())


def test_a_form_of_addresses_that_is_none_is_refused(tmp_path: Path) -> None:
    described("", tmp_path)
    replace_in(tmp_path / "namespaces.csv", "Q[1-9]", "Q(")
    with pytest.raises(
        InputError, match=r"namespaces\.csv:5: the form .* is no regular expression"
    ):
        read_links(tmp_path)


def test_what_one_file_accepts_no_other_may_reject(tmp_path: Path) -> None:
    described(ASEAN.format("Not", 7768), tmp_path, "reviewed.sssom.tsv")
    with pytest.raises(InputError, match=r"some.sssom.tsv:11: .* rejected in .*reviewed"):
        described(ASEAN.format("", 7768), tmp_path)


@pytest.mark.parametrize("decision", ["", "Not"])
def test_a_candidate_that_is_decided_waits_no_longer(decision: str, tmp_path: Path) -> None:
    waiting = described(ASEAN.format("", 7768), tmp_path, "wikidata.candidates.sssom.tsv")
    assert len(waiting.candidates) == 1
    decided = described(ASEAN.format(decision, 7768), tmp_path, "reviewed.sssom.tsv")
    assert (len(decided.accepted), len(decided.candidates)) == (decision == "", 0)


def test_an_accepted_link_is_stated_and_a_rejected_one_is_nowhere(tmp_path: Path) -> None:
    links = described(ASEAN.format("", 7768) + ASEAN.format("Not", 2), tmp_path)
    layer, provenance = describe_links(links, known(), ())
    item = NamedNode(f"{WD}Q7768")
    stated = Triple(thing("org/asean"), NamedNode(SAME), item)
    assert stated in layer.triples
    assert Triple(link_iri(stated), term("rdf:object"), item) in layer.triples
    assert NamedNode(f"{WD}Q2") not in {triple.object for triple in layer.triples}
    assert Literal("one list") in {triple.object for triple in provenance.triples}


def test_what_stands_elsewhere_is_not_stated_again(tmp_path: Path) -> None:
    links = described(ASEAN.format("", 7768), tmp_path)
    stated = Triple(thing("org/asean"), NamedNode(SAME), NamedNode(f"{WD}Q7768"))
    layer, _ = describe_links(links, known(), {stated})
    assert stated not in layer.triples
    assert link_iri(stated) in {triple.subject for triple in layer.triples}


@pytest.mark.parametrize(
    ("name", "change", "what"),
    [
        ("identifiers.csv", ("org/asean,ROR", "org/assean,ROR"), "nothing is known as"),
        ("identifiers.csv", ("org/asean,ROR", "org/asean,RORR"), "no code system is known as"),
        ("things.sssom.tsv", ("wd:Q7768", "wd:Q 7768"), "is no CURIE or IRI"),
        ("things.sssom.tsv", ("wd:Q7768", "wd:Q7159"), "is the same as"),
    ],
)
def test_a_broken_file_of_links_stops_the_build(
    copy: Path, run: Run, name: str, change: tuple[str, str], what: str
) -> None:
    replace_in(copy / "data" / "links" / name, *change)
    before = (copy / "data" / "graph" / "links.ttl").read_bytes()
    ran = run("-C", copy, "build")
    assert ran.code == 3
    assert re.search(rf"{name}:\d+: .*{what}", ran.err)
    assert (copy / "data" / "graph" / "links.ttl").read_bytes() == before
