"""The engine that is elsewhere: any SPARQL 1.1 endpoint."""

from __future__ import annotations

import time
from collections.abc import Callable

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    parse,
    parse_query_results,
)

from tipgraph.graph.engines.endpoint import RESULTS, Endpoint, Limits, Reply
from tipgraph.graph.engines.engine import Graph, Result, Solutions
from tipgraph.graph.engines.failures import one_line
from tipgraph.graph.engines.services import check_services
from tipgraph.rdf.iris import LAYERS, layer_graph, term, thing
from tipgraph.rdf.sparql_text import has_dataset, query_form, selected, with_prefixes

GRAPHS = tuple(layer_graph(layer).value for layer in LAYERS)
RESULT_TYPES = (RESULTS, "application/json")
GRAPH_TYPES = {"application/n-triples": RdfFormat.N_TRIPLES, "text/turtle": RdfFormat.TURTLE}
IS_WHOLE = f"ASK {{ {thing('dataset')} {term('schema:version')} ?version }}"
"""A graph states its version once all of it is there."""
NOT_WHOLE = "the graph is not there, or not whole; load it with 'tipgraph push'"
MANY_ROWS = "SELECT (1 AS ?one) WHERE {{ ?s ?p ?o . ?s2 ?p2 ?o2 }} LIMIT {}"


class RemoteEngine:
    """Answers queries by an endpoint whose store has each layer in its named graph.

    Without `graphs` it is asked about all that it has. Where it `is_strict`, no redirect is
    followed to another server on this machine or a private network. Raises UsageError where the
    URL is not that of an endpoint.
    """

    def __init__(
        self,
        url: str,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
        graphs: tuple[str, ...] = GRAPHS,
        *,
        is_strict: bool = False,
    ) -> None:
        self.graphs = graphs
        self.endpoint = Endpoint(url, limits, sleep, is_strict=is_strict)

    def query(self, text: str) -> Result:
        """Return the result of a query over the layers, or over what it says with FROM.

        Raises UsageError where the text is no query, and EngineError where no whole and true
        answer comes.
        """
        form = query_form(text)
        check_services(text)
        graphs = () if has_dataset(text) else self.graphs
        result = self._result(with_prefixes(text), form, graphs)
        if graphs and _is_empty(result):
            self._check_loaded()
        return result

    def _result(self, text: str, form: str, graphs: tuple[str, ...]) -> Result:
        reply = self.endpoint.query(text, form, graphs)
        if form in {"CONSTRUCT", "DESCRIBE"}:
            return self._graph(reply)
        rows = self._rows(reply)
        if (form == "ASK") != isinstance(rows, bool):
            given = "yes or no" if form == "SELECT" else "rows"
            raise self.endpoint.error(f"it answers {form} with {given}")
        return self._as_selected(rows, text) if isinstance(rows, Solutions) else rows

    def _as_selected(self, rows: Solutions, text: str) -> Solutions:
        """Return rows with their columns in the order of the query; refuse other columns."""
        names = selected(text)
        if not names or names == rows.variables:
            return rows
        if set(names) != set(rows.variables):
            given, wanted = (", ".join(found) or "none" for found in (rows.variables, names))
            raise self.endpoint.error(
                f"it answers with the columns {one_line(given)}, not {wanted}"
            )
        places = [rows.variables.index(name) for name in names]
        return Solutions(names, tuple(tuple(row[n] for n in places) for row in rows.rows))

    def _rows(self, reply: Reply) -> Solutions | bool:
        self._check_type(reply, RESULT_TYPES)
        try:
            return rows_of(reply.body)
        except (SyntaxError, ValueError) as error:
            raise self.endpoint.error(f"broken SPARQL results: {one_line(str(error))}") from None

    def _graph(self, reply: Reply) -> Graph:
        self._check_type(reply, tuple(GRAPH_TYPES))
        try:
            quads = list(parse(reply.body, GRAPH_TYPES[reply.media_type]))
        except (SyntaxError, ValueError) as error:
            raise self.endpoint.error(f"broken RDF: {one_line(str(error))}") from None
        graph = Graph(frozenset(quad.triple for quad in quads))
        self._check_construct(reply, graph)
        return graph

    def _check_type(self, reply: Reply, types: tuple[str, ...]) -> None:
        if reply.media_type not in types:
            given = one_line(reply.media_type) or "no media type"
            raise self.endpoint.error(f"it answers with {given}, not {types[0]}; check the URL")

    def _check_construct(self, reply: Reply, graph: Graph) -> None:
        """Refuse a graph of one triple more than the rows Virtuoso gives at most.

        It cuts graphs there and says nothing, but does say so of as many rows.
        """
        is_virtuoso = "Virtuoso" in reply.headers.get("Server", "")
        if is_virtuoso and len(graph.triples) > 1:
            self.endpoint.query(MANY_ROWS.format(len(graph.triples) - 1), "SELECT")

    def _check_loaded(self) -> None:
        """Refuse to take an answer for empty where the graph is missing, or not yet whole."""
        if not self._result(IS_WHOLE, "ASK", GRAPHS):
            raise self.endpoint.error(NOT_WHOLE)


def _is_empty(result: Result) -> bool:
    if isinstance(result, Solutions):
        return not result.rows
    return not (result.triples if isinstance(result, Graph) else result)


def rows_of(body: bytes) -> Solutions | bool:
    """Return the rows, or the yes or no, of SPARQL results in JSON.

    Raises SyntaxError or ValueError where they are broken.
    """
    # Virtuoso writes blank nodes in a way of its own.
    plain = body.replace(b'"bnode", "value": "nodeID://', b'"bnode", "value": "')
    results = parse_query_results(plain, format=QueryResultsFormat.JSON)
    try:
        if isinstance(results, QueryBoolean):
            return bool(results)
        names = tuple(variable.value for variable in results.variables)
        rows = tuple(map(tuple, results))
    finally:
        # The traceback of an error would keep it, and it must not end in another thread.
        del results
    # With its CaseMode at 1, Virtuoso answers ASK with a row or none.
    return bool(rows) if names == ("__ASK_RETVAL",) else Solutions(names, rows)
