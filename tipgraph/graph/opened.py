"""A graph that can be asked: that of a folder, of a store, or behind an endpoint."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Store

from tipgraph.errors import UsageError
from tipgraph.files.folder import Folder
from tipgraph.graph.engines.engine import Engine
from tipgraph.graph.engines.oxigraph import Oxigraph
from tipgraph.graph.open import kept_store, load_store

ENGINES = ("oxigraph", "rdflib")


@dataclass(frozen=True)
class OpenedGraph:
    """A graph, opened when it is first asked.

    `engine_name` is one of `ENGINES`; with an `endpoint` that answers, and there is no store.
    `services` are the endpoints that a query may ask with SERVICE.
    """

    open_store: Callable[[], Store]
    engine_name: str = "oxigraph"
    endpoint: str = ""
    services: Collection[str] = ()

    @classmethod
    def of_folder(
        cls,
        folder: Folder,
        engine: str = "oxigraph",
        services: Collection[str] = (),
        *,
        is_kept: bool = False,
    ) -> OpenedGraph:
        """Return the graph of a folder.

        With `is_kept` it is read from the disk, where it opens sooner than in memory and answers
        somewhat later: for one question. Raises UsageError for an unknown engine.
        """
        if engine not in ENGINES:
            raise UsageError(f"no engine is called '{engine}'; there are {' and '.join(ENGINES)}")
        open_store = kept_store if is_kept else load_store
        return cls(lambda: open_store(folder), engine, services=services)

    @classmethod
    def of_store(cls, store: Store) -> OpenedGraph:
        """Return the graph of a store, its layers in named graphs."""
        return cls(lambda: store)

    @classmethod
    def of_endpoint(cls, endpoint: str, services: Collection[str] = ()) -> OpenedGraph:
        """Return the graph behind a SPARQL 1.1 endpoint."""
        return cls(_no_store, endpoint=endpoint, services=services)

    @cached_property
    def store(self) -> Store:
        """The layers, each in its named graph; raises UsageError where an endpoint has them."""
        return self.open_store()

    @cached_property
    def engine(self) -> Engine:
        """What answers: the endpoint if there is one, else an engine in memory."""
        if self.services:
            from tipgraph.graph.engines.federated import Federated

            return Federated(self._own_engine(), self.services)
        return self._own_engine()

    def _own_engine(self) -> Engine:
        if self.endpoint:
            from tipgraph.graph.engines.remote import RemoteEngine

            return RemoteEngine(self.endpoint)
        if self.engine_name == "rdflib":
            from tipgraph.graph.engines.rdflib import Rdflib

            return Rdflib.of(self.store)
        return Oxigraph(self.store)


def _no_store() -> Store:
    raise UsageError("only the graph of a folder can be shown and exported")
