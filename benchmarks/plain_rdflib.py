"""The peer of a cold question: a script that parses Turtle files with rdflib and asks them SPARQL.

Called as `python plain_rdflib.py QUERY.rq FILE.ttl…`; prints how many rows the answer has.
"""

import sys

from rdflib import Graph

graph = Graph()
for path in sys.argv[2:]:
    graph.parse(path, format="turtle")
with open(sys.argv[1], encoding="utf-8") as file:
    print(len(list(graph.query(file.read()))))
