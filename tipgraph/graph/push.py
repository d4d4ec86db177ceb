"""Load the graph of a folder into a SPARQL store, each layer into its named graph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pyoxigraph import BlankNode, Literal, RdfFormat, Triple

from tipgraph.errors import InputError
from tipgraph.files.folder import Folder
from tipgraph.graph.engines.endpoint import Endpoint
from tipgraph.graph.engines.engine import solutions
from tipgraph.graph.engines.remote import RemoteEngine
from tipgraph.graph.open import read_layers
from tipgraph.rdf.iris import BASE, LAYERS, layer_graph, term, thing
from tipgraph.rdf.read import parse_rdf
from tipgraph.rdf.triples import serialized

BATCH = 1000
"""Triples in one update: Virtuoso takes less than 5,000."""

LAST = "provenance"
"""The layer that is cleared first and filled last, for it tells whether the graph is whole."""

Progress = Callable[[str, int, int], None]


def push(
    folder: Folder, url: str, update_url: str | None = None, progress: Progress | None = None
) -> dict[str, int]:
    """Put the layers of a folder in the place of those in a store; return their sizes in triples.

    The store is asked at `url`, and takes SPARQL updates there or at `update_url`. `progress` is
    told the layer, how many of its triples are loaded, and how many it has. The version of the
    dataset goes first and comes last: without it, nobody takes the graph there for whole.

    Raises InputError where the folder's graph is missing or broken, UsageError where a URL is not
    that of an endpoint, and EngineError where the store fails, refuses or holds another number of
    triples in the end.
    """
    layers = _read(folder)
    engine, updates = RemoteEngine(url), Endpoint(update_url or url)
    for layer in (LAST, *{*layers, *LAYERS} - {LAST}):
        updates.update(f"CLEAR SILENT GRAPH {layer_graph(layer)}")
    for layer, triples in layers.items():
        _insert(layer, triples, updates, progress or _unseen)
        _check(layer, len(triples), engine)
    return {layer: len(triples) for layer, triples in layers.items()}


def _unseen(layer: str, done: int, total: int) -> None:
    pass


def _read(folder: Folder) -> dict[str, list[Triple]]:
    """Return the triples of each layer as they are written; a store may write values anew."""
    files = {folder.graph / name: data for name, data in read_layers(folder).items()}
    paths = sorted(files, key=lambda path: path.stem == LAST)
    return {path.stem: sorted(_triples(files[path], path), key=_is_version) for path in paths}


def _is_version(triple: Triple) -> bool:
    return (triple.subject, triple.predicate) == (thing("dataset"), term("schema:version"))


def _triples(data: bytes, path: Path) -> list[Triple]:
    triples = list(dict.fromkeys(parse_rdf(data, RdfFormat.TURTLE, path, BASE)))
    if any(isinstance(node, BlankNode) for triple in triples for node in triple):
        raise InputError("has blank nodes; a store would take them for others each time", path)
    return triples


def _insert(layer: str, triples: list[Triple], updates: Endpoint, progress: Progress) -> None:
    for start in range(0, len(triples), BATCH):
        progress(layer, start, len(triples))
        batch = serialized(triples[start : start + BATCH], RdfFormat.N_TRIPLES).decode()
        updates.update(f"INSERT DATA {{ GRAPH {layer_graph(layer)} {{\n{batch}}} }}")
    progress(layer, len(triples), len(triples))


def _check(layer: str, size: int, engine: RemoteEngine) -> None:
    text = f"SELECT (COUNT(*) AS ?n) FROM {layer_graph(layer)} WHERE {{ ?s ?p ?o }}"
    cells = [cell for row in solutions(text, engine).rows for cell in row]
    found = " ".join(cell.value for cell in cells if isinstance(cell, Literal))
    if found != str(size):
        raise engine.endpoint.error(
            f"layer '{layer}' has {found or 'no'} triples there, not {size}"
        )
