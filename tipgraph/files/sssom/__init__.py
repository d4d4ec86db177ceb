"""Mappings to things elsewhere, as SSSOM TSV files: read strictly, written canonically.

SSSOM (https://mapping-commons.github.io/sssom/) keeps mappings as a table of tab-separated values
under commented lines of YAML about the set. Of its slots, those of `Mapping` and `KEYS` are used.
"""

from tipgraph.files.sssom.mapping import (
    CURATED,
    NOT,
    REVIEW,
    SEMAPV,
    UNSPECIFIED,
    Mapping,
    MappingSet,
)
from tipgraph.files.sssom.read import mapping_files, read_mappings
from tipgraph.files.sssom.write import contracted, mappings_text, write_mappings

__all__ = [
    "CURATED",
    "NOT",
    "REVIEW",
    "SEMAPV",
    "UNSPECIFIED",
    "Mapping",
    "MappingSet",
    "contracted",
    "mapping_files",
    "mappings_text",
    "read_mappings",
    "write_mappings",
]
