"""Write the canonical Turtle of a layer, and files so that nothing is ever half-written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
)

from tipgraph.rdf.iris import PREFIXES, term
from tipgraph.rdf.triples import in_graph, serialized

RDF_TYPE = term("rdf:type")


def canonical_turtle(triples: Iterable[Triple]) -> bytes:
    """Return the one Turtle text of a set of triples: sorted, our prefixes that are used, no date.

    Numbers in IRIs sort by their value; a thing's type comes first.
    """
    ordered = in_order(_named_blank_nodes(set(triples)))
    return _laid_out(serialized(ordered, RdfFormat.TURTLE, used_prefixes(iris_of(ordered))))


def canonical_trig(graphs: dict[NamedNode, Iterable[Triple]]) -> bytes:
    """Return the one TriG text of named graphs, each in the canonical order."""
    quads = [
        in_graph(triple, graph)
        for graph in sorted(graphs, key=str)
        for triple in in_order(_named_blank_nodes(set(graphs[graph])))
    ]
    prefixes = used_prefixes(iris_of(quad.triple for quad in quads))
    return _laid_out(serialized(quads, RdfFormat.TRIG, prefixes))


def _laid_out(text: bytes) -> bytes:
    """Return Turtle or TriG with its prefixes in order and a blank line before every thing."""
    lines = text.decode().rstrip("\n").split("\n")
    header = sorted(line for line in lines if line.startswith("@prefix "))
    starts = ("\t", "}")
    rest = (line for line in lines if not line.startswith("@prefix "))
    blocks = (line if line.startswith(starts) else f"\n{line}" for line in rest)
    return "\n".join([*header, *blocks, ""]).replace("\t", "    ").encode()


def iris_of(triples: Iterable[Triple]) -> set[str]:
    """Return the IRIs that triples are made of, those of datatypes among them."""
    nodes = {node for triple in triples for node in triple}
    return {
        node.datatype.value if isinstance(node, Literal) else node.value
        for node in nodes
        if isinstance(node, Literal | NamedNode)
    }


def used_prefixes(iris: Iterable[str]) -> dict[str, str]:
    """Return those of our prefixes that an IRI begins with."""
    iris = tuple(iris)
    return {
        prefix: namespace
        for prefix, namespace in PREFIXES.items()
        if any(iri.startswith(namespace) for iri in iris)
    }


def in_order(triples: Iterable[Triple]) -> list[Triple]:
    """Return triples in the canonical order."""
    triples = set(triples)
    nodes = sorted(
        {node for triple in triples for node in triple}, key=lambda node: natural(str(node))
    )
    place = {node: number for number, node in enumerate(nodes)}
    return sorted(
        triples,
        key=lambda t: (
            place[t.subject],
            t.predicate != RDF_TYPE,
            place[t.predicate],
            place[t.object],
        ),
    )


def natural(text: str) -> tuple[object, ...]:
    """Return a text as a key by which `L6` sorts before `L10`."""
    return tuple((0, int(p), p) if p.isdigit() else (1, 0, p) for p in re.split(r"([0-9]+)", text))


def _named_blank_nodes(triples: set[Triple]) -> set[Triple]:
    if not any(isinstance(node, BlankNode) for triple in triples for node in triple):
        return triples
    dataset = Dataset(Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {quad.triple for quad in dataset}
