"""SHACL shapes: read from a folder, and put into the form that is validated quickest."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from pyoxigraph import Triple

from tipgraph.errors import InputError
from tipgraph.iris import term
from tipgraph.vocabulary import read_turtle_files

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
