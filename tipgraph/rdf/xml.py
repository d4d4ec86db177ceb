"""What XML can't hold: properties that are no names of elements, and control characters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import Triple

from tipgraph.errors import UsageError, quoted
from tipgraph.rdf.iris import PREFIXES

NAME_AT_END = re.compile(r"[^\W\d][\w.-]*\Z")
"""What an IRI has to end with to be the name of an XML element."""
RESERVED = frozenset(
    PREFIXES["rdf"] + name
    for name in (
        *("RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype", "Description"),
        *("aboutEach", "aboutEachPrefix", "bagID", "li"),
    )
)
"""What RDF/XML means something else by."""
NO_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""The characters that XML 1.0 does not have (section 2.2), not even escaped."""


def check_properties(triples: Iterable[Triple]) -> None:
    """Raise UsageError where RDF/XML can't name a property (RDF 1.1 XML Syntax, section 5.1)."""
    for property in {triple.predicate.value for triple in triples}:
        if property in RESERVED or not NAME_AT_END.search(property):
            raise UsageError(
                f"RDF/XML can't name the property {quoted(property)}; take another format"
            )


def checked_xml(document: bytes) -> bytes:
    """Return a document of XML in which carriage returns are escaped, or readers would drop them.

    Raises UsageError where it has a character that XML has not.
    """
    if found := NO_CHARACTERS.search(document.decode()):
        code = f"U+{ord(found[0]):04X}"
        raise UsageError(f"XML can't hold the character {code} of the answer; take another format")
    return document.replace(b"\r", b"&#13;")
