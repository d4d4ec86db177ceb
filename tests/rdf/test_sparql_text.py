"""The tokens of a query are told apart as SPARQL does: no word of a string or comment counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from tipgraph.errors import UsageError
from tipgraph.rdf.iris import PREFIXES
from tipgraph.rdf.sparql_text import (
    declared_prefixes,
    has_dataset,
    line_at,
    query_form,
    services,
    tokens,
    used_prefixes,
    with_prefixes,
)

PIECES = st.sampled_from(
    [
        *(
            "SELECT",
            "?x",
            "$x",
            "{",
            "}",
            "(",
            ")",
            ".",
            ";",
            "ex:a",
            "ex:",
            ":a",
            "<http://x.org/a#b>",
        ),
        *(
            '"a"',
            "'a'",
            '"""a"b"""',
            "'''a'b'''",
            '"\\""',
            "# a\n",
            "\n",
            " ",
            "@en",
            "^^",
            "<",
            ">",
            "1.5",
        ),
        *("_:b", "a", "*", "|", "\\", '"', "'", "#", "?", "$", ":", "é", "\r"),
    ]
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("?a $b", [("variable", "a"), ("parameter", "b")]),
        ("ex:a :b ex: :", [("name", "ex:a"), ("name", ":b"), ("name", "ex:"), ("name", ":")]),
        (r"ex:a\#b\$c", [("name", r"ex:a\#b\$c")]),
        ("ex:%24x", [("name", "ex:%24x")]),
        ("_:b1 _:b.c", []),
        ("x_:b", [("name", "x_:b")]),
        ("'a'@en-GB 'b'^^ex:c", [("string", "'a'"), ("string", "'b'"), ("name", "ex:c")]),
        ("'''a'b''' '' ''", [("string", "'''a'b'''"), ("string", "''"), ("string", "''")]),
        ('"""a""b"""', [("string", '"""a""b"""')]),
        (r"'\'' ?a", [("string", r"'\''"), ("variable", "a")]),
        ("'a\n'", [("word", "a")]),
        ("<http://x#$y>", [("iri", "<http://x#$y>")]),
        ("?a<?b && ?c>?d", [("variable", name) for name in "abcd"]),
        ("# ?a $b\n?c", [("comment", "# ?a $b"), ("variable", "c")]),
        ("# ?a\r$b\r\n", [("comment", "# ?a"), ("parameter", "b")]),
        ("{(a)}", [("mark", "{"), ("mark", "("), ("word", "a"), ("mark", ")"), ("mark", "}")]),
        ("GROUP_CONCAT 12 1e5", [("word", "GROUP_CONCAT"), ("word", "e5")]),
        ("", []),
    ],
)
def test_tokens_are_told_apart(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text) == found


def test_a_token_says_where_it_is() -> None:
    text = "ASK {\n  ?s ?p $o }"
    (token,) = (token for token in tokens(text) if token.kind == "parameter")
    assert text[token.start : token.end] == "o"
    assert [line_at(text, place) for place in (0, token.start, len(text))] == [1, 2, 2]


@given(st.lists(PIECES, max_size=20).map("".join))
def test_tokens_of_any_text_stand_in_it_one_after_the_other(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert text[token.start : token.start + len(token.text)] == token.text
        assert end <= token.start <= token.end
        end = token.end


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("select*{}", "SELECT"),
        ("ASK{}", "ASK"),
        ("Construct {} {}", "CONSTRUCT"),
        ("DESCRIBE <x:y>", "DESCRIBE"),
        ("BASE <http://ask/> PREFIX ask: <http://ask/> DESCRIBE ask:x", "DESCRIBE"),
        ("PREFIX : <http://ask/>\n# ASK\nSELECT * { ?ask ?p 'ASK' }", "SELECT"),
        ("ASK { SELECT * {} }", "ASK"),
    ],
)
def test_the_form_of_a_query(text: str, form: str) -> None:
    assert query_form(text) == form


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# SELECT * {}",
        "'SELECT'",
        "INSERT DATA {}",
        "DROP ALL",
        "WITH <x:y> DELETE { ?s ?p ?o } WHERE { SELECT * {} }",
        "LOAD <http://select/>",
        "SELECTED * {}",
        "select:x",
    ],
)
def test_what_is_no_query_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no SELECT, CONSTRUCT, DESCRIBE or ASK query"):
        query_form(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * FROM <x:y> {}", True),
        ("ASK from named <x:y> {}", True),
        ("SELECT ?from $from { ?from from:x 'FROM' } # FROM", False),
        ("SELECT * { ?s ?p <http://x/FROM> }", False),
        ("SELECT * { ?s ?p ?o_FROM }", False),
    ],
)
def test_a_query_that_names_its_graphs_is_known(text: str, expected: bool) -> None:
    assert has_dataset(text) is expected


def test_prefixes_are_found_where_they_are_declared_and_used() -> None:
    text = (
        "PREFIX a: <x:a> prefix b:<x:b> PREFIX # c\n : <x:c> ASK { a:x :y 'd:e'^^f:g . _:h a ?i }"
    )
    assert declared_prefixes(text) == {"a": "x:a", "b": "x:b", "": "x:c"}
    assert used_prefixes(text) == {"a", "b", "", "f"}


@pytest.mark.parametrize(
    "text",
    ["ASK { ?s foaf:x xsd:y }", "ASK\n{ ?s ?p 1 ; skos:prefLabel 'org:x' }", "SELECT * {}"],
)
def test_our_prefixes_are_declared_on_the_first_line(text: str) -> None:
    whole = with_prefixes(text)
    Store().query(whole)
    assert whole.endswith(text)
    assert whole.count("\n") == text.count("\n")


def test_what_is_declared_or_not_ours_is_left_alone() -> None:
    text = "PREFIX org: <http://mine/> ASK { ?s org:x other:y }"
    assert with_prefixes(text) == text


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_prefix_of_ours_can_be_used(prefix: str) -> None:
    Store().query(with_prefixes(f"ASK {{ ?s {prefix}:x ?o }}"))


def test_what_a_header_says_is_no_dataset_and_no_service() -> None:
    header = "#+ title: FROM whom, and SERVICE\n# FROM <http://x/g>\n"
    assert not has_dataset(f"{header}ASK {{ ?s ?p ?o }}")
    assert services(f"{header}ASK {{ ?s ?p ?o }}") == ()
    text = f"{header}ASK FROM <http://x/g> {{ SERVICE <http://y/> {{ }} }}"
    assert has_dataset(text)
    assert services(text) == ("http://y/",)
    text = "ASK { ?s ?p '''a\n# ''' . SERVICE <http://y/> { } }"
    assert services(text) == ("http://y/",)
