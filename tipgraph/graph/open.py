"""Load the graph of a folder into the embedded engine, each layer in its named graph."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

import pyoxigraph
from pyoxigraph import RdfFormat, Store

from tipgraph.errors import InputError
from tipgraph.files.folder import Folder, cache_folder
from tipgraph.files.sums import read_summed
from tipgraph.rdf.iris import layer_graph


def load_store(folder: Folder) -> Store:
    """Return a store with the layers of `data/graph`, in memory.

    Raises InputError where there is no graph, or a file of it is missing, damaged or broken.
    """
    return _loaded(read_layers(folder), folder)


def read_layers(folder: Folder) -> dict[str, bytes]:
    """Return the files of the layers by name, held against their sums; raises what that does."""
    if not folder.graph.is_dir():
        raise InputError(NO_GRAPH, folder.graph)
    files = read_summed(folder.graph, lambda name: name.endswith(LAYER))
    layers = {name: data for name, data in sorted(files.items()) if name.endswith(LAYER)}
    if not layers:
        raise InputError(NO_GRAPH, folder.graph)
    return layers


def _loaded(layers: Mapping[str, bytes], folder: Folder) -> Store:
    store = Store()
    for name, data in layers.items():
        graph = layer_graph(name.removesuffix(LAYER))
        try:
            store.bulk_load(data, format=RdfFormat.TURTLE, to_graph=graph)
        except SyntaxError as error:
            what = f"broken Turtle: {error.msg}"
            raise InputError(what, folder.graph / name, error.lineno) from None
    return store


ENOUGH = 4 * 2**30
"""Bytes of address space that a store on the disk may take."""
LAYER = ".ttl"
NO_GRAPH = "holds no graph; run 'tipgraph build' first"
WRITTEN_BY_READERS = frozenset({"LOG", "LOCK"})
"""Files of a kept store that whoever opens it may write."""
MOST = 4
"""How many graphs are kept: those of some folders and versions, the newest of them."""


def kept_store(folder: Folder) -> Store:
    """Return a store with the layers of `data/graph`, to be read only.

    It is kept in the cache under the fingerprint of the graph's files, made anew where it is
    missing or broken, and done without where the cache can't be written. Raises what `load_store`
    does.
    """
    if _is_short_of_memory():
        return load_store(folder)
    layers = read_layers(folder)
    kept = cache_folder("graph") / _fingerprint(layers)
    if kept.is_dir() and _is_whole(kept):
        with suppress(OSError, RuntimeError):
            return Store.read_only(str(kept))
    store = _loaded(layers, folder)
    with suppress(OSError, RuntimeError):
        _keep(store, kept)
    return store


def _is_short_of_memory() -> bool:
    """Tell whether the process may take so little that a store on the disk would end it."""
    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    return most != resource.RLIM_INFINITY and most < ENOUGH


def _fingerprint(layers: Mapping[str, bytes]) -> str:
    digest = hashlib.blake2b(pyoxigraph.__version__.encode(), digest_size=16)
    for name, data in layers.items():
        digest.update(name.encode() + data)
    return digest.hexdigest()


def _is_whole(kept: Path) -> bool:
    """Tell whether a kept store is byte for byte what was written."""
    with suppress(OSError):
        return _sum_path(kept).read_text() == _digest(kept)
    return False


def _digest(kept: Path) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(path for path in kept.iterdir() if path.name not in WRITTEN_BY_READERS):
        digest.update(path.name.encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()


def _sum_path(kept: Path) -> Path:
    return kept.parent.with_name("graph-sums") / kept.name


def _keep(store: Store, kept: Path) -> None:
    """Write a store beside its place and move it there, so that nobody opens half of one."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    new = Path(mkdtemp(prefix="new-", dir=kept.parent))
    try:
        written = Store(str(new))
        written.bulk_extend(store)
        del written
        _sum_path(kept).parent.mkdir(exist_ok=True)
        _sum_path(kept).write_text(_digest(new))
        shutil.rmtree(kept, ignore_errors=True)
        os.rename(new, kept)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    for old in sorted(kept.parent.iterdir(), key=lambda path: -path.stat().st_mtime)[MOST:]:
        shutil.rmtree(old, ignore_errors=True)
        _sum_path(old).unlink(missing_ok=True)
