"""What a validation finds, reported so that a person can mend what is named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from tipgraph.errors import InputError
from tipgraph.rdf.iris import iri_of, path_of, term
from tipgraph.rdf.turtle import canonical_turtle

NAMELESS = "a thing without an IRI"
SEVERITIES = {"Violation": 0, "Warning": 1, "Info": 2}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: what, about which thing, where it stands, and the rule."""

    severity: str
    focus: str
    message: str
    rule: str
    path: str = ""
    value: str = ""
    sources: tuple[str, ...] = ()

    def __str__(self) -> str:
        said = " = ".join(filter(None, (self.path, self.value)))
        detail = f" ({said})" if said else ""
        where = f" [{', '.join(self.sources)}]" if self.sources else ""
        return f"{self.severity}: {self.focus}: {self.message}{detail}{where}"


@dataclass(frozen=True)
class Report:
    """The findings of a validation, worst first, in a fixed order."""

    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Report:
        """Return the report of findings, each told once."""
        return cls(tuple(sorted(set(findings), key=_order)))

    @property
    def conforms(self) -> bool:
        """Whether nothing is a violation."""
        return all(finding.severity != "Violation" for finding in self.findings)

    def with_query_problems(self, problems: Iterable[InputError]) -> Report:
        """Return the report with what is the matter with stored queries as violations."""
        return Report.of((*self.findings, *map(_of_query, problems)))

    def to_json(self) -> str:
        """Return the report as JSON: `conforms` and a list of `findings`."""
        body = {"conforms": self.conforms, "findings": [asdict(f) for f in self.findings]}
        return json.dumps(body, indent=2, ensure_ascii=False)

    def to_turtle(self) -> bytes:
        """Return the report as a `sh:ValidationReport` (SHACL section 3.6)."""
        report = BlankNode("report")
        triples = {
            Triple(report, term("rdf:type"), term("sh:ValidationReport")),
            Triple(report, term("sh:conforms"), _boolean(self.conforms)),
        }
        for number, finding in enumerate(self.findings):
            result = BlankNode(f"result{number}")
            triples.add(Triple(report, term("sh:result"), result))
            triples |= set(_result(result, finding))
        return canonical_turtle(triples)


def paths_of(sources: Iterable[object]) -> tuple[str, ...]:
    """Return the paths of what a thing was read from, in order, as terms of either library."""
    return tuple(sorted(path_of(str(node).strip("<>")) for node in sources))


def _of_query(problem: InputError) -> Finding:
    return Finding(
        severity="Violation",
        focus=f"query/{Path(problem.path or '').stem}",
        message=f"Stored query: {problem.what}.",
        rule="check/stored-query",
        sources=(f"{problem.path}:{problem.line or 1}",),
    )


def _boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", datatype=term("xsd:boolean"))


def _result(result: BlankNode, finding: Finding) -> Iterator[Triple]:
    yield Triple(result, term("rdf:type"), term("sh:ValidationResult"))
    if finding.focus != NAMELESS:
        yield Triple(result, term("sh:focusNode"), NamedNode(iri_of(finding.focus)))
    yield Triple(result, term("sh:resultSeverity"), term(f"sh:{finding.severity}"))
    yield Triple(result, term("sh:resultMessage"), Literal(finding.message, language="en"))
    yield Triple(result, term("sh:sourceConstraintComponent"), NamedNode(iri_of(finding.rule)))
    if finding.path:
        yield Triple(result, term("sh:resultPath"), NamedNode(iri_of(finding.path)))


def _order(finding: Finding) -> tuple[object, ...]:
    return (
        SEVERITIES.get(finding.severity, 0),
        finding.focus,
        finding.rule,
        finding.path,
        finding.value,
        finding.message,
    )
