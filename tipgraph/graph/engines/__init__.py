"""The engines that answer SPARQL: each takes the same text and gives the same terms."""

from tipgraph.graph.engines.engine import Engine, Graph, Result, Solutions, Term

__all__ = ["Engine", "Graph", "Result", "Solutions", "Term"]
