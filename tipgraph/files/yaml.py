"""Read YAML with every scalar a string, and with the line of every value.

No scalar is guessed at: `NO`, `on`, `2020` and `1.0` stay the strings they are. Duplicate keys,
aliases and tags are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tipgraph.errors import InputError

MAX_DEPTH = 20


@dataclass(frozen=True)
class Document:
    """YAML data (strings, lists, dicts), and the line in the file of every value by its path."""

    data: Any
    lines: dict[tuple[str | int, ...], int]
    path: Path

    def line(self, *place: str | int) -> int:
        """Return the line of the value at a place, or of the nearest value around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def error(self, what: str, *place: str | int) -> InputError:
        """Return an error about the value at a place."""
        return InputError(what, self.path, self.line(*place))


def parse_yaml(text: str, path: Path, first_line: int = 1) -> Document:
    """Parse a YAML text that starts at `first_line` of a file; empty text gives no data (None).

    Raises InputError with file and line where the text is no such YAML.

    >>> parse_yaml("country: NO", Path("x.yaml")).data
    {'country': 'NO'}
    """
    lines: dict[tuple[str | int, ...], int] = {}
    try:
        _refuse_unused_yaml(text, path, first_line)
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
        data = None if node is None else _plain(node, (), lines, path, first_line)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).split("\n")[0]
        raise InputError(
            f"broken YAML: {problem}", path, (mark.line if mark else 0) + first_line
        ) from None
    return Document(data, lines, path)


def read_text(path: Path) -> str:
    r"""Return the text of a UTF-8 file, without a byte order mark and with `\n` at line ends.

    Raises InputError where it can't be read or is no such text.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", path) from error
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text", path) from None


def read_yaml(path: Path) -> Document:
    """Read a YAML file; raise InputError where it can't be read or is broken."""
    return parse_yaml(read_text(path), path)


def _refuse_unused_yaml(text: str, path: Path, first_line: int) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        line = (event.start_mark.line if event.start_mark else 0) + first_line
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise InputError("YAML anchors and aliases are not used here", path, line)
        if getattr(event, "tag", None):
            raise InputError("YAML tags are not used here", path, line)
        if depth > MAX_DEPTH:
            raise InputError("YAML nested too deeply", path, line)


def _plain(
    node: yaml.Node,
    place: tuple[str | int, ...],
    lines: dict[tuple[str | int, ...], int],
    path: Path,
    first_line: int,
) -> Any:
    lines[place] = node.start_mark.line + first_line
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(child, (*place, number), lines, path, first_line)
            for number, child in enumerate(node.value)
        ]
    if isinstance(node, yaml.MappingNode):
        return {
            key: _plain(child, (*place, key), lines, path, first_line)
            for key, child in _pairs(node, path, first_line)
        }
    return node.value


def _pairs(node: yaml.MappingNode, path: Path, first_line: int) -> Iterator[tuple[str, yaml.Node]]:
    seen: set[str] = set()
    for key, child in node.value:
        line = key.start_mark.line + first_line
        if not isinstance(key, yaml.ScalarNode):
            raise InputError("a YAML key must be plain text", path, line)
        if key.value in seen:
            raise InputError(f"the key '{key.value}' stands twice", path, line)
        seen.add(key.value)
        yield key.value, child
