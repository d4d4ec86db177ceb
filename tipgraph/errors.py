"""The errors a caller can meet, each one or two lines long and each with its exit code."""

from __future__ import annotations

from pathlib import Path


class TipgraphError(Exception):
    """An error that says what is wrong, where, and what to do; `exit_code` is the shell's."""

    exit_code = 3


class UsageError(TipgraphError):
    """A wrong use or a bad argument (exit code 2)."""

    exit_code = 2


class InputError(TipgraphError):
    """An input that is missing, broken or not of the expected form (exit code 3).

    >>> str(InputError("a row has 2 cells, not 3", Path("table.txt"), 6))
    'table.txt:6: a row has 2 cells, not 3'
    """

    def __init__(self, what: str, path: Path | str | None = None, line: int | None = None) -> None:
        where = "" if path is None else f"{path}: " if line is None else f"{path}:{line}: "
        super().__init__(f"{where}{what}")
        self.path = path
        self.line = line
