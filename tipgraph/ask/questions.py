"""The stored questions of a folder, asked of a graph."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from tipgraph.ask.answer import Answer, short
from tipgraph.ask.arguments import Given, allowed_terms, arguments_of
from tipgraph.ask.bind import Argument, Term
from tipgraph.ask.known_terms import check_terms
from tipgraph.ask.lints import lint
from tipgraph.ask.names import Names
from tipgraph.ask.parameters import Choices, Parameter
from tipgraph.ask.provenance import Provenance, dataset_version, provenance_of
from tipgraph.ask.queries import Catalogue, StoredQuery
from tipgraph.ask.run import construct, run
from tipgraph.errors import EngineError, UsageError
from tipgraph.files.folder import Folder
from tipgraph.graph.engines.engine import Graph
from tipgraph.graph.opened import OpenedGraph


class Questions:
    """The stored queries of a folder, the graph that answers them, and the names it knows."""

    def __init__(self, folder: Folder, graph: OpenedGraph) -> None:
        self.folder = folder
        self.graph = graph
        self.queries = Catalogue(folder.queries)
        self._lawful: set[str] = set()
        self._checked: set[str] = set()
        self._choices: dict[Choices, tuple[Term, ...]] = {}

    @cached_property
    def names(self) -> Names:
        """Every name of every thing."""
        return Names(self.graph.engine)

    @cached_property
    def version(self) -> str:
        """The fingerprint that the graph states of itself, or nothing where it states none."""
        return dataset_version(self.graph.engine)

    def query(
        self, name: str, /, limit: int | None = None, page: int = 1, **arguments: Given
    ) -> Answer:
        """Ask a stored query; arguments are given as people write them.

        Raises UsageError for an unknown query or a wrong argument, InputError where the query is
        broken or has no rows for asking what is not there, EngineError where the engine fails.
        """
        query = self.queries[name]
        answer = run(query, self.bound(query, arguments), self.graph.engine, limit, page)
        if not answer.rows and not self.graph.endpoint:
            self._check_terms(query)
        return answer

    def construct(self, name: str, /, **arguments: Given) -> Graph:
        """Ask a stored query that gives triples; raises what `query` does."""
        query = self.queries[name]
        return construct(query, self.bound(query, arguments), self.graph.engine)

    def provenance(self, name: str, /, **arguments: Given) -> Provenance:
        """Return what the answer of a stored query with these arguments rests on."""
        query = self.queries[name]
        return provenance_of(query, self.bound(query, arguments), self.version)

    def bound(self, query: StoredQuery, arguments: Mapping[str, Given]) -> dict[str, Argument]:
        """Return the terms of the arguments given for a query, defaults included.

        Raises UsageError where a query with these arguments can't be asked, and EngineError where
        an endpoint has not the whole graph. The rules of stored queries are held once for each: a
        file can have changed since the build held them, and then InputError says where.
        """
        self._check_whole()
        self._check_rules(query)
        return self.terms(query, arguments)

    def terms(self, query: StoredQuery, arguments: Mapping[str, Given]) -> dict[str, Argument]:
        """Return what `bound` does, of a query that is known to keep the rules."""
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

    def _check_whole(self) -> None:
        if self.graph.endpoint and not self.version:
            from tipgraph.graph.engines.remote import NOT_WHOLE

            raise EngineError(f"{self.graph.endpoint}: {NOT_WHOLE}")

    def _check_rules(self, query: StoredQuery) -> None:
        if query.version not in self._lawful:
            lint(query)
            self._lawful.add(query.version)

    def _check_terms(self, query: StoredQuery) -> None:
        if query.version not in self._checked:
            check_terms(query, self.graph.store, self.folder.shapes)
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
