"""The errors a caller can meet, each one or two lines long and each with its exit code."""

from __future__ import annotations

from pathlib import Path

LONGEST_QUOTE = 100


class TipgraphError(Exception):
    """An error that says what is wrong, where, and what to do; `exit_code` is the shell's."""

    exit_code = 3


class UsageError(TipgraphError):
    """A wrong use or a bad argument (exit code 2).

    `line` is where in a text that was given; `near` are the names that may have been meant.
    """

    exit_code = 2

    def __init__(self, what: str, line: int | None = None, near: tuple[str, ...] = ()) -> None:
        super().__init__(what)
        self.line = line
        self.near = near


class ArgumentError(UsageError):
    """A wrong or missing argument of a stored query: of which parameter, and why it is wrong.

    `others` are parameters that the reason ends with. `str` names them as Python and HTTP do, and
    `in_shell` as options.

    >>> error = ArgumentError("first_day", "no value is given")
    >>> str(error), error.in_shell
    ('first_day: no value is given', '--first-day: no value is given')
    """

    def __init__(
        self, parameter: str, why: str, near: tuple[str, ...] = (), others: tuple[str, ...] = ()
    ) -> None:
        super().__init__(_told((parameter, *others), why), near=near)
        self.parameter = parameter
        self.in_shell = _told(tuple(map(_option, (parameter, *others))), why)


def _told(names: tuple[str, ...], why: str) -> str:
    return f"{names[0]}: {' '.join(filter(None, (why, ', '.join(names[1:]))))}"


def _option(parameter: str) -> str:
    return f"--{parameter.replace('_', '-')}"


class InputError(TipgraphError):
    """An input that is missing, broken or not of the expected form (exit code 3).

    >>> str(InputError("a row has 2 cells, not 3", Path("table.txt"), 6))
    'table.txt:6: a row has 2 cells, not 3'
    """

    def __init__(self, what: str, path: Path | str | None = None, line: int | None = None) -> None:
        where = "" if path is None else f"{path}: " if line is None else f"{path}:{line}: "
        super().__init__(f"{where}{what}")
        self.what = what
        self.path = path
        self.line = line


class EngineError(TipgraphError):
    """A query engine or an endpoint that is missing, refuses or fails (exit code 3)."""


def quoted(text: str) -> str:
    r"""Return a given text in quotes for a message: on one line, printable, and not too long.

    >>> quoted("ASEAN\n\x1b[31m")
    "'ASEAN [31m'"
    """
    line = "".join(filter(str.isprintable, " ".join(text.split())))
    return f"'{line}'" if len(line) <= LONGEST_QUOTE else f"'{line[:LONGEST_QUOTE]}…'"
