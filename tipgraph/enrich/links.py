"""Read the links of `data/links/`: mappings to things elsewhere, and codes in registers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tipgraph.enrich.facts import read_records
from tipgraph.enrich.tables import Row
from tipgraph.errors import quoted
from tipgraph.iris import BASE, ONTOLOGY, term
from tipgraph.sssom import Mapping, mapping_files, read_mappings

SAME = term("schema:sameAs").value
MATCHES = ("broadMatch", "closeMatch", "exactMatch", "narrowMatch", "relatedMatch")
PREDICATES = frozenset(
    term(curie).value
    for curie in (
        *("schema:sameAs", "rdfs:seeAlso", "dcterms:subject"),
        *(f"skos:{match}" for match in MATCHES),
    )
)
"""What a mapping may say; anything else would be a fact, and not a link."""


@dataclass(frozen=True)
class Identifier:
    """The code of a thing in a register or series; `system` is the name of its datatype."""

    thing: str
    system: str
    code: str
    page: str
    remark: str
    source: tuple[str, ...]
    row: Row

    @property
    def iri(self) -> str:
        """The IRI of the thing."""
        return self.thing if "://" in self.thing else BASE + self.thing


@dataclass(frozen=True)
class Links:
    """The accepted mappings, those to check, and the codes."""

    accepted: tuple[Mapping, ...] = ()
    candidates: tuple[Mapping, ...] = ()
    identifiers: tuple[Identifier, ...] = ()


def read_links(folder: Path) -> Links:
    """Read the links of a folder; a folder that is not there has none.

    A candidate that is decided by now, either way, is left out. Raises InputError with file and
    line where a file is broken, or accepts what another one rejects.
    """
    if not folder.is_dir():
        return Links()
    decided, candidates = mapping_files(folder)
    mappings = [m for path in decided for m in read_mappings(path).mappings]
    rejected = {_pair(m): m for m in mappings if m.is_rejected}
    accepted = tuple(m for m in mappings if not m.is_rejected)
    for mapping in accepted:
        if other := rejected.get(_pair(mapping)):
            raise mapping.error(f"the mapping is rejected in {other.path}:{other.line}")
    known = {*rejected, *map(_pair, accepted)}
    proposed = (m for path in candidates for m in read_mappings(path).mappings)
    to_check = tuple(m for m in proposed if _pair(m) not in known)
    table = folder / "identifiers.csv"
    identifiers = read_records(table, Identifier) if table.is_file() else ()
    return Links(accepted, to_check, identifiers)


def _pair(mapping: Mapping) -> tuple[str, str]:
    return mapping.subject_id, mapping.object_id


def check_links(links: Links, known: Collection[str], systems: Collection[str]) -> None:
    """Raise InputError with file and line at the first link that can't be as it is said.

    `known` are the IRIs that links may be of, `systems` those of the datatypes of codes. A thing
    that is not ours, such as a target of the UN, need not be in this graph.
    """
    for mapping in (*links.accepted, *links.candidates):
        if not _is_known(mapping.subject_id, known):
            raise mapping.error(f"nothing is known as {quoted(mapping.subject_id)}")
        if mapping.predicate_id not in PREDICATES:
            raise mapping.error(f"{quoted(mapping.predicate_id)} is no predicate of a link")
        if mapping.object_id.startswith(BASE):
            raise mapping.error(f"{quoted(mapping.object_id)} is no thing elsewhere")
    for identifier in links.identifiers:
        if not _is_known(identifier.iri, known):
            raise identifier.row.error(f"nothing is known as {quoted(identifier.thing)}")
        if ONTOLOGY + identifier.system not in systems:
            raise identifier.row.error(f"no code system is known as {quoted(identifier.system)}")
    _refuse_two(links.accepted)


def _is_known(iri: str, known: Collection[str]) -> bool:
    return iri in known or not iri.startswith(BASE)


def _refuse_two(mappings: Iterable[Mapping]) -> None:
    """Refuse a thing that is two items of one source, and an item that is two things."""
    firsts: dict[tuple[str, str], Mapping] = {}
    for mapping in mappings:
        if mapping.predicate_id != SAME:
            continue
        host = urlsplit(mapping.object_id).netloc
        for key in ((mapping.subject_id, host), (mapping.object_id, "")):
            first = firsts.setdefault(key, mapping)
            if _pair(first) != _pair(mapping):
                same = first.object_id if key[1] else first.subject_id
                raise mapping.error(f"{quoted(key[0])} is the same as {quoted(same)} already")
