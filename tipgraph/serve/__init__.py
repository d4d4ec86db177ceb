"""The server: pages for people and linked data, questions and SPARQL for machines.

`tipgraph.serve.app` makes it; nothing is imported here, since a worker process needs little of it.
"""
