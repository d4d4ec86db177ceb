"""What the values of an SSSOM file may be: addresses on the web, days and justifications."""

from __future__ import annotations

import datetime
import re
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from tipgraph.files.sssom.mapping import SEMAPV

JUSTIFICATIONS = frozenset(
    SEMAPV + name
    for name in (
        *("MappingReview", "ManualMappingCuration", "LogicalReasoning", "LexicalMatching"),
        *("CompositeMatching", "UnspecifiedMatching", "SemanticSimilarityThresholdMatching"),
        *("LexicalSimilarityThresholdMatching", "MappingChaining", "MappingInversion"),
        *("StructuralMatching", "InstanceBasedMatching", "BackgroundKnowledgeBasedMatching"),
    )
)
"""The justifications of a mapping that the standard has."""


def is_web_iri(text: str) -> bool:
    """Tell whether a text is an IRI of http or https with a host.

    >>> is_web_iri("http://www.wikidata.org/entity/Q1"), is_web_iri("javascript://alert(1)")
    (True, False)
    """
    try:
        NamedNode(text)
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def is_day(text: str) -> bool:
    """Tell whether a text is a day that there is, as 2020-06-30."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
