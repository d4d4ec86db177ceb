"""Citations: what is recorded in each form, and each form read back by a reader of others."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from conftest import ROOT, examples
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pylatexenc.latex2text import LatexNodes2Text

from tipgraph import KnowledgeGraph, UsageError
from tipgraph.files.yaml import read_yaml
from tipgraph.rdf.iris import REGISTERED, thing
from tipgraph.tell.citation import FORMATS, KINDS, Citation, Source
from tipgraph.tell.cite import cite_thing

SCHEMA = Path(__file__).with_name("csl-data.json")
"""schemas/input/csl-data.json of the repository citation-style-language/schema, at e3ce254."""
LATEX = LatexNodes2Text(strict_latex_spaces=True)
CSL = Draft7Validator(json.loads(SCHEMA.read_text("utf-8")))
TREATY = (
    "Protocol to Prevent, Suppress and Punish Trafficking in Persons, Especially Women and "
    "Children, supplementing the United Nations Convention against Transnational Organized Crime "
    "(adopted 15 November 2000, entered into force 25 December 2003) UNTS vol. 2237, No. 39574"
)


def read_bibtex(text: str) -> tuple[str, dict[str, str]]:
    """Return the key and the fields of the one entry, as LaTeX prints them."""
    library = parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry.key, {field.key: printed(field.value) for field in entry.fields}


def printed(field: str) -> str:
    """Return what LaTeX prints for a field; of the library's signs, two are told to it here."""
    known = field.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
    return str(LATEX.latex_to_text(known)).replace("\u02c6", "^")


def read_ris(text: str) -> dict[str, Any]:
    (entry,) = rispy.loads(text)
    return dict(entry)


def read_csl(text: str) -> dict[str, Any]:
    items = json.loads(text)
    CSL.validate(items)
    (item,) = items
    return dict(item)


def all_things(kg: KnowledgeGraph) -> Iterator[Citation]:
    named = (node for node in kg.questions.names.classes if node.value.startswith(thing("").value))
    for node in sorted(named, key=str):
        if node.value.removeprefix(thing("").value).partition("/")[0] in REGISTERED:
            yield cite_thing(node, kg.reader)


def test_a_treaty_is_cited_as_lawyers_do(kg: KnowledgeGraph) -> None:
    text = str(kg.cite("palermo-protocol"))
    assert text.startswith(f"{TREATY}. Recorded in: ")
    assert kg.version in text
    assert text.endswith("https://w3id.org/tipgraph/instrument/palermo-protocol")


def test_what_is_not_recorded_is_left_out(kg: KnowledgeGraph) -> None:
    assert "UNTS" not in str(kg.cite("actip"))
    undated = next(
        one for one in all_things(kg) if one.is_work and not one.date and one.kind == "work"
    )
    assert read_ris(undated.to("ris")).keys().isdisjoint({"year", "date"})
    assert "issued" not in read_csl(undated.to("csl"))
    assert "year" not in read_bibtex(undated.to("bibtex"))[1]


def test_another_text_has_the_body_that_issued_it_as_author(kg: KnowledgeGraph) -> None:
    item = read_csl(kg.cite("A/RES/55/25").to("csl"))
    assert item["author"] == [{"literal": "United Nations General Assembly"}]
    assert (item["number"], item["issued"]) == ("A/RES/55/25", {"date-parts": [[2000, 11, 15]]})
    assert "version" not in item


@pytest.mark.parametrize("name", ["GHA", "ASEAN", "convention"])
def test_the_rest_is_an_entry_of_the_dataset(kg: KnowledgeGraph, name: str) -> None:
    path = {
        "GHA": "country/GHA",
        "ASEAN": "org/asean",
        "convention": "concept/instrument-kind/convention",
    }
    item = read_csl(cite_thing(thing(path[name]), kg.reader).to("csl"))
    assert (item["type"], item["version"]) == ("entry", kg.version)
    assert item["URL"] == thing(path[name]).value
    assert item["container-title"] == kg.cite().title


def test_the_dataset_says_what_its_citation_file_says(kg: KnowledgeGraph) -> None:
    told, item = read_yaml(ROOT / "CITATION.cff").data, read_csl(kg.cite().to("csl"))
    assert item["title"] == told["title"]
    assert [each["literal"] for each in item["author"]] == [
        each["name"] for each in told["authors"]
    ]
    assert told["license"].lower().removeprefix("cc-").replace("-", "/") in item["note"]


@pytest.mark.parametrize("name", ["obligations-on", "country-coverage", "instruments-of-kind"])
def test_an_answer_can_be_asked_again(kg: KnowledgeGraph, name: str) -> None:
    query = kg.queries[name]
    citation = kg.cite(name, **query.example)
    asked = parse_qs(urlsplit(citation.address).query)
    several = {parameter.name for parameter in query.parameters if parameter.several}
    again = {key: given if key in several else given[0] for key, given in asked.items()}
    assert kg.questions.bound(query, again) == kg.questions.bound(query, query.example)
    assert query.version in str(citation)
    assert kg.version in str(citation)


def test_an_answer_names_the_day_that_nobody_gave(kg: KnowledgeGraph) -> None:
    citation = kg.cite("country-coverage", country="GHA")
    (day,) = parse_qs(urlsplit(citation.address).query)["on"]
    assert citation.told[:2] == ("country: Ghana", f"on: {day}")
    assert citation == kg.cite("country-coverage", country="Ghana", on=day)


def test_everything_is_cited_in_every_form_under_a_key_of_its_own(kg: KnowledgeGraph) -> None:
    cited = list(all_things(kg))
    assert len(cited) > 400
    assert max(Counter(one.key for one in cited).values()) == 1
    for one in cited:
        assert read_ris(one.to("ris"))["id"] == one.key
        assert read_csl(one.to("csl"))["id"] == one.key
    for one in cited[::20]:
        assert read_bibtex(one.to("bibtex"))[0] == one.key


ODD = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cc", "Cs"]), st.sampled_from("{}\\%$#&_~^@\"',=\n\r-")
    )
)
LINES = ODD.filter(lambda text: bool(text.strip()))
CITATIONS = st.builds(
    Citation,
    st.sampled_from(sorted(KINDS)),
    LINES,
    st.just("https://w3id.org/tipgraph/org/x?on=2010-01-01"),
    st.builds(Source, LINES, st.tuples(LINES), st.just("1a"), st.just("https://example.org/l")),
    authors=st.lists(LINES, max_size=2).map(tuple),
    date=st.sampled_from(("", "2008", "2013-12", "2000-11-15")),
    told=st.lists(LINES, max_size=2).map(tuple),
    symbols=st.lists(LINES, max_size=2).map(tuple),
)


def on_one_line(text: str) -> str:
    return " ".join(text.split())


@examples(60, 2_000)
@given(CITATIONS)
def test_any_title_comes_back_from_every_form(one: Citation) -> None:
    title = on_one_line(one.title)
    assert "\n" not in str(one)
    item, entry = read_csl(one.to("csl")), read_ris(one.to("ris"))
    assert (item["title"], entry["title"]) == (title, title)
    authors = [on_one_line(name) for name in one.creators]
    assert [each["literal"] for each in item.get("author", ())] == authors
    assert entry.get("authors", []) == authors
    key, fields = read_bibtex(one.to("bibtex"))
    assert (key, on_one_line(fields["title"])) == (one.key, title.replace("\u02c6", "^"))
    assert fields["url"] == one.address


@examples(60, 2_000)
@given(st.lists(st.text(min_size=1), min_size=2, max_size=2, unique=True))
def test_no_two_addresses_have_one_key(paths: list[str]) -> None:
    keys = {Citation("entry", "x", thing("").value + path, Source("y")).key for path in paths}
    assert len(keys) == 2
    assert all(set(key).isdisjoint(" \n\"#%'(),={}~\\") for key in keys)


def test_what_cannot_be_cited_is_refused(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="did you mean 'palermo-protocol'"):
        kg.cite("palermo-protocl")
    with pytest.raises(UsageError, match="'mla' is none of text, bibtex, ris, csl"):
        kg.cite().to("mla")
    with pytest.raises(UsageError, match="only the answer of a stored query"):
        kg.cite("actip", on="2010-01-01")
    with pytest.raises(UsageError, match="organization"):
        kg.cite("instruments-of-organization")
    assert list(FORMATS) == ["text", "bibtex", "ris", "csl"]
