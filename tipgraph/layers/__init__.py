"""The layers of the graph: records as triples."""
