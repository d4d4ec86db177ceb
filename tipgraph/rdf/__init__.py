"""RDF in our own terms: IRIs, triples, canonical Turtle, the JSON-LD context, SPARQL's tokens."""
