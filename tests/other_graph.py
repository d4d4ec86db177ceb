"""A second graph in the shape of Wikidata, with traps and near misses; see its README."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple
from virtuoso import Virtuoso

from tipgraph.files.sssom import Mapping
from tipgraph.graph.engines.endpoint import Endpoint
from tipgraph.rdf.iris import BASE, term

FOLDER = Path(__file__).parent / "fixtures" / "other-graph"
ITEMS = FOLDER / "items.tsv"
WD = "http://www.wikidata.org/entity/"
WDT = "http://www.wikidata.org/prop/direct/"
LABEL, ALIAS = term("rdfs:label"), term("skos:altLabel")
INSTANCE, SUBCLASS, WEBSITE = (NamedNode(f"{WDT}{name}") for name in ("P31", "P279", "P856"))
TYPES = {
    "organization": "Q484652",
    "treaty": "Q131569",
    "command": "Q9100000001",
    "code": "Q9100000002",
    "album": "Q9100000003",
}
MERGED = f"{WD}Q9100000009"
"""An item that was merged into that of ASEAN."""
FIRST_NEAR_MISS = 9_200_000_000


@dataclass(frozen=True)
class Item:
    """An item of the second graph, and the thing of ours that it is the same as, if any."""

    id: str
    ours: str
    type: str
    labels: dict[str, str]
    aliases: tuple[str, ...]
    website: str

    @property
    def iri(self) -> str:
        return WD + self.id


def real_items() -> list[Item]:
    with ITEMS.open(encoding="utf-8", newline="") as file:
        return [
            Item(
                id=row["id"],
                ours=row["ours"] and BASE + row["ours"],
                type=row["type"],
                labels={code: row[code] for code in ("en", "fr", "es", "ru") if row[code]},
                aliases=tuple(filter(None, row["aliases"].split("|"))),
                website=row["website"],
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]


def near_misses(items: list[Item]) -> Iterator[Item]:
    """Yield organizations and works that share words or an acronym with each real item."""
    number = FIRST_NEAR_MISS
    for item in items:
        for type, label, aliases in _near(item):
            number += 1
            yield Item(f"Q{number}", "", type, {"en": label}, aliases, "")


def _near(item: Item) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    label = item.labels["en"]
    yield "organization", f"{label} Youth Forum", ()
    yield "organization", f"{label} Staff Association", item.aliases[:1]
    yield "organization", f"Friends of the {label}", ()
    yield "organization", f"Institute for the Study of the {label}", ()
    yield "album", label, item.aliases
    yield "organization", f"{label.rpartition(' ')[0]} Society", item.aliases[:1]
    yield "treaty", f"Agreement on the Headquarters of the {label}", ()
    yield "organization", f"National {label}", item.aliases[:1]


def all_items() -> list[Item]:
    real = real_items()
    return [*real, *near_misses([item for item in real if item.ours])]


def truth() -> dict[str, str]:
    """The item that each thing of ours is the same as."""
    return {item.ours: item.iri for item in real_items() if item.ours}


def triples() -> Iterator[Triple]:
    yield Triple(NamedNode(f"{WD}Q484652"), SUBCLASS, NamedNode(f"{WD}Q43229"))
    yield Triple(NamedNode(MERGED), term("owl:sameAs"), NamedNode(f"{WD}Q7768"))
    for item in all_items():
        node = NamedNode(item.iri)
        yield Triple(node, INSTANCE, NamedNode(WD + TYPES[item.type]))
        for language, label in item.labels.items():
            yield Triple(node, LABEL, Literal(label, language=language))
        for alias in item.aliases:
            yield Triple(node, ALIAS, Literal(alias, language="en"))
        if item.website:
            yield Triple(node, WEBSITE, NamedNode(item.website))


def member_triples() -> Iterator[Triple]:
    """Yield who belongs to what, as Wikidata says it: by a statement that can have an end."""
    prop = "http://www.wikidata.org/prop/"
    with (FOLDER / "members.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            state = NamedNode(WD + row["state"])
            statement = NamedNode(f"{WD}statement/{row['state']}")
            yield Triple(state, NamedNode(f"{WDT}P298"), Literal(row["code"]))
            yield Triple(state, NamedNode(f"{prop}P463"), statement)
            item = NamedNode(WD + row["member of"])
            yield Triple(statement, NamedNode(f"{prop}statement/P463"), item)
            if row["end"]:
                end = Literal(row["end"], datatype=term("xsd:date"))
                yield Triple(statement, NamedNode(f"{prop}qualifier/P582"), end)


def cellar_triples() -> Iterator[Triple]:
    """Yield what Cellar says of a work, under an address of its own."""
    cdm = "http://publications.europa.eu/ontology/cdm#resource_legal"
    work = NamedNode("http://publications.europa.eu/resource/cellar/0000")
    document = NamedNode("http://publications.europa.eu/resource/celex/32011L0036")
    end = Literal("9999-12-31", datatype=term("xsd:date"))
    yield Triple(work, term("owl:sameAs"), document)
    yield Triple(work, NamedNode(f"{cdm}_in-force"), Literal(True))
    yield Triple(work, NamedNode(f"{cdm}_date_end-of-validity"), end)


DESCRIPTION = """\
other:
  url: {url}
  namespace: http://www.wikidata.org/entity/
  label: rdfs:label
  names: rdfs:label|skos:altLabel
  homepage: wdt:P856
  type: wdt:P31/wdt:P279*
  organization: [wd:Q43229]
  instrument: [wd:Q131569]
  moved: owl:sameAs
  languages: [en, fr, es, ru]
  prefixes: {{wd: "http://www.wikidata.org/entity/", wdt: "http://www.wikidata.org/prop/direct/"}}
  search: ?item rdfs:label ?found . ?found bif:contains $words
"""


def load_into(server: Virtuoso) -> None:
    """Load the second graph into a Virtuoso, with an index of its words."""
    server.sql("DB.DBA.RDF_OBJ_FT_RULE_ADD(null, null, 'All')")
    endpoint = Endpoint(server.update_endpoint)
    every = (*triples(), *member_triples(), *cellar_triples())
    lines = [f"{triple} ." for triple in every]
    for start in range(0, len(lines), 500):
        some = " ".join(lines[start : start + 500])
        endpoint.update(f"INSERT DATA {{ GRAPH <https://example.org/other> {{ {some} }} }}")
    server.sql("DB.DBA.VT_INC_INDEX_DB_DBA_RDF_OBJ()")


def measured(candidates: Iterable[Mapping], threshold: float) -> tuple[float, float]:
    """Return precision and recall of the candidates of at least a score."""
    right = truth()
    given = [one for one in candidates if (one.confidence or 0) >= threshold]
    good = [one for one in given if right.get(one.subject_id) == one.object_id]
    return len(good) / max(1, len(given)), len(good) / len(right)
