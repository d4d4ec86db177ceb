"""The sums of a folder's files, by which damage to any of them is found before it is read.

The form is that of coreutils, so that `sha256sum --check SHA256SUMS` in the folder tells the same.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tipgraph.errors import InputError

NAME = "SHA256SUMS"
LINE = re.compile(r"([0-9a-f]{64})  ([^/\n]+)")
ATTEMPTS, WAIT = 5, 0.02
"""How often a folder is read that is exchanged meanwhile, and seconds between."""


def sums_of(contents: Mapping[str, bytes]) -> bytes:
    r"""Return the file of sums for files by name.

    >>> sums_of({"a": b""}).decode()
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a\n'
    """
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in contents.items())
    return "".join(sorted(lines, key=lambda line: line[66:])).encode()


def read_summed(folder: Path, is_listed: Callable[[str], bool]) -> dict[str, bytes]:
    """Return the files of a folder by name, all of one moment and each as its sum says.

    `is_listed` tells which files must be in the list. Raises InputError, with the name of the file,
    where one is missing, can't be read, is not what its sum says, or is not in the list. A folder
    without a list is read as it is.
    """
    for _ in range(ATTEMPTS):
        handle = _opened(folder)
        try:
            return _checked(folder, handle, is_listed)
        except InputError:
            if _is_same(folder, handle):
                raise
        finally:
            os.close(handle)
        time.sleep(WAIT)
    raise InputError("is written all the while; try again", folder)


def _opened(folder: Path) -> int:
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", folder) from None


def _is_same(folder: Path, handle: int) -> bool:
    """Tell whether a folder is still the one that was opened."""
    try:
        return os.path.samestat(folder.stat(), os.fstat(handle))
    except OSError:
        return False


def _checked(folder: Path, handle: int, is_listed: Callable[[str], bool]) -> dict[str, bytes]:
    names = os.listdir(handle)
    present = sorted(filter(is_listed, names))
    if NAME not in names:
        return {name: _read(folder, handle, name) for name in present}
    sums = _sums(folder, _read(folder, handle, NAME))
    for name in present:
        if name not in sums:
            raise InputError(
                f"is not in {NAME}; remove it, or build the graph again", folder / name
            )
    found = {name: _read(folder, handle, name) for name in sums}
    for name, data in found.items():
        if hashlib.sha256(data).hexdigest() != sums[name]:
            what = f"is damaged: it is not what {NAME} says; build the graph again"
            raise InputError(what, folder / name)
    return found


def _sums(folder: Path, data: bytes) -> Mapping[str, str]:
    """Return the sum of each file of a list."""
    sums = {}
    for number, line in enumerate(data.decode(errors="replace").splitlines(), 1):
        if not (match := LINE.fullmatch(line)):
            raise InputError("is damaged: no sum and name of a file", folder / NAME, number)
        sums[match[2]] = match[1]
    return sums


def _read(folder: Path, handle: int, name: str) -> bytes:
    try:
        with open(os.open(name, os.O_RDONLY, dir_fd=handle), "rb") as file:
            return file.read()
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", folder / name) from None
