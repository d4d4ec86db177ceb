"""The stored questions of a folder, asked of a graph."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
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
from tipgraph.ask.run import BoundQuery, rows_of, triples_of
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
        self._found: dict[Hashable, bool] = {}
        self._choices: dict[Choices, tuple[Term, ...]] = {}

    @cached_property
    def names(self) -> Names:
        """Every name of every thing."""
        return Names(self.graph.engine)

    @cached_property
    def version(self) -> str:
        """The fingerprint that the graph states of itself, or nothing where it states none."""
        return dataset_version(self.graph.engine)

    def bound(self, query: StoredQuery, arguments: Mapping[str, Given]) -> BoundQuery:
        """Return a query with the terms of the arguments given for it, as people write them.

        Raises UsageError where a query with these arguments can't be asked, and EngineError where
        an endpoint has not the whole graph. The rules of stored queries are held once for each: a
        file can have changed since the build held them, and then InputError says where.
        """
        self._check_whole()
        self._check_rules(query)
        return BoundQuery(query, self.terms(query, arguments))

    def terms(self, query: StoredQuery, arguments: Mapping[str, Given]) -> dict[str, Argument]:
        """Return the terms of the arguments given for a query that keeps the rules."""
        return arguments_of(query, arguments, self.names, self._choices_of)

    def rows(self, bound: BoundQuery, limit: int | None = None, page: int = 1) -> Answer:
        """Return the rows of a bound query, or a page of `limit` rows of them.

        Raises UsageError for a wrong page, InputError where the query has no rows for asking what
        is not there, EngineError where the engine fails.
        """
        answer = rows_of(bound, self.graph.engine, limit, page)
        if not answer.rows and not self.graph.endpoint:
            self._check_terms(bound.query)
        return answer

    def has_rows(self, bound: BoundQuery) -> bool:
        """Tell whether a bound query has any row, or any triple; it is looked up once."""
        if bound.key not in self._found:
            is_rows = bound.query.form == "SELECT"
            found = self.rows(bound, 1).rows if is_rows else self.triples(bound).triples
            self._found[bound.key] = bool(found)
        return self._found[bound.key]

    def triples(self, bound: BoundQuery) -> Graph:
        """Return the triples of a bound query; raises EngineError where the engine fails."""
        return triples_of(bound, self.graph.engine)

    def provenance(self, bound: BoundQuery) -> Provenance:
        """Return what the answer to a bound query rests on."""
        return provenance_of(bound, self.version)

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
            rows = self.rows(self.bound(self.queries[choices.query], {})).rows
            found = dict.fromkeys(row.terms[row.columns.index(choices.column)] for row in rows)
            self._choices[choices] = tuple(node for node in found if node is not None)  # type: ignore[misc]
        return self._choices[choices]

    def _check_choices(self, choices: Choices) -> None:
        query = self.queries[choices.query]
        if choices.column not in query.columns:
            raise UsageError(f"its choices are of no column of '{query.name}': {choices.column}")
        if any(parameter.choices for parameter in query.parameters):
            raise UsageError(f"its choices are those of '{query.name}', which has choices itself")
