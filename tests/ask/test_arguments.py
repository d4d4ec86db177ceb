"""What is given for a parameter becomes the right terms, or is refused in one clear line."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import Run, assert_refused, sum_again
from pyoxigraph import Literal, NamedNode

from tipgraph import KnowledgeGraph, UsageError
from tipgraph.ask.bind import Argument
from tipgraph.ask.queries import StoredQuery, parse_query
from tipgraph.rdf.iris import BASE, concept, term, thing

QUERY = """\
#+ title: T
#+ description: D
#+ parameters:
#+   org: {type: organization, required: true, description: An organization.}
#+   some_instrument: {type: instrument, description: An instrument.}
#+   any: {type: thing, description: A thing.}
#+   force: {type: concept, scheme: legal-force, several: true, default: binding, description: F.}
#+   way: {type: text, enum: [up, down, aside], default: up, description: Which way.}
#+   decade: {type: integer, choices: {query: decades, column: decade}, description: A decade.}
#+   number: {type: integer, description: A number.}
#+   share: {type: decimal, description: A share.}
#+   is_so: {type: boolean, description: Whether it is so.}
#+   day: {type: date, description: A day.}
#+   days: {type: date, several: true, description: Days.}
#+   words: {type: text, several: true, description: Words.}
#+   node: {type: iri, description: An IRI.}
#+ columns: {a: text}
#+ example: {org: asean}
SELECT ?a WHERE { ?a ?b $org , $way . FILTER (?a IN ($force))
"""
OPTIONAL = ("some_instrument", "any", "decade", "number", "share", "is_so", "day", "node")
LINES = [f"#if ${name}\n?a ?b ${name} .\n#end\n" for name in OPTIONAL]
LISTS = [f"#if ${name}\nFILTER (?b IN (${name}))\n#end\n" for name in ("days", "words")]
DEFAULTS = {"force": (concept("legal-force", "binding"),), "way": Literal("up")}
ASEAN = thing("org/asean")


@pytest.fixture(scope="module")
def query() -> StoredQuery:
    """A query with a parameter of every kind."""
    return parse_query("".join([QUERY, *LINES, *LISTS, "}"]), Path("q.rq"))


def number(value: str, type: str = "integer") -> Literal:
    return Literal(value, datatype=term(f"xsd:{type}"))


def test_defaults_are_taken_where_nothing_is_given(kg: KnowledgeGraph, query: StoredQuery) -> None:
    assert kg.questions.bound(query, {"org": "ASEAN"}).arguments == {"org": ASEAN, **DEFAULTS}
    nothing = dict.fromkeys(("force", "way", "number", "days"))
    assert kg.questions.bound(query, {"org": "ASEAN", **nothing}).arguments == {
        "org": ASEAN,
        **DEFAULTS,
    }


@pytest.mark.parametrize(
    ("name", "given", "argument"),
    [
        ("some_instrument", "ACTIP", thing("instrument/actip")),
        ("some_instrument", "A/RES/64/293", thing("instrument/un-global-plan-of-action")),
        (
            "some_instrument",
            "un-global-plan-of-action",
            thing("instrument/un-global-plan-of-action"),
        ),
        ("some_instrument", "instrument:actip", thing("instrument/actip")),
        ("some_instrument", f"{BASE}instrument/actip", thing("instrument/actip")),
        ("any", "org/asean", ASEAN),
        ("any", "association of SOUTHEAST asian nations", ASEAN),
        ("any", "Ássociation of Southeast Asian Nations", ASEAN),
        ("any", ASEAN, ASEAN),
        ("force", "non-binding", (concept("legal-force", "non-binding"),)),
        ("force", "Not Applicable", (concept("legal-force", "not-applicable"),)),
        (
            "force",
            ["unknown", concept("legal-force", "mixed")],
            (concept("legal-force", "unknown"), concept("legal-force", "mixed")),
        ),
        ("force", ("force:mixed",), (concept("legal-force", "mixed"),)),
        ("way", "down", Literal("down")),
        ("way", "DOWN", Literal("down")),
        ("way", {"down"}, Literal("down")),
        ("number", " 3 ", Literal("3", datatype=term("xsd:integer"))),
        ("way", Literal("aside"), Literal("aside")),
        ("way", ["down"], Literal("down")),
        ("decade", "2000", number("2000")),
        ("decade", 2000, number("2000")),
        ("number", 7, number("7")),
        ("number", 0, number("0")),
        ("number", -7, number("-7")),
        ("number", "+7", number("+7")),
        ("share", 0.5, number("0.5", "decimal")),
        ("share", 3, number("3", "decimal")),
        ("share", Decimal("1.50"), number("1.50", "decimal")),
        ("is_so", True, number("true", "boolean")),
        ("is_so", False, number("false", "boolean")),
        ("is_so", "true", number("true", "boolean")),
        ("day", datetime.date(2020, 6, 30), number("2020-06-30", "date")),
        ("day", "2020-06-30", number("2020-06-30", "date")),
        ("days", "2020-06-30", (number("2020-06-30", "date"),)),
        (
            "days",
            ["2020-06-30", datetime.date(1999, 1, 1)],
            (number("2020-06-30", "date"), number("1999-01-01", "date")),
        ),
        ("words", ["a", 'b"'], (Literal("a"), Literal('b"'))),
        ("words", 5, (Literal("5"),)),
        ("node", "skos:prefLabel", term("skos:prefLabel")),
        ("node", "org/nobody", thing("org/nobody")),
        ("node", NamedNode("urn:x"), NamedNode("urn:x")),
    ],
)
def test_what_is_given_becomes_a_term(
    kg: KnowledgeGraph, query: StoredQuery, name: str, given: Any, argument: Argument
) -> None:
    assert kg.questions.bound(query, {"org": "ASEAN", name: given}).arguments[name] == argument


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "org: 'q' needs it: An organization. (for example 'asean')"),
        ({"org": None}, "org: 'q' needs it: An organization. (for example 'asean')"),
        ({"org": ""}, "org: no value is given"),
        ({"org": "  "}, "org: no value is given"),
        ({"org": []}, "org: no value is given"),
        ({"org": ()}, "org: no value is given"),
        ({"org": "Atlantis"}, "org: no organization is called 'Atlantis'"),
        ({"org": "ASEEN"}, "org: no organization is called 'ASEEN'; did you mean "),
        ({"org": "ACTIP"}, "org: no organization is called 'ACTIP'"),
        ({"org": thing("instrument/actip")}, "org: 'instrument/actip' is not known as organiz"),
        ({"org": ["ASEAN", "EU"]}, "org: takes one value, and several are given"),
        ({"some_instrument": "ASEAN"}, "some_instrument: no instrument is called 'ASEAN'"),
        ({"any": "no such\nthing"}, "any: no thing is called 'no such thing'"),
        ({"any": "x" * 100_000}, "any: no thing is called 'xxxxx"),
        ({"force": "bindng"}, "force: 'bindng' is none of binding, mixed, non-binding, not-a"),
        ({"force": ["binding", "no"]}, "force: 'no' is none of binding, mixed"),
        ({"force": []}, "force: no value is given"),
        ({"force": concept("topic", "women")}, "force: 'concept/topic/women' is not a concept"),
        ({"way": b"up"}, "way: bytes are given, and a text is wanted"),
        ({"way": "left"}, "way: 'left' is none of up, down, aside"),
        ({"way": ["up", "down"]}, "way: takes one value, and several are given"),
        ({"way": Literal("left")}, "way: 'left' is none of up, down, aside"),
        ({"decade": "2001"}, "decade: '2001' is none of 1"),
        ({"decade": 2001}, "decade: '2001' is none of 1"),
        ({"decade": "twenties"}, "decade: 'twenties' is not a whole number"),
        ({"number": "seven"}, "number: 'seven' is not a whole number"),
        ({"number": 7.5}, "number: '7.5' is not a whole number"),
        ({"number": True}, "number: 'true' is not a whole number"),
        ({"number": Literal("7")}, "number: '7' is not a whole number"),
        ({"share": "half"}, "share: 'half' is not a number"),
        ({"share": float("nan")}, "share: 'nan' is not a number"),
        ({"is_so": "yes"}, "is_so: 'yes' is not true or false"),
        ({"is_so": 1}, "is_so: '1' is not true or false"),
        (
            {"day": "30.6.2020"},
            "day: '30.6.2020' is not a date of 1900 to 2099; write it as 2020-06-30",
        ),
        ({"day": datetime.datetime(2020, 6, 30)}, "day: '2020-06-30 00:00:00' is not a date"),
        ({"days": ["2020-06-30", "2020-06-31"]}, "days: '2020-06-31' is not a date"),
        ({"words": ["a", ""]}, "words: no value is given"),
        ({"node": "not an iri"}, "node: 'not an iri' is not an IRI"),
        ({"node": Literal("x")}, "node: 'x' is not an IRI"),
        ({"nodes": "x"}, "nodes: 'q' has no such parameter; it has org, some_instrument, any, "),
        ({"title": None, "nodes": "x"}, "nodes: 'q' has no such parameter"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line(
    kg: KnowledgeGraph, query: StoredQuery, given: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError) as error:
        kg.questions.bound(query, {"org": "ASEAN", **given} if given else {})
    told = str(error.value)
    assert told.startswith(message)
    assert "\n" not in told
    assert len(told) < 400
    assert error.value.exit_code == 2


LISTED = ("query", "instruments-of-organization")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["instruments-of-organisation"],
            "no query is called 'instruments-of-organisation'; did y",
        ),
        (["a\nb"], "no query is called 'a b'; 'tipgraph query' lists them"),
        (["../checks/same-name"], "no query is called '../checks/same-name'"),
        (["x" * 5000], "no query is called 'xxxxx"),
        ([""], "no query is called ''"),
        (
            [*LISTED[1:]],
            "--organization: 'instruments-of-organization' needs it: The organization whose",
        ),
        ([*LISTED[1:], "--organization", ""], "--organization: no value is given"),
        ([*LISTED[1:], "--organization", "ASEEN"], "--organization: no organization is called"),
        (
            [*LISTED[1:], "--organization=EU", "--organization=OAS"],
            "--organization: takes one value",
        ),
        ([*LISTED[1:], "--organization", "EU", "--kind", "poem"], "--kind: 'poem' is none of act"),
        ([*LISTED[1:], "--organization", "EU", "--kind", "\udcff"], "--kind: '' is none of act"),
        ([*LISTED[1:], "--organisation", "EU"], "No such option '--organisation'"),
        ([*LISTED[1:], "EU"], "Got unexpected extra argument"),
        (["organizations-for-target", "--target", "\udcff"], "--target: '' is not UTF-8 text"),
        (
            ["organizations-for-target", "--target", "8.8"],
            "--target: '8.8' is none of 16.2, 5.2, 8.",
        ),
        (["instruments-of-decade", "--decade", "2005"], "--decade: '2005' is none of "),
        (
            ["current-on", "--day", "yesterday"],
            "--day: 'yesterday' is not a date of 1900 to 2099; write it as 2020",
        ),
    ],
)
def test_a_wrong_argument_of_the_command_is_refused(
    arguments: list[str], message: str, run: Run
) -> None:
    ran = run("query", *arguments)
    assert_refused(ran, 2)
    assert ran.err.startswith(f"tipgraph: {message}")
    assert ran.err.count("\n") == 1


def test_an_option_given_twice_gives_several(run: Run) -> None:
    kinds = ["--kind", "protocol", "--kind", "Directive"]
    together = run("query", "instruments-of-kind", *kinds, "--format", "csv")
    assert (together.code, together.err) == (0, "")
    assert "instrument/palermo-protocol," in together.out
    assert "instrument/directive-2011-36-eu," in together.out


def test_a_name_of_several_things_is_refused_with_all_of_them(run: Run, copy: Path) -> None:
    with (copy / "data" / "graph" / "catalog.ttl").open("a") as catalog:
        catalog.write(f'{thing("org/fatf")} {term("skos:altLabel")} "ASEAN"@en .\n')
    sum_again(copy)
    ran = run("-C", copy, *LISTED, "--organization", "asean")
    assert_refused(ran, 2)
    told = "--organization: 'asean' can mean several things"
    asean, fatf = "Association of Southeast Asian Nations", "Financial Action Task Force"
    assert ran.err == f"tipgraph: {told}: org/asean ({asean}); org/fatf ({fatf})\n"


HEADER = """\
#+ title: T
#+ description: D.
#+ parameters:
#+   one: {PARAMETER, required: true, description: D.}
#+ columns: {s: iri}
#+ example: {one: x}
SELECT ?s WHERE { ?s tip:TERM $one . } ORDER BY ?s
"""


@pytest.mark.parametrize(
    ("parameter", "used", "message"),
    [
        ("type: text", "nosuch", "7: asks for tip:nosuch, which the graph has not"),
        ("type: concept, scheme: nosuch", "about", "4: no concept is in the scheme 'nosuch'"),
        (
            "type: text, choices: {query: nosuch, column: s}",
            "about",
            "4: no query is called 'nosuch'",
        ),
        (
            "type: text, choices: {query: decades, column: s}",
            "about",
            "4: its choices are of no column of 'decades': s",
        ),
    ],
)
def test_a_query_that_asks_for_what_is_not_there_is_broken(
    copy: Path, run: Run, parameter: str, used: str, message: str
) -> None:
    path = copy / "queries" / "broken.rq"
    path.write_text(HEADER.replace("PARAMETER", parameter).replace("TERM", used))
    ran = run("-C", copy, "query", "broken", "--one", "x")
    assert_refused(ran, 3)
    assert ran.err.startswith(f"tipgraph: {path}:{message}")


@pytest.mark.parametrize(
    ("countries", "number"),
    [(["GHA"], 1), (["GHA", "Ghana"], 1), (["GHA", "NGA", "FRA", "MLI", "JPN"], 5)],
)
def test_too_few_and_too_many_different_values_are_refused(
    kg: KnowledgeGraph, countries: list[str], number: int
) -> None:
    with pytest.raises(UsageError, match=f"takes 2 to 4 different values, not {number}"):
        kg.query("compare-countries", country=countries)


def test_today_is_a_day(kg: KnowledgeGraph) -> None:
    bound = kg.questions.bound(kg.queries["current-on"], {"day": "Today"})
    assert str(bound.arguments["day"]) == str(
        Literal(datetime.date.today().isoformat(), datatype=term("xsd:date"))
    )


def test_a_name_outside_the_codes_is_refused_with_the_reason(run: Run) -> None:
    ran = run("query", "country-coverage", "--country", "Kosovo")
    assert_refused(ran, 2)
    assert "Only what has a code of its own in ISO 3166-1 is in the graph" in ran.err
