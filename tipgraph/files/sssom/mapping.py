"""A mapping, a set of mappings, and the slots of SSSOM that they have."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from pathlib import Path

from tipgraph.errors import InputError
from tipgraph.rdf.iris import PREFIXES

NOT = "Not"
"""The modifier of a mapping that was looked at and rejected."""
SEMAPV = "https://w3id.org/semapv/vocab/"
CURATED = f"{SEMAPV}ManualMappingCuration"
REVIEW = f"{SEMAPV}MappingReview"
"""The justification of a mapping that was proposed, and that a person has decided about."""
UNSPECIFIED = f"{SEMAPV}UnspecifiedMatching"
BUILT_IN = {
    "semapv": SEMAPV,
    "sssom": "https://w3id.org/sssom/",
    **{prefix: PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "skos")},
}
"""The prefixes that a file need not declare, for the standard gives them."""
KEYS = (
    "mapping_set_id",
    "mapping_set_version",
    "mapping_set_title",
    "mapping_set_description",
    "license",
    "subject_source",
    "object_source",
    "mapping_provider",
    "mapping_tool",
    "mapping_date",
    "see_also",
    "comment",
)
"""What a file may say of its set, apart from its prefixes."""
PROPAGATED = ("subject_source", "object_source", "mapping_provider", "mapping_date")
"""What a file may say of its set for each mapping in it that does not say it itself."""
REQUIRED_KEYS = ("mapping_set_id", "license")
IRIS = (
    "subject_id",
    "predicate_id",
    "object_id",
    "mapping_justification",
    "author_id",
    "reviewer_id",
    "subject_source",
    "object_source",
)


@dataclass(frozen=True, order=True)
class Mapping:
    """One mapping with full IRIs; `path` and `line` are where it was read, and make no difference.

    `predicate_modifier` is `NOT` for a rejected one. `mapping_provider` is the address of what
    gave it, such as an endpoint.
    """

    subject_id: str
    predicate_id: str
    object_id: str
    predicate_modifier: str = ""
    subject_label: str = ""
    object_label: str = ""
    mapping_justification: str = CURATED
    author_id: str = ""
    reviewer_id: str = ""
    subject_source: str = ""
    object_source: str = ""
    mapping_provider: str = ""
    mapping_date: str = ""
    confidence: float | None = None
    see_also: tuple[str, ...] = ()
    comment: str = ""
    path: Path | None = field(default=None, compare=False, repr=False)
    line: int | None = field(default=None, compare=False, repr=False)

    @property
    def is_rejected(self) -> bool:
        """Whether it says that its two things do not belong together."""
        return self.predicate_modifier == NOT

    def error(self, what: str) -> InputError:
        """Return an error about this mapping."""
        return InputError(what, self.path, self.line)


@dataclass(frozen=True)
class MappingSet:
    """A file of mappings: what it says of the set, its prefixes, and its mappings."""

    metadata: Dictionary[str, str]
    prefixes: Dictionary[str, str]
    mappings: tuple[Mapping, ...] = ()


COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_id",
    "reviewer_id",
    "subject_source",
    "object_source",
    "mapping_provider",
    "mapping_date",
    "confidence",
    "see_also",
    "comment",
)
"""The columns in the order of the standard; a column without any value is left out."""
REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")


def key_of(mapping: Mapping) -> tuple[str, str, str]:
    """Return what tells the mappings of a set apart."""
    return mapping.subject_id, mapping.predicate_id, mapping.object_id
