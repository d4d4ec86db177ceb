"""Replace a file or a folder as a whole: who looks, or comes after a kill, sees the old or the new.

A new folder is written beside the old one and the two are exchanged in one step of the file
system (`renameat2` with RENAME_EXCHANGE on Linux, `renamex_np` with RENAME_SWAP on macOS).
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tipgraph.errors import InputError
from tipgraph.rdf.iris import LAYERS

AT_FDCWD = -100
EXCHANGE = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS."""


def write_file(path: Path, data: bytes) -> None:
    """Write a file beside its place and rename it into place, so that it is whole or not there.

    Its folder is made where it is missing; a pipe or a device is written to as it is. Raises
    InputError where it can't be written.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(f"can't be written: {error.strerror}", path) from error


def replace_folder(target: Path, contents: Mapping[str, bytes]) -> None:
    """Make a folder hold exactly these files (by name), all at once.

    Raises InputError where it can't be written, or holds files that are none of a graph's.
    """
    own = {*contents, *(f"{layer}.ttl" for layer in LAYERS)}
    foreign = {path.name for path in target.glob("*")} - own if target.is_dir() else set()
    if foreign:
        raise InputError(f"holds other files ({min(foreign)}); name a new folder", target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _only_writer(target):
            _swap_in(target, contents)
    except OSError as error:
        raise InputError(f"can't be written: {error.strerror}", target) from error


def _swap_in(target: Path, contents: Mapping[str, bytes]) -> None:
    stage = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        stage.chmod(0o755)
        for name, data in contents.items():
            _write_through(stage / name, data)
        if target.exists():
            _exchange(stage, target)
        else:
            stage.rename(target)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _only_writer(target: Path) -> Iterator[None]:
    """Wait for other builds of the same folder, and clear away what killed ones left."""
    import fcntl

    handle = os.open(target.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for left in target.parent.glob(f".{target.name}.*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        os.close(handle)


def _exchange(one: Path, other: Path) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        failed = library.renamex_np(first, second, EXCHANGE)
    else:
        failed = library.renameat2(AT_FDCWD, first, AT_FDCWD, second, EXCHANGE)
    if failed:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(other))
