"""Decide about candidates one by one; each decision is on disk before the next is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from tipgraph.files.folder import Folder
from tipgraph.files.sssom import NOT, REVIEW, Mapping, MappingSet, read_mappings, write_mappings
from tipgraph.links.decided import REVIEWED, Decided, links_of, mapping_set, read_decided

ORCID = "https://orcid.org/"


class Review:
    """The candidates of a file that nobody has decided about, and where decisions go.

    Raises InputError with file and line where the file, or one of the folder's, is broken.
    """

    def __init__(self, folder: Folder, file: Path, reviewer: str = "") -> None:
        self.candidates = read_mappings(file)
        self._reviewer = reviewer
        self._others = [path for path in links_of(folder) if path.name != REVIEWED]
        self.path = folder.root / "data" / "links" / REVIEWED
        self._set = read_mappings(self.path) if self.path.exists() else mapping_set("reviewed", ())

    def open(self) -> Iterator[Mapping]:
        """Yield what is still to decide, the surest first.

        A thing that is linked to an item of the same source is settled, and so is such an item.
        """
        ranked = sorted(self.candidates.mappings, key=lambda mapping: -(mapping.confidence or 0))
        elsewhere = read_decided(self._others).mappings
        for mapping in ranked:
            decided = Decided((*elsewhere, *self._set.mappings))
            taken = {each.object_id for each in decided.accepted()}
            is_settled = mapping.subject_id in decided.linked(_namespace(mapping.object_id))
            is_decided = (mapping.subject_id, mapping.object_id) in decided.pairs()
            if not is_settled and not is_decided and mapping.object_id not in taken:
                yield mapping

    def accept(self, mapping: Mapping) -> None:
        """Keep that the two are the same; raise InputError where it can't be written."""
        self._decide(mapping, "")

    def reject(self, mapping: Mapping) -> None:
        """Keep that the two are not the same, so that it is never asked again."""
        self._decide(mapping, NOT)

    def _decide(self, mapping: Mapping, modifier: str) -> None:
        decided = replace(
            mapping,
            predicate_modifier=modifier,
            mapping_justification=REVIEW,
            reviewer_id=self._reviewer,
            mapping_date=date.today().isoformat(),
            object_source=mapping.object_source or _namespace(mapping.object_id),
        )
        mappings = (*self._set.mappings, decided)
        prefixes = {"orcid": ORCID, **self.candidates.prefixes, **self._set.prefixes}
        self._set = MappingSet(self._set.metadata, prefixes, mappings)
        write_mappings(self.path, self._set)


def _namespace(iri: str) -> str:
    """Return an IRI up to its last part."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    return iri[:cut]
