"""Load the graph of a folder into the embedded engine, each layer in its named graph."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

import pyoxigraph
from pyoxigraph import RdfFormat, Store

from tipgraph.errors import InputError
from tipgraph.files.folder import Folder, cache_folder
from tipgraph.rdf.iris import layer_graph


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


ENOUGH = 4 * 2**30
"""Bytes of address space that a store on the disk may take."""
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
    kept = cache_folder("graph") / _fingerprint(folder)
    if kept.is_dir():
        with suppress(OSError, RuntimeError):
            return Store.read_only(str(kept))
    store = load_store(folder)
    with suppress(OSError, RuntimeError):
        _keep(store, kept)
    return store


def _is_short_of_memory() -> bool:
    """Tell whether the process may take so little that a store on the disk would end it."""
    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    return most != resource.RLIM_INFINITY and most < ENOUGH


def _fingerprint(folder: Folder) -> str:
    digest = hashlib.blake2b(pyoxigraph.__version__.encode(), digest_size=16)
    for path in layer_files(folder):
        with suppress(OSError):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _keep(store: Store, kept: Path) -> None:
    """Write a store beside its place and move it there, so that nobody opens half of one."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    new = Path(mkdtemp(prefix="new-", dir=kept.parent))
    try:
        written = Store(str(new))
        written.bulk_extend(store)
        del written
        shutil.rmtree(kept, ignore_errors=True)
        os.rename(new, kept)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    for old in sorted(kept.parent.iterdir(), key=lambda path: -path.stat().st_mtime)[MOST:]:
        shutil.rmtree(old, ignore_errors=True)
