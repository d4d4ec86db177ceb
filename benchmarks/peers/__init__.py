"""tipgraph, grlc and RAMOSE side by side: the same questions, one endpoint, the same faults."""
