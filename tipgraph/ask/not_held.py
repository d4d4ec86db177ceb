"""What people look for and the graph does not hold: said, with what is nearest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from tipgraph.ask.words import words_of
from tipgraph.files.folder import Folder
from tipgraph.source.facts import NotHeld, read_not_held


class NotHeldNames:
    """The names of what a folder says that its graph does not hold."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    def within(self, words: Sequence[str]) -> tuple[tuple[NotHeld, ...], tuple[str, ...]]:
        """Return what words name, and the words that are left."""
        said, found = f" {' '.join(words)} ", {}
        for name, one in self._names:
            if f" {name} " in said:
                found[one.name] = one
                said = said.replace(f" {name} ", " ")
        return tuple(found.values()), tuple(said.split())

    @property
    def words(self) -> frozenset[str]:
        """Every word of the names."""
        return frozenset(word for name, _ in self._names for word in name.split())

    @cached_property
    def _names(self) -> list[tuple[str, NotHeld]]:
        """What each name names, long names first."""
        names = [
            (" ".join(words_of(name)), one)
            for one in read_not_held(self.folder.facts)
            for name in (one.name, one.full_name, *one.other_names)
        ]
        return sorted(names, key=lambda pair: -len(pair[0]))


def sentence_of(one: NotHeld) -> str:
    """Return what to say of it."""
    called = one.name if one.name == one.full_name else f"{one.name} ({one.full_name})"
    return f"{called} is not in this graph. {one.note} Its own site: {one.site}"
