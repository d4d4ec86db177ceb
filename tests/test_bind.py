from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Triple
from rdflib.plugins.sparql import prepareQuery

from tipgraph import InputError, KnowledgeGraph
from tipgraph.bind import Term, bind, conditions, variables
from tipgraph.engine import store_of
from tipgraph.iris import thing
from tipgraph.queries import StoredQuery, read_queries, read_query
from tipgraph.run import arguments_of

ROOT = Path(__file__).resolve().parents[1]
QUERIES = read_queries(ROOT / "queries")
X = {"x": Literal("VALUE")}
HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\"'\\{}<>#$?\n\r\t.;^@%|`&-"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=20,
)
WHOLE: dict[str, dict[str, str]] = {
    "focal-points": {"organization": "un"},
    "instruments-of-organization": {"organization": "osce", "kind": "guidelines"},
    "issuing-bodies": {"organization": "coe"},
    "source-notes": {"about": "org/commit", "kind": "misplaced"},
}
"""Arguments for every parameter of the queries that have optional ones."""


@pytest.mark.parametrize(
    "text",
    [
        'FILTER (?a = "$x")',
        "FILTER (?a = '$x')",
        'FILTER (?a = """one " $x "" two""")',
        "FILTER (?a = '''one ' $x '' two''')",
        'FILTER (?a = """\n$x\n""")',
        r'FILTER (?a = "\"$x")',
        r"FILTER (?a = '\'$x')",
        r'FILTER (?a = "\\\"$x\\")',
        'FILTER (?a = "it\'s $x" && ?b = \'say "$x"\')',
        "?a <http://x.org/$x> ?b .",
        "?a <http://x.org/#$x> ?b .",
        "?a ?b ?c . # $x",
        "# \"$x\n# '$x",
        r"?a ex:b\#c ?d . # $x",
        "?x ?xy x",
        "$xy $other $_x",
        '?a ?b ""',
        "",
    ],
)
def test_nothing_but_a_variable_is_replaced(text: str) -> None:
    assert bind(text, X) == text
    assert "x" not in variables(text)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("?a ?b $x", '?a ?b "VALUE"'),
        ("$x $x", '"VALUE" "VALUE"'),
        ("($x,$x)", '("VALUE","VALUE")'),
        ("?a ?b $x.", '?a ?b "VALUE".'),
        ('"a" $x "b"', '"a" "VALUE" "b"'),
        ("'$x' $x '$x'", "'$x' \"VALUE\" '$x'"),
        ('"""$x""" $x', '"""$x""" "VALUE"'),
        ('"" $x ""', '"" "VALUE" ""'),
        (r'"\\" $x', r'"\\" "VALUE"'),
        (r"ex:a\#b $x", r'ex:a\#b "VALUE"'),
        ("<http://x#y> $x # $x", '<http://x#y> "VALUE" # $x'),
        ("# it's\n$x", '# it\'s\n"VALUE"'),
        ("?a < $x", '?a < "VALUE"'),
        ("?a<$x", '?a<"VALUE"'),
        ('"unclosed $x\n$x', '"unclosed "VALUE"\n"VALUE"'),
    ],
)
def test_a_variable_is_replaced_by_its_term(text: str, bound: str) -> None:
    assert bind(text, X) == bound


@pytest.mark.parametrize(
    ("term", "written"),
    [
        (NamedNode("http://x.org/a"), "<http://x.org/a>"),
        (Literal('say "$x"'), r'"say \"$x\""'),
        (Literal("a\\b\nc\r"), r'"a\\b\nc\r"'),
        (Literal("oui", language="fr"), '"oui"@fr'),
        (Literal(5), '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    ],
)
def test_a_term_goes_in_as_n_triples(term: Term, written: str) -> None:
    assert bind("$x .", {"x": term}) == f"{written} ."


def test_a_term_that_looks_like_a_variable_is_not_bound_again() -> None:
    assert bind("$x $y", {"x": Literal("$y"), "y": Literal("$x")}) == '"$y" "$x"'


def test_a_limit_is_a_line_of_its_own() -> None:
    assert bind("SELECT * {} # all\n\n", {}, limit=3) == "SELECT * {} # all\nLIMIT 3"
    assert bind("SELECT * {}", {}, limit=0) == "SELECT * {}\nLIMIT 0"
    assert bind("SELECT * {}", {}) == "SELECT * {}"


CONDITIONAL = "a\n  #if $x\n  b $x\n  #end\nc\n#if $y\nd $y\n#end \ne"


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ("", ["a", "c", "e"]),
        ("x", ["a", "b 1", "c", "e"]),
        ("y", ["a", "c", "d 2", "e"]),
        ("xy", ["a", "b 1", "c", "d 2", "e"]),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_conditional_lines_stay_with_their_argument(
    given: str, lines: list[str], newline: str
) -> None:
    all_arguments = {"x": NamedNode("http://1"), "y": NamedNode("http://2")}
    bound = bind(CONDITIONAL.replace("\n", newline), {name: all_arguments[name] for name in given})
    kept = [line.strip() for line in bound.splitlines()]
    kept = [line.replace("<http://", "").replace(">", "") for line in kept if line]
    assert [line for line in kept if not line.startswith("#")] == lines


def test_conditional_lines_are_known_only_as_comments() -> None:
    text = '"""\n#if $x\n#end\n""" <http://x/#end> # see #if $x'
    assert list(conditions(text)) == []
    assert bind('"""\n#if $x\ny\n#end\n"""', {}) == '"""\n#if $x\ny\n#end\n"""'


def test_names_are_listed_in_order() -> None:
    assert list(variables(CONDITIONAL + " $z")) == ["x", "y", "z"]
    assert list(conditions(CONDITIONAL)) == ["x", "y"]


@pytest.mark.parametrize("arguments", [{}, X])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("#if $x\nb", "has no '#end'"),
        ("a\n#end\nb", "'#end' without '#if'"),
        ("#if $x\n#if $y\nb\n#end\n#end", "'#if' within '#if'"),
    ],
)
def test_conditions_that_do_not_pair_are_refused(
    text: str, message: str, arguments: Mapping[str, Term]
) -> None:
    with pytest.raises(InputError, match=message):
        bind(text, arguments)


def one_value(text: str, store: Store) -> list[Term]:
    answer = store.query(text)
    assert isinstance(answer, QuerySolutions)
    return [row[0] for row in answer]


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
@example('"} . DROP ALL #')
@example("\\u0022 \\")
@example("'''\"\"\"")
@example("\n#if $x\n#end\n")
def test_a_hostile_text_stays_one_text(value: str) -> None:
    subject = NamedNode("http://x.org/s")
    store = store_of([Triple(subject, subject, Literal(value)), Triple(subject, subject, subject)])
    text = "SELECT ?o { ?s ?p ?o FILTER (?o = $x && '$x' != $x) } # $x"
    bound = bind(text, {"x": Literal(value)})
    if value != "$x":
        assert one_value(bound, store) == [Literal(value)]
    assert prepareQuery(bound)


@settings(max_examples=60, deadline=None)
@given(HOSTILE)
@example("a>b")
@example("a> <b")
def test_a_hostile_iri_is_no_term_or_stays_one_iri(value: str) -> None:
    try:
        node = NamedNode(f"http://x.org/{value}")
    except ValueError:
        return
    bound = bind("SELECT ?x { BIND ($x AS ?x) }", {"x": node})
    assert one_value(bound, Store()) == [node]


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("\"'\\<>#$x{} \nif@end"), max_size=40))
def test_a_query_without_arguments_is_left_as_it_is(text: str) -> None:
    text = text.replace("#if", "").replace("#end", "")
    assert bind(text, {}) == text


@pytest.fixture(scope="session")
def reference() -> rdflib.Graph:
    """The graph in rdflib."""
    graph = rdflib.Graph()
    for path in sorted((ROOT / "data" / "graph").glob("*.ttl")):
        graph.parse(path)
    return graph


def example_terms(kg: KnowledgeGraph, query: StoredQuery) -> dict[str, Term]:
    return arguments_of(query, query.example, kg.store, kg.names)


@pytest.mark.parametrize("name", QUERIES)
def test_every_stored_query_parses_as_it_lies_and_bound(kg: KnowledgeGraph, name: str) -> None:
    query = QUERIES[name]
    for text in (query.text, bind(query.text, example_terms(kg, query), limit=5)):
        answer = kg.store.query(text)
        assert isinstance(answer, QuerySolutions)
        assert prepareQuery(text)
        assert {variable.value for variable in answer.variables} == set(query.columns)


@pytest.mark.parametrize("name", QUERIES)
def test_every_stored_query_uses_the_parameters_it_declares(name: str) -> None:
    query = QUERIES[name]
    assert set(variables(query.text)) == {parameter.name for parameter in query.parameters}
    optional = {parameter.name for parameter in query.parameters if not parameter.required}
    assert set(conditions(query.text)) == optional
    assert query.example.keys() <= {parameter.name for parameter in query.parameters}


def fully_given() -> list[tuple[str, dict[str, str]]]:
    """Every query with an argument for each parameter: then no line is dropped."""
    whole = {name: WHOLE.get(name, query.example) for name, query in QUERIES.items()}
    assert all(
        given.keys() == {parameter.name for parameter in QUERIES[name].parameters}
        for name, given in whole.items()
    )
    return list(whole.items())


@pytest.mark.parametrize(("name", "given"), fully_given())
def test_binding_is_what_rdflib_does_with_initial_bindings(
    kg: KnowledgeGraph, reference: rdflib.Graph, name: str, given: dict[str, str]
) -> None:
    query = QUERIES[name]
    terms = arguments_of(query, given, kg.store, kg.names)
    bound = kg.store.query(bind(query.text, terms), use_default_graph_as_union=True)
    assert isinstance(bound, QuerySolutions)
    rows = sorted(
        tuple("" if row[c] is None else row[c].value for c in query.columns) for row in bound
    )
    bindings = {parameter: rdflib.URIRef(term.value) for parameter, term in terms.items()}
    expected = sorted(
        tuple("" if row[c] is None else str(row[c]) for c in query.columns)
        for row in reference.query(query.text, initBindings=bindings)
        if isinstance(row, rdflib.query.ResultRow)
    )
    assert rows == expected
    assert rows


def test_the_things_of_an_example_are_those_it_names(kg: KnowledgeGraph) -> None:
    query = QUERIES["instruments-of-organization"]
    assert example_terms(kg, query) == {"organization": thing("org/asean")}


HEADER = """#+ title: T
#+ description: D
#+ parameters:
#+   thing: {type: thing, description: A thing.}
#+ columns: {a: text}
SELECT ?a WHERE {
  ?a ?b ?c .
  #if $thing
  ?a ?b $thing .
  #end
}
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("#+ title: T\n", "", 1, "the header has no 'title'"),
        ("#+ title: T", "title: T", 1, "has no header"),
        ("description: D", "description: [D]", 2, "'description' is not of the expected form"),
        ("title: T", "colour: red\n#+ title: T", 1, "unknown key 'colour'"),
        ("title: T", "tags: all\n#+ title: T", 1, "'tags' is not of the expected form"),
        ("title: T", "title: T\n#+ title: U", 2, "the key 'title' stands twice"),
        ("{a: text}", "[a]", 5, "'columns' is not of the expected form"),
        ("{a: text}", "{a: [text]}", 5, "gives 'a' no plain text"),
        ("{a: text}", "{a: word}", 5, "the column 'a' has no known type"),
        ("  thing:", "  this:", 4, "a parameter can't be named 'this'"),
        ("  thing:", "  a-b:", 4, "a parameter can't be named 'a-b'"),
        ("type: thing,", "type: shop,", 4, "has no known type"),
        ("type: thing,", "type: [thing],", 4, "has no known type"),
        ("type: thing,", "type: concept,", 4, "needs the scheme of its concepts"),
        ("{type: thing, description: A thing.}", "thing", 4, "needs a type and a description"),
        ("title: T", "title: 'T", 5, "broken YAML"),
        ("?b $thing", "?b $other", 1, "uses $other, which is no declared parameter"),
        ("?b $thing", "?b ?thing", 4, "'thing' is not used in the text"),
        ("#if $thing", "", 4, "'thing' is optional and has no '#if $thing' lines"),
    ],
)
def test_a_wrong_header_is_refused_where_it_is_wrong(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    path = tmp_path / "q.rq"
    path.write_text(HEADER.replace(old, new, 1))
    with pytest.raises(InputError) as error:
        read_query(path)
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert message in str(error.value)


def test_a_header_is_read(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text(HEADER)
    query = read_query(path)
    assert (query.name, query.title, query.columns, query.example) == ("q", "T", {"a": "text"}, {})
    assert [(p.name, p.type, p.required) for p in query.parameters] == [("thing", "thing", False)]
