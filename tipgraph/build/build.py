"""Build: from the printed table to the layers of the graph, one step after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pyoxigraph import NamedNode, Triple

from tipgraph.ask.known_terms import missing_terms
from tipgraph.ask.prepared import Prepared, prepare, sound_queries
from tipgraph.ask.queries import Catalogue
from tipgraph.ask.questions import Questions
from tipgraph.build.dataset import describe_dataset, version_statement
from tipgraph.build.questions import describe_queries
from tipgraph.build.report import Report
from tipgraph.build.validate import validate
from tipgraph.errors import InputError
from tipgraph.files.folder import Folder
from tipgraph.files.replace import replace_folder, write_file
from tipgraph.files.sums import NAME, sums_of
from tipgraph.files.yaml import read_text
from tipgraph.graph.opened import OpenedGraph
from tipgraph.layers.catalog import describe_entities
from tipgraph.layers.facts import enrich
from tipgraph.layers.infer import infer
from tipgraph.layers.layer import Layer
from tipgraph.layers.notes import describe_notes
from tipgraph.layers.printed import describe_source, document_iri
from tipgraph.layers.reach import describe_reach
from tipgraph.layers.vocabulary import read_vocabulary
from tipgraph.rdf.context import context_document
from tipgraph.rdf.iris import BASE, REGISTERED
from tipgraph.rdf.triples import store_of
from tipgraph.rdf.turtle import canonical_turtle, natural
from tipgraph.source.curate import Curated, Curation, Work, curate, read_curation
from tipgraph.source.facts import read_facts
from tipgraph.source.links import read_links
from tipgraph.source.printed import Table, read_table
from tipgraph.source.recognize import Mention, recognize

T = TypeVar("T")
Progress = Callable[[str, str], None]


@dataclass(frozen=True)
class Build:
    """What a build made: the files (by path), the account of the source, and the report.

    `query_problems` are stored queries that are broken, or name what the graph does not have;
    `lost` are the registered IRIs that the graph no longer describes.
    """

    table: Table
    mentions: tuple[Mention, ...]
    curated: Curated
    layers: dict[str, frozenset[Triple]]
    query_problems: tuple[InputError, ...]
    report: Report
    files: dict[Path, bytes]
    output: Path
    register: Path | None
    lost: tuple[Work, ...] = ()

    @property
    def work(self) -> tuple[Work, ...]:
        """What a person has to look at before the graph may be published."""
        return (*self.curated.work, *map(_work, self.query_problems), *self.lost)

    def differs(self) -> list[Path]:
        """Return the files that are not on disk as this build makes them."""
        return [p for p, data in self.files.items() if not p.is_file() or p.read_bytes() != data]

    def write(self) -> None:
        """Write the files if any differs: the graph's folder all at once, then the register."""
        if not self.differs():
            return
        graph = {path.name: data for path, data in self.files.items() if path != self.register}
        replace_folder(self.output, graph)
        if self.register is not None:
            write_file(self.register, self.files[self.register])


def build(
    folder: Folder,
    source: Path | None = None,
    output: Path | None = None,
    progress: Progress = lambda step, result: None,
) -> Build:
    """Build the graph of a folder from its table, or from another; nothing is written yet.

    `output` is where the layers' files will stand (`data/graph` without it); `progress` is told
    each step and its result. Raises InputError where an input is missing or broken.
    """
    step = _Steps(progress)
    table = step("read", lambda: read_table(source or folder.source()), _told_table)
    mentions = step("recognize", lambda: recognize(table), _told_mentions)
    curation = read_curation(folder.curation)
    curated = step("curate", lambda: curate(table, mentions, curation), _told_curated)
    described = step(
        "describe", lambda: _describe(folder, table, mentions, curated, curation), _told_layers
    )
    enriched = step("enrich", lambda: _enriched(folder, described), _told_layers)
    inferred = step("infer", lambda: _with_inferred(enriched), _told_inferred)
    prepared, problems = step("queries", lambda: _prepared(folder, inferred), _told_queries)
    layers = _described({**inferred, "queries": describe_queries(prepared)}, table)
    problems += missing_terms((p.query for p in prepared), _union(layers), folder.shapes)
    report = step("validate", lambda: _validated(folder, layers), _told_report)
    graph = output or folder.graph
    register = folder.register if output is None else None
    files = {graph / f"{name}.ttl": canonical_turtle(triples) for name, triples in layers.items()}
    files[graph / "context.jsonld"] = context_document(_union(layers))
    files[graph / NAME] = sums_of({path.name: data for path, data in files.items()})
    lost: tuple[Work, ...] = ()
    if register is not None:
        released = set(released_iris(layers))
        files[register] = _register(register, released)
        lost = tuple(_lost(register, released))
    broken = tuple(problems)
    return Build(table, mentions, curated, layers, broken, report, files, graph, register, lost)


class _Steps:
    """Run the steps of a build, telling each one's result and time."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress

    def __call__(self, name: str, run: Callable[[], T], told: Callable[[T], str]) -> T:
        start = time.perf_counter()
        result = run()
        self.progress(name, f"{told(result)} ({time.perf_counter() - start:.1f} s)")
        return result


def _describe(
    folder: Folder,
    table: Table,
    mentions: tuple[Mention, ...],
    curated: Curated,
    curation: Curation,
) -> dict[str, Layer]:
    vocabulary = read_vocabulary(folder.ontology)
    document = next((d for d in curation.documents if d.edition == table.edition), None)
    catalog, provenance = describe_entities(curated.entities, table.edition, vocabulary)
    describe_notes(curated.notes, table, provenance)
    return {
        "source": describe_source(table, mentions, document),
        "catalog": catalog,
        "vocabulary": Layer(set(vocabulary.triples)),
        "provenance": provenance,
    }


def _enriched(folder: Folder, layers: dict[str, Layer]) -> dict[str, Layer]:
    facts, links = read_facts(folder.facts, folder.rules), read_links(folder.links)
    return enrich(layers, facts, links, _known(folder.register))


def _with_inferred(layers: dict[str, Layer]) -> dict[str, Layer]:
    inferred = infer(layers["catalog"].triples, layers["vocabulary"].triples)
    obligations = Layer(set(layers["obligations"].triples))
    known = (layers[name].triples for name in ("catalog", "vocabulary", "parties"))
    describe_reach((*inferred, *(t for triples in known for t in triples)), obligations)
    return {**layers, "inferred": Layer(set(inferred)), "obligations": obligations}


def _prepared(folder: Folder, layers: dict[str, Layer]) -> tuple[list[Prepared], list[InputError]]:
    """Return the stored queries held against the layers so far, and what is the matter with them.

    A header can name a query as well, so the queries' own names are among what it is held against.
    """
    queries, problems = sound_queries(Catalogue(folder.queries))
    names = describe_queries(map(Prepared, queries.values()))
    store = store_of(_union({**layers, "queries": names}))
    questions = Questions(folder, OpenedGraph.of_store(store))
    prepared = [prepare(query, questions) for query in queries.values()]
    problems += [problem for _, found in prepared for problem in found]
    return [query for query, _ in prepared], problems


def _described(layers: dict[str, Layer], table: Table) -> dict[str, frozenset[Triple]]:
    """Return the layers with the dataset's own description in the provenance layer."""
    dataset = describe_dataset(layers, document_iri(table)).triples
    version = version_statement((*_union(layers), *dataset))
    whole = {**layers, "provenance": Layer({*layers["provenance"].triples, *dataset, version})}
    return {name: frozenset(layer.triples) for name, layer in sorted(whole.items())}


def _union(layers: Mapping[str, Layer | frozenset[Triple]]) -> Iterator[Triple]:
    for layer in layers.values():
        yield from layer.triples if isinstance(layer, Layer) else layer


def _validated(folder: Folder, layers: dict[str, frozenset[Triple]]) -> Report:
    return validate(_union(layers), folder.shapes, folder.queries / "checks")


def _register(path: Path, released: set[str]) -> bytes:
    """Return the register of released IRIs with the new ones appended."""
    known = _known(path)
    new = sorted(released - set(known), key=natural)
    return "".join(f"{iri}\n" for iri in (*known, *new)).encode()


def _lost(path: Path, released: set[str]) -> Iterator[Work]:
    """Yield the registered IRIs that are not described, each with its line."""
    for line, iri in enumerate(_known(path), 1):
        if iri not in released:
            what = f"nothing is said of {iri} any more; say what replaced it (owl:deprecated)"
            yield Work("iri", what, f"{path.name}:{line}")


def _known(register: Path) -> list[str]:
    return read_text(register).split() if register.is_file() else []


def released_iris(layers: dict[str, frozenset[Triple]]) -> Iterator[str]:
    """Yield the IRIs that never change once released: things, concepts, terms and queries."""
    for triples in layers.values():
        for subject in {triple.subject for triple in triples}:
            if isinstance(subject, NamedNode) and subject.value.startswith(BASE):
                path = subject.value.removeprefix(BASE)
                if path.partition("/")[0] in REGISTERED or path.startswith("ontology"):
                    yield subject.value


def _work(problem: InputError) -> Work:
    path = Path(problem.path or "")
    return Work("query", problem.what, f"{path.name}:{problem.line or 1}")


def _told_queries(found: tuple[list[Prepared], list[InputError]]) -> str:
    return f"{len(found[0])} stored queries"


def _told_table(table: Table) -> str:
    return f"{len(table.rows)} rows, {sum(1 for _ in table.items())} items"


def _told_mentions(mentions: tuple[Mention, ...]) -> str:
    links = sum(mention.link is not None for mention in mentions)
    return f"{sum(len(m.entities) for m in mentions)} things named, {links} links"


def _told_curated(curated: Curated) -> str:
    return (
        f"{len(curated.entities)} entities, {len(curated.notes)} notes about the source, "
        f"{len(curated.work)} things left to review"
    )


def _told_layers(layers: dict[str, Layer]) -> str:
    return f"{sum(len(layer.triples) for layer in layers.values())} triples"


def _told_inferred(layers: dict[str, Layer]) -> str:
    return f"{len(layers['inferred'].triples)} new triples"


def _told_report(report: Report) -> str:
    return "conforms" if report.conforms else f"{len(report.findings)} findings"
