"""Validate: SHACL shapes and quality checks, reported so that a person can mend what they name."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from tipgraph.ask.header import read_header
from tipgraph.errors import InputError, UsageError
from tipgraph.graph.engines.oxigraph import select
from tipgraph.rdf.iris import BASE, PREFIXES, curie, path_of, term
from tipgraph.rdf.rdflib import rdflib_graph
from tipgraph.rdf.read import read_turtle, read_turtle_files
from tipgraph.rdf.triples import store_of
from tipgraph.rdf.turtle import canonical_turtle

if TYPE_CHECKING:
    import rdflib


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

    @property
    def conforms(self) -> bool:
        """Whether nothing is a violation."""
        return all(finding.severity != "Violation" for finding in self.findings)

    def with_query_problems(self, problems: Iterable[InputError]) -> Report:
        """Return the report with what is the matter with stored queries as violations."""
        findings = {*self.findings, *map(_of_query, problems)}
        return Report(tuple(sorted(findings, key=_order)))

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
        yield Triple(result, term("sh:focusNode"), NamedNode(_full(finding.focus)))
    yield Triple(result, term("sh:resultSeverity"), term(f"sh:{finding.severity}"))
    yield Triple(result, term("sh:resultMessage"), Literal(finding.message, language="en"))
    yield Triple(result, term("sh:sourceConstraintComponent"), NamedNode(_full(finding.rule)))
    if finding.path:
        yield Triple(result, term("sh:resultPath"), NamedNode(_full(finding.path)))


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    if prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return name if ":" in name else BASE + name


def validate(triples: Iterable[Triple], shapes: Path, checks: Path | None = None) -> Report:
    """Validate triples with the shapes of a folder, and ask the quality checks of another."""
    triples = set(triples)
    findings = [*_shacl(triples, shapes)]
    if checks is not None:
        findings += _checks(triples, checks)
    return Report(tuple(sorted(set(findings), key=_order)))


def _order(finding: Finding) -> tuple[object, ...]:
    return (
        SEVERITIES.get(finding.severity, 0),
        finding.focus,
        finding.rule,
        finding.path,
        finding.value,
        finding.message,
    )


def _shacl(triples: set[Triple], shapes: Path) -> Iterator[Finding]:
    import rdflib

    data = rdflib_graph(triples)
    complaint, results = _results(data, read_shapes(shapes))
    if complaint:
        broken = (p for p in sorted(shapes.glob("*.ttl")) if _results(data, set(read_turtle(p)))[0])
        raise InputError(f"the shapes can't be used: {complaint}", next(broken, shapes))
    sh = rdflib.Namespace(PREFIXES["sh"])
    for result in results.subjects(rdflib.RDF.type, sh.ValidationResult):
        focus = results.value(result, sh.focusNode)
        messages = sorted(results.objects(result, sh.resultMessage), key=str)
        yield Finding(
            severity=_local(results.value(result, sh.resultSeverity)),
            focus=_focus(focus),
            message=" ".join(map(str, messages)),
            rule=curie(str(results.value(result, sh.sourceConstraintComponent))),
            path=_path(results.value(result, sh.resultPath)),
            value=_short(results.value(result, sh.value)),
            sources=_sources(data.objects(focus, rdflib.DCTERMS.source)),
        )


def _results(data: rdflib.Graph, shapes: set[Triple]) -> tuple[str, rdflib.Graph]:
    """Return why the shapes can't be used (nothing if they can), and the validation results."""
    import rdflib
    from pyshacl import validate as shacl_validate

    try:
        _, results, text = shacl_validate(data, shacl_graph=rdflib_graph(with_own_targets(shapes)))
    except Exception as error:  # whatever a wrong shape makes the validator raise
        return (str(error).split("\n")[0] or type(error).__name__), rdflib.Graph()
    if isinstance(results, rdflib.Graph):
        return "", results
    return text.split("\n")[0], rdflib.Graph()


def _sources(nodes: Iterable[Any]) -> tuple[str, ...]:
    return tuple(sorted(path_of(str(node).strip("<>")) for node in nodes))


def _focus(node: Any) -> str:
    """Return the path or IRI of a focus node; one without an IRI has no name to give."""
    import rdflib

    return path_of(str(node)) if isinstance(node, rdflib.URIRef) else NAMELESS


def _path(node: Any) -> str:
    """Return the CURIE of a property; a longer path has none."""
    import rdflib

    return curie(str(node)) if isinstance(node, rdflib.URIRef) else ""


def _local(node: Any) -> str:
    return str(node).rpartition("#")[2]


def _short(node: Any) -> str:
    return "" if node is None else path_of(str(node))[:120]


def _checks(triples: set[Triple], folder: Path) -> Iterator[Finding]:
    store = store_of(triples)
    for path in sorted(folder.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        header = read_header(text, path)
        try:
            solutions = list(select(text, store))
        except UsageError as error:
            raise InputError(str(error), path) from None
        for row in solutions:
            yield Finding(
                severity=header.data.get("severity", "Violation"),
                focus=path_of(row["focus"].value),
                message=f"{header.data['title']}. {header.data['solution']}",
                rule=f"check/{path.stem}",
                value=_short(row["value"].value if row["value"] is not None else None),
                sources=_sources(
                    quad.object
                    for quad in store.quads_for_pattern(row["focus"], term("dcterms:source"), None)
                ),
            )


PATH, PROPERTY = term("sh:path"), term("sh:property")
TARGETS = {term(f"sh:target{sort}") for sort in ("Class", "Node", "ObjectsOf", "SubjectsOf")}
BOUND_TO_PROPERTIES = {term("sh:closed"), term("sh:deactivated")}
"""What a node shape says of its property shapes as well; without these they stand alone."""


def read_shapes(folder: Path) -> set[Triple]:
    """Read every shape file of a folder, blank nodes kept apart by file."""
    triples = read_turtle_files(folder.glob("*.ttl"))
    if not triples:
        raise InputError("holds no shapes (*.ttl)", folder)
    return triples


def with_own_targets(shapes: set[Triple]) -> set[Triple]:
    """Return shapes whose property shapes have the targets of the node shape that holds them.

    They accept and refuse the same (SHACL section 2.1.3: any shape may have targets), but a
    validator looks at all focus nodes of a property shape at once, not at each one by itself.
    """
    targets = defaultdict(list)
    for triple in shapes:
        if triple.predicate in TARGETS:
            targets[triple.subject].append(triple)
    used = {triple.object for triple in shapes}
    kept = {triple.subject for triple in shapes if triple.predicate in BOUND_TO_PROPERTIES}
    with_path = {triple.subject for triple in shapes if triple.predicate == PATH}
    nested = {
        triple
        for triple in shapes
        if triple.predicate == PROPERTY
        and triple.subject in targets
        and triple.subject not in used | kept
        and triple.object in with_path
    }
    own = {
        Triple(triple.object, target.predicate, target.object)  # type: ignore[arg-type]
        for triple in nested
        for target in targets[triple.subject]
    }
    return shapes - nested | own
