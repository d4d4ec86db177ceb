"""The Python interface: a graph that is loaded once and can be asked, searched, shown, exported."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from tipgraph.errors import UsageError
from tipgraph.folder import Folder, find_folder
from tipgraph.iris import fold
from tipgraph.load import load_store
from tipgraph.queries import StoredQuery, read_queries
from tipgraph.resolve import Names
from tipgraph.run import Answer, arguments_of, run

if TYPE_CHECKING:
    from tipgraph.search import Hit
    from tipgraph.show import Card


class KnowledgeGraph:
    """The graph of a folder on the embedded engine.

    >>> import tipgraph
    >>> kg = tipgraph.load()
    >>> kg.query("instruments-of-organization", organization="FATF").rows[0].force
    'https://w3id.org/tipgraph/concept/legal-force/not-applicable'
    """

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    @cached_property
    def store(self) -> Store:
        """The layers, each in its named graph."""
        return load_store(self.folder)

    @cached_property
    def names(self) -> Names:
        """Every name of every thing."""
        return Names(self.store)

    @cached_property
    def queries(self) -> dict[str, StoredQuery]:
        """The stored queries, by name."""
        return read_queries(self.folder.queries)

    def stored_query(self, name: str) -> StoredQuery:
        """Return a stored query; raise UsageError with near names where there is none."""
        if name not in self.queries:
            import difflib

            near = difflib.get_close_matches(fold(name), self.queries, n=3, cutoff=0.5)
            hint = f"did you mean {' or '.join(near)}?" if near else "'tipgraph query' lists them"
            raise UsageError(f"no query is called '{name}'; {hint}")
        return self.queries[name]

    def query(self, name: str, /, limit: int | None = None, **arguments: str) -> Answer:
        """Ask a stored query; arguments are given as people write them.

        Raises UsageError for an unknown query or a wrong argument.
        """
        query = self.stored_query(name)
        given = {key: str(value) for key, value in arguments.items() if value is not None}
        terms = arguments_of(query, given, self.store, self.names)
        return run(query, terms, self.store, limit)

    def search(self, text: str) -> list[Hit]:
        """Return the things whose names hold the words of a text, the best first."""
        from tipgraph.search import search

        return search(text, self.store)

    def show(self, thing: str) -> Card:
        """Return the card of the thing a text names; raise UsageError where none or several."""
        from tipgraph.show import show

        return show(self.names.find(thing), self.store)

    def export(self, format: str = "turtle", *layers: str) -> bytes:
        """Return the graph, or some of its layers, in one of the graph formats."""
        from tipgraph.export import export

        return export(self.store, format, layers)


def load(folder: str | Path | None = None) -> KnowledgeGraph:
    """Load the graph of a folder, or the one that comes with the package."""
    return KnowledgeGraph(find_folder(folder))
