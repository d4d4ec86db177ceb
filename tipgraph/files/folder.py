"""The folder is the app: where a folder keeps its ontology, data, shapes and queries."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tipgraph.errors import InputError

PARTS = ("ontology", "data", "queries", "shapes")


@dataclass(frozen=True)
class Folder:
    """A folder with `ontology/`, `data/`, `queries/` and `shapes/`."""

    root: Path

    @property
    def ontology(self) -> Path:
        """The ontology, its alignments and its concept schemes."""
        return self.root / "ontology"

    @property
    def curation(self) -> Path:
        """The human decisions."""
        return self.root / "data" / "curation"

    @property
    def facts(self) -> Path:
        """The facts from elsewhere: countries, memberships, acts towards treaties."""
        return self.root / "data" / "facts"

    @property
    def rules(self) -> Path:
        """The decisions on from when each instrument binds whom."""
        return self.curation / "rules"

    @property
    def links(self) -> Path:
        """The links to things elsewhere: mappings, and codes in registers."""
        return self.root / "data" / "links"

    @property
    def map(self) -> Path:
        """The shapes of the states on a map of the world."""
        return self.root / "data" / "map" / "world.json"

    @property
    def graph(self) -> Path:
        """What the build writes: one Turtle file for each layer."""
        return self.root / "data" / "graph"

    @property
    def register(self) -> Path:
        """The append-only register of the IRIs that never change."""
        return self.root / "data" / "iris.txt"

    @property
    def queries(self) -> Path:
        """The stored queries."""
        return self.root / "queries"

    @property
    def shapes(self) -> Path:
        """The SHACL shapes."""
        return self.root / "shapes"

    def source(self) -> Path:
        """Return the newest edition of the printed table; raise InputError where there is none."""
        tables = sorted((self.root / "data" / "source").glob("*.txt"))
        if not tables:
            raise InputError("holds no table (data/source/*.txt)", self.root)
        return tables[-1]


def cache_folder(name: str) -> Path:
    """Return where something is kept, as the XDG Base Directory Specification says."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "tipgraph" / name


def find_folder(given: str | Path | None = None) -> Folder:
    """Return the given folder, else the checkout the package stands in, else the installed data.

    Raises InputError where a given folder lacks one of the four parts.
    """
    if given is not None:
        root = Path(given)
        missing = [part for part in PARTS if not (root / part).is_dir()]
        if missing:
            raise InputError(f"is no tipgraph folder: it has no {missing[0]}/", root)
        return Folder(root)
    package = Path(__file__).parents[1]
    checkout = package.parent
    is_checkout = all((checkout / part).is_dir() for part in PARTS)
    return Folder(checkout if is_checkout else package / "folder")
