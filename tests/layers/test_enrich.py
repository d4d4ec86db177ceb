"""The facts become triples without loss, and count as their sources do."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

import pytest
from conftest import ROOT, selected
from pyoxigraph import Literal, NamedNode, Store, Triple

from tipgraph.derive.memberships import STARTING
from tipgraph.errors import InputError
from tipgraph.layers.citations import ADDRESS, citation_iri, is_derived
from tipgraph.layers.facts import Enrichment, describe_facts, enrich
from tipgraph.layers.layer import Layer
from tipgraph.layers.records import record_iri
from tipgraph.layers.rules import rule_iri
from tipgraph.layers.vocabulary import read_vocabulary
from tipgraph.rdf.iris import fold, path_of, thing
from tipgraph.rdf.read import read_turtle
from tipgraph.rdf.triples import store_of
from tipgraph.source.facts import Facts, Record, read_facts
from tipgraph.source.links import Links

BELONGING = {
    "asean": 11,
    "au": 55,
    "bali-process": 21,
    "cbss": 11,
    "cis": 10,
    "coe": 46,
    "commit": 6,
    "eccas": 11,
    "ecowas": 12,
    "eu": 27,
    "fatf": 40,
    "ilo": 187,
    "khartoum-process": 40,
    "las": 22,
    "oas": 34,
    "oecd": 38,
    "osce": 57,
    "rcm": 11,
    "sadc": 16,
    "un": 193,
}
"""How many belong: the published number, for the CIS with its associate member."""
PARTIES = {
    "actip": (10, 9),
    "coe-convention": (48, 44),
    "ilo-c029": (180, 176),
    "ilo-c105": (176, 155),
    "ilo-c182": (187, 176),
    "ilo-c189": (36, 36),
    "ilo-p029": (63, 63),
    "palermo-protocol": (181, 175),
}
"""How many are parties, and how many of them have an act of consent with a year or better."""
OTHER_STANDINGS = {
    ("asean", "dialogue-partner"): 10,
    ("asean", "observer"): 1,
    ("asean", "sectoral-dialogue-partner"): 1,
    ("au", "suspended"): 5,
    ("cbss", "suspended"): 1,
    ("cbss", "suspended-observer"): 1,
    ("cis", "associate-member"): 1,
    ("cis", "withdrawing"): 1,
    ("cis", "withdrawn"): 2,
    ("coe", "withdrawn"): 1,
    ("eccas", "withdrawing"): 1,
    ("ecowas", "withdrawn"): 3,
    ("eu", "withdrawn"): 1,
    ("fatf", "suspended"): 1,
    ("khartoum-process", "founding-signatory"): 1,
    ("las", "observer"): 5,
    ("oas", "observer"): 70,
    ("oas", "suspended"): 1,
    ("oas", "withdrawn"): 1,
    ("oecd", "special-member"): 1,
    ("osce", "partner-for-cooperation"): 11,
    ("rcm", "observer"): 5,
    ("un", "observer"): 1,
}

BINDING = ("party", "bound-as-member")


@cache
def facts() -> Facts:
    return read_facts(ROOT / "data" / "facts", ROOT / "data" / "curation" / "rules")


@cache
def catalog() -> frozenset[Triple]:
    return frozenset(read_turtle(ROOT / "data" / "graph" / "catalog.ttl"))


@cache
def vocabulary() -> frozenset[Triple]:
    return read_vocabulary(ROOT / "ontology").triples


@cache
def enrichment() -> Enrichment:
    return describe_facts(facts(), catalog(), vocabulary())


def layers() -> dict[str, Layer]:
    return vars(enrichment())


@cache
def store() -> Store:
    return store_of(
        {*catalog(), *vocabulary(), *(t for layer in layers().values() for t in layer.triples)}
    )


def rows(text: str) -> list[tuple[str, ...]]:
    return selected(store(), text)


@cache
def said_in(name: str) -> dict[NamedNode, dict[str, set[str]]]:
    """What a layer says of each subject: the values by the last part of the property."""
    said: dict[NamedNode, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for triple in layers()[name].triples:
        assert isinstance(triple.subject, NamedNode)
        assert isinstance(triple.object, NamedNode | Literal)
        predicate = triple.predicate.value.replace("#", "/").rpartition("/")[2]
        said[triple.subject][predicate].add(path_of(triple.object.value))
    return said


def cited(source: tuple[str, ...]) -> set[str]:
    return {path_of(citation_iri(text).value) for text in source}


def member(code: str) -> str:
    """The path of what can be a member or party, by its code."""
    others = {other.code: other.thing for other in facts().other_members}
    return others.get(code, f"country/{code}")


def test_every_entry_of_a_list_is_there_with_all_its_cells() -> None:
    said = said_in("membership")
    for row in facts().memberships:
        found = said[record_iri(row)]
        assert found["inOrganization"] == {f"org/{row.organization}"}
        assert found["statedStanding"] == {f"concept/standing/{row.standing}"}
        assert found["asOf"] == {row.as_of}
        assert found["source"] == cited(row.source)
        assert found["note"] == set(row.remark)
    kinds = Counter(kind for found in said.values() for kind in found["type"])
    assert kinds["ontology#ListedMember"] == len(facts().memberships) == 979
    assert kinds["ontology#MembershipAct"] == len(facts().membership_acts) == 1099


def test_every_act_of_membership_is_there_with_all_its_cells() -> None:
    said = said_in("membership")
    for row in facts().membership_acts:
        found = said[record_iri(row)]
        assert found["date"] == {row.date}
        assert found["inOrganization"] == {f"org/{row.organization}"}
        assert found["actor"] == {member(row.member)}
        assert found["actKind"] == {f"concept/membership-act/{row.act}"}
        assert found["certainty"] == {f"concept/certainty/{row.certainty}"}
        assert found["asOf"] == {row.as_of}
        assert found["source"] == cited(row.source)
        assert found["quote"] == ({row.words} - {""})
        assert found["note"] == ({row.remark} - {""})
        assert ("ontology#Derived" in found["type"]) == is_derived(row.source)


def test_every_treaty_act_is_there_with_all_its_cells() -> None:
    said = said_in("parties")
    for row in facts().treaty_acts:
        found = said[record_iri(row)]
        assert found["date"] == ({row.date} if row.date else set())
        assert found["instrument"] == {f"instrument/{row.instrument}"}
        assert found["actor"] == {member(row.actor)}
        assert found["actKind"] == {f"concept/treaty-act/{row.act}"}
        assert found["certainty"] == {f"concept/certainty/{row.certainty}"}
        assert found["asOf"] == {row.as_of}
        assert found["source"] == cited(row.source)
        assert found["quote"] == ({row.words} - {""})
        assert found["note"] == ({row.remark} - {""})
        assert ("ontology#Derived" in found["type"]) == is_derived(row.source)
    kinds = Counter(kind for found in said.values() for kind in found["type"])
    assert kinds["ontology#TreatyAct"] == len(facts().treaty_acts) == 1529


def test_every_statement_of_a_standing_is_there_with_all_its_cells() -> None:
    said = said_in("parties")
    for row in facts().treaty_standings:
        found = said[record_iri(row)]
        assert found["instrument"] == {f"instrument/{row.instrument}"}
        assert found["actor"] == {member(row.actor)}
        assert found["statedStatus"] == {f"concept/party-status/{row.standing}"}
        assert found["certainty"] == {f"concept/certainty/{row.certainty}"}
        assert found["asOf"] == {row.on}
        assert found["source"] == cited(row.source)
        assert found["quote"] == ({row.words} - {""})
        assert found["note"] == ({row.remark} - {""})
        assert ("ontology#Derived" in found["type"]) == is_derived(row.source)
    kinds = Counter(kind for found in said.values() for kind in found["type"])
    assert kinds["ontology#StatedStanding"] == len(facts().treaty_standings) == 659


def test_every_rule_is_there_with_what_it_says() -> None:
    said = said_in("parties")
    for rule in facts().rules:
        found, of = said[rule_iri(rule)], said[thing(f"instrument/{rule.instrument}")]
        assert found["ruleOf"] == {f"instrument/{rule.instrument}"}
        assert found["ground"] == {f"concept/ground/{rule.ground}"}
        assert found["certainty"] == {f"concept/certainty/{rule.certainty}"}
        assert found["clause"] == {rule.clause}
        assert found["definition"] == {rule.gist}
        assert found["quote"] == ({rule.words} - {""})
        assert found["waits"] == ({rule.waits} - {""})
        assert found["waitsAtLeast"] == ({rule.waits_at_least} - {""})
        assert found["leaves"] == ({rule.leaves} - {""})
        assert found["requires"] == ({f"instrument/{rule.requires}"} - {"instrument/"})
        assert found["bindsMembersOf"] == ({f"org/{rule.of}"} - {"org/"})
        assert found["openToOrganizations"] == {str(rule.organizations == "yes").lower()}
        assert found["source"] == cited(rule.source)
        assert of["inForceFrom"] == ({rule.in_force} - {""})
        assert of["inForceUntil"] == ({rule.ended} - {""})
        assert of["transposedBy"] == ({rule.transposed_by} - {""})
    kinds = Counter(kind for found in said.values() for kind in found["type"])
    assert kinds["ontology#Rule"] == len(facts().rules) == 13


def test_every_founding_and_every_exemption_is_there_with_its_source() -> None:
    said = said_in("membership")
    for founding in facts().founded:
        found = said[thing(f"founding/{founding.organization}")]
        assert found["type"] == {"ontology#Founding"}
        assert found["inOrganization"] == {f"org/{founding.organization}"}
        assert found["date"] == {founding.founded}
        assert found["quote"] == {founding.words}
        assert found["source"] == cited(founding.source)
    said = said_in("parties")
    exemptions = [exemption for rule in facts().rules for exemption in rule.exemptions]
    assert len(exemptions) == 2
    for exemption in exemptions:
        found = said[thing(f"exemption/{exemption.instrument}/{exemption.actor}")]
        assert found["type"] == {"ontology#Exemption"}
        assert found["actor"] == {f"country/{exemption.actor}"}
        assert found["note"] == {exemption.because}
        assert found["quote"] == {exemption.words}
        assert found["source"] == cited(exemption.source)


def test_every_country_is_there_with_its_codes_and_names() -> None:
    said = said_in("catalog")
    for row in facts().countries:
        found = said[thing(f"country/{row.alpha_3}")]
        assert found["notation"] == {row.alpha_2, row.alpha_3, row.numeric}
        names = {row.name, row.common_name, row.official_name} - {""}
        names |= {other.name for other in facts().names if other.country == row.alpha_3}
        assert found["prefLabel"] | found["altLabel"] == names
        assert found["prefLabel"] == {row.common_name or row.name}
        assert found["region"] == ({f"concept/region/{row.region}"} if row.region else set())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ivory Coast", "CIV"),
        ("Burma", "MMR"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("DRC", "COD"),
        ("Palestine", "PSE"),
        ("South Korea", "KOR"),
        ("UK", "GBR"),
        ("Holy See", "VAT"),
        ("Vatican", "VAT"),
    ],
)
def test_countries_have_the_names_people_use(name: str, code: str) -> None:
    found = rows(f'SELECT ?c {{ ?c a tip:State ; skos:prefLabel|skos:altLabel "{name}"@en }}')
    assert found == [(f"country/{code}",)]


def test_no_name_or_code_is_that_of_two_countries_unless_people_use_it_for_both() -> None:
    owners = defaultdict(set)
    for iri, said in said_in("catalog").items():
        for name in said["prefLabel"] | said["altLabel"] | said["notation"]:
            owners[fold(name)].add(iri)
    shared = {name: iris for name, iris in owners.items() if len(iris) > 1}
    assert shared == {"congo": {thing("country/COD"), thing("country/COG")}}


def test_members_that_are_no_country_are_organizations() -> None:
    found = rows(
        "SELECT DISTINCT ?member ?name { { ?m tip:party ?member } UNION { ?m tip:actor ?member } "
        "?member skos:prefLabel ?name . FILTER NOT EXISTS { ?member a tip:State } } "
        "ORDER BY ?member"
    )
    union, council = "European Union", "Gulf Cooperation Council"
    assert found == [("body/gulf-cooperation-council", council), ("org/eu", union)]


def test_every_member_and_actor_is_described() -> None:
    found = rows(
        "SELECT ?m { { ?m tip:party ?member } UNION { ?m tip:actor ?member } "
        "FILTER NOT EXISTS { ?member skos:prefLabel ?name } }"
    )
    assert found == []


def test_members_count_as_they_are_published() -> None:
    found = rows(
        "SELECT ?organization (COUNT(?m) AS ?n) { ?m org:organization ?organization ; "
        "a tip:Belonging . FILTER NOT EXISTS { ?m tip:until ?end } } GROUP BY ?organization"
    )
    assert {name.removeprefix("org/"): int(n) for name, n in found} == BELONGING


def test_other_standings_count_as_they_were_read() -> None:
    usual = ("member", "participating-state")
    pairs = Counter((m.organization, m.standing) for m in facts().memberships)
    counted = {pair: n for pair, n in pairs.items() if pair[1] not in usual}
    # The nine observers of CBSS and the six of the Council of Europe have no published number.
    assert counted == {**OTHER_STANDINGS, ("cbss", "observer"): 9, ("coe", "observer"): 6}


def test_parties_count_as_they_are_published() -> None:
    found = rows(
        "SELECT ?instrument ?party { ?p tip:towards ?instrument ; tip:party ?party ; "
        'tip:partyStatus <concept/party-status/party> ; tip:to ?to FILTER (STR(?to) > "9999") }'
    )
    consented = rows(
        "SELECT ?instrument ?actor { ?act tip:instrument ?instrument ; tip:actor ?actor ; "
        "dcterms:date ?date ; tip:actKind ?kind ; tip:certainty ?sure . "
        "?kind tip:gives <concept/party-status/contracting> "
        "FILTER (?sure != <concept/certainty/doubtful>) }"
    )
    parties = Counter(instrument for instrument, _ in set(found))
    dated = Counter(instrument for instrument, _ in set(found) & set(consented))
    for name, numbers in PARTIES.items():
        assert (parties[f"instrument/{name}"], dated[f"instrument/{name}"]) == numbers, name
    assert parties["instrument/untoc"] == 193


def test_every_list_says_how_complete_it_is() -> None:
    lists = {f"org/{row.organization}" for row in facts().memberships}
    lists |= {f"instrument/{name}" for name in PARTIES}
    assert {row.about for row in facts().completeness} == lists


@pytest.mark.parametrize(
    ("about", "known", "published"),
    [
        ("org/bali-process", "21", "45"),
        ("instrument/palermo-protocol", "181", "185"),
        ("instrument/ilo-c029", "180", "181"),
        ("instrument/ilo-c189", "36", "40"),
    ],
)
def test_partial_lists_say_so(about: str, known: str, published: str) -> None:
    (found,) = rows(
        f"SELECT ?known ?published ?extent {{ <{about}> tip:completeness ?list . ?list "
        "tip:known ?known ; tip:publishedAtMost ?published ; tip:extent ?extent }"
    )
    assert found == (known, published, "concept/extent/partial")


def test_extents_agree_with_their_numbers() -> None:
    for row in facts().completeness:
        if row.extent == "complete":
            assert row.known == row.published_least == row.published_most
        if row.extent == "partial":
            assert int(row.known) < int(row.published_most)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "membership/ecowas/MLI/2021-05-30",
            {"until": "2025-01-28", "surelyTo": "2025-01-28", "to": "2025-01-28"},
        ),
        (
            "membership/coe/RUS/1996-02-28",
            {"since": "1996-02-28", "surelyFrom": "1996-02-28", "until": "2022-02-24"},
        ),
        (
            "membership/commit/LAO/2004-10-29",
            {"from": "2004-10-29", "surelyFrom": "2004-10-29", "to": "9999-12-31"},
        ),
        (
            "membership/au/MLI/2002-07-09",
            {"since": "2002-07-09", "surelyFrom": "2002-07-09", "until": "2012-03-22"},
        ),
        (
            "membership/au/MLI/2012-03-23",
            {"until": "2012-09-30 to 2012-10-30", "surelyTo": "2012-10-30", "to": "2012-10-30"},
        ),
        (
            "membership/au/MLI/2021-06-01",
            {"standing": "concept/standing/suspended", "to": "9999-12-31", "asOf": "2026-01-22"},
        ),
        (
            "membership/cis/GEO/1993-12-01",
            {"since": "1993-12", "surelyFrom": "1993-12-31", "until": "2008-08-17"},
        ),
        (
            "membership/rcm/MEX/1996-02-01",
            {
                "since": "not recorded, 1996-02-01 at the earliest",
                "missing": STARTING,
                "asOf": "undated crawl (site copy)",
            },
        ),
        (
            "participation/actip/IDN/2017-10-05",
            {"since": "2017-10-05 to 2021-01-13", "surelyFrom": "2021-01-13"},
        ),
        (
            "participation/directive-2011-36-eu/GBR/2011-10-01",
            {"since": "2011-10", "surelyFrom": "2011-10-31", "until": "2020-12-31"},
        ),
        (
            "participation/palermo-protocol/GHA/2012-09-20",
            {"from": "2012-09-20", "actInWords": "accession, 2012-08-21"},
        ),
        (
            "participation/ilo-c105/NGA/1961-01-01",
            {"since": "1961", "surelyFrom": "1961-12-31"},
        ),
    ],
)
def test_times_have_the_days_they_can_mean(path: str, said: dict[str, str]) -> None:
    found = said_in("obligations")[thing(path)]
    assert {name: found[name] for name in said} == {k: {v} for k, v in said.items()}


def test_what_is_undated_is_sure_on_no_day() -> None:
    found = said_in("obligations")[thing("membership/rcm/MEX/1996-02-01")]
    assert max(found["surelyTo"]) < min(found["surelyFrom"])


def test_every_derived_time_is_of_days_in_order_and_rests_on_records() -> None:
    records = {*said_in("membership"), *said_in("parties")}
    paths = {path_of(iri.value) for iri in records}
    for iri, found in said_in("obligations").items():
        (first,), (last,) = found["from"], found["to"]
        (sure,), (sure_to,) = found["surelyFrom"], found["surelyTo"]
        assert first <= last, iri
        assert sure > sure_to or first <= sure <= sure_to <= last, iri
        assert found["wasDerivedFrom"], iri
        assert found["wasDerivedFrom"] <= paths, iri


def test_only_who_is_bound_has_an_obligation_with_its_ground() -> None:
    for iri, found in said_in("obligations").items():
        if "ontology#Participation" in found["type"]:
            is_bound = found["partyStatus"] <= {f"concept/party-status/{one}" for one in BINDING}
            assert ("ontology#Obligation" in found["type"]) == is_bound, iri
            assert bool(found["ground"]) == is_bound, iri
            assert found["byRule"] == {f"rule/{iri.value.split('/')[-3]}"}, iri


def test_a_doubtful_record_is_there_and_nothing_rests_on_it() -> None:
    records: tuple[Record, ...] = (
        *facts().membership_acts,
        *facts().treaty_acts,
        *facts().treaty_standings,
    )
    doubtful = {
        path_of(record_iri(row).value)
        for row in records
        if getattr(row, "certainty", "") == "doubtful"
    }
    assert doubtful
    rests_on = {
        path for found in said_in("obligations").values() for path in found["wasDerivedFrom"]
    }
    assert rests_on.isdisjoint(doubtful)


def test_a_derivation_names_its_inputs_and_its_rule() -> None:
    found = rows(
        "SELECT ?rule ?input { <act/actip/MYS/ratification/2017> a tip:Derived ; "
        "dcterms:source ?d . "
        "?d tip:derivationRule ?rule ; tip:input ?input } ORDER BY ?input"
    )
    assert [rule for rule, _ in found] == ["concept/derivation-rule/less"] * 2
    assert found[0][1].startswith("http://internasional.metrotvnews.com/")
    assert found[1][1].startswith("the six in https://respect.international/")


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("https://a.org/b (list of 2014)", ["https://a.org/b"]),
        ("since: http://a.org/x?p=1:2,3:4 (named)", ["http://a.org/x?p=1:2,3:4"]),
        ("list (https://a.org/b). AND https://c.org/", ["https://a.org/b", "https://c.org/"]),
        ("github:a/b@1:c.csv", []),
    ],
)
def test_addresses_are_told_from_the_words_around_them(text: str, addresses: list[str]) -> None:
    assert ADDRESS.findall(text) == addresses


def test_who_is_exempt_has_a_status_and_the_rule_its_ground() -> None:
    found = rows(
        "SELECT ?actor ?status { ?p tip:towards <instrument/directive-2011-36-eu> ; "
        "tip:party ?actor ; tip:partyStatus ?status . "
        "?status skos:broader <concept/party-status/not-bound> }"
    )
    assert set(found) == {
        ("country/DNK", "concept/party-status/outside"),
        ("country/GBR", "concept/party-status/ended"),
        ("country/GBR", "concept/party-status/opted-out"),
    }


def test_no_triple_is_added_to_two_layers_nor_again() -> None:
    counts = Counter(t for layer in layers().values() for t in layer.triples)
    assert [triple for triple, n in counts.items() if n > 1] == []
    assert len(facts().notes) == len(rows("SELECT ?note { ?note a tip:SourceNote }"))


def test_other_catalogs_leave_out_what_they_have_not() -> None:
    kept = {t for t in catalog() if t.subject in (thing("org/asean"), thing("instrument/actip"))}
    released = [t.subject.value for t in catalog() if isinstance(t.subject, NamedNode)]
    made = describe_facts(facts(), kept, vocabulary(), released)
    members = {t.object for t in made.obligations.triples if t.predicate.value.endswith("member")}
    assert len(members) == 22  # the European Union is not in this catalog
    with pytest.raises(InputError, match=r"other-members\.csv:2: no thing is known as 'org/eu'"):
        describe_facts(facts(), kept, vocabulary())


def test_facts_are_added_to_the_layers_of_a_graph() -> None:
    before = {"catalog": Layer(set(catalog())), "vocabulary": Layer(set(vocabulary()))}
    after = enrich(before, facts(), Links())
    assert after["vocabulary"] is before["vocabulary"]
    assert after["catalog"].triples == catalog() | layers()["catalog"].triples
    assert after["parties"].triples == layers()["parties"].triples
    assert before["catalog"].triples == catalog()
