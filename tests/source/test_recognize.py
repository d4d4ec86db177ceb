from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from tipgraph.source.claims import Entity
from tipgraph.source.printed import Table, parse_table
from tipgraph.source.recognize import Mention, recognize
from tipgraph.source.recognize.dates import Dates, find_dates
from tipgraph.source.recognize.instruments import label_of, recognize_instrument
from tipgraph.source.recognize.parts import Part, split_parts, targets_in
from tipgraph.source.recognize.symbols import find_symbols, symbol_of
from tipgraph.source.recognize.text import acronym, is_not_given, names_in, plain, split_link
from tipgraph.source.recognize.words import is_alliance, is_post, is_process, kind_of, topics_of
from tipgraph.source.values import Period, PrintedLink

INVENTORY = Path(__file__).parents[1] / "fixtures" / "inventory.tsv"
KINDS_TO_ROLES = {
    "organization": "organization",
    "named link / document": "named-link",
    "bare link": "link",
    "heading": "heading",
    "framework item": "framework-item",
    "focal point": "focal-point",
    "not applicable": "not-given",
}
PHRASES = st.sampled_from(
    [
        *("Convention", "Protocol", "Plan of Action", "Report", "Resolution", "Decision No. 12"),
        *(
            "of 2014",
            "(2014)",
            "(2014",
            "2014)",
            "2014-2017",
            "2017/1939",
            "by 2020",
            ")",
            "((",
            ",",
        ),
        *("extended until 2011", "(updated in 2009)", "6 December (2013)", "31 February 2013"),
        *(
            "45 May 2011",
            "13/15/2012",
            "15/2/2012",
            "May 2010",
            "June 31, 2012",
            "20١٢",
            "2012-2010",
        ),
        *("supplementing", "amending", "to the", "first (2002)", "second (2003)", "2331 (2016)"),
        *("C29", "P029", "R203 and C105", "A/RES/55/25", "(S/RES/2493", "AG/RES.2945 XLIX-O/19)"),
        *("CETS 197", "COM(2018) 777", "targets 5.2, 8.7 and 16.2 SDGs", "Goal target 1.a"),
        *(
            "http://[x",
            "https://x.org/a?b=c)",
            "www.",
            "http://",
            "www.x.org (in Russian)",
            "www.ü.ö",
        ),
        *("&amp;", "&#xD800;", "&#99999999999;", "&nbsp;", "N/A", ":", "Experts:", "“x”", "'", "–"),
        *("AU.COMMIT", "(ACTIP)", "(A (B) C)", "-", "•", "é", "\u202e", "中文", "😀"),
    ]
)
TEXTS = st.lists(st.one_of(PHRASES, st.text(max_size=8)), max_size=7).map(" ".join)


def row_of(organizations: str, documents: str = "", focal_points: str = "") -> list[Mention]:
    text = f"ORGANIZATIONS\tDOCUMENTS\tFOCAL POINT\n{organizations}\t{documents}\t{focal_points}"
    return list(recognize(parse_table(text, Path("t.txt"))))


def instrument(words: str) -> Entity:
    return recognize_instrument(Part("", words, words), "L1/c2/i1", words)


def named(mentions: tuple[Mention, ...] | list[Mention], *roles: str) -> list[Entity]:
    return [entity for m in mentions if m.role in roles for entity in m.entities]


def at(mentions: tuple[Mention, ...], path: str) -> Mention:
    return next(mention for mention in mentions if mention.item.path == path)


def inventory() -> list[dict[str, str]]:
    with INVENTORY.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_item_has_the_role_and_link_of_the_inventory(mentions: tuple[Mention, ...]) -> None:
    expected = [
        (int(i["line"]), int(i["col"]), KINDS_TO_ROLES[i["kind"]], int(i["urls"]), i["text"])
        for i in inventory()
    ]
    read = [
        (m.item.line, m.item.column, m.role, int(m.link is not None), m.item.text) for m in mentions
    ]
    assert read == expected
    assert len(read) == 133


def test_every_framework_item_names_as_many_things_as_the_inventory_counts(
    mentions: tuple[Mention, ...],
) -> None:
    counted = {
        i["text"]: int(i["parts_enumerated"]) for i in inventory() if i["kind"] == "framework item"
    }
    assert counted == {m.item.text: len(m.entities) for m in mentions if m.role == "framework-item"}
    assert sum(counted.values()) == 86


def test_the_counts_of_the_whole_table(mentions: tuple[Mention, ...]) -> None:
    assert Counter(mention.role for mention in mentions) == {
        "organization": 22,
        "link": 8,
        "named-link": 7,
        "heading": 3,
        "framework-item": 72,
        "focal-point": 17,
        "not-given": 4,
    }
    links = [mention.link.printed for mention in mentions if mention.link]
    assert len(links) == len(set(links)) == 63
    assert sum("://" not in link for link in links) == 12


def test_the_organizations_of_the_table(mentions: tuple[Mention, ...]) -> None:
    organizations = named(mentions, "organization")
    assert {entity.kind_of_thing for entity in organizations} == {"organization"}
    assert [next(iter(e.values("acronym")), e.label) for e in organizations] == [
        *("UN", "UNODC", "United Nations Office of the High Commissioner on Human Rights", "ILO"),
        *("AU", "Khartoum Process", "ASEAN"),
        "Bali Regional Ministerial Conference On People Smuggling, Trafficking in Persons and "
        "Related Transnational Crime",
        *("CIS", "COMMIT", "CBSS", "COE", "ECOWAS", "ECCAS", "EU", "FATF", "LAS", "OAS", "OECD"),
        *("OSCE", "RCM", "SADC"),
    ]


def test_processes_and_forums_are_told_from_standing_organizations(
    mentions: tuple[Mention, ...],
) -> None:
    collaborations = [
        entity.label
        for entity in named(mentions, "organization")
        if "collaboration" in entity.values("type")
    ]
    assert [label.split()[0] for label in collaborations] == [
        *("Khartoum", "Bali", "Coordinated", "Financial", "Regional")
    ]


def test_what_the_third_column_says(mentions: tuple[Mention, ...], table: Table) -> None:
    said = {
        (entity.items[0], value)
        for entity in named(mentions, "organization")
        for value in entity.values("focal-point-statement")
    }
    assert Counter(value for _, value in said) == {
        "stated": 11,
        "stated-for-several": 5,
        "marked-not-given": 4,
        "not-stated": 2,
    }
    assert {place for place, value in said if value == "not-stated"} == {"L10/c1/i1", "L23/c1/i1"}
    assert {place for place, value in said if value == "marked-not-given"} == {
        *("L7/c1/i1", "L13/c1/i1", "L24/c1/i1", "L33/c1/i1")
    }


def test_posts_are_told_from_bodies(mentions: tuple[Mention, ...]) -> None:
    posts = [e.items[0] for e in named(mentions, "focal-point") if e.kind_of_thing == "post"]
    assert posts == ["L6/c3/i2", "L6/c3/i3", "L6/c3/i4", "L16/c3/i1", "L22/c3/i1", "L31/c3/i1"]


def test_a_label_before_a_focal_point_is_no_part_of_its_name(mentions: tuple[Mention, ...]) -> None:
    (expert,) = at(mentions, "L6/c3/i2").entities
    assert expert.label == (
        "UN Special Rapporteur on Trafficking in Persons, Especially Women and Children"
    )


def test_a_heading_holds_until_the_next(mentions: tuple[Mention, ...]) -> None:
    headings = [m.heading for m in mentions if m.item.line == 6 and m.role == "framework-item"]
    assert headings == [
        *["UN Convention and Protocol:"] * 3,
        *["UNSC Resolutions:"] * 5,
        *["ILO Conventions:"] * 5,
    ]
    assert not [m.heading for m in mentions if m.heading and m.item.line != 6]


@pytest.mark.parametrize(
    ("path", "organizations", "is_sure"),
    [
        ("L6/c2/i2", ["L6/c1/i1"], True),
        ("L6/c2/i6", ["L6/c1/i1", "L6/c1/i2", "L6/c1/i5", "L6/c1/i6"], False),
        ("L6/c2/i7", ["L6/c1/i2"], True),
        ("L6/c2/i12", ["L6/c1/i6"], True),
        ("L6/c1/i3", ["L6/c1/i1", "L6/c1/i2", "L6/c1/i5", "L6/c1/i6"], False),
        ("L6/c1/i4", ["L6/c1/i2"], True),
        ("L10/c2/i1", ["L10/c1/i1"], True),
        ("L21/c2/i2", ["L21/c1/i1", "L21/c1/i2"], True),
        ("L21/c2/i3", ["L21/c1/i1"], True),
    ],
)
def test_an_instrument_is_listed_under_the_organizations_named(
    mentions: tuple[Mention, ...], path: str, organizations: list[str], is_sure: bool
) -> None:
    for entity in at(mentions, path).entities:
        assert list(entity.values("listed-under")) == organizations
        assert ("listed-under" not in entity.doubts) == is_sure


def test_a_bare_link_belongs_to_the_organization_above(mentions: tuple[Mention, ...]) -> None:
    assert {m.item.path: m.link_of for m in mentions if m.role == "link"} == {
        "L6/c1/i7": "L6/c1/i6",
        "L6/c1/i8": "L6/c1/i6",
        "L17/c1/i2": "L17/c1/i1",
        "L18/c1/i2": "L18/c1/i1",
        "L27/c1/i2": "L27/c1/i1",
        "L31/c1/i2": "L31/c1/i1",
        "L32/c1/i2": "L32/c1/i1",
        "L33/c1/i2": "L33/c1/i1",
    }


@pytest.mark.parametrize(
    ("path", "keys", "dates"),
    [
        (
            "L12/c2/i1",
            ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"],
            ["2002", "2003", "2009", "2011", "2013", "2016", "2018"],
        ),
        ("L6/c2/i6", ["2331", "2388", "2493"], ["2016", "2017", "2019"]),
        ("L6/c2/i13", ["P029", "R203"], ["2014", None]),
        ("L6/c2/i16", ["C189", "R201"], ["2011", "2011"]),
    ],
)
def test_an_enumeration_is_split_with_its_dates(
    mentions: tuple[Mention, ...], path: str, keys: list[str], dates: list[str | None]
) -> None:
    entities = at(mentions, path).entities
    assert [entity.part for entity in entities] == keys
    assert [entity.key for entity in entities] == [f"{path}#{key}" for key in keys]
    assert [next(iter(entity.values("date")), None) for entity in entities] == dates


@pytest.mark.parametrize(
    ("path", "labels", "times"),
    [
        (
            "L16/c2/i1",
            [
                "COMMIT Memorandum of Understanding on Cooperation Against Trafficking in Greater "
                "Mekong Sub-Region",
                "COMMIT 3rd Sub-Regional Plan of Action",
            ],
            [("date", "2004"), ("period", "2011/2013")],
        ),
        (
            "L24/c2/i1",
            [
                "Arab Framework Act on Combating Trafficking in Persons",
                "Arab Initiative to Combat Trafficking in Persons, 2010",
            ],
            [("date", "2008"), ("date", "2010")],
        ),
    ],
)
def test_two_instruments_run_together_are_split(
    mentions: tuple[Mention, ...], path: str, labels: list[str], times: list[tuple[str, str]]
) -> None:
    entities = at(mentions, path).entities
    assert [entity.label for entity in entities] == labels
    claimed = [
        (claim.property, str(claim.value))
        for entity in entities
        for claim in entity.claims
        if claim.property in ("date", "period")
    ]
    assert claimed == times


def test_the_year_of_another_text_is_not_taken(mentions: tuple[Mention, ...]) -> None:
    recommendation = at(mentions, "L6/c2/i13").entities[1]
    assert recommendation.values("date") == ()
    assert "date" in recommendation.doubts


def test_a_treaty_is_not_the_resolution_printed_after_it(mentions: tuple[Mention, ...]) -> None:
    (protocol,) = at(mentions, "L6/c2/i2").entities
    assert protocol.values("kind") == ("protocol",)
    assert protocol.values("symbol") == ()
    assert "adopted-by" in protocol.doubts


def test_the_goals_targets_are_no_instruments(mentions: tuple[Mention, ...]) -> None:
    targets = at(mentions, "L6/c2/i10").entities
    assert [(e.kind_of_thing, e.part) for e in targets] == [
        *(("target", "5.2"), ("target", "8.7"), ("target", "16.2"))
    ]
    (un,) = at(mentions, "L6/c1/i1").entities
    assert un.values("addresses-target") == tuple(target.key for target in targets)


def test_an_alliance_among_the_links_is_a_body(mentions: tuple[Mention, ...]) -> None:
    (alliance,) = at(mentions, "L31/c1/i4").entities
    assert (alliance.kind_of_thing, alliance.values("type")) == ("body", ("collaboration",))
    assert alliance.values("page") == ("http://www.osce.org/secretariat/107221",)
    assert not alliance.doubts


def test_all_kinds_that_the_rules_leave_open(mentions: tuple[Mention, ...]) -> None:
    open_kinds = [
        e.label for m in mentions for e in m.entities if "kind" in e.doubts or not e.label
    ]
    assert open_kinds == [
        "Sharing Electronic Resources and Laws on Crime",
        "A Vision for the Baltic Sea region by 2020, CBSS Summit 2010",
        "EU Anti-Trafficking Action 2017-2019",
        "Arab Initiative to Combat Trafficking in Persons, 2010",
        "Advancing Hemispheric Security: A Multidimensional Approach",
        "Platform for Action Against Human Trafficking",
    ]


def test_every_claim_stands_on_an_item(mentions: tuple[Mention, ...], table: Table) -> None:
    paths = {item.path for item in table.items()} | {f"L{row.line}/c1/i1" for row in table.rows}
    claims = [claim for m in mentions for e in m.entities for claim in e.claims]
    assert {claim.item for claim in claims} <= paths
    assert not [claim for claim in claims if claim.decision]


@pytest.mark.parametrize(
    ("title", "dates"),
    [
        ("Global Plan (ARES/64/293) (2010)", Dates(date="2010")),
        ("Political Declaration (2017) (A/RES/72/1)", Dates(date="2017")),
        ("Resolution 2493 (2019 S/RES/2493)", Dates(date="2019")),
        ("Protocol of 2014", Dates(date="2014")),
        ("Initiative to Combat Trafficking, 2010", Dates(date="2010")),
        ("Addendum, 6 December (2013)", Dates(date="2013-12-06")),
        ("Addendum, December 6, 2013", Dates(date="2013-12-06")),
        ("Statement of March 2011", Dates(date="2011-03")),
        ("Council Resolution 15/2/2012", Dates(date="2012-02-15")),
        ("Council Resolution 5/2/2012", Dates()),
        ("Plan 31 February 2013", Dates(no_date="31 February 2013")),
        ("Plan 45 December 2013", Dates(no_date="45 December 2013")),
        ("Resolution 13/15/2012", Dates()),
        ("Action Plan (2014-2017)", Dates(period=Period("2014", "2017"))),
        ("Program for 2014–2018", Dates(period=Period("2014", "2018"))),
        ("Child Policy 2019 – 2030", Dates(period=Period("2019", "2030"))),
        ("Plan (COMMIT SPAIII, 2011-2013)", Dates(period=Period("2011", "2013"))),
        ("Regulation (EU) 2017/1939 on the Prosecutor", Dates()),
        (
            "Plan (2002-2003), extended until 2011",
            Dates(period=Period("2002", "2003"), extension="2011"),
        ),
        ("A Vision by 2020, CBSS Summit 2010", Dates(date="2010", horizon="2020")),
        ("Plan of Action (updated in 2009)", Dates(updated="2009")),
        ("Protocol supplementing the Convention (1930)", Dates(other_date="1930")),
        ("Protocol of 2014, supplementing X (1930)", Dates(date="2014", other_date="1930")),
        ("Human Trafficking 2016 – Round-up Report", Dates()),
        ("Directive 2011/36/EU on Trafficking", Dates()),
        ("Model (20١٢)", Dates()),
        ("Resolution 2331", Dates()),
        ("", Dates()),
    ],
)
def test_the_dates_of_a_title(title: str, dates: Dates) -> None:
    assert find_dates(title) == dates


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("(A/RES/55/25)", ["UNDocumentSymbol A/RES/55/25"]),
        ("(ARES/64/293)", ["UNDocumentSymbol A/RES/64/293"]),
        ("2493 (2019 S/RES/2493)", ["UNDocumentSymbol S/RES/2493"]),
        ("S/RES/2331 (2016)", ["UNDocumentSymbol S/RES/2331 (2016)"]),
        ("(AG/RES. 2551 (XL-O/10))", ["OASDocument AG/RES. 2551 (XL-O/10)"]),
        ("(AG/RES.2945 XLIX-O/19)", ["OASDocument AG/RES. 2945 (XLIX-O/19)"]),
        ("(RTP-IV/doc.4/14 rev. 1)", ["OASDocument RTP-IV/doc.4/14 rev. 1"]),
        ("C29 and C029", ["ILOCode C029"]),
        ("P029, R203, C189", ["ILOCode P029", "ILOCode R203", "ILOCode C189"]),
        ("PC.DEC/557", ["OSCEDecision PC.DEC/557"]),
        ("C/REG.28/12/07", ["ECOWASRegulation C/REG.28/12/07"]),
        ("Directive 2011/36/EU", ["EUActNumber 2011/36/EU"]),
        ("?uri=CELEX:32011L0036", ["CELEX 32011L0036"]),
        ("20181204_com-2018-777-report_en.pdf", ["COMNumber COM(2018) 777"]),
        ("CETS No. 197", ["CETSNumber CETS 197"]),
        ("Decision No. 1107, again Decision No. 1107", ["DecisionNumber Decision No. 1107"]),
        ("GRETA 2018 SC29 C2 telecom-2018-777", []),
    ],
)
def test_the_symbols_in_a_text(text: str, symbols: list[str]) -> None:
    found = list(find_symbols(text))
    assert [str(symbol) for symbol in found] == symbols
    assert [symbol_of(str(symbol)) for symbol in found] == found


def test_a_symbol_as_printed_keeps_its_brackets_in_pairs() -> None:
    (symbol,) = find_symbols("Approach (AG/RES.2945 XLIX-O/19)")
    assert symbol.printed == "AG/RES.2945 XLIX-O/19"


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Global Plan of Action (ARES/64/293) (2010)", "Global Plan of Action"),
        ("-C29 Forced Labour Convention (1930)", "C29 Forced Labour Convention"),
        ("Plan 2010-2012 (AG/RES. 2551 (XL-O/10))", "Plan 2010-2012"),
        ("Plan (2002-2003), extended until 2011", "Plan"),
        ("Plan of Action (updated in 2009)", "Plan of Action"),
        ("Campaign (AU.COMMIT)", "Campaign"),
        ("Guide (for first responders)", "Guide (for first responders)"),
        ("(2014)", "(2014)"),
        ("Plan 2014)", "Plan 2014)"),
        ("The (2001) plan)", "The (2001) plan)"),
        (")", ")"),
    ],
)
def test_the_label_of_a_title(words: str, label: str) -> None:
    assert label_of(words) == label


@pytest.mark.parametrize(
    ("words", "label", "acronyms", "others"),
    [
        ("African Union (AU)", "African Union", ("AU",), ()),
        ("Conference (RCM) (Puebla Group)", "Conference", ("RCM",), ("Puebla Group",)),
        ("Khartoum Process (EU/Horn Route)", "Khartoum Process", (), ("EU/Horn Route",)),
        ("UNODC", "UNODC", ("UNODC",), ()),
        ("(AU)", "(AU)", (), ()),
        ("African (AU) Bank)", "African (AU) Bank)", (), ()),
    ],
)
def test_the_names_of_an_organization(
    words: str, label: str, acronyms: tuple[str, ...], others: tuple[str, ...]
) -> None:
    (entity,) = named(row_of(words), "organization")
    assert entity.label == label
    assert entity.values("acronym") == acronyms
    assert entity.values("alt-label") == others


@pytest.mark.parametrize(
    ("text", "is_acronym"),
    [
        *(("ACTIP", True), ("AU.COMMIT", True), ("COMMIT SPAIII", True), ("TF-THB", True)),
        *(("CoE", True), ("HUDOC-GRETA", True), ("Puebla Group", False), ("Bali", False)),
        *(("A", False), ("", False), ("UN UN UN", False), ("AU.", False), ("2014", False)),
    ],
)
def test_what_an_acronym_is(text: str, is_acronym: bool) -> None:
    assert acronym(text) == (text if is_acronym else "")


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        *(("COMMIT Plan", True), ("the (COMMIT)", True), ("Campaign (AU.COMMIT)", False)),
        *(
            ("COMMITS", False),
            ("COMMIT.org", False),
            ("ends with COMMIT.", True),
            ("commit", False),
        ),
    ],
)
def test_a_name_is_found_as_a_whole_word(text: str, is_named: bool) -> None:
    assert names_in(text, ("", "COMMIT")) is is_named


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Progress Report: II Work Plan Against Trafficking", "report"),
        ("Strategic Plan Of Action For The Child Policy", "plan-of-action"),
        ("Strategic Framework For Strengthening", "strategy"),
        ("Arab Framework Act on Combating Trafficking", "framework-act"),
        ("Memorandum of Understanding on Cooperation", "memorandum-of-understanding"),
        ("C189 Domestic Workers Convention, and its Recommendation", "convention"),
        ("Decision No. 1107 Addendum to the Action Plan", "decision"),
        ("Countering Trafficking Thematic Paper", "study"),
        ("Cases: Case Digest", "case-digest"),
        ("Booklet of Lessons", "handbook"),
        ("Human Trafficking Knowledge Portal", "portal"),
        ("12th Senior Officials Meeting", "meeting"),
        ("Reporting and declarations-to-be", "declaration"),
        ("A Vision for the region", ""),
        ("Conventional wisdom, unreported", ""),
    ],
)
def test_the_kind_of_a_title(title: str, kind: str) -> None:
    assert kind_of(title) == kind
    assert ("kind" in instrument(title).doubts) == (not kind)


@pytest.mark.parametrize(
    ("title", "topics"),
    [
        ("Especially Women and Children", ("children", "women")),
        ("Forced Labour Convention", ("forced-labour",)),
        (
            "Victims within the Migrant Framework",
            (
                "migration-and-refugees",
                "victim-identification-and-protection",
            ),
        ),
        ("Government Contracts and Supply Chains", ("supply-chains-and-procurement",)),
        ("Transnational Organized Crime", ("criminal-justice",)),
        ("Financial Flows from Human Trafficking", ("financial-flows-and-corruption",)),
        ("Childhood and Womanhood", ()),
    ],
)
def test_the_topics_of_a_title(title: str, topics: tuple[str, ...]) -> None:
    assert topics_of(title) == topics


def test_a_report_covers_a_period_and_does_not_plan_one() -> None:
    assert instrument("Plan of Action 2018-2019").values("period") == ("2018/2019",)
    assert instrument("2018-2019 Report").values("period") == ()


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("One Convention (2014)", [""]),
        ("Statement of the first (2002)", [""]),
        ("Resolutions 2331 (2016) , 2388 (2017)", ["2331", "2388"]),
        ("Reports 2331 (2016) , 2388 (2017)", [""]),
        ("C29 and P029", ["C29", "P029"]),
        ("A Strategy (2004) A Work Plan", ["A Strategy (2004)", "A Work Plan"]),
        ("A Strategy (2004) Geneva", [""]),
    ],
)
def test_the_parts_of_an_item(words: str, keys: list[str]) -> None:
    assert [part.key for part in split_parts(words)] == keys


@pytest.mark.parametrize(
    ("words", "targets"),
    [
        ("Goal targets 5.2, 8.7, and 16.2 (SDGs)", ("5.2", "8.7", "16.2")),
        ("SDG target 16.a", ("16.a",)),
        ("Version 5.2 of the Goals", ()),
        ("targets 5.2 and 8.7 of the plan", ()),
    ],
)
def test_the_targets_of_an_item(words: str, targets: tuple[str, ...]) -> None:
    assert targets_in(words) == targets


@pytest.mark.parametrize(
    ("text", "words", "printed", "remark"),
    [
        ("UN www.un.org", "UN", "www.un.org", ""),
        ("HELP Course: https://x.org/help", "HELP Course", "https://x.org/help", ""),
        ("CIS www.cis.by/ (in Russian only)", "CIS", "www.cis.by/", "(in Russian only)"),
        ("Cases: Digest http://x.org/a_-b__c.pdf", "Cases: Digest", "http://x.org/a_-b__c.pdf", ""),
        ("See (http://x.org/a_(b)).", "See (", "http://x.org/a_(b)", ")."),
        (
            "X http://x.org/?class=XXXIX.4%20R/doc.&classNum=4&lang=e",
            "X",
            ("http://x.org/?class=XXXIX.4%20R/doc.&classNum=4&lang=e"),
            "",
        ),
    ],
)
def test_words_and_link_are_told_apart(text: str, words: str, printed: str, remark: str) -> None:
    found, link = split_link(text)
    assert found == words
    assert link == PrintedLink(printed, remark)


@pytest.mark.parametrize(
    ("printed", "iri", "is_deep"),
    [
        ("www.un.org", "http://www.un.org", False),
        ("https://au.int/", "https://au.int/", False),
        ("http://x.org/a|b", "http://x.org/a%7Cb", True),
        ("http://x.org/4%20R&l=e", "http://x.org/4%20R&l=e", True),
        ("http://x.org?a=1", "http://x.org?a=1", True),
        ("http://[x", "http://%5Bx", False),
    ],
)
def test_the_iri_of_a_link(printed: str, iri: str, is_deep: bool) -> None:
    assert PrintedLink(printed).iri == iri
    assert PrintedLink(printed).is_deep is is_deep


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A &amp; B", "A & B"),
        ("?a=1&lang=e&amp;b=2", "?a=1&lang=e&b=2"),
        ("Caf&#233; &#xE9;", "Café é"),
        ("a&nbsp;b\u2028c", "a b c"),
        (f"&#{'9' * 5000};", f"&#{'9' * 5000};"),
    ],
)
def test_character_entities_are_resolved(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize("text", ["N/A", "n/a", "NA", "N.A.", "none", "Not applicable", "–", " - "])
def test_not_given_is_said_in_several_ways(text: str) -> None:
    assert is_not_given(text)
    assert [mention.role for mention in row_of("UN", "", text)] == ["organization", "not-given"]


@pytest.mark.parametrize("text", ["National Agency", "Nauru", "Nonesuch", "NAB"])
def test_a_name_is_not_taken_for_not_given(text: str) -> None:
    assert not is_not_given(text)


def test_the_sort_of_a_body_is_in_its_name() -> None:
    assert is_process("Khartoum Process")
    assert is_alliance("Inter-agency Coordination Group")
    assert is_post("Special Co-ordinator for X")
    assert not is_process("Council of Europe")
    assert not is_alliance("Task Force on X")
    assert not is_post("Coordination Group")


def test_a_table_never_seen_is_recognized() -> None:
    text = "\n".join(
        (
            "Some table of 2031",
            "Organisations\tTexts\tFocal points",
            "<p>Andean Community (CAN)</p><p>www.can.example</p>\t"
            "<p>Andean Plan against Trafficking</p><p>Andean Treaty, 1996</p>\t",
            "Pacific Islands Forum (PIF) https://pif.example\t"
            "<ul><li>Boe Declaration (2018)<li>Strategy 2022-2050</ul>\tRegional Adviser on Crime",
            "<p>CARICOM www.caricom.example</p><p>IMPACS www.impacs.example</p>\t"
            "<p>CARICOM Work Plan 2027-2029</p><p>Model Law on Trafficking</p>\tn/a",
        )
    )
    mentions = recognize(parse_table(text, Path("2031.txt")))
    assert [(e.kind_of_thing, e.label, sorted(e.doubts)) for m in mentions for e in m.entities] == [
        ("organization", "Andean Community", []),
        ("instrument", "Andean Plan against Trafficking", ["kind"]),
        ("instrument", "Andean Treaty, 1996", []),
        ("organization", "Pacific Islands Forum", []),
        ("instrument", "Boe Declaration", []),
        ("instrument", "Strategy 2022-2050", []),
        ("post", "Regional Adviser on Crime", []),
        ("organization", "CARICOM", []),
        ("organization", "IMPACS", []),
        ("instrument", "CARICOM Work Plan 2027-2029", []),
        ("instrument", "Model Law on Trafficking", ["listed-under"]),
    ]
    statements = [e.values("focal-point-statement") for e in named(mentions, "organization")]
    assert statements == [
        *(("not-stated",), ("stated",), ("marked-not-given",), ("marked-not-given",))
    ]


def test_the_order_of_rows_does_not_matter(table: Table, mentions: tuple[Mention, ...]) -> None:
    backwards = Table(table.edition, "", table.header, (), tuple(reversed(table.rows)))
    assert set(recognize(backwards)) == set(mentions)


@settings(max_examples=120, deadline=None)
@given(TEXTS, TEXTS, TEXTS, TEXTS)
@example("A", "B http://[x", "", "")
@example("A", "", "Plan 2014)", "")
@example("A (B) C)", "", "", "")
def test_any_text_is_recognized(first: str, second: str, document: str, focal_point: str) -> None:
    cells = (f"<p>{first}</p><p>{second}</p>", f"<p>{document}</p>", f"<p>{focal_point}</p>")
    mentions = row_of(*(re.sub(r"[\t\n\r]", " ", cell) for cell in cells))
    assert {m.role for m in mentions} <= set(KINDS_TO_ROLES.values())
    keys = [entity.key for m in mentions for entity in m.entities]
    assert len(set(keys)) == len(keys) or split_parts(plain(document))[1:]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
@example("Regulation 2017/1939")
@example("Plan 31 June 2013")
def test_a_rule_never_invents_a_number(text: str) -> None:
    words = plain(text)
    numbers = {int(number) for number in re.findall(r"\d+", words)}
    months = {1 + n for n, name in enumerate(MONTHS) if name in words.casefold()}
    for part in split_parts(words):
        for claim in instrument(part.words).claims:
            if claim.property in ("date", "period", "extension", "horizon", "updated"):
                year, *finer = (int(number) for number in re.findall(r"\d+", str(claim.value)))
                assert year in numbers
                assert set(finer) <= numbers | months
            elif claim.property == "symbol":
                stated = {int(number) for number in re.findall(r"\d+", str(claim.value))}
                assert stated <= numbers


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_every_period_ends_after_it_starts(text: str) -> None:
    period = find_dates(text).period
    assert period is None or period.start <= period.end


MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def test_a_bare_link_among_documents_or_focal_points_belongs_to_what_stands_before() -> None:
    cells = (
        "<p>Org A (OA)</p>",
        "<p>Plan (2001)</p><p>www.a.org</p>",
        "<p>Unit</p><p>www.b.org</p>",
    )
    table = parse_table(
        "ORGANIZATIONS\tDOCUMENTS\tFOCAL POINT\n" + "\t".join(cells), Path("other.txt")
    )
    links = [mention for mention in recognize(table) if mention.role == "link"]
    assert [link.link_of for link in links] == ["L2/c2/i1", "L2/c3/i1"]


def test_an_ordinal_said_twice_is_two_parts() -> None:
    parts = split_parts("Statements of the first (2002), first (2003) and second (2004)")
    assert [part.key for part in parts] == ["first (2002)", "first (2003)", "second"]


@pytest.mark.parametrize(
    ("words", "label", "date", "is_doubted"),
    [
        ("Plan (30 March 2006)", "Plan", "2006-03-30", False),
        ("Declaration (Bali, 1 March 2006, revised)", "Declaration", "2006-03-01", False),
        (
            "Declaration on Trafficking (2006-03-30)",
            "Declaration on Trafficking",
            "2006-03-30",
            False,
        ),
        ("Declaration, 30 March 2006", "Declaration", "2006-03-30", False),
        ("Declaration of 30 March (2006)", "Declaration of", "2006-03-30", False),
        ("Declaration (March 2006)", "Declaration", "2006-03", False),
        ("Declaration (2006-03-30, Bali)", "Declaration", "2006-03-30", False),
        ("Plan (30 February 2006)", "Plan (30 February 2006)", "", True),
        ("Declaration, 31 June 2006", "Declaration, 31 June 2006", "", True),
        ("Declaration (June 31, 2006)", "Declaration (June 31, 2006)", "", True),
        ("Declaration (2006-02-30)", "Declaration (2006-02-30)", "", True),
        ("Declaration (2006-13-01)", "Declaration (2006-13-01)", "", True),
        ("Declaration (31/11/2006)", "Declaration (31/11/2006)", "", True),
    ],
)
def test_a_day_is_read_whole_and_what_is_none_stays(
    words: str, label: str, date: str, is_doubted: bool
) -> None:
    draft = instrument(words)
    assert (draft.label, "".join(draft.values("date"))) == (label, date)
    assert ("date" in draft.doubts) is is_doubted
    assert draft.values("title") == (words,)


@pytest.mark.parametrize(
    ("printed", "iri"),
    [
        ("http://x.org/100%guide.pdf", "http://x.org/100%25guide.pdf"),
        ("http://x.org/a%", "http://x.org/a%25"),
        ("http://[x]/", "http://%5Bx%5D/"),
        ("http://[::1", "http://%5B%3A%3A1"),
        ("http://x.org/a[1].pdf", "http://x.org/a%5B1%5D.pdf"),
        ("http://x.org:99999999/", "http://x.org%3A99999999/"),
    ],
)
def test_a_broken_link_is_escaped_and_told(printed: str, iri: str) -> None:
    link = PrintedLink(printed)
    assert (link.iri, link.is_broken) == (iri, True)
    assert NamedNode(link.iri)


@pytest.mark.parametrize(
    "printed", ["www.un.org", "http://[::1]/a", "https://x.org/a%20b", "http://x.org:8080/?a=1&b#c"]
)
def test_a_sound_link_is_as_it_is(printed: str) -> None:
    link = PrintedLink(printed)
    assert not link.is_broken
    assert link.iri.endswith(printed)
