"""What an answer rests on: the dataset's version, the query's, and the arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tipgraph.ask.bind import Argument
from tipgraph.ask.run import BoundQuery
from tipgraph.graph.engines.engine import Engine, solutions
from tipgraph.rdf.iris import thing

VERSION = f"SELECT ?version WHERE {{ {thing('dataset')} schema:version ?version . }}"


@dataclass(frozen=True)
class Provenance:
    """The dataset and the query that gave an answer, their versions, and the arguments as terms.

    `dataset_version` is the fingerprint that the asked graph states of itself, and empty where it
    states none.
    """

    dataset: str
    dataset_version: str
    query: str
    query_version: str
    arguments: Mapping[str, Argument]

    def to_dict(self) -> dict[str, Any]:
        """Return the provenance as plain values; a term in its N-Triples form."""
        arguments = {
            name: list(map(str, value)) if isinstance(value, tuple) else str(value)
            for name, value in self.arguments.items()
        }
        return {**vars(self), "arguments": arguments}


def dataset_version(engine: Engine) -> str:
    """Return the fingerprint that the graph states of itself, or nothing."""
    versions = [row[0].value for row in solutions(VERSION, engine).rows if row[0]]
    return versions[0] if len(versions) == 1 else ""


def provenance_of(bound: BoundQuery, version: str) -> Provenance:
    """Return what an answer to a bound query rests on, the dataset being of a version."""
    return Provenance(
        dataset=thing("dataset").value,
        dataset_version=version,
        query=thing(f"query/{bound.query.name}").value,
        query_version=bound.query.version,
        arguments=bound.arguments,
    )
