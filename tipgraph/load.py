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
    paths = sorted(folder.graph.glob("*.ttl"))
    if not paths:
        raise InputError("holds no graph; run 'tipgraph build' first", folder.graph)
    store = Store()
    for path in paths:
        _load(store, path)
    return store


def _load(store: Store, path: Path) -> None:
    graph = layer_graph(path.stem)
    try:
        store.bulk_load(path=str(path), format=RdfFormat.TURTLE, to_graph=graph)
    except SyntaxError as error:
        raise InputError(f"broken Turtle: {error.msg}", path, error.lineno) from None
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror or error}", path) from error
