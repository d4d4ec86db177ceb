"""The server: pages for people and linked data, questions and SPARQL for machines."""

from tipgraph.serve.app import create_app
from tipgraph.serve.options import Options

__all__ = ["Options", "create_app"]
