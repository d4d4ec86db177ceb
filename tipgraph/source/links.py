"""Read the links of `data/links/`: mappings to things elsewhere, and codes in registers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tipgraph.errors import quoted
from tipgraph.files.csvw import Row
from tipgraph.files.sssom import Mapping, mapping_files, read_mappings
from tipgraph.rdf.iris import BASE
from tipgraph.source.facts import Made, read_records

THESAURUS = "thesaurus"


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
class Namespace:
    """How the addresses of a source elsewhere begin, and the form of what follows, if it is one.

    `kind` is what they stand for: concepts of a `thesaurus`, or `things`.
    """

    namespace: str
    name: str
    kind: str
    form: str
    row: Row

    @property
    def is_thesaurus(self) -> bool:
        """Whether its addresses stand for concepts, which are no things."""
        return self.kind == THESAURUS

    def has(self, iri: str) -> bool:
        """Tell whether an address is of this source."""
        return iri.startswith(self.namespace)

    def is_misspelt(self, iri: str) -> bool:
        """Tell whether an address leads to the host of this source, but in another form."""
        if not self.form:
            return False
        own, host = (urlsplit(address).hostname or "" for address in (self.namespace, iri))
        is_there = f".{host}".endswith(f".{own.removeprefix('www.')}")
        return is_there and not re.fullmatch(re.escape(self.namespace) + self.form, iri)


@dataclass(frozen=True)
class Links:
    """The accepted mappings, those to check, the codes, and what is known of sources elsewhere."""

    accepted: tuple[Mapping, ...] = ()
    candidates: tuple[Mapping, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    namespaces: tuple[Namespace, ...] = ()


def read_links(folder: Path) -> Links:
    """Read the links of a folder; a folder that is not there has none.

    A candidate that is decided by now, either way, is left out. Raises InputError with file and
    line where a file is broken, or accepts what another one rejects.
    """
    if not folder.is_dir():
        return Links()
    decided, candidates = mapping_files(folder)
    mappings = [m for path in decided for m in read_mappings(path).mappings]
    rejected = {pair(m): m for m in mappings if m.is_rejected}
    accepted = tuple(m for m in mappings if not m.is_rejected)
    for mapping in accepted:
        if other := rejected.get(pair(mapping)):
            raise mapping.error(f"the mapping is rejected in {other.path}:{other.line}")
    known = {*rejected, *map(pair, accepted)}
    proposed = (m for path in candidates for m in read_mappings(path).mappings)
    to_check = tuple(m for m in proposed if pair(m) not in known)
    identifiers = _records(folder / "identifiers.csv", Identifier)
    namespaces = _records(folder / "namespaces.csv", Namespace)
    for namespace in namespaces:
        _check_form(namespace)
    return Links(accepted, to_check, identifiers, namespaces)


def _records(path: Path, make: Callable[..., Made]) -> tuple[Made, ...]:
    return read_records(path, make) if path.is_file() else ()


def _check_form(namespace: Namespace) -> None:
    try:
        re.compile(namespace.form)
    except re.error:
        what = f"the form {quoted(namespace.form)} is no regular expression"
        raise namespace.row.error(what) from None


def pair(mapping: Mapping) -> tuple[str, str]:
    """Return what a mapping links, however it does."""
    return mapping.subject_id, mapping.object_id
