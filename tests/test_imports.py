"""The house: each package imports only what stands before it, and every part is small."""

from __future__ import annotations

import ast
import statistics
from functools import cache
from graphlib import TopologicalSorter

import pytest
from conftest import ROOT

PACKAGE = ROOT / "tipgraph"
ORDER = (
    *("errors", "rdf", "files", "graph", "source", "derive", "layers", "ask", "build", "tell"),
    *("knowledge_graph", "links", "serve", "cli"),
)
"""Each may import what stands before it and itself; nobody imports the shell or the server."""
FACE = frozenset({"tipgraph", "tipgraph.__main__"})
SHOWN = {
    "ask": "answer arguments bind header hit known_terms names near parameters prepared provenance "
    "queries questions run search terms",
    "build": "build report validate",
    "cli": "main",
    "derive": "completeness derive memberships times when",
    "files": "csvw folder replace sssom sums yaml",
    "graph": "engines.endpoint engines.engine engines.failures engines.opener engines.oxigraph "
    "engines.remote engines.services export opened push",
    "layers": "catalog facts infer layer notes printed reach vocabulary",
    "links": "decided described find hold review source things visit.check visit.table",
    "rdf": "context formats iris rdflib read sparql_size sparql_text terms triples turtle xml",
    "serve": "app http.listening",
    "source": "check_facts claims curate facts links printed properties recognize rules values",
    "tell": "citation cite comparison country days describe documents instrument organization "
    "parts pictures.neighbours pictures.standing pictures.steps pictures.svg pictures.timeline "
    "pictures.world readable reader records rows schema_org standing thing",
}
"""The modules of each package that others use; the rest is its own affair."""
MOST_FLOORS = 10
MOST_LINES, MOST_OF_A_FUNCTION, MEDIAN_OF_FUNCTIONS = 300, 50, 8


@cache
def modules() -> dict[str, ast.Module]:
    """Return the syntax trees of the package by the names of its modules."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = ast.parse(path.read_text("utf-8"))
    return found


@cache
def imports() -> dict[str, set[str]]:
    """Return what each module imports of the package, within functions and for types too."""
    known = modules()
    return {
        name: {
            whole if (whole := f"{node.module}.{alias.name}") in known else node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tipgraph")
            for alias in node.names
            if node.module
        }
        for name, tree in known.items()
    }


def room(module: str) -> str:
    return module.split(".")[1]


def test_every_module_stands_in_a_room() -> None:
    assert {room(name) for name in modules() if name not in FACE} == set(ORDER)


@pytest.mark.parametrize("module", sorted(imports().keys() - FACE))
def test_a_module_imports_what_stands_before_it(module: str) -> None:
    own = ORDER.index(room(module))
    others = {name for name in imports()[module] if room(name) != room(module)}
    assert {name for name in others if ORDER.index(room(name)) > own} == set()


def test_a_package_is_used_by_what_it_shows() -> None:
    used: dict[str, set[str]] = {}
    for module, found in imports().items():
        for name in found - {"tipgraph"}:
            if name.count(".") > 1 and room(name) != module.partition(".")[2].partition(".")[0]:
                used.setdefault(room(name), set()).add(name.split(".", 2)[2])
    assert used == {package: set(names.split()) for package, names in SHOWN.items()}


def test_no_modules_import_each_other() -> None:
    assert list(TopologicalSorter(imports()).static_order())


def test_nobody_uses_what_another_module_keeps_for_itself() -> None:
    taken = {
        f"{module} takes {node.module}.{alias.name}"
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tipgraph")
        for alias in node.names
        if alias.name.startswith("_")
    }
    assert taken == set()


def test_the_house_has_few_floors() -> None:
    rooms: dict[str, set[str]] = {name: set() for name in ORDER}
    for module, found in imports().items():
        if module not in FACE:
            rooms[room(module)] |= {room(name) for name in found} - {room(module)}
    floor: dict[str, int] = {}
    for name in TopologicalSorter(rooms).static_order():
        floor[name] = 1 + max((floor[below] for below in rooms[name]), default=0)
    assert max(floor.values()) <= MOST_FLOORS


@pytest.mark.parametrize("module", sorted(modules()))
def test_a_module_is_small(module: str) -> None:
    last = max((node.end_lineno or 0 for node in modules()[module].body), default=0)
    assert last <= MOST_LINES


def sizes() -> dict[str, int]:
    """Return how many lines each function has."""
    return {
        f"{module}.{node.name}:{node.lineno}": (node.end_lineno or 0) - node.lineno + 1
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_functions_are_small() -> None:
    found = sizes()
    assert {name for name, size in found.items() if size > MOST_OF_A_FUNCTION} == set()
    assert statistics.median(found.values()) <= MEDIAN_OF_FUNCTIONS
