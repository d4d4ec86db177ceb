"""The pages of a search, of the SPARQL editor, of a citation, and of what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from tipgraph.ask.hit import Hit
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.iris import PREFIXES, curie, path_of
from tipgraph.rdf.iris import term as iri_of
from tipgraph.serve.pages.question import example_of
from tipgraph.serve.pages.render import render
from tipgraph.tell.citation import Citation
from tipgraph.tell.reader import Reader, address_of

CITATIONS = {"text": "Text", "bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}
MOST_HITS = 100
EXAMPLE = """SELECT ?name ?date {
  ?instrument tip:legalForce force:binding ;
    skos:prefLabel ?name ;
    tip:adoptedOrIssued ?date ;
    tip:earliest ?first .
}
ORDER BY ?first"""


def search(kg: KnowledgeGraph, text: str) -> str:
    """Return the page of what a text leads to."""
    found = kg.search(text)
    shown = [(hit, hit_address(hit), path_of(hit.iri)) for hit in found[:MOST_HITS]]
    return render("search.html", text=text, hits=shown, found=found, count=len(found))


def hit_address(hit: Hit) -> str:
    """Return where a page links for a hit: a question is asked with its arguments."""
    fields = urlencode(hit.arguments, doseq=True, safe="/")
    return f"{address_of(hit.iri)}?{fields}" if fields else address_of(hit.iri)


def sparql(kg: KnowledgeGraph, text: str) -> str:
    """Return the page to write SPARQL in, with a text to begin with."""
    return render(
        "sparql.html",
        text=text or EXAMPLE,
        prefixes=sorted(PREFIXES.items()),
        examples=_examples(kg),
        words={"prefixes": PREFIXES, "terms": _terms(kg.reader)},
    )


def cite(citation: Citation, addresses: Mapping[str, str]) -> str:
    """Return the page of a citation in every format, each with its address."""
    forms = [(CITATIONS[name], citation.to(name), href) for name, href in addresses.items()]
    return render("cite.html", citation=citation, forms=forms)


def error(status: int, title: str, detail: str, near: Mapping[str, str]) -> str:
    """Return the page that says what went wrong; `near` are addresses and what is there."""
    return render("error.html", status=status, title=title, detail=detail, near=near)


def _examples(kg: KnowledgeGraph) -> list[dict[str, str]]:
    """Return the stored questions, bound with their examples, to begin from."""
    found = ((query.title, example_of(kg, query)) for query in kg.queries.read()[0].values())
    return [{"title": title, "text": text} for title, text in found if text]


def _terms(reader: Reader) -> list[dict[str, Any]]:
    """Return the terms of our ontology for completion, each with its definition."""
    kinds = ("owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty")
    return [
        {"label": curie(node.value), "info": reader.value(node, "skos:definition")}
        for kind in kinds
        for node in reader.subjects("rdf:type", iri_of(kind))
    ]
