"""The one place for prefixes and IRIs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import quote

from pyoxigraph import NamedNode

BASE = "https://w3id.org/tipgraph/"
ONTOLOGY = f"{BASE}ontology#"

PREFIXES: dict[str, str] = {
    "tip": ONTOLOGY,
    "body": f"{BASE}body/",
    "citation": f"{BASE}citation/",
    "country": f"{BASE}country/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "celex": "http://publications.europa.eu/resource/celex/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "force": f"{BASE}concept/legal-force/",
    "eurovoc": "http://eurovoc.europa.eu/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "instrument": f"{BASE}instrument/",
    "kind": f"{BASE}concept/instrument-kind/",
    "note": f"{BASE}note/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "parameter": f"{BASE}parameter/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "resource": f"{BASE}resource/",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sdg": "http://metadata.un.org/sdg/",
    "sdgo": "http://metadata.un.org/sdg/ontology#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spex": "https://purl.expasy.org/sparql-examples/ontology#",
    "tiporg": f"{BASE}org/",
    "topic": f"{BASE}concept/topic/",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

ELSEWHERE = ("celex", "eurovoc", "sdg", "wd")
"""The prefixes of things elsewhere; what the other outside prefixes stand for are vocabularies."""

LAYERS = (
    "source",
    "catalog",
    "membership",
    "parties",
    "obligations",
    "links",
    "vocabulary",
    "queries",
    "inferred",
    "provenance",
)

REGISTERED = ("org", "body", "instrument", "country", "concept", "query")
"""First path segments of the IRIs that never change once released (with the ontology's)."""


def term(curie: str) -> NamedNode:
    """Return the IRI of a CURIE whose prefix is in `PREFIXES`.

    >>> term("org:Post").value
    'http://www.w3.org/ns/org#Post'
    """
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def thing(path: str) -> NamedNode:
    """Return the IRI of one of our things by its path, as in `org/asean`."""
    return NamedNode(BASE + path)


def concept(scheme: str, name: str) -> NamedNode:
    """Return the IRI of a concept of one of our schemes."""
    return thing(f"concept/{scheme}/{name}")


def layer_graph(layer: str) -> NamedNode:
    """Return the IRI of the named graph of a layer."""
    return thing(f"graph/{layer}")


def path_of(iri: str) -> str:
    """Return the path of one of our IRIs, or the IRI itself where it is not ours.

    >>> path_of("https://w3id.org/tipgraph/org/asean")
    'org/asean'
    """
    return iri.removeprefix(BASE)


def curie(iri: str) -> str:
    """Return the shortest CURIE of an IRI under `PREFIXES`, or the IRI itself."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and re.fullmatch(r"[\w.-]*", iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expanded(name: str, prefixes: Mapping[str, str] = PREFIXES) -> str | None:
    """Return the IRI that a prefixed name stands for, or None where its prefix is not known.

    >>> expanded("wd:Q7768"), expanded("http://x.org/a")
    ('http://www.wikidata.org/entity/Q7768', None)
    """
    prefix, colon, local = name.partition(":")
    is_short = bool(colon) and prefix in prefixes and not local.startswith("//")
    return prefixes[prefix] + local if is_short else None


def iri_of(text: str) -> str:
    """Return the IRI that a CURIE, a path or an IRI stands for.

    >>> iri_of("wd:Q7768"), iri_of("org/asean")
    ('http://www.wikidata.org/entity/Q7768', 'https://w3id.org/tipgraph/org/asean')
    """
    return expanded(text) or (text if ":" in text else BASE + text)


def node_of(text: str) -> NamedNode | None:
    """Return what `iri_of` gives as a term, or None where it is no IRI."""
    try:
        return NamedNode(iri_of(text))
    except ValueError:
        return None


def iri_to_uri(iri: str) -> str:
    """Return an IRI in ASCII, as a header of HTTP takes it (RFC 3987, section 3.1).

    >>> iri_to_uri("https://w3id.org/tipgraph/instrument/łódź")
    'https://w3id.org/tipgraph/instrument/%C5%82%C3%B3d%C5%BA'
    """
    return quote(iri, safe="!#$%&'()*+,/:;=?@[]~")


LIKE = str.maketrans(
    {"’": "'", "\u2010": "-", "\u2011": "-"}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
"""Signs that are written for others, and those that are not seen."""


def fold(text: str) -> str:
    r"""Return a text without case, accents and doubled blanks, for comparing what people type.

    Signs that are not seen are left out, and every hyphen is one.

    >>> fold("Côte  d’Ivoire"), fold("Guinea\u2010Bis\u00adsau")
    ("cote d'ivoire", 'guinea-bissau')
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text.translate(LIKE)).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def slug(text: str, limit: int = 60) -> str:
    """Return a text as a path segment of at most `limit` characters, cut between words.

    >>> slug("Arab Initiative to Combat Trafficking in Persons, 2010", 30)
    'arab-initiative-to-combat'
    """
    full = re.sub(r"[\W_]+", "-", fold(text)).strip("-") or "unnamed"
    return full if len(full) <= limit else full[: limit + 1].rpartition("-")[0] or full[:limit]
