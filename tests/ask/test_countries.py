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
from tipgraph.source.check_facts import is_dated
from tipgraph.source.facts import Facts, read_facts

CASES = Path(__file__).parent / "countries"
COVERAGE = "country-coverage"
DATED = "\n#+   on: {type: date,"
DAY = "2024-06-30"
NO_RECORD = "binding in kind but no party record"
NOT_IN_FORCE = "party, entry into force not recorded"

GOLDEN = {
    "nigeria": ("NGA", DAY),
    "cambodia": ("KHM", DAY),
    "norway": ("NOR", DAY),
    "denmark": ("DNK", DAY),
    "mali-before": ("MLI", "2025-01-29"),
    "mali-after": ("MLI", "2025-01-30"),
    "russia-before": ("RUS", "2022-03-16"),
    "russia-after": ("RUS", "2022-03-17"),
    "united-kingdom-before": ("GBR", "2020-01-31"),
    "united-kingdom-after": ("GBR", "2020-02-01"),
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
    "cbss": 12,
    "cis": 10,
}
"""Who belongs to each organization; CBSS with the suspended Russia, CIS with its associate."""

Answer = list[dict[str, str]]


@pytest.fixture(scope="module")
def facts(folder: Folder) -> Facts:
    return read_facts(folder.facts)


def asked(kg: KnowledgeGraph, name: str, **given: str) -> Answer:
    answer = kg.query(name, None, 1, **given).to_csv()
    rows = csv.DictReader(io.StringIO(answer))
    return [{key: path_of(value) for key, value in row.items()} for row in rows]


def binding(kg: KnowledgeGraph, country: str, on: str) -> dict[str, str]:
    """What the answer says of each instrument."""
    rows = asked(kg, COVERAGE, country=country, on=on)
    assert len({row["instrument"] for row in rows if row["via"] == "party record"}) == sum(
        row["via"] == "party record" for row in rows
    )
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
    ("NGA", DAY): {"ilo-c029", "ilo-c105", "ilo-c182", "palermo-protocol"},
    ("KHM", DAY): {"actip", "ilo-c029", "ilo-c105", "ilo-c182", "palermo-protocol"},
    ("NOR", DAY): {
        *("coe-convention", "ilo-c029", "ilo-c105", "ilo-c182", "ilo-c189", "ilo-p029"),
        "palermo-protocol",
    },
    ("DNK", DAY): {
        *("coe-convention", "ilo-c029", "ilo-c105", "ilo-c182", "palermo-protocol"),
    },
    ("PSE", DAY): {"palermo-protocol"},
    ("VAT", DAY): set(),
}


@pytest.mark.parametrize(("case", "treaties"), TREATIES.items())
def test_a_country_is_bound_by_just_these(
    case: tuple[str, str], treaties: set[str], kg: KnowledgeGraph
) -> None:
    found = binding(kg, *case)
    assert {name for name, binds in found.items() if binds == "yes"} == treaties


def test_yes_is_said_of_records_alone(kg: KnowledgeGraph, facts: Facts) -> None:
    """Held against the table of facts: every party record, no other treaty, nowhere."""
    for country in facts.countries:
        found = binding(kg, country.alpha_3, "2026-11-23")
        parties = {
            action.instrument
            for action in facts.parties
            if action.actor == country.alpha_3
            and action.status == "party"
            and (action.date or is_dated(action.as_of))
        }
        members = {
            m.member for m in facts.memberships if m.organization == "eu" and not m.until
        } - {out.actor for out in facts.excepts}
        directives = {"directive-2011-36-eu"} if country.alpha_3 in members else set()
        yes = {name for name, binds in found.items() if binds == "yes"}
        assert yes == parties | directives, country.alpha_3


def test_what_is_opted_out_of_does_not_bind(kg: KnowledgeGraph) -> None:
    for on in ("2012-01-01", DAY, "2026-11-23"):
        assert binding(kg, "Denmark", on)["directive-2011-36-eu"] == "opted out"
    assert binding(kg, "Sweden", "2026-11-23")["directive-2011-36-eu"] == "yes"


def test_a_member_without_an_entry_is_bound_from_its_source_on(kg: KnowledgeGraph) -> None:
    """No entry into the European Union is recorded: Croatia was no member yet in 2012."""
    for country in ("Croatia", "Sweden"):
        assert binding(kg, country, "2012-06-30")["directive-2011-36-eu"] == "unknown"
        assert binding(kg, country, "2025-12-31")["directive-2011-36-eu"] == "yes"


def test_nothing_reaches_a_country_before_it_is_adopted(kg: KnowledgeGraph) -> None:
    assert "directive-2011-36-eu" not in binding(kg, "Sweden", "2011-04-04")
    assert "directive-2011-36-eu" in binding(kg, "Sweden", "2011-04-05")
    assert "palermo-protocol" not in binding(kg, "NGA", "2000-11-14")


def test_a_party_record_counts_from_its_date_on(kg: KnowledgeGraph) -> None:
    assert binding(kg, "NGA", "2001-06-27")["palermo-protocol"] == NO_RECORD
    assert binding(kg, "NGA", "2001-06-28")["palermo-protocol"] == NOT_IN_FORCE
    assert binding(kg, "NGA", "2014-10-18")["palermo-protocol"] == NOT_IN_FORCE
    assert binding(kg, "NGA", "2014-10-19")["palermo-protocol"] == "yes"


@pytest.mark.parametrize(
    ("country", "treaty", "last_day_before"),
    [
        ("Norway", "ilo-p029", "2016-11-08"),
        ("KOR", "ilo-c029", "2022-04-19"),
        ("Israel", "coe-convention", "2021-08-31"),
        ("Nigeria", "palermo-protocol", "2003-12-24"),
        ("Cambodia", "actip", "2017-03-07"),
    ],
)
def test_a_party_is_not_bound_before_its_treaty_is_in_force(
    country: str, treaty: str, last_day_before: str, kg: KnowledgeGraph
) -> None:
    assert binding(kg, country, last_day_before)[treaty] == NOT_IN_FORCE
    assert binding(kg, country, "2026-11-23")[treaty] == "yes"


@pytest.mark.parametrize("on", ["2003-06-30", "2009-06-30", "2016-12-31", "2022-06-30"])
def test_yes_waits_a_year_after_the_act_and_for_the_treaty(
    on: str, kg: KnowledgeGraph, facts: Facts
) -> None:
    shown = {row.instrument: row.by for row in facts.in_force}
    acts = {(row.actor, row.instrument): row.date or row.as_of for row in facts.parties}
    year_before = f"{int(on[:4]) - 1}{on[4:]}"
    for code in {row.actor for row in facts.parties[::9] if len(row.actor) == 3} - {"EUE"}:
        for treaty, binds in binding(kg, code, on).items():
            if binds == "yes" and treaty != "directive-2011-36-eu":
                assert shown[treaty] <= on, (code, treaty)
                assert acts[code, treaty] < year_before, (code, treaty)


def test_a_denunciation_without_a_date_says_nothing_of_the_years_before(
    kg: KnowledgeGraph,
) -> None:
    assert binding(kg, "Malaysia", "1980-01-01")["ilo-c105"] == "unknown"
    assert binding(kg, "Malaysia", DAY)["ilo-c105"] == NO_RECORD


def test_a_treaty_is_in_force_from_the_day_it_is_shown_to_be(kg: KnowledgeGraph) -> None:
    for day, answer in (
        ("2014-10-18", "entry into force not recorded"),
        ("2014-10-19", "in force"),
    ):
        found = {row["instrument"]: row["answer"] for row in asked(kg, "current-on", day=day)}
        assert found["instrument/palermo-protocol"] == answer
        assert found["instrument/untoc"] == "entry into force not recorded"


def test_a_party_without_a_date_counts_from_its_source_on(kg: KnowledgeGraph) -> None:
    """Honduras has no date for C029, and its source is of 2016."""
    assert binding(kg, "Honduras", "1949-12-02")["ilo-c029"] == "unknown"
    assert binding(kg, "Honduras", "2015-12-31")["ilo-c029"] == "unknown"
    assert binding(kg, "Honduras", "2016-12-30")["ilo-c029"] == "unknown"
    assert binding(kg, "Honduras", "2016-12-31")["ilo-c029"] == NOT_IN_FORCE
    assert binding(kg, "Honduras", "2018-01-01")["ilo-c029"] == "yes"
    assert binding(kg, "Netherlands", DAY)["coe-convention"] == "unknown"
    assert binding(kg, "Norway", DAY)["coe-convention"] == "yes"


def test_mali_leaves_ecowas_and_stays_a_suspended_member_of_the_au(kg: KnowledgeGraph) -> None:
    before, after = (belongs(kg, "Mali", on) for on in ("2025-01-29", "2025-01-30"))
    assert before == {"au": "suspended", "ecowas": "member", "ilo": "member", "un": "member"}
    assert after == {name: standing for name, standing in before.items() if name != "ecowas"}
    assert belongs(kg, "Mali", "2020-12-31")["au"] == "member"


def test_russia_leaves_the_council_of_europe(kg: KnowledgeGraph) -> None:
    before, after = (belongs(kg, "Russia", on) for on in ("2022-03-16", "2022-03-17"))
    assert before["coe"] == "member"
    assert before.keys() - after.keys() == {"coe"}
    assert "coe" not in belongs(kg, "Russia", "1996-02-27")
    assert "coe" in belongs(kg, "Russia", "1996-02-28")


def test_the_united_kingdom_leaves_the_european_union(kg: KnowledgeGraph) -> None:
    before, after = (belongs(kg, "UK", on) for on in ("2020-01-31", "2020-02-01"))
    assert before["eu"] == "member"
    assert before.keys() - after.keys() == {"eu"}
    assert binding(kg, "UK", "2020-01-31")["directive-2011-36-eu"] == "yes"
    assert "directive-2011-36-eu" not in binding(kg, "UK", "2020-02-01")


def test_palestine_and_the_holy_see_are_reached_by_what_is_recorded(kg: KnowledgeGraph) -> None:
    assert belongs(kg, "Palestine", DAY) == {"las": "member"}
    assert belongs(kg, "Holy See", DAY) == {"osce": "participating-state"}
    rows = asked(kg, "memberships-of-country", country="Holy See", on=DAY)
    others = {row["organization"]: row["standing"] for row in rows if row["belongs"] == "no"}
    assert others["org/un"] == "concept/standing/observer"


def test_a_signatory_without_a_party_record_is_never_no_party(kg: KnowledgeGraph) -> None:
    (row,) = (
        row
        for row in asked(kg, COVERAGE, country="Uganda", on=DAY)
        if row["instrument"] == "instrument/palermo-protocol"
    )
    assert (row["via"], row["binds"]) == ("party record", NO_RECORD)
    assert row["standing"] == "concept/party-status/signatory"
    assert row["completeness"] == "partial: 183 of 185, as of 2025-07"
    gaps = asked(kg, "no-party-record", organization="AU", instrument="palermo-protocol", on=DAY)
    assert {row["name"]: row["answer"] for row in gaps} == {
        "Congo": "signatory, no party record",
        "Somalia": "party record, start not recorded",
        "South Sudan": "party record, start not recorded",
        "Uganda": "signatory, no party record",
        "Western Sahara": "no record",
    }


def test_no_answer_says_not_a_party(kg: KnowledgeGraph) -> None:
    for country in ("UGA", "MYS", "ESH"):
        for row in asked(kg, COVERAGE, country=country):
            assert not any("not a party" in value for value in row.values())


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


def test_the_parties_of_a_treaty_are_those_of_the_table(kg: KnowledgeGraph, facts: Facts) -> None:
    counts = Counter(action.instrument for action in facts.parties)
    assert len(counts) == 8
    for instrument, number in counts.items():
        rows = asked(kg, "parties", instrument=instrument)
        assert len(rows) == number
        assert all(row["source"] and row["as_of"] for row in rows)


@pytest.mark.parametrize("on", ["1990-01-01", "2012-06-30", DAY, "2026-11-23"])
def test_countries_are_counted_as_their_own_answers_are(kg: KnowledgeGraph, on: str) -> None:
    rows = {row["country"]: row for row in asked(kg, "countries-by-coverage", on=on)}
    numbers = ("organizations", "undated_organizations", "treaties", "undated_treaties")
    for code in ("NGA", "MLI", "DNK", "NLD", "SSD", "VAT", "PSE", "HRV"):
        row = rows.get(f"country/{code}")
        memberships = asked(kg, "memberships-of-country", country=code, on=on)
        certainties = [one["certainty"] for one in memberships if one["belongs"] == "yes"]
        found = Counter(
            answer["binds"]
            for answer in asked(kg, COVERAGE, country=code, on=on)
            if answer["via"] == "party record"
        )
        here = (
            *(len(certainties), certainties.count("start not recorded")),
            *(found["yes"], found["unknown"] + found[NOT_IN_FORCE]),
        )
        counted = tuple(int(row[n]) for n in numbers) if row else (0, 0, 0, 0)
        assert counted == here, code


def test_an_opt_out_says_where_it_stands(kg: KnowledgeGraph) -> None:
    directive = "directive-2011-36-eu"
    (row,) = (
        row
        for row in asked(kg, COVERAGE, country="Denmark", on=DAY)
        if row["instrument"] == f"instrument/{directive}"
    )
    (record,) = asked(kg, "record-sources", country="Denmark", about=directive)
    assert row["source"] == record["source"]
    assert "Copenhagen Post" in record["source"]
    assert record["status"] == "concept/certainty/likely"


def test_who_is_bound_comes_first_and_derived_records_are_marked(kg: KnowledgeGraph) -> None:
    rows = asked(kg, COVERAGE, country="Somalia")
    binds = [row["binds"] for row in rows]
    assert binds == sorted(binds, key=list(dict.fromkeys(binds)).index)
    assert binds[0] == "yes"
    derived = {row["instrument"]: row["derived"] for row in rows if row["via"] == "party record"}
    assert derived["instrument/palermo-protocol"] == "yes"


@pytest.mark.parametrize(
    ("instrument", "answer"),
    [
        ("directive-2011-36-eu", "not a treaty"),
        ("sherloc", "not a treaty"),
        ("untoc", "no list of parties is recorded"),
    ],
)
def test_what_has_no_list_of_parties_says_so(
    kg: KnowledgeGraph, instrument: str, answer: str
) -> None:
    rows = asked(kg, "no-party-record", organization="EU", instrument=instrument)
    assert {row["answer"] for row in rows} == {answer}
    assert len(rows) == PUBLISHED["eu"]


def test_a_past_day_takes_no_undated_record_for_a_party(kg: KnowledgeGraph) -> None:
    rows = asked(kg, "no-party-record", organization="EU", instrument="P029", on="1990-01-01")
    answers = {row["name"]: row["answer"] for row in rows}
    assert answers["Denmark"] == "party record, start not recorded"
    assert answers["Netherlands"] == "party record of a later day"


def test_a_standing_that_comes_later_has_its_start(facts: Facts, kg: KnowledgeGraph) -> None:
    """Without one, a state would count as suspended or leaving for ever back."""
    passing = {"suspended", "suspended-observer", "withdrawing"}
    assert all(row.standing_since for row in facts.memberships if row.standing in passing)
    assert belongs(kg, "Moldova", "2010-06-30")["cis"] == "member"
    assert belongs(kg, "Moldova", "2026-03-21")["cis"] == "withdrawing"
    assert belongs(kg, "Cuba", "1961-12-31")["oas"] == "member"


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
        members = (m for m in facts.memberships if m.member == code)
        actions = (p for p in facts.parties if p.actor == code)
        wanted = {(f"org/{m.organization}", text) for m in members for text in m.source}
        wanted |= {(f"instrument/{p.instrument}", text) for p in actions for text in p.source}
        assert shown == wanted
        assert all(bool(row["rule"]) == row["source"].startswith("DERIVED") for row in rows)


def test_every_question_about_a_day_has_the_same_day_without_one(kg: KnowledgeGraph) -> None:
    dated = [p.stem for p in (ROOT / "queries").glob("*.rq") if DATED in p.read_text("utf-8")]
    days = {kg.queries[name].parameter("on").default for name in dated}  # type: ignore[union-attr]
    assert len(dated) >= 8
    assert days == {"2026-11-23"}


def test_no_standing_or_status_is_deeper_than_the_questions_look(rows: Rows) -> None:
    """They look two steps up; a transitive path loses rows on some engines."""
    assert not rows(
        "SELECT ?standing { ?standing skos:inScheme <concept/standing> ; "
        "skos:broader/skos:broader/skos:broader ?top }"
    )


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
        "African Union (org/au): suspended since 2021; since not recorded; as of 2026-01-22 [",
        "(org/ecowas): withdrawn; since not recorded; until 2025-01-29;",
        "instrument/palermo-protocol): party; act or deposit 2002-04-12;",
        "(org/bali-process): partial: 21 of 45, as of 2018",
        "Where there is no row, nothing is recorded; that is not a “no”.",
    ):
        assert said in " ".join(card.split()), said
    assert "does not bind it" in str(kg.show("Denmark"))


def test_the_cards_of_lists_give_number_names_and_completeness(kg: KnowledgeGraph) -> None:
    organization = " ".join(str(kg.show("ECOWAS")).split())
    assert "withdrawn 3: Burkina Faso; Mali; Niger" in organization
    assert "complete: 12 of 12, as of 2025-12." in organization
    treaty = " ".join(str(kg.show("palermo-protocol")).split())
    assert "signatory 2: Congo; Uganda" in treaty
    assert "partial: 183 of 185, as of 2025-07" in treaty
    assert "Members and others" not in str(kg.show("UNODC"))
