"""Present rows: as a table for people, and in the formats machines read."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from tipgraph.ask.answer import Answer, Row, short
from tipgraph.errors import UsageError
from tipgraph.graph.engines.engine import Term
from tipgraph.tell.text import hanging

if TYPE_CHECKING:
    from tipgraph.ask.provenance import Provenance

MAX_WIDTH = 160
LINE_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
"""What ends a line for some reader of a table in Markdown."""


def present(
    answer: Answer, format: str, width: int = MAX_WIDTH, provenance: Provenance | None = None
) -> str:
    """Return an answer as text in one of the row formats; a table fits into `width` columns.

    A table has the columns that answer, every other format all of them.

    Rows that would be wider, very tall or have broken words are given one below the other, cell by
    cell.
    JSON and JSON-LD say what the answer rests on where it is given; JSON-LD needs it.
    """
    if format == "table":
        return _table(answer.answering, width)
    if format == "json":
        return _json(answer, provenance)
    if format == "jsonld":
        return _json_ld(answer, provenance)
    return WRITERS[format](answer)


def _cells(answer: Answer) -> list[list[str]]:
    types = [answer.types.get(column, "") for column in answer.columns]
    return [list(map(short, row.terms, types)) for row in answer.rows]


def _table(answer: Answer, width: int) -> str:
    cells = _cells(answer)
    texts = [n for n, column in enumerate(answer.columns) if answer.types.get(column) == "text"]
    widths = _widths(answer.columns, cells, width, texts)
    rule = ["-" * width for width in widths]
    lines = [line for row in (answer.columns, rule, *cells) for line in _table_lines(row, widths)]
    is_wide = any(len(line) > width for line in lines)
    is_tall = len(lines) > (len(widths) + 1) * (len(cells) + 1)
    is_broken = any(
        len(word) > widths[n] for n in texts for row in cells for word in row[n].split()
    )
    if cells and (is_wide or is_tall or is_broken):
        return _records(answer.columns, cells, width)
    return "\n".join(lines)


def _records(columns: tuple[str, ...], cells: list[list[str]], width: int) -> str:
    """Return rows one below the other, a line for each cell that is not empty, a blank between."""
    return "\n\n".join("\n".join(_record(columns, row, width)) for row in cells)


def _record(columns: tuple[str, ...], row: list[str], width: int) -> Iterator[str]:
    indent = max(map(len, columns), default=0) + 2
    for column, cell in zip(columns, row, strict=True):
        if cell:
            yield from hanging(f"{column:{indent}}", cell, max(width, indent + 12))


def _table_lines(row: Sequence[str], widths: list[int]) -> Iterator[str]:
    wrapped = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
    for pieces in zip_longest(*wrapped, fillvalue=""):
        yield "  ".join(map(str.ljust, pieces, widths)).rstrip()


def _widths(
    columns: tuple[str, ...], cells: list[list[str]], width: int, texts: list[int]
) -> list[int]:
    """Share the width: text is wrapped first, down to 24 columns, then whatever is widest."""
    widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    excess = sum(widths) + 2 * (len(widths) - 1) - width
    while excess > 0:
        wide = [n for n in texts if widths[n] > 24] or [n for n, w in enumerate(widths) if w > 12]
        if not wide:
            break
        widths[max(wide, key=widths.__getitem__)] -= 1
        excess -= 1
    return widths


def _markdown(answer: Answer) -> str:
    def line(cells: Iterable[str]) -> str:
        escaped = (LINE_BREAK.sub("<br>", cell.replace("|", "\\|")) for cell in cells)
        return f"| {' | '.join(escaped)} |"

    rule = line("---" for _ in answer.columns)
    return "\n".join([line(answer.columns), rule, *map(line, _cells(answer))])


def _csv(answer: Answer) -> str:
    return answer.to_csv().rstrip("\n")


def _tsv(answer: Answer) -> str:
    """SPARQL 1.1 TSV: variables with `?`, terms in Turtle's form."""
    head = "\t".join(f"?{column}" for column in answer.columns)
    lines = ("\t".join("" if t is None else str(t) for t in row.terms) for row in answer.rows)
    return "\n".join([head, *lines])


def _json(answer: Answer, provenance: Provenance | None) -> str:
    body: dict[str, object] = {"rows": answer.to_dicts(), "truncated": answer.truncated}
    if provenance:
        body["provenance"] = provenance.to_dict()
    return json.dumps(body, indent=2, ensure_ascii=False)


def _json_ld(answer: Answer, provenance: Provenance | None) -> str:
    from tipgraph.rdf.context import text_of
    from tipgraph.tell.documents import rows_document

    if provenance is None:
        raise UsageError("only the answer of a stored query can be printed as jsonld")
    return text_of(rows_document(answer, provenance)).decode().rstrip("\n")


def _jsonl(answer: Answer) -> str:
    return "\n".join(json.dumps(row.to_dict(), ensure_ascii=False) for row in answer.rows)


def _srj(answer: Answer) -> str:
    """SPARQL 1.1 Query Results JSON Format."""
    body = {
        "head": {"vars": list(answer.columns)},
        "results": {"bindings": [_binding(row) for row in answer.rows]},
    }
    return json.dumps(body, indent=2, ensure_ascii=False)


def _binding(row: Row) -> dict[str, dict[str, str]]:
    pairs = zip(row.columns, row.terms, strict=True)
    return {column: _srj_term(node) for column, node in pairs if node is not None}


def _srj_term(node: Term) -> dict[str, str]:
    if isinstance(node, NamedNode):
        return {"type": "uri", "value": node.value}
    if not isinstance(node, Literal):
        return {"type": "bnode", "value": node.value}
    plain = {"type": "literal", "value": node.value}
    if node.language:
        return {**plain, "xml:lang": node.language}
    if node.datatype.value.endswith("XMLSchema#string"):
        return plain
    return {**plain, "datatype": node.datatype.value}


WRITERS: dict[str, Callable[[Answer], str]] = {
    "markdown": _markdown,
    "csv": _csv,
    "tsv": _tsv,
    "jsonl": _jsonl,
    "srj": _srj,
}
