"""The links that people have accepted or rejected, and those still to decide."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tipgraph.files.folder import Folder
from tipgraph.files.sssom import Mapping, MappingSet, mapping_files, read_mappings
from tipgraph.rdf.iris import BASE, PREFIXES, term

SAME = term("schema:sameAs").value
REVIEWED = "reviewed.sssom.tsv"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Decided:
    """What files of links say: that two things are the same, or that they are not."""

    mappings: tuple[Mapping, ...] = ()

    def accepted(self, namespace: str = "") -> tuple[Mapping, ...]:
        """Return the accepted ones whose object is in a namespace."""
        return tuple(
            mapping
            for mapping in self.mappings
            if not mapping.is_rejected and mapping.object_id.startswith(namespace)
        )

    def linked(self, namespace: str) -> set[str]:
        """Return the things of ours that have a link into a namespace."""
        return {mapping.subject_id for mapping in self.accepted(namespace)}

    def pairs(self) -> set[tuple[str, str]]:
        """Return the pairs that are decided, either way."""
        return {(mapping.subject_id, mapping.object_id) for mapping in self.mappings}


def read_decided(paths: Iterable[Path]) -> Decided:
    """Read files of links; raise InputError with file and line where one is broken."""
    read = (mapping for path in sorted(paths) for mapping in read_mappings(path).mappings)
    return Decided(tuple(mapping for mapping in read if mapping.predicate_id == SAME))


def links_of(folder: Folder) -> tuple[Path, ...]:
    """Return a folder's files of decided links."""
    return tuple(mapping_files(folder.links)[0])


def mapping_set(
    name: str,
    mappings: Iterable[Mapping],
    about: Dictionary[str, str] = MappingProxyType({}),
    prefixes: Dictionary[str, str] = MappingProxyType({}),
) -> MappingSet:
    """Return a set of our mappings under a name, with what else is said of it and prefixes."""
    metadata = {"mapping_set_id": f"{BASE}mappings/{name}", "license": LICENSE, **about}
    ours = {name: PREFIXES[name] for name in ("body", "instrument", "schema", "tiporg")}
    return MappingSet(metadata, {**ours, **prefixes}, tuple(mappings))
