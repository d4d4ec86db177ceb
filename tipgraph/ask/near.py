"""Near names: what a text may mean that names nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from tipgraph.rdf.iris import fold


def near_names(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return up to three names that a text may mean; they are given by their folded form."""
    folded = fold(text)
    near = difflib.get_close_matches(folded, names, n=3, cutoff=0.6)
    holding = sorted((name for name in names if f" {folded} " in f" {name} "), key=len)
    return tuple(names[name] for name in dict.fromkeys((*near, *holding)))[:3]


def did_you_mean(near: Iterable[str]) -> str:
    """Return the end of a message that offers near names, or nothing where there are none."""
    offered = " or ".join(map(repr, near))
    return f"; did you mean {offered}?" if offered else ""
