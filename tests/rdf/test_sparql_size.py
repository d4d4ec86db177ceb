"""No text ends the process that asked: what is too deep or too long is refused with its line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from pyoxigraph import Store

from tipgraph import UsageError
from tipgraph.graph.engines.oxigraph import Oxigraph
from tipgraph.rdf.sparql_size import MOST_DEEP, MOST_PARTS, check_size

LONG: dict[str, Callable[[int], str]] = {
    "exists": lambda n: "ASK { " + "FILTER EXISTS { " * n + "}" * n + " }",
    "concat": lambda n: "SELECT (" + "CONCAT(" * n + "'a'" + ")" * n + " AS ?x) {}",
    "brace": lambda n: "ASK " + "{" * n + "}" * n,
    "not": lambda n: "ASK { FILTER(" + "!" * n + "true) }",
    "bind": lambda n: "ASK { " + " ".join(f"BIND({i} AS ?v{i})" for i in range(n)) + " }",
    "minus": lambda n: "ASK { ?s ?p ?o " + "MINUS { ?s ?p 1 } " * n + " }",
    "plus": lambda n: "SELECT (1" + "+1" * n + " AS ?x) {}",
    "union": lambda n: "ASK { {?s ?p ?o} " + "UNION {?s ?p ?o} " * n + " }",
    "or": lambda n: "ASK { FILTER(true" + " || true" * n + ") }",
    "optional": lambda n: "ASK { ?s ?p ?o " + "OPTIONAL {?s ?p ?o} " * n + " }",
    "path": lambda n: "ASK { ?s <x:p>" + "/<x:p>" * n + " ?o }",
    "pathalt": lambda n: "ASK { ?s <x:p>" + "|<x:p>" * n + " ?o }",
    "pathnest": lambda n: "ASK { ?s " + "(" * n + "<x:p>" + ")*" * n + " ?o }",
    "bgp": lambda n: "ASK { " + "?s ?p ?o . " * n + " }",
    "bgpd": lambda n: "ASK { " + " ".join(f"?s{i} ?p ?o{i} ." for i in range(n)) + " }",
    "semi": lambda n: "ASK { ?s ?p ?o " + "; ?p ?o " * n + " }",
    "comma": lambda n: "ASK { ?s ?p ?o " + ", ?o " * n + " }",
    "in": lambda n: "ASK { FILTER(1 IN (1" + ",1" * n + ")) }",
    "values": lambda n: "ASK { VALUES ?x { " + "1 " * n + "} }",
    "args": lambda n: "SELECT (CONCAT('a'" + ",'a'" * n + ") AS ?x) {}",
    "coalesce": lambda n: "SELECT (COALESCE(1" + ",1" * n + ") AS ?x) {}",
    "bnode": lambda n: "ASK { " + "[ <x:p> " * n + "1" + " ]" * n + " <x:q> 2 }",
    "list": lambda n: "ASK { " + "( " * n + "1" + " )" * n + " <x:q> 2 }",
    "listflat": lambda n: "ASK { (" + " 1" * n + " ) <x:q> 2 }",
    "tt": lambda n: "ASK { ?s ?p " + "<<( <x:a> <x:b> " * n + "<x:c>" + " )>>" * n + " }",
    "subselect": lambda n: "SELECT * { " + "{ SELECT * { " * n + "} } " * n + " }",
    "graph": lambda n: "ASK { " + "GRAPH <x:g> { " * n + "}" * n + " }",
    "gflat": lambda n: "ASK { " + "GRAPH <x:g> {?s ?p ?o} " * n + " }",
    "filter": lambda n: "ASK { ?s ?p ?o " + "FILTER(?s = 1) " * n + " }",
    "eq": lambda n: "ASK { FILTER(" + "(" * n + "1=1" + ")" * n + ") }",
    "orderby": lambda n: "SELECT * { ?s ?p ?o } ORDER BY" + " ?s" * n,
    "groupby": lambda n: "SELECT (1 AS ?x) { ?s ?p ?o } GROUP BY" + " ?s" * n,
    "select": lambda n: "SELECT " + " ".join(f"({i} AS ?v{i})" for i in range(n)) + " {}",
    "agg": lambda n: (
        "SELECT " + " ".join(f"(COUNT(?s) AS ?v{i})" for i in range(n)) + " {?s ?p ?o}"
    ),
    "prefix": lambda n: "".join(f"PREFIX p{i}: <x:{i}> " for i in range(n)) + "ASK {}",
    "construct": lambda n: "CONSTRUCT { " + "<x:a> <x:b> <x:c> . " * n + "} {}",
    "if": lambda n: "SELECT (" + "IF(true,1," * n + "1" + ")" * n + " AS ?x) {}",
    "desc": lambda n: "DESCRIBE" + " <x:a>" * n,
    "braceflat": lambda n: "ASK { " + "{ ?s ?p ?o } " * n + " }",
    "reified": lambda n: (
        "ASK { " + "<< " * n + "<x:a> <x:b> <x:c> " + ">> <x:b> <x:c> " * (n - 1) + ">> <x:p> 1 }"
    ),
    "div": lambda n: "SELECT (1" + "/1" * n + " AS ?x) {}",
    "and": lambda n: "ASK { FILTER(true" + " && true" * n + ") }",
    "minusnest": lambda n: "ASK { " + "MINUS { " * n + "}" * n + " }",
    "optnest": lambda n: "ASK { " + "OPTIONAL { " * n + "}" * n + " }",
    "negset": lambda n: "ASK { ?s !(<x:p>" + "|<x:p>" * n + ") ?o }",
    "notexists": lambda n: "ASK { " + "FILTER NOT EXISTS { " * n + "}" * n + " }",
}
"""Texts that are n deep, or n parts long, by what they are made of."""
HARMLESS = frozenset({"in", "values", "args", "coalesce", "prefix"})
"""What engines read one after the other, however many there are."""
ASKED = """
import sys
from pyoxigraph import Store
from tipgraph import UsageError
from tipgraph.graph.engines.oxigraph import Oxigraph
try:
    Oxigraph(Store()).query(sys.stdin.read())
except UsageError:
    pass
"""


@pytest.mark.parametrize("size", [MOST_PARTS + 2, 3_000, 100_000])
@pytest.mark.parametrize("kind", sorted(LONG.keys() - HARMLESS))
def test_what_is_too_long_is_refused(kind: str, size: int) -> None:
    with pytest.raises(UsageError, match=r"nested more than|has more than .* parts"):
        check_size(LONG[kind](size))


@pytest.mark.parametrize("kind", sorted(HARMLESS))
def test_what_is_long_and_harmless_is_answered(kind: str) -> None:
    Oxigraph(Store()).query(LONG[kind](20_000))


@pytest.mark.parametrize("kind", ["exists", "concat", "brace", "subselect", "if", "pathnest", "tt"])
def test_what_is_just_admitted_ends_no_process(kind: str) -> None:
    text = LONG[kind](next(n for n in range(MOST_DEEP, 0, -1) if _is_admitted(LONG[kind](n))))
    done = subprocess.run([sys.executable, "-c", ASKED], input=text, text=True, check=False)
    assert done.returncode == 0


def _is_admitted(text: str) -> bool:
    try:
        check_size(text)
    except UsageError:
        return False
    return True


def test_the_line_is_told() -> None:
    with pytest.raises(UsageError) as error:
        check_size("ASK {\n\n" + "{" * 200)
    assert "at line 3" in str(error.value)
    assert error.value.line == 3


def test_brackets_in_strings_iris_and_comments_do_not_count() -> None:
    deep = "(" * 500
    check_size(f'# {deep}\nASK {{ ?s ?p \'{deep}\', """{deep}""", <http://x/{deep}> }}')


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('SELECT (xsd:int("1") AS ?y) {}', "XMLSchema#int"),
        ('PREFIX f: <http://f/> SELECT (f:upper("a") AS ?y) {}', "http://f/upper"),
        ("SELECT (f:agg(DISTINCT ?s) AS ?y) { ?s ?p ?o }", "broken SPARQL"),
        ("PREFIX f: <http://f/> ASK { FILTER(f:x(?z)) }", "http://f/x"),
        ("PREFIX f: <http://f/> CONSTRUCT { ?s ?p ?y } { BIND(f:x() AS ?y) }", "http://f/x"),
    ],
)
def test_a_function_that_the_engine_lacks_is_named(text: str, name: str) -> None:
    with pytest.raises(UsageError, match=name):
        Oxigraph(Store()).query(text)
