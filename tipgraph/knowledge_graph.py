"""The Python interface: a graph that can be asked, searched, shown and exported."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from tipgraph.ask.answer import Answer
from tipgraph.ask.arguments import Given, allowed_terms, arguments_of
from tipgraph.ask.bind import Argument, Term
from tipgraph.ask.names import Names
from tipgraph.ask.parameters import Choices, Parameter
from tipgraph.ask.queries import Catalogue, StoredQuery
from tipgraph.ask.run import answer_of, construct, run
from tipgraph.errors import EngineError, UsageError
from tipgraph.files.folder import Folder, find_folder
from tipgraph.graph.engines.engine import Engine, Graph, Solutions
from tipgraph.graph.engines.oxigraph import Oxigraph
from tipgraph.graph.open import load_store
from tipgraph.tell.rows import short

if TYPE_CHECKING:
    from tipgraph.ask.provenance import Provenance
    from tipgraph.ask.search import Hit
    from tipgraph.tell.card import Card

ENGINES = ("oxigraph", "rdflib")


class KnowledgeGraph:
    """The stored queries of a folder, and an engine that answers them.

    A `store` takes the place of the folder's graph; `services` are the endpoints that a query may
    ask with SERVICE. With `is_kept` the graph is read from the disk, where it opens sooner than in
    memory and answers somewhat later: for one question.

    >>> import tipgraph
    >>> kg = tipgraph.load()
    >>> kg.query("instruments-of-organization", organization="FATF").rows[0].force
    'https://w3id.org/tipgraph/concept/legal-force/not-applicable'
    """

    def __init__(
        self,
        folder: Folder,
        engine: str = "oxigraph",
        *,
        endpoint: str = "",
        store: Store | None = None,
        services: Collection[str] = (),
        is_kept: bool = False,
    ) -> None:
        self.folder = folder
        self._is_kept = is_kept
        if store is not None:
            self.store = store
        self.endpoint = endpoint
        self.services = services
        self.queries = Catalogue(folder.queries)
        self._engine_name = engine
        self._checked: set[str] = set()
        self._choices: dict[Choices, tuple[Term, ...]] = {}

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
        if self._engine_name == "rdflib":
            from tipgraph.graph.engines.rdflib import Rdflib

            return Rdflib.of(self.store)
        return Oxigraph(self.store)

    @cached_property
    def store(self) -> Store:
        """The layers of the folder's graph, each in its named graph."""
        if self.endpoint:
            raise UsageError("only the graph of a folder can be searched, shown and exported")
        if self._is_kept:
            from tipgraph.graph.open import kept_store

            return kept_store(self.folder)
        return load_store(self.folder)

    @cached_property
    def names(self) -> Names:
        """Every name of every thing."""
        return Names(self.engine)

    def query(
        self, name: str, /, limit: int | None = None, page: int = 1, **arguments: Given
    ) -> Answer:
        """Ask a stored query; arguments are given as people write them.

        Raises UsageError for an unknown query or a wrong argument, InputError where the query is
        broken or has no rows for asking what is not there, EngineError where the engine fails.
        """
        query = self.queries[name]
        answer = run(query, self.bound(query, arguments), self.engine, limit, page)
        if not answer.rows and not self.endpoint:
            self._check_terms(query)
        return answer

    def construct(self, name: str, /, **arguments: Given) -> Graph:
        """Ask a stored query that gives triples; raises what `query` does."""
        query = self.queries[name]
        return construct(query, self.bound(query, arguments), self.engine)

    def provenance(self, name: str, /, **arguments: Given) -> Provenance:
        """Return what the answer of a stored query with these arguments rests on."""
        from tipgraph.ask.provenance import provenance_of

        query = self.queries[name]
        return provenance_of(query, self.bound(query, arguments), self.version)

    @cached_property
    def version(self) -> str:
        """The fingerprint that the graph states of itself, or nothing where it states none."""
        from tipgraph.ask.provenance import dataset_version

        return dataset_version(self.engine)

    def sparql(self, text: str) -> Answer | Graph | bool:
        """Ask any SELECT, CONSTRUCT, DESCRIBE or ASK query; our prefixes need no declaration."""
        result = self.engine.query(text)
        return answer_of(result) if isinstance(result, Solutions) else result

    def bound(self, query: StoredQuery, arguments: Mapping[str, Given]) -> dict[str, Argument]:
        """Return the terms of the arguments given for a query, defaults included.

        Raises UsageError where a query with these arguments can't be asked, and EngineError where
        an endpoint has not the whole graph.
        """
        self._check_whole()
        return arguments_of(query, arguments, self.names, self._choices_of)

    def choices(self, parameter: Parameter) -> tuple[Term, ...]:
        """Return the only terms a parameter may take, or nothing where its type alone limits it."""
        return allowed_terms(parameter, self.names, self._choices_of)

    def values(self, parameter: Parameter) -> list[str]:
        """Return the only values a parameter may take, as people write them; none for any."""
        if parameter.enum:
            return list(parameter.enum)
        if parameter.choices:
            return [short(node, parameter.type) for node in self.choices(parameter)]
        return list(self.names.concepts(parameter.scheme)) if parameter.type == "concept" else []

    def search(self, text: str) -> list[Hit]:
        """Return the things whose names hold the words of a text, the best first."""
        from tipgraph.ask.search import search

        return search(text, self.store, self.names)

    def show(self, thing: str) -> Card:
        """Return the card of the thing a text names; raise UsageError where none or several."""
        from tipgraph.tell.card import show

        return show(self.names.find(thing), self.store)

    def export(self, format: str = "turtle", *layers: str) -> bytes:
        """Return the graph, or some of its layers, in one of the graph formats."""
        from tipgraph.graph.export import export

        return export(self.store, format, layers)

    def _check_whole(self) -> None:
        if self.endpoint and not self.version:
            from tipgraph.graph.engines.remote import NOT_WHOLE

            raise EngineError(f"{self.endpoint}: {NOT_WHOLE}")

    def _check_terms(self, query: StoredQuery) -> None:
        if query.version not in self._checked:
            from tipgraph.ask.prepared import check_terms

            check_terms(query, self.store, self.folder.shapes)
            self._checked.add(query.version)

    def _choices_of(self, choices: Choices) -> tuple[Term, ...]:
        if choices not in self._choices:
            self._check_choices(choices)
            rows = self.query(choices.query).rows
            found = dict.fromkeys(row.terms[row.columns.index(choices.column)] for row in rows)
            self._choices[choices] = tuple(node for node in found if node is not None)  # type: ignore[misc]
        return self._choices[choices]

    def _check_choices(self, choices: Choices) -> None:
        query = self.queries[choices.query]
        if choices.column not in query.columns:
            raise UsageError(f"its choices are of no column of '{query.name}': {choices.column}")
        if any(parameter.choices for parameter in query.parameters):
            raise UsageError(f"its choices are those of '{query.name}', which has choices itself")


def load(
    folder: str | Path | None = None, engine: str = "oxigraph", services: Collection[str] = ()
) -> KnowledgeGraph:
    """Load the graph of a folder, or the one that comes with the package.

    `engine` is `oxigraph`, or `rdflib` for the reference; `services` are the endpoints that a query
    may ask with SERVICE.
    """
    if engine not in ENGINES:
        raise UsageError(f"no engine is called '{engine}'; there are {' and '.join(ENGINES)}")
    return KnowledgeGraph(find_folder(folder), engine, services=services)


def connect(
    endpoint: str, folder: str | Path | None = None, services: Collection[str] = ()
) -> KnowledgeGraph:
    """Return the graph behind a SPARQL 1.1 endpoint, with the stored queries of a folder.

    `services` are the other endpoints that a query may tell it to ask with SERVICE.
    """
    return KnowledgeGraph(find_folder(folder), endpoint=endpoint, services=services)
