"""Check over HTTP where the links of the graph lead today."""
