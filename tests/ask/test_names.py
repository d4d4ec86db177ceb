from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from tipgraph import KnowledgeGraph, UsageError
from tipgraph.ask.names import Names
from tipgraph.ask.parameters import Parameter
from tipgraph.ask.terms import check, resolve
from tipgraph.graph.engines.engine import Term
from tipgraph.graph.engines.oxigraph import Oxigraph
from tipgraph.rdf.iris import BASE, concept, fold, term, thing
from tipgraph.rdf.triples import store_of

ASEAN = thing("org/asean")


def parameter(type: str, scheme: str = "") -> Parameter:
    return Parameter("given", type, "What is given.", scheme=scheme)


def checked(parameter: Parameter, text: str, names: Names) -> Term:
    """Return the term of a text, held against the parameter's type as every argument is."""
    node = resolve(parameter, text, names)
    check(parameter, node, names)
    return node


@pytest.fixture(scope="module")
def small() -> Names:
    """Two organizations and an instrument that share some of their names."""
    named = {
        "org/cote": ("tip:Organization", "Côte d’Ivoire Council", "CC"),
        "org/other": ("tip:Organization", "Other Council", "CC"),
        "instrument/other": ("tip:FrameworkInstrument", "Other Instrument", "CC"),
    }
    triples = (
        triple
        for path, (kind, label, short) in named.items()
        for triple in (
            Triple(thing(path), term("rdf:type"), term(kind)),
            Triple(thing(path), term("skos:prefLabel"), Literal(label, language="en")),
            Triple(thing(path), term("skos:altLabel"), Literal(short, language="en")),
        )
    )
    return Names(Oxigraph(store_of(triples)))


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
    assert kg.questions.names.find(text, kind) == ASEAN
    assert checked(parameter(kind), text, kg.questions.names) == ASEAN


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
    assert kg.questions.names.find(text, "instrument") == thing(path)


@pytest.mark.parametrize(
    "text", ["Côte d’Ivoire Council", "cote d'ivoire council", "COTE D’IVOIRE COUNCIL", "cote"]
)
def test_accents_case_and_apostrophes_do_not_matter(small: Names, text: str) -> None:
    assert small.find(text) == thing("org/cote")


def test_the_acronym_of_another_thing_is_not_confused(kg: KnowledgeGraph) -> None:
    assert kg.questions.names.find("COMMIT") == thing("org/commit")
    assert kg.questions.names.find("AU.COMMIT") == thing("instrument/au-commit")


def test_a_thing_of_the_graph_need_not_be_ours(kg: KnowledgeGraph) -> None:
    target = NamedNode("http://metadata.un.org/sdg/8.7")
    assert (
        kg.questions.names.find("8.7")
        == kg.questions.names.find("sdg:8.7")
        == kg.questions.names.find(target.value)
        == target
    )


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
        kg.questions.names.find(text, kind)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_near_name_is_offered_as_it_is_printed(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match=r"did you mean .*'European Union'"):
        kg.questions.names.find("Europaen Union", "organization")
    with pytest.raises(UsageError) as error:
        kg.questions.names.find("zzzzzzzz")
    assert "did you mean" not in str(error.value)


@pytest.mark.parametrize(
    ("kind", "several"),
    [
        ("organization", "org/cote (Côte d’Ivoire Council); org/other (Other Council)"),
        (
            "thing",
            "instrument/other (Other Instrument); org/cote (Côte d’Ivoire Council); "
            "org/other (Other Council)",
        ),
    ],
)
def test_a_name_of_several_things_names_them_all(small: Names, kind: str, several: str) -> None:
    with pytest.raises(UsageError) as error:
        small.find("cc", kind)
    assert str(error.value) == f"'cc' can mean several things: {several}"


def test_the_kind_of_thing_wanted_settles_what_is_meant(small: Names) -> None:
    assert small.find("CC", "instrument") == thing("instrument/other")
    assert small.find("other", "organization") == thing("org/other")
    with pytest.raises(
        UsageError, match=r"can mean several things: instrument/other [^;]*; org/other"
    ):
        small.find("other")
    assert small.find("org/other") == thing("org/other")


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
    assert checked(parameter(type), text, kg.questions.names) == node


@pytest.mark.parametrize(
    ("type", "text", "message"),
    [
        ("integer", "4.2", "'4.2' is not a whole number"),
        ("integer", "  ", "no value is given"),
        ("text", "", "no value is given"),
        ("text", "\n", "no value is given"),
        ("text", "a\udcffb", "'ab' is not UTF-8 text"),
        ("integer", "٣", "'٣' is not a whole number"),
        ("decimal", "1e3", "'1e3' is not a number"),
        ("decimal", ".5", "'.5' is not a number"),
        ("decimal", "NaN", "'NaN' is not a number"),
        ("boolean", "yes", "'yes' is not true or false"),
        ("boolean", "TRUE", "'TRUE' is not true or false"),
        (
            "date",
            "2020-02-30",
            "'2020-02-30' is not a date of 1900 to 2099; write it as 2020-06-30",
        ),
        ("date", "30.6.2020", "'30.6.2020' is not a date"),
        ("date", "2020", "'2020' is not a date"),
        ("date", "20200630", "'20200630' is not a date"),
        ("date", "0000-01-01", "'0000-01-01' is not a date"),
        ("date", "2020-06-30Z", "'2020-06-30Z' is not a date"),
        ("iri", "not an iri", "'not an iri' is not an IRI"),
        ("iri", "http://x.org/> <http://y.org/", "is not an IRI"),
        ("organization", "nobody at all", "no organization is called 'nobody at all'"),
    ],
)
def test_a_value_of_another_type_is_refused(
    kg: KnowledgeGraph, type: str, text: str, message: str
) -> None:
    with pytest.raises(UsageError) as error:
        checked(parameter(type), text, kg.questions.names)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("scheme", "text", "name"),
    [
        ("instrument-kind", "plan-of-action", "plan-of-action"),
        ("instrument-kind", "Plan of Action", "plan-of-action"),
        ("legal-force", "non-binding", "non-binding"),
        ("legal-force", "Not  Applicable", "not-applicable"),
        ("legal-force", f"{BASE}concept/legal-force/unknown", "unknown"),
        ("legal-force", "concept/legal-force/unknown", "unknown"),
        ("legal-force", "force:unknown", "unknown"),
    ],
)
def test_a_concept_is_found_in_its_scheme(
    kg: KnowledgeGraph, scheme: str, text: str, name: str
) -> None:
    assert checked(parameter("concept", scheme), text, kg.questions.names) == concept(scheme, name)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("bindng", ("binding", "non-binding")),
        *((text, ()) for text in ("plan-of-action", "legal-force", "$kind", "kind:treaty")),
        ("concept/topic/x", ()),
    ],
)
def test_a_concept_of_another_scheme_is_refused_with_all_it_can_be(
    kg: KnowledgeGraph, text: str, near: tuple[str, ...]
) -> None:
    with pytest.raises(UsageError) as error:
        checked(parameter("concept", "legal-force"), text, kg.questions.names)
    hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
    assert str(error.value) == (
        f"'{text}' is none of binding, mixed, non-binding, not-applicable, unknown{hint}"
    )
    assert error.value.near == near


@pytest.mark.parametrize(
    ("scheme", "written", "name"),
    [
        ("topic", "forced labor", "forced-labour"),
        ("focal-point-statement", "Marked as not given", "marked-not-given"),
        ("standing", "Partner for Co-operation", "partner-for-cooperation"),
        ("region", "202", "sub-saharan-africa"),
        ("region", "Western Africa", "western-africa"),
    ],
)
def test_a_concept_is_found_by_what_it_is_called(
    kg: KnowledgeGraph, scheme: str, written: str, name: str
) -> None:
    assert checked(parameter("concept", scheme), written, kg.questions.names) == concept(
        scheme, name
    )


def test_a_scheme_that_is_not_there_has_no_concepts(kg: KnowledgeGraph) -> None:
    assert kg.questions.names.concepts("color") == {}


def test_every_thing_is_found_by_its_iri(kg: KnowledgeGraph) -> None:
    things = kg.questions.names.classes.keys()
    assert len(things) > 100
    assert all(kg.questions.names.find(thing.value) == thing for thing in things)


def names_in(kg: KnowledgeGraph) -> set[tuple[str, NamedNode]]:
    """Return every folded name and slug in the graph with the thing it names."""
    names = {
        (fold(quad.object.value), quad.subject)
        for property in ("prefLabel", "altLabel", "hiddenLabel", "notation")
        for quad in kg.store.quads_for_pattern(None, term(f"skos:{property}"), None)
        if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode)
    }
    names |= {(fold(thing.value.rpartition("/")[2]), thing) for _, thing in names}
    return {(name, thing) for name, thing in names if f"{BASE}concept/" not in thing.value}


@settings(max_examples=60, deadline=None)
@given(text=st.one_of(st.text(max_size=15), st.sampled_from(["Côte", "ILO", "ＵＮ", "eu\u0301"])))
def test_any_text_finds_what_it_names_or_is_refused(kg: KnowledgeGraph, text: str) -> None:
    named = {thing for folded, thing in names_in(kg) if folded == fold(text)}
    try:
        found = {kg.questions.names.find(text)}
    except UsageError:
        found = set()
    assert found == (named if len(named) == 1 else set())


@pytest.mark.parametrize(
    ("type", "node", "message"),
    [
        ("organization", thing("instrument/actip"), "'instrument/actip' is not known as organiz"),
        ("organization", Literal("ASEAN"), "'ASEAN' is not known as organization"),
        ("thing", thing("org/nobody"), "'org/nobody' is not known as thing"),
        ("thing", concept("topic", "women"), "'concept/topic/women' is not known as thing"),
        ("concept", concept("topic", "women"), "is not a concept of the scheme legal-force"),
        ("concept", Literal("binding"), "'binding' is not a concept of the scheme legal-force"),
        ("iri", Literal("http://x.org/"), "'http://x.org/' is not an IRI"),
        ("iri", BlankNode("x"), "'x' is not an IRI"),
        ("text", thing("org/asean"), "'org/asean' is not a text"),
        ("text", Literal("oui", language="fr"), "'oui' is not a text"),
        ("text", Literal(" "), "is not a text"),
        ("integer", Literal("1"), "'1' is not a whole number"),
        ("integer", Literal("x", datatype=term("xsd:integer")), "'x' is not a whole number"),
        ("decimal", Literal("1", datatype=term("xsd:integer")), "'1' is not a number"),
        ("boolean", Literal("1", datatype=term("xsd:boolean")), "'1' is not true or false"),
        ("date", Literal("2020-02-30", datatype=term("xsd:date")), "'2020-02-30' is not a date"),
        ("date", Literal("2020-06-30"), "'2020-06-30' is not a date"),
    ],
)
def test_a_term_of_another_type_is_refused(
    kg: KnowledgeGraph, type: str, node: Term, message: str
) -> None:
    scheme = "legal-force" if type == "concept" else ""
    with pytest.raises(UsageError) as error:
        check(parameter(type, scheme), node, kg.questions.names)
    assert message in str(error.value)


def test_a_misprint_finds_its_thing_and_is_remarked(kg: KnowledgeGraph) -> None:
    assert kg.questions.names.find("puebla  group") == thing("org/rcm")
    assert kg.questions.names.remark("Puebla Group", "organization") == (
        "'Puebla Group' is a wrong name in the table; "
        "taken for Regional Conference on Migration (org/rcm)"
    )
    assert kg.questions.names.remark("Puebla Group", "instrument") == ""
    assert kg.questions.names.remark("RCM") == ""


def test_a_name_that_people_use_for_two_countries_is_refused_with_both(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError) as error:
        kg.questions.names.find("Congo", "country")
    assert str(error.value) == (
        "'Congo' can mean several things: country/COD (Congo, The Democratic Republic of the); "
        "country/COG (Congo)"
    )
    assert kg.questions.names.find("DRC", "country") == thing("country/COD")
    assert kg.questions.names.find("Republic of the Congo", "country") == thing("country/COG")


def test_a_name_of_another_type_says_what_it_is(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError) as error:
        kg.questions.names.find("European Union", "country")
    assert (
        str(error.value) == "no country is called 'European Union'; that is org/eu (European Union)"
    )
    assert error.value.near == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Iran (Islamic Republic of)", "IRN"),
        ("Korea (Republic of)", "KOR"),
        ("Venezuela (Bolivarian Republic of)", "VEN"),
        ("Guinea Bissau", "GNB"),
        ("Guinea\u2010Bissau", "GNB"),
        ("Timor Leste", "TLS"),
        ("Moldova (Republic of)", "MDA"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Ni\u00adgeria", "NGA"),
        ("Cote d Ivoire", "CIV"),
        ("Tanzania (United Republic of)", "TZA"),
    ],
)
def test_a_country_is_found_as_lists_write_it(kg: KnowledgeGraph, text: str, code: str) -> None:
    assert kg.questions.names.find(text, "country") == thing(f"country/{code}")


@pytest.mark.parametrize("text", ["*", "-", "()", "…", " . ", "??"])
def test_signs_alone_find_nothing(kg: KnowledgeGraph, text: str) -> None:
    assert kg.search(text) == []


@pytest.mark.parametrize("text", ["parties", "Interpol"])
def test_what_is_offered_is_near(kg: KnowledgeGraph, text: str) -> None:
    offered = kg.questions.names.near(text)
    assert not {"Mauritius", "PRT", "Nepal"} & set(offered)
