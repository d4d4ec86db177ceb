"""What the questions about countries answer: golden cases, and the numbers that were published."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT, Rows

from tipgraph import UsageError
from tipgraph.files.folder import Folder
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.iris import path_of
from tipgraph.source.facts import (
    Facts,
    ListedMember,
    MembershipAct,
    StatedParty,
    TreatyAct,
    read_facts,
)

CASES = Path(__file__).parent / "countries"
COVERAGE = "country-coverage"
DATED = "\n#+   on: {type: date,"
DAY = "2024-06-30"
NO_RECORD = "no record"

GOLDEN = {
    "nigeria": ("NGA", DAY),
    "cambodia": ("KHM", DAY),
    "norway": ("NOR", DAY),
    "denmark": ("DNK", DAY),
    "nigeria-in-2010": ("NGA", "2010-01-01"),
    "mali-before": ("MLI", "2025-01-28"),
    "mali-after": ("MLI", "2025-01-29"),
    "russia-before": ("RUS", "2022-03-15"),
    "russia-after": ("RUS", "2022-03-16"),
    "united-kingdom-before": ("GBR", "2020-12-31"),
    "united-kingdom-after": ("GBR", "2021-01-01"),
    "palestine": ("PSE", DAY),
    "holy-see": ("VAT", DAY),
    "uganda": ("UGA", DAY),
}
"""Countries and days whose whole coverage stands in a file."""

PUBLISHED = {
    "un": 193,
    "ilo": 187,
    "au": 55,
    "asean": 11,
    "commit": 6,
    "coe": 46,
    "ecowas": 12,
    "eu": 27,
    "fatf": 40,
    "las": 22,
    "oas": 34,
    "oecd": 38,
    "osce": 57,
    "rcm": 11,
    "sadc": 16,
    "khartoum-process": 40,
    "bali-process": 21,
    "eccas": 11,
    "cbss": 11,
    "cis": 10,
}
"""Who belongs to each organization; CIS with its associate."""

Answer = list[dict[str, str]]


@pytest.fixture(scope="module")
def facts(folder: Folder) -> Facts:
    return read_facts(folder.facts, folder.rules)


def asked(kg: KnowledgeGraph, name: str, **given: str) -> Answer:
    answer = kg.query(name, None, 1, **given).to_csv()
    rows = csv.DictReader(io.StringIO(answer))
    return [{key: path_of(value) for key, value in row.items()} for row in rows]


def binding(kg: KnowledgeGraph, country: str, on: str) -> dict[str, str]:
    """What the answer says of each instrument."""
    rows = asked(kg, COVERAGE, country=country, on=on)
    return {row["instrument"].removeprefix("instrument/"): row["binds"] for row in rows}


def belongs(kg: KnowledgeGraph, country: str, on: str) -> dict[str, str]:
    """The standing in each organization that a country belongs to on a day."""
    rows = asked(kg, "memberships-of-country", country=country, on=on)
    return {
        row["organization"].removeprefix("org/"): row["standing"].rpartition("/")[2]
        for row in rows
        if row["belongs"] == "yes"
    }


@pytest.mark.parametrize("case", GOLDEN)
def test_the_coverage_of_a_country_is_the_golden_one(case: str, kg: KnowledgeGraph) -> None:
    country, on = GOLDEN[case]
    answer = kg.query(COVERAGE, None, 1, country=country, on=on)
    assert answer.to_csv() == (CASES / f"{case}.csv").read_text("utf-8")


def test_every_golden_case_is_asked() -> None:
    assert {path.stem for path in CASES.glob("*.csv")} == GOLDEN.keys()


TREATIES = {
    ("NGA", DAY): {"ilo-c029", "ilo-c105", "ilo-c182", "palermo-protocol", "untoc"},
    ("KHM", DAY): {"actip", "ilo-c029", "ilo-c105", "ilo-c182", "palermo-protocol", "untoc"},
    ("DNK", DAY): {
        *("coe-convention", "ilo-c029", "ilo-c105", "ilo-c182", "ilo-p029", "palermo-protocol"),
        "untoc",
    },
    ("PSE", DAY): {"palermo-protocol", "untoc"},
    ("VAT", DAY): {"untoc"},
}


@pytest.mark.parametrize(("case", "treaties"), TREATIES.items())
def test_a_country_is_bound_by_just_these(
    case: tuple[str, str], treaties: set[str], kg: KnowledgeGraph
) -> None:
    found = binding(kg, *case)
    assert {name for name, binds in found.items() if binds == "yes"} == treaties


LAW_TEXT = (ROOT / "tests/facts/law-checks.tsv").read_text("utf-8")
LAW = list(csv.DictReader(LAW_TEXT.splitlines(), delimiter="\t"))
BOUND = [row for row in LAW if row["answer"] in ("bound", "not-bound")]
MEMBERS = [row for row in LAW if row["answer"] not in ("bound", "not-bound")]


@pytest.mark.parametrize("row", BOUND, ids=lambda row: "-".join(list(row.values())[:3]))
def test_who_is_bound_is_what_a_lawyer_read_by_hand(
    row: dict[str, str], kg: KnowledgeGraph
) -> None:
    binds = binding(kg, row["actor"], row["day"]).get(row["about"], NO_RECORD)
    assert (binds == "yes") == (row["answer"] == "bound")
    assert binds != "may be"


@pytest.mark.parametrize("row", MEMBERS, ids=lambda row: "-".join(list(row.values())[:3]))
def test_who_belongs_is_what_a_lawyer_read_by_hand(row: dict[str, str], kg: KnowledgeGraph) -> None:
    standing = belongs(kg, row["actor"], row["day"]).get(row["about"], "not-member")
    assert standing == row["answer"] or (row["answer"] == "member" and standing != "not-member")


@pytest.mark.parametrize(("on", "least"), [("2010-01-01", 740), ("2026-11-23", 960)])
def test_most_of_what_registers_say_is_said(on: str, least: int, kg: KnowledgeGraph) -> None:
    rows = asked(kg, "obligations-on", on=on)
    treaty = "concept/ground/treaty"
    assert sum(row["binds"] == "yes" and row["ground"] == treaty for row in rows) >= least


def test_the_palermo_protocol_binds_135_in_2010(kg: KnowledgeGraph) -> None:
    rows = asked(kg, "parties-on", instrument="palermo-protocol", on="2010-01-01")
    assert sum(row["answer"] == "bound" for row in rows) == 135
    assert {row["answer"] for row in rows} == {"bound", "may be bound", "not bound", NO_RECORD}


def test_the_directive_binds_all_members_but_denmark(kg: KnowledgeGraph) -> None:
    members = {row["name"] for row in asked(kg, "members-on", organization="EU", on="2020-06-01")}
    rows = asked(kg, "obligations-on", instrument="directive-2011-36-eu", on="2020-06-01")
    bound = {row["name"] for row in rows if row["binds"] == "yes"}
    assert bound == members - {"Denmark"} | {"United Kingdom"}
    assert binding(kg, "Denmark", "2020-06-01")["directive-2011-36-eu"] == "does not bind"


@pytest.mark.parametrize(
    ("country", "on", "binds"),
    [
        ("United Kingdom", "2011-06-30", "opted out"),
        ("United Kingdom", "2012-01-01", "yes"),
        ("United Kingdom", "2020-12-31", "yes"),
        ("Croatia", "2013-07-01", "yes"),
        ("Sweden", "2011-04-15", "yes"),
    ],
)
def test_the_directive_binds_from_its_day_or_the_accession_on(
    country: str, on: str, binds: str, kg: KnowledgeGraph
) -> None:
    assert binding(kg, country, on)["directive-2011-36-eu"] == binds


def test_the_directive_binds_nobody_before_and_no_stranger(kg: KnowledgeGraph) -> None:
    directive = "directive-2011-36-eu"
    assert binding(kg, "Sweden", "2011-04-14")[directive] == NO_RECORD
    assert directive not in binding(kg, "Croatia", "2013-06-30")
    assert directive not in binding(kg, "Norway", "2020-01-01")


@pytest.mark.parametrize(
    ("country", "on", "instrument"),
    [
        ("United Kingdom", "2021-01-01", "directive-2011-36-eu"),
        ("Mali", "2012-01-01", "ecowas-c-reg-28-12-07"),
        ("Russia", "2019-01-01", "cis-program-2014-2018"),
    ],
)
def test_what_bound_and_has_ended_binds_no_longer(
    country: str, on: str, instrument: str, kg: KnowledgeGraph
) -> None:
    assert binding(kg, country, on)[instrument] == "no longer bound"


@pytest.mark.parametrize(
    ("country", "instrument", "on", "binds"),
    [
        ("Nigeria", "ilo-c029", "1960-10-16", "may be"),
        ("Nigeria", "ilo-c029", "1960-10-17", "yes"),
        ("Bahamas", "ilo-c105", "1976-06-01", "yes"),
        ("Montenegro", "ilo-c182", "2006-06-03", "yes"),
        ("Ghana", "palermo-protocol", "2012-09-01", "consented, not yet in force"),
    ],
)
def test_a_successor_waits_no_further_time(
    country: str, instrument: str, on: str, binds: str, kg: KnowledgeGraph
) -> None:
    assert binding(kg, country, on)[instrument] == binds


@pytest.mark.parametrize(
    ("on", "binds"),
    [
        ("2000-12-13", "signed, not bound"),
        ("2001-06-28", "consented, not yet in force"),
        ("2003-12-24", "consented, not yet in force"),
        ("2003-12-25", "yes"),
    ],
)
def test_a_treaty_binds_from_its_own_day_on(on: str, binds: str, kg: KnowledgeGraph) -> None:
    assert binding(kg, "NGA", on)["palermo-protocol"] == binds


def test_who_has_denounced_is_no_longer_bound(kg: KnowledgeGraph) -> None:
    assert binding(kg, "Singapore", DAY)["ilo-c105"] == "no longer bound"
    assert binding(kg, "Malaysia", "2026-11-23")["ilo-c105"] == "no longer bound"
    assert binding(kg, "Malaysia", "1980-01-01")["ilo-c105"] == "may be"


def test_not_a_party_is_said_of_the_day_of_a_source_alone(kg: KnowledgeGraph) -> None:
    assert binding(kg, "Pakistan", "2022-10-29")["palermo-protocol"] == "not a party"
    assert binding(kg, "Pakistan", "2022-10-28")["palermo-protocol"] == NO_RECORD


def test_a_party_to_the_protocol_is_party_to_its_convention(kg: KnowledgeGraph) -> None:
    for on in ("2010-01-01", DAY, "2026-11-23"):
        rows = asked(kg, "obligations-on", on=on)
        bound = {
            name: {row["actor"] for row in rows if row["instrument"].endswith(name)}
            for name in ("palermo-protocol", "untoc", "ilo-p029", "ilo-c029")
        }
        assert bound["palermo-protocol"] <= bound["untoc"]
        assert bound["ilo-p029"] <= bound["ilo-c029"]


def test_a_treaty_is_in_force_from_its_day_on(kg: KnowledgeGraph) -> None:
    for day, answer in (("2003-12-24", "not yet in force"), ("2003-12-25", "in force")):
        found = {row["instrument"]: row["answer"] for row in asked(kg, "current-on", day=day)}
        assert found["instrument/palermo-protocol"] == answer
        assert found["instrument/cis-agreement-2005"] if day > "2005" else True


def test_mali_leaves_ecowas_and_stays_a_suspended_member_of_the_au(kg: KnowledgeGraph) -> None:
    before, after = (belongs(kg, "Mali", on) for on in ("2025-01-28", "2025-01-29"))
    assert before == {"au": "suspended", "ecowas": "suspended", "ilo": "member", "un": "member"}
    assert after == {name: standing for name, standing in before.items() if name != "ecowas"}
    assert belongs(kg, "Mali", "2020-12-31")["au"] == "member"
    assert belongs(kg, "Mali", "2012-06-30")["au"] == "suspended"


def test_russia_leaves_the_council_of_europe(kg: KnowledgeGraph) -> None:
    before, after = (belongs(kg, "Russia", on) for on in ("2022-03-15", "2022-03-16"))
    assert before.keys() - after.keys() == {"coe"}
    assert belongs(kg, "Russia", "2022-02-25")["coe"] == "suspended"
    assert belongs(kg, "Russia", "2022-02-24")["coe"] == "member"
    assert "coe" not in belongs(kg, "Russia", "1996-02-27")
    assert "coe" in belongs(kg, "Russia", "1996-02-28")


def test_the_united_kingdom_leaves_the_european_union(kg: KnowledgeGraph) -> None:
    before, after = (belongs(kg, "UK", on) for on in ("2020-01-31", "2020-02-01"))
    assert before["eu"] == "member"
    assert before.keys() - after.keys() == {"eu"}


def test_nobody_belongs_to_what_is_not_founded_yet(kg: KnowledgeGraph) -> None:
    assert len(asked(kg, "members-on", organization="UN", on="1950-01-01")) < 65
    assert asked(kg, "members-on", organization="EU", on="1990-01-01") == []
    assert asked(kg, "members-on", organization="AU", on="2002-07-08") == []


def test_palestine_and_the_holy_see_are_reached_by_what_is_recorded(kg: KnowledgeGraph) -> None:
    assert belongs(kg, "Palestine", DAY) == {"las": "member"}
    assert belongs(kg, "Holy See", DAY) == {"osce": "participating-state"}
    rows = asked(kg, "memberships-of-country", country="Holy See", on=DAY)
    others = {row["organization"]: row["standing"] for row in rows if row["belongs"] == "no"}
    assert others["org/un"] == "concept/standing/observer"


def test_a_signatory_without_a_consent_is_never_no_party(kg: KnowledgeGraph) -> None:
    assert binding(kg, "Uganda", DAY)["palermo-protocol"] == "signed, no consent recorded"
    gaps = asked(kg, "no-party-record", organization="AU", instrument="palermo-protocol", on=DAY)
    answers = {row["name"]: row["answer"] for row in gaps}
    assert answers["Uganda"] == answers["Congo"] == "signed, no consent recorded"
    assert answers["Western Sahara"] == NO_RECORD


def test_who_is_not_bound_is_who_belongs_less_who_is_bound(kg: KnowledgeGraph) -> None:
    for organization, treaty in (("AU", "palermo-protocol"), ("EU", "ilo-c189")):
        given = {"organization": organization, "on": DAY}
        members = {row["member"] for row in asked(kg, "members-on", **given)}
        rest = {r["member"] for r in asked(kg, "who-is-not-bound", instrument=treaty, **given)}
        rows = asked(kg, "parties-on", instrument=treaty, on=DAY)
        assert rest == members - {row["actor"] for row in rows if row["answer"] == "bound"}


@pytest.mark.parametrize("treaty", ["palermo-protocol", "ilo-c105", "directive-2011-36-eu"])
def test_the_history_counts_as_the_days_do(treaty: str, kg: KnowledgeGraph) -> None:
    for row in asked(kg, "bound-history", instrument=treaty)[::7]:
        rows = asked(kg, "obligations-on", instrument=treaty, on=f"{row['year']}-12-31")
        found = Counter(one["binds"] for one in rows)
        assert (found["yes"], found["may be"]) == (int(row["bound"]), int(row["may_be_bound"]))


def test_why_tells_records_and_rule(kg: KnowledgeGraph) -> None:
    rows = asked(kg, "why", country="Ghana", instrument="palermo-protocol")
    assert [row["since"] for row in rows] == ["2012-08-21", "2012-09-20"]
    assert all("Articles 16, 17 and 19" in row["clause"] for row in rows)


@pytest.mark.parametrize(("organization", "number"), PUBLISHED.items())
def test_as_many_belong_as_are_published(
    organization: str, number: int, kg: KnowledgeGraph
) -> None:
    rows = asked(kg, "members-on", organization=organization)
    assert len(rows) == number
    assert len({row["member"] for row in rows}) == number


def test_every_organization_with_members_is_counted(facts: Facts) -> None:
    assert {membership.organization for membership in facts.memberships} == PUBLISHED.keys()


def test_the_matrix_agrees_with_the_lists(kg: KnowledgeGraph) -> None:
    rows = asked(kg, "membership-overlap")
    pairs = {(row["organization"], row["other"]): row["shared"] for row in rows}
    assert all(pairs[other, one] == shared for (one, other), shared in pairs.items())
    assert all(row["members"] == str(PUBLISHED[row["organization"][4:]]) for row in rows)
    for first, second in (("eu", "osce"), ("au", "las"), ("cis", "coe")):
        shared = asked(kg, "shared-members", first=first, second=second)
        assert pairs[f"org/{first}", f"org/{second}"] == str(len(shared))


def test_the_parties_of_a_treaty_are_those_with_a_standing(
    kg: KnowledgeGraph, facts: Facts
) -> None:
    actors: dict[str, set[str]] = {}
    towards: tuple[TreatyAct | StatedParty, ...] = (*facts.treaty_acts, *facts.treaty_standings)
    for record in towards:
        if record.certainty != "doubtful":
            actors.setdefault(record.instrument, set()).add(record.actor)
    for instrument in actors:
        rows = asked(kg, "parties", instrument=instrument)
        assert len({row["actor"] for row in rows}) == len(rows)
        assert all(row["source"] and row["as_of"] for row in rows)


@pytest.mark.parametrize("on", ["1990-01-01", "2012-06-30", DAY, "2026-11-23"])
def test_countries_are_counted_as_their_own_answers_are(kg: KnowledgeGraph, on: str) -> None:
    rows = {row["country"]: row for row in asked(kg, "countries-by-coverage", on=on)}
    numbers = ("organizations", "possible_organizations", "instruments", "possible_instruments")
    obligations = asked(kg, "obligations-on", on=on)
    for code in ("NGA", "MLI", "DNK", "NLD", "SSD", "VAT", "PSE", "HRV"):
        row = rows.get(f"country/{code}")
        memberships = asked(kg, "memberships-of-country", country=code, on=on)
        belongs_to = Counter(one["belongs"] for one in memberships)
        bound = Counter(o["binds"] for o in obligations if o["actor"] == f"country/{code}")
        here = (belongs_to["yes"], belongs_to["may be"], bound["yes"], bound["may be"])
        counted = tuple(int(row[n]) for n in numbers) if row else (0, 0, 0, 0)
        assert counted == here, code


def test_who_is_bound_comes_first(kg: KnowledgeGraph) -> None:
    binds = [row["binds"] for row in asked(kg, COVERAGE, country="Somalia")]
    assert binds == sorted(binds, key=list(dict.fromkeys(binds)).index)
    assert binds[0] == "yes"


def test_who_is_written_to_was_stated(kg: KnowledgeGraph, rows: Rows) -> None:
    stated = {focal for (focal,) in rows("SELECT ?f { ?o tip:listedFocalPoint ?f }")}
    for country in ("KHM", "FRA", "MEX", "NGA"):
        answer = asked(kg, "write-to", country=country, on=DAY)
        assert answer
        for row in answer:
            says = row["statement"].rpartition("/")[2]
            assert bool(row["focal_point"]) == says.startswith("stated"), row
            assert not row["focal_point"] or row["focal_point"] in stated


def test_every_record_of_a_country_shows_its_sources(kg: KnowledgeGraph, facts: Facts) -> None:
    for code in ("NGA", "SOM", "VEN"):
        rows = asked(kg, "record-sources", country=code)
        shown = {(row["about"], row["source"]) for row in rows}
        within: tuple[ListedMember | MembershipAct, ...] = (
            *facts.memberships,
            *facts.membership_acts,
        )
        towards: tuple[TreatyAct | StatedParty, ...] = (
            *facts.treaty_acts,
            *facts.treaty_standings,
        )
        wanted = {
            (f"org/{record.organization}", text)
            for record in within
            if record.member == code
            for text in record.source
        }
        wanted |= {
            (f"instrument/{record.instrument}", text)
            for record in towards
            if record.actor == code
            for text in record.source
        }
        assert shown == wanted
        assert all(bool(row["rule"]) == row["source"].startswith("DERIVED") for row in rows)


def test_every_question_about_a_day_has_the_same_day_without_one(kg: KnowledgeGraph) -> None:
    dated = [p.stem for p in (ROOT / "queries").glob("*.rq") if DATED in p.read_text("utf-8")]
    days = {kg.queries[name].parameter("on").default for name in dated}  # type: ignore[union-attr]
    assert len(dated) >= 8
    assert days == {"2026-11-23"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *[("nga", "NGA"), ("NG", "NGA"), ("566", "NGA"), ("nigeria", "NGA")],
        *[("Ivory Coast", "CIV"), ("cote d'ivoire", "CIV"), ("CÔTE D’IVOIRE", "CIV")],
        *[("Burma", "MMR"), ("Türkiye", "TUR"), ("turkiye", "TUR"), ("Turkey", "TUR")],
        *[("DRC", "COD"), ("Palestine", "PSE"), ("Holy See", "VAT"), ("Vatican City", "VAT")],
        *[("AU", "AUS"), ("country/NGA", "NGA"), ("country:NGA", "NGA"), ("UK", "GBR")],
    ],
)
def test_a_country_is_found_as_people_write_it(text: str, code: str, kg: KnowledgeGraph) -> None:
    assert path_of(kg.questions.names.find(text, "country").value) == f"country/{code}"


def test_a_code_hides_no_organization_and_is_no_guess(kg: KnowledgeGraph) -> None:
    assert path_of(kg.questions.names.find("AU", "organization").value) == "org/au"
    with pytest.raises(UsageError, match=r"country/AUS \(Australia\); org/au \(African Union\)"):
        kg.questions.names.find("AU")
    with pytest.raises(UsageError, match="no country is called 'ECOWAS'"):
        kg.questions.names.find("ECOWAS", "country")
    with pytest.raises(UsageError, match="no country is called 'Nigera'; did you mean 'Nigeria'"):
        kg.questions.names.find("Nigera", "country")


def test_the_card_of_a_country_says_what_is_recorded(kg: KnowledgeGraph) -> None:
    card = str(kg.show("Mali"))
    for said in (
        "numeric code 466",
        "alpha-3 code MLI",
        "Western Africa",
        "African Union (org/au): suspended; since 2021-06-01;",
        "(org/ecowas): withdrawn; since 2025-01-29;",
        "instrument/palermo-protocol): party; since 2003-12-25;",
        "(org/bali-process): partial: 21 of 45, as of 2018",
        "Where there is no row, nothing is recorded; that is not a “no”.",
    ):
        assert said in " ".join(card.split()), said
    assert "takes no part; since 2011-04-15" in " ".join(str(kg.show("Denmark")).split())


def test_the_cards_of_lists_give_number_names_and_completeness(kg: KnowledgeGraph) -> None:
    organization = " ".join(str(kg.show("ECOWAS")).split())
    assert "withdrawn 4: Burkina Faso; Mali; Mauritania; Niger" in organization
    assert "complete: 12 of 12, as of 2025-12." in organization
    treaty = " ".join(str(kg.show("palermo-protocol")).split())
    assert "signatory 2: Congo; Uganda" in treaty
    assert "partial: 181 of 185, as of 2025-07" in treaty
    assert "Members and others" not in str(kg.show("UNODC"))
