"""Whatever is fed to the readers, they give a result or one clear error, never a traceback.

`make nightly` runs it for long.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tipgraph.ask.bind import bind
from tipgraph.ask.queries import parse_query
from tipgraph.errors import InputError
from tipgraph.files.yaml import parse_yaml
from tipgraph.source.curate import Curation, curate
from tipgraph.source.curate.decisions import parse_curation
from tipgraph.source.printed import parse_table
from tipgraph.source.recognize import recognize

PATH = Path("fuzz")
HEADER = "ORGANIZATIONS\tDOCUMENTS\tFOCAL POINT"
WORDS = st.sampled_from(
    [
        *("<p>", "</p>", "<ul>", "</ul>", "<li>", "\t", "\n", "\r\n", " -", "(", ")", "“", "”"),
        *("(2004)", "2009-2019", "2018 – 2030", "extended until 2011", "by 2020", "N/A", ":", ","),
        *("www.x.org", "https://x.org/a?b=c&d", "Convention", "Plan of Action", "Resolutions"),
        *("A/RES/64/293", "P029", "and its Recommendation R201", "first (2002)", "2331 (2016)"),
        *("targets 5.2 and 8.7 (SDGs)", "(ABC)", "Process", "Rapporteur", "&amp;", "&#99999999;"),
    ]
)
PIECES = st.lists(st.one_of(WORDS, st.text(max_size=12)), max_size=24).map(" ".join)
YAML = st.lists(
    st.one_of(
        st.sampled_from(["items:", "- item: x", "  name: org/x", "  say:", "  - kind: report"]),
        st.sampled_from(
            ["notes:", "added:", "&a", "*a", "!!int 3", "? x", "[", "{", "'", '"', "|"]
        ),
        st.text(max_size=12),
    ),
    max_size=12,
).map("\n".join)


@given(PIECES, PIECES, PIECES)
def test_any_row_is_read_recognized_and_curated(first: str, second: str, third: str) -> None:
    try:
        table = parse_table(f"{HEADER}\n{first}\t{second}\t{third}", PATH)
    except InputError:
        return
    for row in table.rows:
        for cell in row.cells:
            assert "".join(item.lead + item.text for item in cell.items) + cell.tail == cell.text
    curated = curate(table, recognize(table), Curation())
    assert all(entity.name and entity.label for entity in curated.entities)


@given(st.text())
def test_any_text_is_a_table_or_an_error(text: str) -> None:
    gives_or_refuses(lambda: parse_table(text, PATH))


@given(YAML)
def test_any_yaml_is_data_or_an_error(text: str) -> None:
    gives_or_refuses(lambda: parse_yaml(text, PATH))
    gives_or_refuses(lambda: parse_curation(text, PATH))


@given(YAML, PIECES)
def test_any_query_file_is_a_query_or_an_error(header: str, body: str) -> None:
    text = "\n".join(f"#+ {line}" for line in header.split("\n")) + "\n" + body
    gives_or_refuses(lambda: parse_query(text, PATH))


@given(PIECES)
def test_any_query_text_is_bound_or_refused(text: str) -> None:
    gives_or_refuses(lambda: bind(text, {}))


def gives_or_refuses(run: Callable[[], object]) -> None:
    try:
        run()
    except InputError as error:
        is_one_clear_line(error)


def is_one_clear_line(error: InputError) -> None:
    assert str(error).strip()
    assert "\n" not in str(error)
