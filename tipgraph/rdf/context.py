"""The JSON-LD context of the graph: short keys, made from how each property is used.

A property whose values are all things, all English, or all of one datatype has that said once in
the context, so that the values themselves are plain JSON strings (JSON-LD 1.1, section 4.2.3).
Our things are named by their paths, as in `org/asean`.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from tipgraph.errors import UsageError
from tipgraph.rdf.iris import BASE, ONTOLOGY, PREFIXES, curie, path_of, term
from tipgraph.rdf.triples import serialized
from tipgraph.rdf.turtle import RDF_TYPE, in_order, iris_of, used_prefixes

XSD_STRING = term("xsd:string")
KEPT = (ONTOLOGY, PREFIXES["parameter"])
"""Namespaces of ours that have a prefix in the context; all other paths of ours stay paths."""


def json_ld_context(triples: Iterable[Triple]) -> dict[str, Any]:
    """Return the context of a set of triples, its keys in order.

    No key is the scheme of an IRI of the triples, which would pass for a compact one.
    """
    triples = tuple(triples)
    used: dict[NamedNode, set[str]] = defaultdict(set)
    for triple in triples:
        if triple.predicate != RDF_TYPE:
            used[triple.predicate].add(_form(triple.object))
    iris = iris_of(triples)
    prefixes = _prefixes(iris)
    reserved = {"id", "type", *PREFIXES, *map(_scheme, iris)}
    terms = {
        name: _definition(predicate, used[predicate], prefixes)
        for predicate, name in _names(used, prefixes, reserved).items()
    }
    base = {"@base": BASE} if all(map(_has_path, iris)) else {}
    return {**base, "id": "@id", "type": "@type", **prefixes, **dict(sorted(terms.items()))}


def context_document(triples: Iterable[Triple]) -> bytes:
    """Return the context as the file that is published."""
    return text_of({"@context": json_ld_context(triples)})


def compacted(triples: Iterable[Triple], context: dict[str, Any]) -> dict[str, Any]:
    """Return triples as a compacted document with a context; its nodes stand under `@graph`.

    Raises UsageError where a triple is a term of another (RDF 1.2), which JSON-LD 1.1 has not.
    """
    from pyld import jsonld

    ordered = in_order(triples)
    if any(isinstance(triple.object, Triple) for triple in ordered):
        raise UsageError("JSON-LD can't hold triples as terms (RDF 1.2); take another format")
    nodes = json.loads(serialized(ordered, RdfFormat.JSON_LD))
    expanded = [_with_types(node) for node in nodes]
    found: dict[str, Any] = jsonld.compact(expanded, {"@context": context}, {"graph": True})
    return found


def text_of(document: dict[str, Any]) -> bytes:
    """Return a document as the bytes of a file."""
    return f"{json.dumps(document, indent=2, ensure_ascii=False)}\n".encode()


def _prefixes(iris: set[str]) -> dict[str, str]:
    """Return the prefixes of the context: those by which no IRI is taken for another.

    A local name that begins with two slashes makes a compact IRI a whole one.
    """
    schemes = set(map(_scheme, iris))
    return {
        name: namespace
        for name, namespace in sorted(used_prefixes(iris).items())
        if (namespace in KEPT or not namespace.startswith(BASE))
        and name not in schemes
        and not any(iri.startswith(f"{namespace}//") for iri in iris)
    }


def _scheme(iri: str) -> str:
    return iri.partition(":")[0]


def _has_path(iri: str) -> bool:
    """Tell whether an IRI of ours is read again from its path.

    A colon in the path passes for the end of a scheme, and an empty query or fragment is lost.
    """
    return not iri.startswith(BASE) or re.search(r":|[#?]$", path_of(iri)) is None


def _names(
    predicates: Iterable[NamedNode], prefixes: Mapping[str, str], reserved: set[str]
) -> dict[NamedNode, str]:
    """Return each property's key: its local name, or its CURIE where that is not free.

    A parameter keeps its prefix, so that it takes no key from the properties of things. A property
    that no prefix shortens has no key: it stands as it is.
    """
    by_local: dict[str, list[NamedNode]] = defaultdict(list)
    for predicate in predicates:
        prefix, _, local = _short(predicate.value, prefixes).partition(":")
        if prefix in prefixes and local:
            by_local[f"{prefix}:{local}" if prefix == "parameter" else local].append(predicate)
    return {
        predicate: local if len(sharing) == 1 and local not in reserved else curie(predicate.value)
        for local, sharing in by_local.items()
        for predicate in sharing
    }


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return an IRI as a CURIE where the context has its prefix."""
    short = curie(iri)
    return short if short.partition(":")[0] in prefixes else iri


def _form(node: object) -> str:
    if not isinstance(node, Literal):
        return "@id"
    if node.language:
        return f"@{node.language}"
    return node.datatype.value


def _definition(
    predicate: NamedNode, forms: set[str], prefixes: Mapping[str, str]
) -> dict[str, str]:
    definition = {"@id": _short(predicate.value, prefixes)}
    if len(forms) > 1:
        return definition
    (form,) = forms
    if form == "@id":
        return {**definition, "@type": "@id"}
    if form.startswith("@"):
        return {**definition, "@language": form[1:]}
    if form == XSD_STRING.value:
        return definition
    return {**definition, "@type": _short(form, prefixes)}


def _with_types(node: dict[str, Any]) -> dict[str, Any]:
    """Return an expanded node with `@type` where the serializer wrote rdf:type as a property.

    A literal is no `@type` (JSON-LD 1.1, section 3.5), and stays the value of the property.
    """
    types = node.get(RDF_TYPE.value, [])
    if not types or any("@id" not in type for type in types):
        return node
    rest = {key: value for key, value in node.items() if key != RDF_TYPE.value}
    return {**rest, "@type": [type["@id"] for type in types]}
