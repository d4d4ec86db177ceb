"""The JSON-LD context of the graph: short keys, made from how each property is used.

A property whose values are all things, all English, or all of one datatype has that said once in
the context, so that the values themselves are plain JSON strings (JSON-LD 1.1, section 4.2.3).
Our things are named by their paths, as in `org/asean`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from tipgraph.iris import BASE, ONTOLOGY, PREFIXES, curie, term
from tipgraph.write import used_prefixes

RDF_TYPE = term("rdf:type")
XSD_STRING = term("xsd:string")
KEPT = (ONTOLOGY, PREFIXES["parameter"])
"""Namespaces of ours that have a prefix in the context; all other paths of ours stay paths."""


def json_ld_context(triples: Iterable[Triple]) -> dict[str, Any]:
    """Return the context of a set of triples, its keys in order."""
    triples = tuple(triples)
    used: dict[NamedNode, set[str]] = defaultdict(set)
    for triple in triples:
        if triple.predicate != RDF_TYPE:
            used[triple.predicate].add(_form(triple.object))
    prefixes = {
        name: namespace
        for name, namespace in sorted(used_prefixes(triples).items())
        if namespace in KEPT or not namespace.startswith(BASE)
    }
    names = _names(used)
    terms = {names[predicate]: _definition(predicate, forms) for predicate, forms in used.items()}
    return {"@base": BASE, "id": "@id", "type": "@type", **prefixes, **dict(sorted(terms.items()))}


def context_document(triples: Iterable[Triple]) -> bytes:
    """Return the context as the file that is published."""
    body = {"@context": json_ld_context(triples)}
    return f"{json.dumps(body, indent=2, ensure_ascii=False)}\n".encode()


def _names(predicates: Iterable[NamedNode]) -> dict[NamedNode, str]:
    """Return each property's key: its local name, or its CURIE where two share a local name.

    A parameter keeps its prefix, so that it takes no key from the properties of things.
    """
    by_local: dict[str, list[NamedNode]] = defaultdict(list)
    for predicate in predicates:
        prefix, _, local = curie(predicate.value).partition(":")
        by_local[f"{prefix}:{local}" if prefix == "parameter" else local].append(predicate)
    return {
        predicate: local
        if len(sharing) == 1 and local not in {"id", "type", *PREFIXES}
        else curie(predicate.value)
        for local, sharing in by_local.items()
        for predicate in sharing
    }


def _form(node: object) -> str:
    if not isinstance(node, Literal):
        return "@id"
    if node.language:
        return f"@{node.language}"
    return node.datatype.value


def _definition(predicate: NamedNode, forms: set[str]) -> dict[str, str]:
    definition = {"@id": curie(predicate.value)}
    if len(forms) > 1:
        return definition
    (form,) = forms
    if form == "@id":
        return {**definition, "@type": "@id"}
    if form.startswith("@"):
        return {**definition, "@language": form[1:]}
    return definition if form == XSD_STRING.value else {**definition, "@type": curie(form)}
