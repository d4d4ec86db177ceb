"""Validate: triples held against SHACL shapes and quality checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Triple

from tipgraph.build.checks import findings_of, read_checks
from tipgraph.build.report import NAMELESS, Finding, Report, paths_of
from tipgraph.errors import InputError
from tipgraph.rdf.iris import PREFIXES, curie, path_of, term
from tipgraph.rdf.rdflib import rdflib_graph
from tipgraph.rdf.read import read_turtle, read_turtle_files
from tipgraph.rdf.triples import store_of

if TYPE_CHECKING:
    import rdflib


def validate(triples: Iterable[Triple], shapes: Path, checks: Path | None = None) -> Report:
    """Validate triples with the shapes of a folder, and ask the quality checks of another."""
    triples = set(triples)
    findings = [*_shacl(triples, shapes)]
    if checks is not None:
        store = store_of(triples)
        found = (findings_of(check, store) for check in read_checks(checks))
        findings += [finding for each in found for finding in each]
    return Report.of(findings)


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
            sources=paths_of(data.objects(focus, rdflib.DCTERMS.source)),
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
