"""The answer of a question as a table for people, and the arguments that it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from tipgraph.ask.answer import Answer, Row, short
from tipgraph.ask.bind import Argument
from tipgraph.graph.engines.engine import Term
from tipgraph.rdf.iris import BASE, term
from tipgraph.tell.days import DAY, is_between
from tipgraph.tell.parts import Link
from tipgraph.tell.pictures.svg import shortened
from tipgraph.tell.reader import Reader, address_of, in_words
from tipgraph.tell.standing import newest_of

MANY = 8
"""Columns from which on long texts are folded, so that the others can be read beside them."""
LONG = 48
"""Letters from which on a text is long."""
BEGINNING = 24
DATE = term("xsd:date")
NUMBERS = frozenset({"integer", "decimal"})


@dataclass(frozen=True)
class Cell:
    """A cell: a link or a text, what kind of text, a remark, and the whole of what is folded."""

    link: Link
    kind: str = ""
    remark: str = ""
    whole: str = ""


@dataclass(frozen=True)
class Line:
    """A row of an answer: the cells that answer, and those of its evidence that are filled."""

    cells: tuple[Cell, ...]
    evidence: tuple[tuple[str, Cell], ...] = ()


@dataclass(frozen=True)
class Table:
    """An answer as it is shown: the headings of what answers, and its rows."""

    headings: tuple[str, ...]
    rows: tuple[Line, ...]

    @property
    def is_wide(self) -> bool:
        """Whether it has so many columns that long texts are folded."""
        return len(self.headings) >= MANY

    @property
    def has_evidence(self) -> bool:
        """Whether any row has evidence."""
        return any(row.evidence for row in self.rows)


@dataclass(frozen=True)
class Told:
    """An argument of an answer: its name, its values, and whether it is the default."""

    name: str
    values: tuple[Cell, ...]
    is_default: bool


def table_of(answer: Answer, reader: Reader) -> Table:
    """Return an answer with things by their names, what answers first and then the evidence.

    A column that only repeats the names of another is left out.
    """
    repeated = _repeated(answer, reader)
    answering = answer.shown or answer.columns
    kept = tuple(column for column in answering if column not in repeated)
    others = tuple(column for column in answer.columns if column not in {*answering, *repeated})
    is_wide = len(kept) >= MANY

    def line(row: Row) -> Line:
        cells = {
            column: cell_of(node, answer.types.get(column, ""), reader, is_wide)
            for column, node in zip(row.columns, row.terms, strict=True)
        }
        evidence = ((in_words(column), cells[column]) for column in others)
        return Line(
            tuple(cells[column] for column in kept),
            tuple((heading, cell) for heading, cell in evidence if cell.link.text),
        )

    return Table(tuple(map(in_words, kept)), tuple(map(line, answer.rows)))


def newest_source(answer: Answer, arguments: Mapping[str, Argument]) -> str:
    """Return of when the newest source of an answer is, where all are older than the day asked."""
    days = [a.value for a in arguments.values() if isinstance(a, Literal) and a.datatype == DATE]
    newest = newest_of(answer)
    return newest if days and newest and newest < days[0] else ""


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
        label, brief = reader.label(node), reader.brief(node)
        remark = short(node) if brief == label else label
        return Cell(Link(brief, address_of(node.value)), _kind(brief, type), remark)
    if is_wide and len(node.value) > LONG:
        return Cell(Link(shortened(node.value, BEGINNING)), whole=node.value)
    return Cell(Link(node.value), _kind(node.value, type))


def _kind(text: str, type: str) -> str:
    if type in NUMBERS:
        return "number"
    if DAY.fullmatch(text) or is_between(text):
        return "date"
    return "long" if len(text) > LONG else ""


def _value(node: Term, reader: Reader) -> Cell:
    cell = cell_of(node, "", reader, is_wide=False)
    path = short(node)
    is_named = isinstance(node, NamedNode) and node.value.startswith(BASE)
    return Cell(cell.link, remark=path if is_named and path != cell.link.text else "")


def _each(argument: Argument) -> Sequence[Term]:
    return argument if isinstance(argument, tuple) else (argument,)


def _repeated(answer: Answer, reader: Reader) -> set[str]:
    """Return the columns of text that give, row by row, the labels of a column of things."""
    found: set[str] = set()
    labels = [[_label(node, reader) for node in row.terms] for row in answer.rows]
    for position, column in enumerate(answer.columns):
        if answer.types.get(column) not in {"iri", "concept"}:
            continue
        for other, name in enumerate(answer.columns):
            is_text = answer.types.get(name) == "text" and name not in found
            if is_text and labels and all(row[position] == row[other] for row in labels):
                found.add(name)
                break
    return found


def _label(node: Term | None, reader: Reader) -> str:
    return "" if node is None else reader.label(node)
