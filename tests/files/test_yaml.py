from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tipgraph import InputError
from tipgraph.files.yaml import MAX_DEPTH, parse_yaml, read_yaml

PATH = Path("decisions.yaml")
# YAML folds U+0085, U+2028 and U+2029 as line breaks, which PyYAML does not escape in every style.
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12)
DATA = st.dictionaries(TEXTS, st.one_of(TEXTS, st.lists(TEXTS, max_size=3)), max_size=4)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("country: NO", {"country": "NO"}),
        ("on: off", {"on": "off"}),
        ("year: 2020", {"year": "2020"}),
        ("version: 1.0", {"version": "1.0"}),
        ("day: 2013-12-06", {"day": "2013-12-06"}),
        ("time: 12:30:45", {"time": "12:30:45"}),
        ("code: 007", {"code": "007"}),
        ("nothing: ~", {"nothing": "~"}),
        ("nothing: null", {"nothing": "null"}),
        ("empty:", {"empty": ""}),
        ("1: true", {"1": "true"}),
        ("<<: {a: b}", {"<<": {"a": "b"}}),
        ("list: [yes, 1e3, .inf]", {"list": ["yes", "1e3", ".inf"]}),
        ("text: >-\n  two\n  lines", {"text": "two lines"}),
        ("- a\n- b: c", ["a", {"b": "c"}]),
        ("alone", "alone"),
        ("", None),
        ("# only a remark", None),
    ],
)
def test_every_scalar_is_the_text_it_is(text: str, data: Any) -> None:
    assert parse_yaml(text, PATH).data == data


def test_every_value_has_its_line() -> None:
    document = parse_yaml("# remark\na:\n- b: c\n  d: e\n- f\ng: h", PATH)
    assert document.line() == 2
    assert document.line("a") == 3
    assert document.line("a", 0, "d") == 4
    assert document.line("a", 1) == 5
    assert document.line("g") == 6


def test_a_place_that_is_not_there_has_the_line_around_it() -> None:
    document = parse_yaml("a:\n- b: c\n- d", PATH)
    assert document.line("a", 1, "nothing", 7) == 3
    assert document.line("nothing") == 1
    assert parse_yaml("", PATH).line("a") == 1


def test_lines_are_counted_from_the_first_line_given() -> None:
    assert parse_yaml("a: b\nc: d", PATH, first_line=10).line("c") == 11
    with pytest.raises(InputError, match=r"^decisions\.yaml:11: the key 'a' stands twice"):
        parse_yaml("a: b\na: d", PATH, first_line=10)


def test_an_error_names_the_place() -> None:
    error = parse_yaml("a:\n- b\n- c", PATH).error("is wrong", "a", 1)
    assert str(error) == "decisions.yaml:3: is wrong"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: b\na: c", 2, "the key 'a' stands twice"),
        ("x:\n  a: b\n  c: d\n  a: c", 4, "the key 'a' stands twice"),
        ("- {a: b, a: b}", 1, "the key 'a' stands twice"),
        ("a: &x b\nc: *x", 1, "anchors and aliases are not used"),
        ("a: b\nc: &x {}", 2, "anchors and aliases are not used"),
        ("a: b\nc: *x", 2, "anchors and aliases are not used"),
        ("a: !!int 5", 1, "tags are not used"),
        ("a: b\nc: !own {x: y}", 2, "tags are not used"),
        ("!!python/object/apply:os.system ['true']", 1, "tags are not used"),
        ("? [a, b]\n: c", 1, "a YAML key must be plain text"),
        ("a: b\n---\nc: d", 2, "broken YAML"),
        ("a: 'b", 1, "broken YAML"),
        ("a: b\n\tc: d", 2, "broken YAML"),
        ("a: [b", 2, "broken YAML"),
        ("a: b: c", 1, "broken YAML"),
        ("a: \0", 1, "broken YAML"),
        ("\n" + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), 2, "nest"),
        ("[" * 100_000, 1, "nest"),
    ],
)
def test_what_is_not_plain_is_refused(text: str, line: int, message: str) -> None:
    with pytest.raises(InputError) as error:
        parse_yaml(text, PATH)
    assert str(error.value).startswith(f"{PATH}:{line}: ")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_nesting_up_to_the_limit_is_read() -> None:
    data = parse_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH, PATH).data
    for _ in range(MAX_DEPTH - 1):
        (data,) = data
    assert data == []


def test_aliases_that_multiply_are_refused_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in ("ab", "bc", "cd"))
    with pytest.raises(InputError, match=r":1: .*aliases"):
        parse_yaml(bomb, PATH)


@settings(max_examples=100, deadline=None)
@given(DATA)
def test_quoted_texts_come_back_as_they_are(data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, default_style='"', allow_unicode=False)
    parsed = parse_yaml(text.replace("!!str ", ""), PATH).data
    assert parsed == data


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.one_of(st.sampled_from("ab:- \n\t{}[]'\"&*!|>?%@`#,"), st.characters(codec="utf-8")))
)
def test_any_text_is_data_or_one_line_of_error(text: str) -> None:
    said = outcome(text)
    assert isinstance(said, str | list | dict | None)
    if isinstance(said, str) and said.startswith(f"{PATH}:"):
        assert "\n" not in said


def outcome(text: str) -> Any:
    try:
        return parse_yaml(text, PATH).data
    except InputError as error:
        return str(error)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"a: caf\xe9", "is not UTF-8 text"), (None, "can't be read: No such file or directory")],
)
def test_a_file_that_can_not_be_read_is_named(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    path = tmp_path / "x.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_yaml(path)
    assert str(error.value) == f"{path}: {message}"


def test_a_file_is_read_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("\ufeffname: Côte d’Ivoire\r\nb: c\r\n".encode())
    document = read_yaml(path)
    assert document.data == {"name": "Côte d’Ivoire", "b": "c"}
    assert document.path == path
