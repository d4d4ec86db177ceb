"""Load the graph of a folder into the embedded engine, each layer in its named graph."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, Store

from tipgraph.errors import InputError
from tipgraph.folder import Folder
from tipgraph.iris import layer_graph


def load_store(folder: Folder) -> Store:
    """Return a store with the layers of `data/graph`, in memory.

    Raises InputError where there is no graph or a file of it is broken.
    """
    store = Store()
    for path in layer_files(folder):
        _load(store, path)
    return store


def layer_files(folder: Folder) -> list[Path]:
    """Return the files of the layers in order; raise InputError where there is none."""
    paths = sorted(folder.graph.glob("*.ttl"))
    if not paths:
        raise InputError("holds no graph; run 'tipgraph build' first", folder.graph)
    return paths


def _load(store: Store, path: Path) -> None:
    graph = layer_graph(path.stem)
    try:
        store.bulk_load(path=str(path), format=RdfFormat.TURTLE, to_graph=graph)
    except SyntaxError as error:
        raise InputError(f"broken Turtle: {error.msg}", path, error.lineno) from None
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror or error}", path) from error
