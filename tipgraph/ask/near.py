"""Near names: what a text may mean that names nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from tipgraph.rdf.iris import fold

LIKENESS = 0.7
"""How much of two names is the same from which on they are near: Ratcliff and Obershelp's ratio."""


def folded(names: Iterable[str]) -> dict[str, str]:
    """Return names by their folded form."""
    return {fold(name): name for name in names}


def near_names(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return up to three names that a text may mean; they are given by their folded form.

    One that differs in small and capital letters, or in accents, alone is the only one.

    >>> near_names("Palermo Protocl", folded(["Palermo Protocol", "Bali Process"]))
    ('Palermo Protocol',)
    """
    wanted = fold(text)
    if wanted in names:
        return (names[wanted],)
    near = difflib.get_close_matches(wanted, names, n=3, cutoff=LIKENESS)
    holding = sorted((name for name in names if f" {wanted} " in f" {name} "), key=len)
    return tuple(names[name] for name in dict.fromkeys((*near, *holding)))[:3]


def did_you_mean(near: Iterable[str]) -> str:
    """Return the end of a message that offers near names, or nothing where there are none."""
    offered = " or ".join(map(repr, near))
    return f"; did you mean {offered}?" if offered else ""
