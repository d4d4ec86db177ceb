"""Quality checks: each a query in `queries/checks` whose solutions are findings.

Its header says what is wrong (`title`) and what to do (`solution`); it selects `?focus`, the thing
with the fault, and `?value`, the value that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Store

from tipgraph.ask.header import read_header
from tipgraph.build.report import SEVERITIES, Finding, paths_of
from tipgraph.errors import InputError, UsageError, quoted
from tipgraph.files.yaml import Document, read_text
from tipgraph.graph.engines.oxigraph import select
from tipgraph.rdf.iris import path_of, term

SELECTED = ("focus", "value")


@dataclass(frozen=True)
class Check:
    """A quality check: what its header says, and its SPARQL text."""

    title: str
    solution: str
    severity: str
    text: str
    path: Path


def read_checks(folder: Path) -> list[Check]:
    """Return the quality checks of a folder; raise InputError where one is wrong."""
    return [_read(path) for path in sorted(folder.glob("*.rq"))]


def findings_of(check: Check, store: Store) -> Iterator[Finding]:
    """Yield what a check finds in a store; raise InputError where its query is broken."""
    try:
        solutions = select(check.text, store)
    except UsageError as error:
        raise InputError(str(error), check.path, error.line) from None
    selected = {variable.value for variable in solutions.variables}
    for name in SELECTED:
        if name not in selected:
            raise InputError(f"does not select ?{name}", check.path)
    for row in solutions:
        focus, value = row["focus"], row["value"]
        if focus is None:
            raise InputError("gives a solution without ?focus", check.path)
        yield Finding(
            severity=check.severity,
            focus=path_of(focus.value),
            message=f"{check.title}. {check.solution}",
            rule=f"check/{check.path.stem}",
            value="" if value is None else path_of(value.value)[:120],
            sources=_sources(focus, store),
        )


def _read(path: Path) -> Check:
    text = read_text(path)
    header = read_header(text, path)
    severity = _told(header, "severity", "Violation")
    if severity not in SEVERITIES:
        known = ", ".join(SEVERITIES)
        raise header.error(f"the severity {quoted(severity)} is none of {known}", "severity")
    return Check(_told(header, "title"), _told(header, "solution"), severity, text, path)


def _told(header: Document, key: str, default: str = "") -> str:
    value = header.data.get(key) or default
    if not value:
        raise header.error(f"the header has no '{key}'")
    if not isinstance(value, str):
        raise header.error(f"the header's '{key}' is not of the expected form", key)
    return value


def _sources(focus: object, store: Store) -> tuple[str, ...]:
    if not isinstance(focus, NamedNode):
        return ()
    quads = store.quads_for_pattern(focus, term("dcterms:source"), None)
    return paths_of(quad.object for quad in quads)
