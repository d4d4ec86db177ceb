"""Count what is in the dataset: classes, properties, links to other datasets (VoID, section 4)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Triple

from tipgraph.layers.layer import RDF_TYPE, Layer
from tipgraph.rdf.iris import BASE, ELSEWHERE, PREFIXES, curie, path_of, slug, thing
from tipgraph.rdf.terms import english, number

Nodes = defaultdict[NamedNode, set[object]]
LINKS, CATALOG = "links", "catalog"
EXAMPLES = ("org", "instrument", "body", "country", "concept", "query")
"""The first path segments of things of which one is named as an example."""


@dataclass
class Counts:
    """What is counted of triples: how many, of which subjects, properties, classes and links."""

    triples: int = 0
    subjects: set[object] = field(default_factory=set)
    properties: Counter[NamedNode] = field(default_factory=Counter)
    classes: Nodes = field(default_factory=lambda: defaultdict(set))
    links: Counter[tuple[str, NamedNode]] = field(default_factory=Counter)

    def plus(self, triples: Iterable[Triple]) -> Counts:
        """Return the counts with those of further triples that are not among them."""
        more = Counts(self.triples, set(self.subjects), Counter(self.properties))
        more.classes = defaultdict(set, {node: set(own) for node, own in self.classes.items()})
        more.links = self.links
        for triple in triples:
            more.triples += 1
            more.subjects.add(triple.subject)
            more.properties[triple.predicate] += 1
            if triple.predicate == RDF_TYPE and isinstance(triple.object, NamedNode):
                more.classes[triple.object].add(triple.subject)
        return more


def counted(layers: Mapping[str, Layer]) -> Counts:
    """Return the counts of all layers, no triple of which stands in two."""
    counts = Counts().plus(triple for layer in layers.values() for triple in layer.triples)
    counts.links = Counter(_links(layers.get(LINKS, Layer()).triples))
    counts.links.update(_links(filter(_leads_elsewhere, layers.get(CATALOG, Layer()).triples)))
    return counts


def describe_contents(counts: Counts) -> Layer:
    """Return the triples that say what the dataset has, by class, property and linked dataset."""
    layer, dataset = Layer(), thing("dataset")
    layer.add(dataset, "void:triples", number(counts.triples))
    layer.add(dataset, "void:distinctSubjects", number(len(counts.subjects)))
    layer.add(dataset, "void:classes", number(len(counts.classes)))
    layer.add(dataset, "void:properties", number(len(counts.properties)))
    layer.add(dataset, "void:exampleResource", *_examples(counts))
    for kind, members in counts.classes.items():
        part = thing(f"dataset/class/{_name(kind)}")
        layer.add(dataset, "void:classPartition", part)
        layer.add(part, "void:class", kind)
        layer.add(part, "void:entities", number(len(members)))
    for predicate, size in counts.properties.items():
        part = thing(f"dataset/property/{_name(predicate)}")
        layer.add(dataset, "void:propertyPartition", part)
        layer.add(part, "void:property", predicate)
        layer.add(part, "void:triples", number(size))
    for (space, predicate), size in counts.links.items():
        _describe_linkset(layer, space, predicate, size)
    return layer


def _describe_linkset(layer: Layer, space: str, predicate: NamedNode, size: int) -> None:
    """Describe the links by one property into one dataset elsewhere, known by its address."""
    host = urlsplit(space).netloc
    target = thing(f"dataset/elsewhere/{slug(space.partition('://')[2])}")
    layer.a(target, "void:Dataset")
    layer.add(target, "dcterms:title", english(host))
    layer.add(target, "void:uriSpace", Literal(space))
    linkset = thing(f"{path_of(target.value)}/{_name(predicate)}")
    layer.a(linkset, "void:Linkset")
    layer.add(thing("dataset"), "void:subset", linkset)
    layer.add(linkset, "void:linkPredicate", predicate)
    layer.add(linkset, "void:subjectsTarget", thing("dataset"))
    layer.add(linkset, "void:objectsTarget", target)
    layer.add(linkset, "void:triples", number(size))


def _links(triples: Iterable[Triple]) -> Iterator[tuple[str, NamedNode]]:
    """Yield the dataset and the property of each link to something elsewhere."""
    for triple in triples:
        target, is_of_rdf = triple.object, triple.predicate.value.startswith(PREFIXES["rdf"])
        if not is_of_rdf and isinstance(target, NamedNode) and not target.value.startswith(BASE):
            yield _space(target.value), triple.predicate


def _leads_elsewhere(triple: Triple) -> bool:
    """Tell whether a statement of the catalog leads to a thing elsewhere, and to no mere page."""
    spaces = tuple(PREFIXES[prefix] for prefix in ELSEWHERE)
    return isinstance(triple.object, NamedNode) and triple.object.value.startswith(spaces)


def _space(iri: str) -> str:
    """Return the address that the IRIs of a dataset begin with: one of ours for it, or its host."""
    known = (namespace for namespace in PREFIXES.values() if iri.startswith(namespace))
    host = urlsplit(iri)
    return next(known, f"{host.scheme}://{host.netloc}/")


def _examples(counts: Counts) -> list[NamedNode]:
    """Return the first thing of each kind that has pages of its own."""
    paths = sorted(path_of(s.value) for s in counts.subjects if isinstance(s, NamedNode))
    firsts = (next((p for p in paths if p.startswith(f"{kind}/")), "") for kind in EXAMPLES)
    return [thing(path) for path in firsts if path]


def _name(node: NamedNode) -> str:
    """Return a path segment for a term: its CURIE where it has one."""
    short = curie(node.value)
    return slug(short) if "://" in short else short.replace(":", "-")
