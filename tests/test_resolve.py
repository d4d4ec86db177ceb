from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store, Triple

from tipgraph import KnowledgeGraph, UsageError
from tipgraph.engine import store_of
from tipgraph.iris import BASE, concept, fold, term, thing
from tipgraph.queries import Parameter
from tipgraph.resolve import Names, concepts_of, resolve

ASEAN = thing("org/asean")


def parameter(type: str, scheme: str = "") -> Parameter:
    return Parameter("given", type, "What is given.", scheme=scheme)


@pytest.fixture(scope="module")
def small() -> Store:
    """Two organizations and an instrument that share some of their names."""
    named = {
        "org/cote": ("tip:Organization", "Côte d’Ivoire Council", "CC"),
        "org/other": ("tip:Organization", "Other Council", "CC"),
        "instrument/other": ("tip:FrameworkInstrument", "Other Instrument", "CC"),
    }
    return store_of(
        triple
        for path, (kind, label, short) in named.items()
        for triple in (
            Triple(thing(path), term("rdf:type"), term(kind)),
            Triple(thing(path), term("skos:prefLabel"), Literal(label, language="en")),
            Triple(thing(path), term("skos:altLabel"), Literal(short, language="en")),
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        "ASEAN",
        "asean",
        "AsEaN",
        "  ASEAN ",
        "association of southeast asian nations",
        "Association of  Southeast\nAsian Nations",
        "ÁSEAN",
        "org/asean",
        "tiporg:asean",
        f"{BASE}org/asean",
    ],
)
@pytest.mark.parametrize("kind", ["organization", "thing"])
def test_an_organization_is_found_as_people_write_it(
    kg: KnowledgeGraph, text: str, kind: str
) -> None:
    assert kg.names.find(text, kind) == ASEAN
    assert resolve(parameter(kind), text, kg.store, kg.names) == ASEAN


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("palermo-protocol", "instrument/palermo-protocol"),
        ("instrument:palermo-protocol", "instrument/palermo-protocol"),
        ("A/RES/64/293", "instrument/un-global-plan-of-action"),
        ("a/res/64/293", "instrument/un-global-plan-of-action"),
        ("ARES/64/293", "instrument/un-global-plan-of-action"),
        ("C029", "instrument/ilo-c029"),
        ("C29", "instrument/ilo-c029"),
        ("2011/36/EU", "instrument/directive-2011-36-eu"),
        ("ACTIP", "instrument/actip"),
    ],
)
def test_an_instrument_is_found_by_slug_symbol_or_acronym(
    kg: KnowledgeGraph, text: str, path: str
) -> None:
    assert kg.names.find(text, "instrument") == thing(path)


@pytest.mark.parametrize(
    "text", ["Côte d’Ivoire Council", "cote d'ivoire council", "COTE D’IVOIRE COUNCIL", "cote"]
)
def test_accents_case_and_apostrophes_do_not_matter(small: Store, text: str) -> None:
    assert Names(small).find(text) == thing("org/cote")


def test_the_acronym_of_another_thing_is_not_confused(kg: KnowledgeGraph) -> None:
    assert kg.names.find("COMMIT") == thing("org/commit")
    assert kg.names.find("AU.COMMIT") == thing("instrument/au-commit")


def test_a_thing_of_the_graph_need_not_be_ours(kg: KnowledgeGraph) -> None:
    target = NamedNode("http://metadata.un.org/sdg/8.7")
    assert kg.names.find("8.7") == kg.names.find("sdg:8.7") == kg.names.find(target.value) == target


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("organization", "ASEEN", "no organization is called 'ASEEN'; did you mean "),
        ("organization", "Organisation of American States", "'Organization of American States'"),
        ("organization", "palermo-protocol", "no organization is called 'palermo-protocol'"),
        ("organization", "instrument/palermo-protocol", "no organization is called"),
        ("instrument", "ASEAN", "no instrument is called 'ASEAN'"),
        ("thing", "Wakanda Union for Vibranium", "no thing is called"),
        ("thing", "", "no thing is called ''"),
        ("thing", "https://w3id.org/tipgraph/org/aseen", "no thing is called"),
        ("thing", "binding", "no thing is called 'binding'"),
    ],
)
def test_what_names_nothing_is_refused(
    kg: KnowledgeGraph, kind: str, text: str, message: str
) -> None:
    with pytest.raises(UsageError) as error:
        kg.names.find(text, kind)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_near_name_is_offered_as_it_is_printed(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match=r"did you mean .*'European Union'"):
        kg.names.find("Europaen Union", "organization")
    with pytest.raises(UsageError) as error:
        kg.names.find("zzzzzzzz")
    assert "did you mean" not in str(error.value)


@pytest.mark.parametrize(
    ("kind", "several"),
    [
        ("organization", "org/cote, org/other"),
        ("thing", "instrument/other, org/cote, org/other"),
    ],
)
def test_a_name_of_several_things_names_them_all(small: Store, kind: str, several: str) -> None:
    with pytest.raises(UsageError) as error:
        Names(small).find("cc", kind)
    assert str(error.value) == f"'cc' can mean several things: {several}"


def test_the_kind_of_thing_wanted_settles_what_is_meant(small: Store) -> None:
    names = Names(small)
    assert names.find("CC", "instrument") == thing("instrument/other")
    assert names.find("other", "organization") == thing("org/other")
    with pytest.raises(UsageError, match="can mean several things: instrument/other, org/other"):
        names.find("other")
    assert names.find("org/other") == thing("org/other")


@pytest.mark.parametrize(
    ("type", "text", "node"),
    [
        ("text", 'any $x "text"\n', Literal('any $x "text"\n')),
        ("integer", "42", Literal("42", datatype=term("xsd:integer"))),
        ("integer", "-7", Literal("-7", datatype=term("xsd:integer"))),
        ("decimal", "1.50", Literal("1.50", datatype=term("xsd:decimal"))),
        ("decimal", "+3", Literal("+3", datatype=term("xsd:decimal"))),
        ("boolean", "true", Literal("true", datatype=term("xsd:boolean"))),
        ("date", "2020-06-30", Literal("2020-06-30", datatype=term("xsd:date"))),
        ("iri", "https://x.org/a#b", NamedNode("https://x.org/a#b")),
        ("iri", "skos:prefLabel", term("skos:prefLabel")),
        ("iri", "org/nobody", thing("org/nobody")),
        ("iri", "urn:isbn:123", NamedNode("urn:isbn:123")),
    ],
)
def test_a_value_becomes_a_term_of_its_type(
    kg: KnowledgeGraph, type: str, text: str, node: NamedNode | Literal
) -> None:
    assert resolve(parameter(type), text, kg.store, kg.names) == node


@pytest.mark.parametrize(
    ("type", "text", "message"),
    [
        ("integer", "4.2", "'4.2' is not a whole number"),
        ("integer", "  ", "no value is given"),
        ("integer", "٣", "'٣' is not a whole number"),
        ("integer", "5\n", "is not a whole number"),
        ("decimal", "1e3", "'1e3' is not a number"),
        ("decimal", ".5", "'.5' is not a number"),
        ("decimal", "NaN", "'NaN' is not a number"),
        ("boolean", "yes", "'yes' is not true or false"),
        ("boolean", "TRUE", "'TRUE' is not true or false"),
        ("date", "2020-02-30", "'2020-02-30' is not a date; write it as 2020-06-30"),
        ("date", "30.6.2020", "'30.6.2020' is not a date"),
        ("date", "2020", "'2020' is not a date"),
        ("iri", "not an iri", "'not an iri' is not an IRI"),
        ("iri", "http://x.org/> <http://y.org/", "is not an IRI"),
        ("organization", "nobody at all", "no organization is called 'nobody at all'"),
    ],
)
def test_a_value_of_another_type_is_refused_with_the_parameter(
    kg: KnowledgeGraph, type: str, text: str, message: str
) -> None:
    with pytest.raises(UsageError) as error:
        resolve(parameter(type), text, kg.store, kg.names)
    assert str(error.value).startswith("--given: ")
    assert message in str(error.value)
    assert error.value.exit_code == 2


@pytest.mark.parametrize(
    ("scheme", "text", "name"),
    [
        ("instrument-kind", "plan-of-action", "plan-of-action"),
        ("instrument-kind", "Plan of Action", "plan-of-action"),
        ("legal-force", "non-binding", "non-binding"),
        ("legal-force", f"{BASE}concept/legal-force/unknown", "unknown"),
    ],
)
def test_a_concept_is_found_in_its_scheme(
    kg: KnowledgeGraph, scheme: str, text: str, name: str
) -> None:
    found = resolve(parameter("concept", scheme), text, kg.store, kg.names)
    assert found == concept(scheme, name)


@pytest.mark.parametrize("text", ["bindng", "plan-of-action", "legal-force", "$kind"])
def test_a_concept_of_another_scheme_is_refused_with_all_it_can_be(
    kg: KnowledgeGraph, text: str
) -> None:
    with pytest.raises(UsageError) as error:
        resolve(parameter("concept", "legal-force"), text, kg.store, kg.names)
    assert str(error.value) == (
        f"--given: '{text}' is none of binding, mixed, non-binding, not-applicable, unknown"
    )


def test_a_scheme_that_is_not_there_has_no_concepts(kg: KnowledgeGraph) -> None:
    assert list(concepts_of("color", kg.store)) == []


def test_every_thing_is_found_by_its_iri(kg: KnowledgeGraph) -> None:
    things = {name.thing for name in kg.names.names}
    assert len(things) > 100
    assert all(kg.names.find(thing.value) == thing for thing in things)


@settings(max_examples=60, deadline=None)
@given(text=st.one_of(st.text(max_size=15), st.sampled_from(["Côte", "ILO", "ＵＮ", "eu\u0301"])))
def test_any_text_finds_what_it_names_or_is_refused(kg: KnowledgeGraph, text: str) -> None:
    named = {name.thing for name in kg.names.names if name.folded == fold(text)}
    try:
        found = {kg.names.find(text)}
    except UsageError:
        found = set()
    assert found == (named if len(named) == 1 else set())


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "'instruments-of-organization' needs --organization: .*--organization asean"),
        ({"organization": ""}, "^--organization: no value is given"),
        ({"organisation": "EU"}, "no parameter --organisation .it has --organization, --kind"),
        ({"organization": "EU", "kind": "poem"}, "^--kind: 'poem' is none of "),
        ({"organization": "Atlantis"}, "^--organization: no organization is called"),
    ],
)
def test_the_arguments_of_a_query_are_checked(
    kg: KnowledgeGraph, given: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        kg.query("instruments-of-organization", None, **given)
