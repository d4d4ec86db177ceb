"""The answer of a question as a table for people, and the arguments that it answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from tipgraph.ask.answer import Answer, short
from tipgraph.ask.bind import Argument
from tipgraph.graph.engines.engine import Term
from tipgraph.rdf.iris import BASE
from tipgraph.tell.parts import Link
from tipgraph.tell.pictures.svg import shortened
from tipgraph.tell.reader import Reader, address_of, in_words

MANY = 8
"""Columns from which on long texts are folded, so that the others can be read beside them."""
LONG = 48
"""Letters from which on a text is long."""
BEGINNING = 24
NUMBERS = frozenset({"integer", "decimal"})
DATE = re.compile(r"\d{4}(-\d\d){0,2}")


@dataclass(frozen=True)
class Cell:
    """A cell: a link or a text, what kind of text, a remark, and the whole of what is folded."""

    link: Link
    kind: str = ""
    remark: str = ""
    whole: str = ""


@dataclass(frozen=True)
class Table:
    """An answer as it is shown: its headings and its cells."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def is_wide(self) -> bool:
        """Whether it has so many columns that long texts are folded."""
        return len(self.headings) >= MANY


@dataclass(frozen=True)
class Told:
    """An argument of an answer: its name, its values, and whether it is the default."""

    name: str
    values: tuple[Cell, ...]
    is_default: bool


def table_of(answer: Answer, reader: Reader) -> Table:
    """Return an answer with things by their labels; a column that only repeats them is left out."""
    repeated = _repeated(answer, reader)
    kept = [n for n in range(len(answer.columns)) if n not in repeated]
    types = [answer.types.get(column, "") for column in answer.columns]
    is_wide = len(kept) >= MANY
    return Table(
        tuple(in_words(answer.columns[n]) for n in kept),
        tuple(
            tuple(cell_of(row.terms[n], types[n], reader, is_wide) for n in kept)
            for row in answer.rows
        ),
    )


def told_of(
    arguments: Mapping[str, Argument], given: Mapping[str, object], reader: Reader
) -> list[Told]:
    """Return the arguments that are answered, resolved, with those that nobody gave."""
    return [
        Told(
            in_words(name),
            tuple(_value(node, reader) for node in _each(argument)),
            name not in given,
        )
        for name, argument in arguments.items()
    ]


def cell_of(node: Term | None, type: str, reader: Reader, is_wide: bool) -> Cell:
    """Return what a term looks like in a column of a type."""
    if node is None:
        return Cell(Link(""))
    if isinstance(node, NamedNode):
        label = reader.label(node)
        return Cell(Link(label, address_of(node.value)), _kind(label, type), short(node))
    if is_wide and len(node.value) > LONG:
        return Cell(Link(shortened(node.value, BEGINNING)), whole=node.value)
    return Cell(Link(node.value), _kind(node.value, type))


def _kind(text: str, type: str) -> str:
    if type in NUMBERS:
        return "number"
    return "date" if DATE.fullmatch(text) else "long" if len(text) > LONG else ""


def _value(node: Term, reader: Reader) -> Cell:
    cell = cell_of(node, "", reader, is_wide=False)
    is_named = isinstance(node, NamedNode) and node.value.startswith(BASE)
    return cell if is_named and cell.link.text != cell.remark else Cell(cell.link)


def _each(argument: Argument) -> Sequence[Term]:
    return argument if isinstance(argument, tuple) else (argument,)


def _repeated(answer: Answer, reader: Reader) -> set[int]:
    """Return the columns of text that give, row by row, the labels of a column of things."""
    found: set[int] = set()
    labels = [[_label(term, reader) for term in row.terms] for row in answer.rows]
    for position, column in enumerate(answer.columns):
        if answer.types.get(column) not in {"iri", "concept"}:
            continue
        for other, name in enumerate(answer.columns):
            is_text = answer.types.get(name) == "text" and other not in found
            if is_text and labels and all(row[position] == row[other] for row in labels):
                found.add(other)
                break
    return found


def _label(node: Term | None, reader: Reader) -> str:
    return "" if node is None else reader.label(node)
