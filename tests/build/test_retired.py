"""IRIs that are released name the same for ever: none is lost, and a retired one leads on."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run, replace_in
from serving import asking, serving

import tipgraph
from tipgraph.build.build import Build
from tipgraph.rdf.iris import BASE, thing

OLD = f"{BASE}org/association-of-southeast-asian-nations"
RETIRED = f"""
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<{OLD}> owl:deprecated true ;
    dcterms:isReplacedBy <{BASE}org/asean> ;
    skos:changeNote "It was the same organization under another name."@en .
"""


@pytest.fixture
def lost(copy: Path) -> Path:
    """A folder whose register has an IRI that nothing is said of."""
    register = copy / "data" / "iris.txt"
    replace_in(register, f"{BASE}org/asean\n", f"{OLD}\n{BASE}org/asean\n")
    return copy


def test_the_register_has_no_iri_twice_and_none_is_lost(built: Build) -> None:
    assert built.register is not None
    register = built.files[built.register].decode().split()
    assert len(register) == len(set(register))
    assert built.lost == ()


def test_an_iri_that_is_lost_is_work(lost: Path, run: Run) -> None:
    line = (lost / "data" / "iris.txt").read_text("utf-8").split("\n").index(OLD) + 1
    ran = run("-C", lost, "build", "--strict")
    assert ran.code == 1
    assert f"iri: iris.txt:{line}: nothing is said of {OLD} any more" in ran.out + ran.err


def test_a_retired_iri_leads_to_its_successor(lost: Path, run: Run) -> None:
    (lost / "ontology" / "merged.ttl").write_text(RETIRED)
    assert run("-C", lost, "build", "--strict").code == 0
    kg = tipgraph.load(lost)
    assert kg.show(OLD) == kg.show("asean")
    assert kg.questions.names.find("org/association-of-southeast-asian-nations") == thing(
        "org/asean"
    )
    old = kg.query("instruments-of-organization", organization=OLD)
    assert old == kg.query("instruments-of-organization", organization="asean")
    with serving(kg) as address, asking(address) as web:
        path = OLD.removeprefix(BASE)
        assert f"<{BASE}org/asean>" in web.get(f"/{path}.nt").text
        page = web.get(f"/{path}", headers={"Accept": "text/html"})
        assert 'href="/org/asean"' in page.text
