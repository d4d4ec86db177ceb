"""The reference engine: rdflib, in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store
from rdflib.plugins import sparql
from rdflib.plugins.sparql.evaluate import evalAggregateJoin
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import FrozenBindings, QueryContext

from tipgraph.errors import EngineError, UsageError
from tipgraph.graph.engines.engine import Graph, Result, Solutions, Term
from tipgraph.graph.engines.services import check_services
from tipgraph.rdf.iris import BASE
from tipgraph.rdf.rdflib import triples_of
from tipgraph.rdf.sparql_size import check_size
from tipgraph.rdf.sparql_text import query_form, with_prefixes

BACKSLASHES_BEFORE_U = re.compile(r"(?<!\\)((?:\\\\)+)([uU])")


class Rdflib:
    """Answers queries from an rdflib dataset; the default graph is the union of its graphs."""

    def __init__(self, dataset: rdflib.Dataset) -> None:
        self.dataset = dataset

    @classmethod
    def of(cls, store: Store) -> Rdflib:
        """Return the engine with what a store holds."""
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(data=store.dump(format=RdfFormat.N_QUADS), format="nquads")
        return cls(dataset)

    def query(self, text: str) -> Result:
        """Return the result of a query; raise UsageError where it is broken, EngineError else."""
        query_form(text)
        check_size(text)
        check_services(text)
        try:
            prepared = sparql.prepareQuery(with_prefixes(_safely_escaped(text)), base=BASE)
        except Exception as error:  # the parser raises errors of many kinds
            raise UsageError(f"broken SPARQL: {_first_line(error)}") from None
        try:
            with mended():
                return _result(self.dataset.query(prepared))
        except Exception as error:  # and so does the evaluation
            raise EngineError(f"rdflib can't answer this query: {_first_line(error)}") from None


def _safely_escaped(text: str) -> str:
    r"""Return a query without a backslash pair before a `u`, which rdflib reads as `\u`."""
    return BACKSLASHES_BEFORE_U.sub(lambda found: f"{found[1]}\\U{ord(found[2]):08x}", text)


@contextmanager
def mended() -> Iterator[None]:
    """Keep rdflib from fetching graphs that it does not have, and from groups of nothing."""
    before = sparql.SPARQL_LOAD_GRAPHS
    sparql.SPARQL_LOAD_GRAPHS = False
    sparql.CUSTOM_EVALS["tipgraph"] = _groups
    try:
        yield
    finally:
        sparql.SPARQL_LOAD_GRAPHS = before
        del sparql.CUSTOM_EVALS["tipgraph"]


def _groups(context: QueryContext, part: CompValue) -> Iterator[FrozenBindings]:
    """Return the groups of a GROUP BY; rdflib gives one without any value where there are none.

    Raises NotImplementedError for any other part, by which rdflib knows to evaluate it itself.
    """
    if part.name != "AggregateJoin" or part.p.expr is None:
        raise NotImplementedError
    return filter(None, evalAggregateJoin(context, part))


def _first_line(error: Exception) -> str:
    return str(error).split("\n")[0] or type(error).__name__


def _result(result: rdflib.query.Result) -> Result:
    if result.type == "ASK":
        return bool(result.askAnswer)
    if result.type != "SELECT":
        return Graph(frozenset(triples_of(result.graph or rdflib.Graph())))
    names = tuple(map(str, result.vars or ()))
    rows = tuple(tuple(map(_term, row)) for row in result)  # type: ignore[arg-type]
    return Solutions(names, rows)


def _term(node: Any) -> Term | None:
    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    if node is None:
        return None
    if node.language:
        return Literal(str(node), language=node.language)
    datatype = None if node.datatype is None else NamedNode(str(node.datatype))
    return Literal(str(node), datatype=datatype)
