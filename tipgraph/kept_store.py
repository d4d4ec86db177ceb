"""The graph of a folder in a store on disk, which opens in a twentieth of the time."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

import pyoxigraph
from pyoxigraph import Store

from tipgraph.folder import Folder, cache_folder
from tipgraph.load import layer_files, load_store

MOST = 4
"""How many graphs are kept: those of some folders and versions, the newest of them."""


def kept_store(folder: Folder) -> Store:
    """Return a store with the layers of `data/graph`, to be read only.

    It is kept in the cache under the fingerprint of the graph's files, made anew where it is
    missing or broken, and done without where the cache can't be written. Raises what `load_store`
    does.
    """
    kept = cache_folder("graph") / _fingerprint(folder)
    if kept.is_dir():
        with suppress(OSError, RuntimeError):
            return Store.read_only(str(kept))
    store = load_store(folder)
    with suppress(OSError, RuntimeError):
        _keep(store, kept)
    return store


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
