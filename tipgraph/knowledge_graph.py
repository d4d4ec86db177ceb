"""The Python interface: a graph that can be asked, searched, shown and exported."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from tipgraph.ask.answer import Answer
from tipgraph.ask.arguments import Given
from tipgraph.ask.provenance import Provenance
from tipgraph.ask.questions import Questions
from tipgraph.ask.run import BoundQuery, answer_of
from tipgraph.errors import UsageError
from tipgraph.files.folder import Folder, find_folder
from tipgraph.graph.engines.engine import Engine, Graph, Solutions
from tipgraph.graph.opened import OpenedGraph

if TYPE_CHECKING:
    from tipgraph.ask.hit import Found
    from tipgraph.ask.search import Search
    from tipgraph.tell.citation import Citation
    from tipgraph.tell.reader import Reader
    from tipgraph.tell.thing import Thing


class KnowledgeGraph:
    """The stored queries of a folder, and a graph that answers them.

    `of_folder`, `of_store` and `of_endpoint` make one.

    >>> import tipgraph
    >>> kg = tipgraph.load()
    >>> kg.query("instruments-of-organization", organization="FATF").rows[0].force
    'https://w3id.org/tipgraph/concept/legal-force/not-applicable'
    """

    def __init__(self, folder: Folder, graph: OpenedGraph) -> None:
        self.folder = folder
        self.graph = graph
        self.questions = Questions(folder, graph)
        self.queries = self.questions.queries

    @classmethod
    def of_folder(
        cls,
        folder: Folder,
        engine: str = "oxigraph",
        services: Collection[str] = (),
        *,
        is_kept: bool = False,
    ) -> KnowledgeGraph:
        """Return the graph of a folder; the arguments are those of `OpenedGraph.of_folder`."""
        return cls(folder, OpenedGraph.of_folder(folder, engine, services, is_kept=is_kept))

    @classmethod
    def of_store(cls, folder: Folder, store: Store) -> KnowledgeGraph:
        """Return the graph of a store, asked the stored queries of a folder."""
        return cls(folder, OpenedGraph.of_store(store))

    @classmethod
    def of_endpoint(
        cls, folder: Folder, endpoint: str, services: Collection[str] = ()
    ) -> KnowledgeGraph:
        """Return the graph behind an endpoint, asked the stored queries of a folder."""
        return cls(folder, OpenedGraph.of_endpoint(endpoint, services))

    @property
    def engine(self) -> Engine:
        """What answers: the endpoint if there is one, else an engine in memory."""
        return self.graph.engine

    @property
    def store(self) -> Store:
        """The layers, each in its named graph; raises UsageError where an endpoint has them."""
        return self.graph.store

    @cached_property
    def reader(self) -> Reader:
        """What reads the store by pattern, and keeps the labels of things."""
        from tipgraph.tell.reader import Reader

        return Reader(self.store)

    @property
    def version(self) -> str:
        """The fingerprint that the graph states of itself, or nothing where it states none."""
        return self.questions.version

    def query(
        self, name: str, /, limit: int | None = None, page: int = 1, **arguments: Given
    ) -> Answer:
        """Ask a stored query; arguments are given as people write them.

        Raises UsageError for an unknown query or a wrong argument, InputError where the query is
        broken or has no rows for asking what is not there, EngineError where the engine fails.
        """
        return self.questions.rows(self._bound(name, arguments), limit, page)

    def construct(self, name: str, /, **arguments: Given) -> Graph:
        """Ask a stored query that gives triples; raises what `query` does."""
        return self.questions.triples(self._bound(name, arguments))

    def provenance(self, name: str, /, **arguments: Given) -> Provenance:
        """Return what the answer of a stored query with these arguments rests on."""
        return self.questions.provenance(self._bound(name, arguments))

    def _bound(self, name: str, arguments: Mapping[str, Given]) -> BoundQuery:
        return self.questions.bound(self.queries[name], arguments)

    def sparql(self, text: str) -> Answer | Graph | bool:
        """Ask any SELECT, CONSTRUCT, DESCRIBE or ASK query; our prefixes need no declaration."""
        result = self.engine.query(text)
        return answer_of(result) if isinstance(result, Solutions) else result

    def search(self, text: str) -> Found:
        """Return the things and the stored questions that a text leads to, the best first.

        >>> import tipgraph
        >>> hit = tipgraph.load().search("what treaties bind Ghana?")[0]
        >>> hit.iri, hit.arguments
        ('https://w3id.org/tipgraph/query/country-coverage', {'country': 'GHA'})
        """
        return self._search.found(text)

    @cached_property
    def _search(self) -> Search:
        from tipgraph.ask.search import Search

        return Search(self.questions)

    def show(self, thing: str) -> Thing:
        """Return what the graph says of the thing a text names, printed as a card.

        Raises UsageError where it names none or several.
        """
        from tipgraph.tell.describe import describe

        return describe(self.questions.names.find(thing), self.reader)

    def cite(self, what: str | None = None, /, **arguments: Given) -> Citation:
        """Return the citation of a stored query's answer, of a thing, or of the dataset.

        `str` gives it as text, `to("bibtex")`, `to("ris")` and `to("csl")` for programs. Raises
        what `query` and `show` do.
        """
        from tipgraph.tell.cite import cite_answer, cite_dataset, cite_thing

        if what in self.queries.names:
            return cite_answer(self._bound(what, arguments), self.reader)
        if arguments:
            raise UsageError("only the answer of a stored query is cited with arguments")
        if what is None:
            return cite_dataset(self.reader)
        return cite_thing(self.questions.names.find(what), self.reader)

    def export(self, format: str = "turtle", *layers: str) -> bytes:
        """Return the graph, or some of its layers, in one of the graph formats."""
        from tipgraph.graph.export import export

        return export(self.store, format, layers)


def load(
    folder: str | Path | None = None, engine: str = "oxigraph", services: Collection[str] = ()
) -> KnowledgeGraph:
    """Load the graph of a folder, or the one that comes with the package.

    `engine` is `oxigraph`, or `rdflib` for the reference; `services` are the endpoints that a query
    may ask with SERVICE.
    """
    return KnowledgeGraph.of_folder(find_folder(folder), engine, services)


def connect(
    endpoint: str, folder: str | Path | None = None, services: Collection[str] = ()
) -> KnowledgeGraph:
    """Return the graph behind a SPARQL 1.1 endpoint, with the stored queries of a folder.

    `services` are the other endpoints that a query may tell it to ask with SERVICE.
    """
    return KnowledgeGraph.of_endpoint(find_folder(folder), endpoint, services)
