"""Binding puts terms in the place of parameters and changes nothing else, whatever they are."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Triple
from sampled import HOSTILE

from tipgraph import InputError
from tipgraph.ask.bind import Term, bind, conditions, variables
from tipgraph.graph.engines.rdflib import Rdflib
from tipgraph.rdf.triples import store_of

X = {"x": Literal("VALUE")}


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


@pytest.mark.parametrize("space", ["", " ", "\n"])
def test_several_terms_go_in_as_a_list(space: str) -> None:
    given = {"x": (Literal("a, b"), Literal("$x)"), NamedNode("http://x.org/a"))}
    bound = bind(f"FILTER (?a IN ({space}$x{space})) # $x", given)
    several = f'{space}"a, b", "$x)", <http://x.org/a>{space}'
    assert bound == f"FILTER (?a IN ({several})) # $x"


def test_a_limit_is_a_line_of_its_own() -> None:
    assert bind("SELECT * {} # all\n\n", {}, limit=3) == "SELECT * {} # all\nLIMIT 3"
    assert bind("SELECT * {}", {}, limit=0) == "SELECT * {}\nLIMIT 0"
    assert bind("SELECT * {}", {}) == "SELECT * {}"
    assert bind("SELECT * {}", {}, limit=2, offset=4) == "SELECT * {}\nLIMIT 2\nOFFSET 4"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT ?a { VALUES ?a { 1 2 3 } } ORDER BY ?a", [2, 3]),
        ("SELECT ?a {} VALUES ?a { 1 2 3 }", [2, 3]),
        ("SELECT ?a {} ORDER BY DESC(?a) values (?a) { (1) (2) (3) } # VALUES\n", [2, 1]),
        ("SELECT ?a { { SELECT ?a {} VALUES ?a { 1 2 3 } } } ORDER BY ?a #", [2, 3]),
        ("SELECT ?a { VALUES ?a { 1 2 3 } FILTER ('VALUES' != '{') } ORDER BY ?a", [2, 3]),
    ],
)
def test_a_limit_cuts_the_rows_wherever_values_stand(text: str, rows: list[int]) -> None:
    bound = bind(text, {}, limit=2, offset=1)
    assert [int(row.value) for row in one_value(bound, Store())] == rows


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


def test_a_dropped_line_leaves_the_others_on_their_lines() -> None:
    bound = bind(CONDITIONAL, {"y": NamedNode("http://2")}).split("\n")
    assert len(bound) == len(CONDITIONAL.split("\n"))
    assert bound[4] == "c"
    assert bound[6] == "d <http://2>"


def test_conditional_lines_are_known_only_as_comments() -> None:
    text = '"""\n#if $x\n#end\n""" <http://x/#end> # see #if $x'
    assert list(conditions(text)) == []
    assert bind('"""\n#if $x\ny\n#end\n"""', {}) == '"""\n#if $x\ny\n#end\n"""'


def test_names_are_listed_in_order() -> None:
    assert list(variables(CONDITIONAL + " $z")) == ["x", "y", "z"]
    assert list(conditions(CONDITIONAL)) == ["x", "y"]


@pytest.mark.parametrize("arguments", [{}, X])
@pytest.mark.parametrize("text", ["#if $x\nb", "a\n#end\nb", "#if $x\n#if $y\nb\n#end\n#end"])
def test_conditions_that_do_not_pair_are_refused(text: str, arguments: Mapping[str, Term]) -> None:
    with pytest.raises(InputError, match="without its other half"):
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
@example("\\u000a")
@example("\"'\\\n$x} #" * 14_000)
@example("\n#if $x\n#end\n")
def test_a_hostile_text_stays_one_text(value: str) -> None:
    subject = NamedNode("http://x.org/s")
    store = store_of([Triple(subject, subject, Literal(value)), Triple(subject, subject, subject)])
    text = "SELECT ?o { ?s ?p ?o FILTER (?o = $x && '$x' != $x) } # $x"
    bound = bind(text, {"x": Literal(value)})
    if value != "$x":
        assert one_value(bound, store) == [Literal(value)]
    Rdflib.of(store).query(bound)


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
