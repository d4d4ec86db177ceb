"""A stored query that breaks a rule is refused with its file and the line where it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tipgraph import InputError
from tipgraph.ask.known_terms import unknown_terms
from tipgraph.ask.lints import lint
from tipgraph.ask.parameters import RESERVED, Choices, Parameter
from tipgraph.ask.queries import parse_query
from tipgraph.rdf.iris import BASE, term

PATH = Path("q.rq")
QUERY = """\
#+ title: T
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


def refused(text: str) -> InputError:
    with pytest.raises(InputError) as error:
        lint(parse_query(text, PATH))
    assert "\n" not in str(error.value)
    return error.value


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("#+ title: T\n", "", 1, "the header has no 'title'"),
        ("#+ description: D\n", "", 1, "the header has no 'description'"),
        ("#+ title: T", "title: T", 1, "has no header"),
        ("title: T", "title: {T: U}", 1, "'title' is not of the expected form"),
        ("description: D", "description: [D]", 2, "'description' is not of the expected form"),
        ("title: T", "colour: red\n#+ title: T", 1, "unknown key 'colour'"),
        ("title: T", "tags: all\n#+ title: T", 1, "'tags' is not of the expected form"),
        ("title: T", "tags: [a, {b: c}]\n#+ title: T", 1, "'tags' is not of the expected form"),
        ("title: T", "title: T\n#+ title: U", 2, "the key 'title' stands twice"),
        ("title: T", "title: 'T", 5, "broken YAML"),
        ("{a: text}", "[a]", 5, "'columns' is not of the expected form"),
        ("{a: text}", "{a: [text]}", 5, "the column 'a' has no known type"),
        ("{a: text}", "{a: word}", 5, "the column 'a' has no known type"),
        ("{a: text}", "{a: thing}", 5, "the column 'a' has no known type"),
        (
            "parameters:\n#+   thing: {type: thing, description: A thing.}",
            "parameters: [thing]",
            3,
            "'parameters' is not of the expected form",
        ),
        ("  thing:", "  this:", 4, "a parameter can't be named 'this'"),
        ("  thing:", "  a-b:", 4, "a parameter can't be named 'a-b'"),
        ("  thing:", "  1:", 4, "a parameter can't be named '1'"),
        ("{type: thing, description: A thing.}", "thing", 4, "needs a type and a description"),
        ("description: A thing.", "description: ''", 4, "needs a type and a description"),
        ("description: A thing.", "description: [A]", 4, "has a 'description' that is unknown"),
        ("type: thing,", "type: shop,", 4, "has no known type"),
        ("type: thing,", "type: [thing],", 4, "has no known type"),
        ("type: thing,", "", 4, "has no known type"),
        ("type: thing,", "type: thing, size: 3,", 4, "has a 'size' that is unknown or not"),
        ("type: thing,", "type: thing, enum: a,", 4, "has a 'enum' that is unknown or not"),
        ("type: thing,", "type: thing, enum: [[a]],", 4, "'enum' that is no list of plain texts"),
        ("type: thing,", "type: thing, choices: [a],", 4, "has a 'choices' that is unknown or not"),
        ("type: thing,", "type: thing, required: maybe,", 4, "neither true nor false"),
        ("type: thing,", "type: thing, several: 'yes',", 4, "neither true nor false"),
        ("type: thing,", "type: thing, least: 2,", 4, "'least' that is no number of several"),
        (
            "type: thing,",
            "type: thing, several: 'true', most: many,",
            4,
            "'most' that is no number",
        ),
        ("{a: text}", "{a: text}\n#+ shown: [b]", 6, "'shown' has 'b', no column or one twice"),
        ("{a: text}", "{a: text}\n#+ shown: [a, a]", 6, "'shown' has 'a', no column or one twice"),
        ("type: thing,", "type: concept,", 4, "needs the scheme of its concepts"),
        ("type: thing,", "type: thing, scheme: topic,", 4, "has a scheme, and is no concept"),
        ("type: thing,", "type: text, enum: [],", 4, "has an empty enum"),
        ("type: thing,", "type: text, default: '',", 4, "has an empty default"),
        ("type: thing,", "type: text, default: [a],", 4, "has a list as default"),
        (
            "type: thing,",
            "type: text, default: a, required: true,",
            4,
            "required and has a default",
        ),
        ("type: thing,", "type: text, default: a, enum: [b],", 4, "a default that is not in its"),
        ("type: thing,", "type: text, choices: {query: q},", 4, "do not say the query and the col"),
        (
            "type: thing,",
            "type: text, choices: {query: q, column: [a]},",
            4,
            "do not say the query and the column",
        ),
        (
            "type: thing,",
            "type: text, enum: [a], choices: {query: q, column: a},",
            4,
            "has an enum and choices",
        ),
        ("{a: text}", "{a: text}\n#+ example: {thing: {a: b}}", 6, "gives 'thing' no plain text"),
        ("{a: text}", "{a: text}\n#+ example: {other: un}", 6, "gives 'other', no parameter"),
        ("{a: text}", "{a: text}\n#+ example: {thing: [a]}", 6, "the example gives several"),
        ("type: thing,", "type: thing, required: true,", 1, "example does not give 'thing'"),
        ("?b $thing", "?b $other", 9, "uses $other, which is no declared parameter"),
        ("#if $thing", "#if $other", 8, "uses $other, which is no declared parameter"),
        ("?b $thing", "?b ?thing", 4, "'thing' is not used in the text"),
        ("?b $thing", "?b '$thing'", 4, "'thing' is not used in the text"),
        ("#if $thing", "", 4, "'thing' is optional and has no '#if $thing' lines"),
        (
            "  ?a ?b ?c .",
            "  ?a ?b ?c, $thing .",
            7,
            "outside the lines from '#if $thing' to '#end'",
        ),
        ("  #end", "", 8, "'#if' or '#end' without its other half"),
        ("  #end", "  #end\n  #end", 11, "'#if' or '#end' without its other half"),
        ("  #if $thing", "  #if $thing\n  #if $thing", 8, "without its other half"),
        ("  #if $thing", "  #if $thing and more", 4, "has no '#if $thing' lines"),
    ],
)
def test_a_wrong_header_is_refused_where_it_is_wrong(
    old: str, new: str, line: int, message: str
) -> None:
    assert old in QUERY
    error = refused(QUERY.replace(old, new, 1))
    assert message in str(error)
    assert str(error).startswith(f"q.rq:{line}: ")


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_name_that_is_taken_is_refused(name: str) -> None:
    error = refused(QUERY.replace("  thing:", f"  {name}:").replace("$thing", f"${name}"))
    assert str(error) == f"q.rq:4: a parameter can't be named '{name}'"


HEADER = """\
#+ title: T
#+ description: D
#+ parameters:
#+   x: {type: thing, required: true, description: A thing.}
#+   several: {type: text, several: true, default: a, description: Texts.}
#+ columns: {a: iri}
#+ example: {x: un}
"""
LIST = "FILTER (STR(?a) IN ($several))"
BODY = f"SELECT ?a WHERE {{\n  ?a ?b $x .\n  {LIST}\n}}\nORDER BY ?a"


def misplaced(old: str, new: str) -> InputError:
    assert old in BODY
    return refused(HEADER + BODY.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "line", "place"),
    [
        ("SELECT ?a", "SELECT ?a $x", 8, "what is selected"),
        ("SELECT ?a", "SELECT ($x AS ?a)", 8, "what is selected"),
        ("SELECT ?a", "select distinct\n(str($x) as ?a)", 9, "what is selected"),
        ("?a ?b $x", "{ SELECT $x { ?a ?b $x } }", 9, "what is selected"),
        ("?a ?b $x .", "?a ?b $x . BIND (1 AS\n# a comment\n$x)", 11, "AS"),
        ("?a ?b $x .", "?a ?b $x . FILTER (bound($x))", 9, "BOUND"),
        ("?a ?b $x .", "?a ?b $x . FILTER (!BOUND ( $x ))", 9, "BOUND"),
        ("?a ?b $x .", "VALUES $x { 1 } ?a ?b $x .", 9, "VALUES"),
        ("?a ?b $x .", "VALUES (?a ?c) { ($x 1) } ?a ?b $x .", 9, "VALUES"),
        ("ORDER BY ?a", "ORDER BY ?a VALUES ?a { $x }", 12, "VALUES"),
        ("ORDER BY ?a", "GROUP BY ?a $x", 12, "GROUP BY"),
        ("ORDER BY ?a", "GROUP BY ?a\n(STR($x))", 13, "GROUP BY"),
        ("?a ?b $x .", "{ SELECT ?a { ?a ?b $x } GROUP BY ?a $x }", 9, "GROUP BY"),
        ("ORDER BY ?a", "ORDER BY ?a $x", 12, "ORDER BY"),
        ("ORDER BY ?a", "GROUP BY ?a HAVING (?a != $x) ORDER BY ?a DESC($x)", 12, "ORDER BY"),
        ("?a ?b $x .", "SERVICE $x { ?a ?b $x }", 9, "SERVICE"),
        ("?a ?b $x .", "SERVICE SILENT $x { ?a ?b $x }", 9, "SERVICE"),
    ],
)
def test_a_parameter_where_no_term_can_stand_is_refused(
    old: str, new: str, line: int, place: str
) -> None:
    expected = f"q.rq:{line}: has the parameter $x in {place}, where none may stand"
    assert str(misplaced(old, new)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "FILTER (STR(?a) = $several)",
        "FILTER (STR(?a) IN ($several, 'b'))",
        "FILTER (STR(?a) IN ('b', $several))",
        "FILTER (STR(?a) IN (STR($several)))",
        "?a ?c $several",
        "FILTER CONTAINS(?in, $several)",
    ],
)
def test_several_stand_only_in_a_list(text: str) -> None:
    error = misplaced(LIST, text)
    told = "takes several $several, so it may stand only as 'IN ($several)'"
    assert str(error) == f"q.rq:10: {told}"


@pytest.mark.parametrize("clause", ["LIMIT 3", "offset 2", "OFFSET 1 LIMIT 1"])
@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("ORDER BY ?a", "ORDER BY ?a\n{}", 13),
        ("?a ?b $x .", "{{ SELECT ?a {{ ?a ?b $x }} {} }}", 9),
    ],
)
def test_a_slice_of_its_own_is_refused(old: str, new: str, line: int, clause: str) -> None:
    word = clause.split(maxsplit=1)[0].upper()
    told = f"has a {word} of its own; --limit and --page cut an answer"
    assert str(misplaced(old, new.format(clause))) == f"q.rq:{line}: {told}"


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("?a ?b $x .", "?a ?b . ?a ?b $x .", 9, "broken SPARQL"),
        ("?a ?b $x .", "?a nowhere:x $x .", 9, "the prefix 'nowhere' is not declared"),
        ("}\n", "", 11, "broken SPARQL"),
        ("?a ?b $x .", "?a ?b $x . ?a = ?b .", 9, "broken SPARQL"),
        ("ORDER BY ?a", "ORDER BY", 12, "broken SPARQL"),
    ],
)
def test_broken_sparql_is_refused_where_it_is(old: str, new: str, line: int, says: str) -> None:
    error = misplaced(old, new)
    assert says in str(error)
    assert str(error).startswith(f"q.rq:{line}: ")


@pytest.mark.parametrize("type", ["text", "integer", "decimal", "boolean", "date"])
@pytest.mark.parametrize(
    "pattern",
    [
        "?a $thing ?b",  # valid until it is bound
        "?a skos:broader|$thing ?b",
        "?a $thing* ?b",
        "GRAPH $thing { ?a ?b ?c }",
        "?a ?b 'x'^^$thing",
    ],
)
def test_a_literal_where_only_an_iri_can_stand_is_refused(pattern: str, type: str) -> None:
    text = QUERY.replace("type: thing", f"type: {type}").replace("?a ?b $thing", pattern)
    assert str(refused(text)).startswith("q.rq:9: broken SPARQL at line 9")


def test_a_complaint_after_dropped_lines_names_the_line_of_the_file() -> None:
    text = QUERY.replace("type: thing", "type: text").replace(
        "  #end",
        "  #end\n  {\n  #if $thing\n  ?a ?b $thing } {\n  #end\n  ?c\n  #if $thing\n"
        "  ?b ?a\n  #end\n }",
    )
    assert str(refused(text)).startswith("q.rq:19: broken SPARQL at line 19")


@pytest.mark.parametrize("form", ["ASK", "DESCRIBE ?a WHERE", "DESCRIBE <x:y> WHERE"])
def test_other_forms_are_refused(form: str) -> None:
    error = refused(QUERY.replace("SELECT ?a WHERE", form))
    assert "is neither a SELECT nor a CONSTRUCT query" in str(error)


@pytest.mark.parametrize("text", ["DROP ALL", "INSERT DATA { <x:a> <x:b> <x:c> }", "", "# SELECT"])
def test_what_is_no_query_is_refused(text: str) -> None:
    error = refused(f"#+ title: T\n#+ description: D\n{text}\n")
    assert "is no SELECT, CONSTRUCT, DESCRIBE or ASK query" in str(error)


@pytest.mark.parametrize(
    ("columns", "selected", "differing"),
    [
        ("{a: text, b: text}", "?a", "['b']"),
        ("{a: text}", "?a ?b", "['b']"),
        ("{a: text}", "(COUNT(?a) AS ?n)", "['a', 'n']"),
        ("{a: text}", "*", "['b', 'c', 'thing']"),
        ("{}", "?a", "['a']"),
    ],
)
def test_other_columns_than_are_selected_are_refused(
    columns: str, selected: str, differing: str
) -> None:
    error = refused(QUERY.replace("{a: text}", columns).replace("SELECT ?a", f"SELECT {selected}"))
    assert str(error) == f"q.rq:5: declares and selects different columns: {differing}"


def test_columns_of_triples_are_refused() -> None:
    text = QUERY.replace("SELECT ?a WHERE", "CONSTRUCT { ?a ?b ?c } WHERE")
    assert "different columns: ['a']" in str(refused(text))
    assert parse_query(text.replace("#+ columns: {a: text}\n", ""), PATH).form == "CONSTRUCT"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("?a ?b $x .", "?a ?b $x . # LIMIT 3, SELECT $x, SERVICE $x, $y"),
        ("?a ?b $x .", '?a ?b $x , \'LIMIT 3 $y\' , """SELECT\n$y "OFFSET" """ .'),
        ("?a ?b $x .", "?a ?b $x , <http://x.org/LIMIT#$y> ."),
        ("?a ?b $x .", r"?a ?b $x , kind:SELECT , kind:a\$y , kind:order ."),
        ("?a ?b $x .", "?a ?b $x ; ?as $x ; ?limit ?offset ; ?service $x ."),
        ("?a ?b $x .", "?a ?b $x . FILTER (ISIRI($x))"),
        ("?a ?b $x .", "{ SELECT ?a (COUNT(?c) AS ?n) { ?a ?c $x } GROUP BY ?a } ?a ?d $x ."),
        ("?a ?b $x .", "{ SELECT ?a { ?a ?c $x } ORDER BY ?a } ?a ?d $x ."),
        ("?a ?b $x .", "{ SELECT ?a { ?a ?c $x } GROUP BY ?a HAVING (?a != $x) }"),
        ("?a ?b $x .", "VALUES ?c { 1 2 } ?a ?b $x ; ?d ?c ."),
        ("?a ?b $x .", "?a ?b $x ; ?d ?c . VALUES (?c ?d) { (1 UNDEF) }"),
        ("?a ?b $x .", "?a ?b $x . BIND ($x AS ?c) BIND (IF(?a = $x, 1, 2) AS ?d)"),
        ("?a ?b $x .", "?a skos:broader+/^skos:related* $x ; (skos:broader|!a)? ?c ."),
        ("?a ?b $x .", "?a ?b $x . FILTER NOT EXISTS { ?a a $x } MINUS { ?a ?b $x }"),
        ("?a ?b $x .", "$x ?b ?a . OPTIONAL { ?a $x ?c }"),
        ("?a ?b $x .", "GRAPH ?g { ?a ?b $x } GRAPH $x { ?a ?b ?c }"),
        ("?a ?b $x .", "?x ?b $x . ?a ?several ?x ."),
        ("ORDER BY ?a", "GROUP BY ?a HAVING (COUNT(?b) > 1 && ?a != $x) ORDER BY ?a"),
        ("ORDER BY ?a", "ORDER BY ?a VALUES ?a { <x:y> }"),
        ("SELECT ?a WHERE {", "SELECT ?a {"),
        (LIST, "FILTER (STR(?a) NOT IN ($several))"),
        (LIST, "FILTER (STR(?a) in(\n$several # , 'b'\n))"),
    ],
)
def test_what_only_looks_forbidden_is_taken(old: str, new: str) -> None:
    assert old in BODY
    query = parse_query(HEADER + BODY.replace(old, new, 1), PATH)
    assert [parameter.name for parameter in query.parameters] == ["x", "several"]


def test_a_header_is_read_whole() -> None:
    text = """\
#+ title: T
#+ description: >-
#+   Two
#+   lines.
#+ tags: [one, two]
#+ parameters:
#+   kind: {type: concept, scheme: topic, required: true, several: true, description: K.}
#+   way: {type: text, enum: [a, b], default: a, description: W.}
#+   org: {type: organization, choices: {query: other, column: c}, description: O.}
#+ columns: {a: text}
#+ example: {kind: [x, y], way: b}
SELECT ?a {
  ?a ?b ?c FILTER (?a IN ($kind) && ?b = $way)
  #if $org
  ?a ?b $org
  #end
}
"""
    query = parse_query(text, PATH)
    assert query.name == "q"
    assert (query.description, query.tags, query.form) == ("Two lines.", ("one", "two"), "SELECT")
    assert query.columns == {"a": "text"}
    assert query.example == {"kind": ("x", "y"), "way": "b"}
    kind, way, org = query.parameters
    assert kind == Parameter("kind", "concept", "K.", required=True, several=True, scheme="topic")
    assert way == Parameter("way", "text", "W.", enum=("a", "b"), default="a")
    assert org == Parameter("org", "organization", "O.", choices=Choices("other", "c"))
    assert [p.is_always_given for p in query.parameters] == [True, True, False]
    assert [p.is_limited for p in query.parameters] == [False, True, True]


def unknown(body: str) -> list[str]:
    header = "#+ title: T\n#+ description: D\n#+ columns: {a: iri}\n"
    query = parse_query(f"{header}PREFIX x: <http://x.org/>\nSELECT ?a {{\n{body}\n}}\n", PATH)
    known = frozenset({"http://x.org/known", term("tip:known").value, f"{BASE}known"})
    return [str(error) for error in unknown_terms(query, known)]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("?a x:unknown ?b .", "x:unknown"),
        ("?a tip:unknown ?b .", "tip:unknown"),
        ("?a <http://x.org/unknown> ?b .", "<http://x.org/unknown>"),
        ("?a a x:Known .", "x:Known."),
        (r"?a a x:a\,b", r"x:a\,b"),
    ],
)
def test_a_term_that_the_graph_has_not_is_told(body: str, name: str) -> None:
    told = f"q.rq:6: asks for {name.rstrip('.')}, which the graph has not"
    assert unknown(body) == [told]


def test_terms_that_the_graph_has_are_not_told() -> None:
    assert unknown("?a x:known tip:known , <http://x.org/known> , _:b .") == []
    assert unknown("?a ?b '1'^^xsd:integer , 'x:unknown' , [] . # x:unknown") == []


def test_columns_stand_in_the_order_of_the_selection() -> None:
    text = QUERY.replace("{a: text}", "{b: iri, a: text}").replace("SELECT ?a", "SELECT ?a ?b")
    assert "in different orders" in str(refused(text))
    parse_query(text.replace("{b: iri, a: text}", "{a: text, b: iri}"), PATH)


@pytest.mark.parametrize("name", ["columns", "terms", "to_dict"])
def test_a_column_is_not_named_as_what_every_row_has(name: str) -> None:
    text = QUERY.replace("{a: text}", f"{{{name}: text}}").replace("?a", f"?{name}")
    assert f"a column can't be named '{name}'" in str(refused(text))


def test_each_optional_parameter_is_parsed_alone() -> None:
    text = QUERY.replace(
        "A thing.}", "A thing.}\n#+   other: {type: thing, description: Another.}"
    ).replace(
        "?a ?b $thing .\n  #end",
        "{ ?a ?b $thing .\n  #end\n  #if $other\n  ?a ?b $other . }\n  #end",
    )
    assert "broken SPARQL" in str(refused(text))
