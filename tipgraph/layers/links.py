"""Describe links: what they state, and for each the statement with its evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Triple

from tipgraph.errors import quoted
from tipgraph.files.csvw import Row
from tipgraph.files.sssom import REVIEW, Mapping
from tipgraph.layers.citations import cite
from tipgraph.layers.layer import Layer
from tipgraph.rdf.iris import BASE, ONTOLOGY, curie, path_of, slug, term, thing
from tipgraph.rdf.terms import english
from tipgraph.source.links import Identifier, Links, Namespace, pair

LONGEST = 200
"""The longest last segment of a link's IRI: codes and headings are not to be cut."""


def describe_links(
    links: Links, known: Collection[str], stated: Collection[Triple]
) -> tuple[Layer, Layer]:
    """Return the triples of the links of known things, and those of the citations they rest on.

    What is among the triples stated elsewhere is not stated again.
    """
    layer, provenance = Layer(), Layer()
    for link in statements(links):
        triple = link.triple
        if isinstance(triple.subject, NamedNode) and triple.subject.value in known:
            if not link.to_check and triple not in stated:
                layer.triples.add(triple)
            _describe(link, triple.subject, layer, provenance)
    return layer, provenance


def _describe(link: Stated, subject: NamedNode, layer: Layer, provenance: Layer) -> None:
    iri = link_iri(link.triple)
    layer.a(iri, "tip:LinkToCheck" if link.to_check else "tip:Link")
    layer.add(iri, "rdf:subject", subject)
    layer.add(iri, "rdf:predicate", link.triple.predicate)
    if isinstance(link.triple.object, NamedNode | Literal):
        layer.add(iri, "rdf:object", link.triple.object)
    if link.remark:
        layer.add(iri, "skos:note", english(link.remark))
    if link.to_check:
        layer.add(iri, "tip:reason", english(link.to_check))
    cite(layer, iri, provenance, link.sources)


def link_iri(triple: Triple) -> NamedNode:
    """Return the IRI of the link that states a triple, by its thing and what it is linked to."""
    subject, object = triple.subject, triple.object
    if not isinstance(subject, NamedNode) or not isinstance(object, NamedNode | Literal):
        raise TypeError(f"no link states {triple}")
    is_ours = subject.value.startswith(BASE)
    about = path_of(subject.value) if is_ours else slug(curie(subject.value))
    if isinstance(object, Literal):
        target = f"{object.datatype.value.rpartition('#')[2]} {object.value}"
    else:
        target = object.value.partition("://")[2]
    return thing(f"link/{about}/{slug(target, LONGEST)}")


SEPARATOR = " ; "
"""What parts a comment: the sources of a mapping, after the reason where it was a candidate."""
REMARK = "remark: "
"""What a part of a comment begins with that is no source."""


@dataclass(frozen=True)
class Stated:
    """A triple that a link states, with its evidence, and the row where it was read.

    `to_check` is why it is not yet accepted.
    """

    triple: Triple
    sources: tuple[str, ...]
    row: Mapping | Row
    remark: str = ""
    to_check: str = ""


def statements(links: Links) -> Iterator[Stated]:
    """Yield what links state; raise InputError with file and line where one has no evidence."""
    yield from map(_accepted, links.accepted)
    yield from map(_proposed, links.candidates)
    for identifier in links.identifiers:
        yield from _codes(identifier)


def _accepted(mapping: Mapping) -> Stated:
    parts, remarks = _parts(mapping)
    if mapping.mapping_justification == REVIEW and parts:
        reason, *parts = parts
        remarks = [reason, *remarks]
    sources = (*_acceptance(mapping), *parts)
    if not sources:
        what = "the mapping has no evidence: name its sources in the comment, or its reviewer_id"
        raise mapping.error(what)
    return Stated(_triple(mapping), sources, mapping, "; ".join(remarks))


def _parts(mapping: Mapping) -> tuple[list[str], list[str]]:
    """Return the parts of a comment, and the remarks among them."""
    parts = [part for part in mapping.comment.split(SEPARATOR) if part.strip()]
    remarks = [part.removeprefix(REMARK) for part in parts if part.startswith(REMARK)]
    return [part for part in parts if not part.startswith(REMARK)], remarks


def _acceptance(mapping: Mapping) -> Iterator[str]:
    """Yield who accepted a mapping, and on which day, where that is said."""
    who, day = mapping.reviewer_id or mapping.author_id, mapping.mapping_date
    if who or (day and mapping.mapping_justification == REVIEW):
        yield f"accepted by {who or 'hand'}{f' on {day}' if day else ''}"


def _proposed(mapping: Mapping) -> Stated:
    parts, remarks = _parts(mapping)
    reason, *sources = parts or [""]
    if mapping.mapping_provider and mapping.mapping_date:
        sources = [f"found at {mapping.mapping_provider} on {mapping.mapping_date}", *sources]
    if not reason or not sources:
        raise mapping.error(
            "the candidate has no evidence: say in the comment why it is to be checked and, after "
            "' ; ', where it was read, or by mapping_provider and mapping_date where it was found"
        )
    return Stated(_triple(mapping), (*sources,), mapping, "; ".join(remarks), reason)


def _triple(mapping: Mapping) -> Triple:
    subject, predicate = NamedNode(mapping.subject_id), NamedNode(mapping.predicate_id)
    return Triple(subject, predicate, NamedNode(mapping.object_id))


def _codes(identifier: Identifier) -> Iterator[Stated]:
    subject, row = NamedNode(identifier.iri), identifier.row
    code = Literal(identifier.code, datatype=term(f"tip:{identifier.system}"))
    notation = Triple(subject, term("skos:notation"), code)
    yield Stated(notation, identifier.source, row, identifier.remark)
    if identifier.page:
        page = Triple(subject, term("rdfs:seeAlso"), NamedNode(identifier.page))
        yield Stated(page, identifier.source, row, identifier.remark)


SAME, SUBJECT = term("schema:sameAs").value, term("dcterms:subject").value
MATCHES = frozenset(
    term(f"skos:{name}Match").value for name in ("broad", "close", "exact", "narrow", "related")
)
PREDICATES = MATCHES | {SAME, SUBJECT, term("rdfs:seeAlso").value}
"""What a mapping may say; anything else would be a fact, and not a link."""
CONCEPT, SCHEME = term("skos:Concept").value, term("skos:ConceptScheme").value
MATCHED = {CONCEPT, term("sdgo:Target").value}
"""What has matches: concepts and, since the UN itself matches them, the targets of the SDGs."""
OURS = ("org/", "body/", "instrument/")
"""How the paths of the released things begin that our own table has, and another one has not."""


@dataclass(frozen=True)
class Here:
    """What links may be of: what the graph describes, with its classes, and what was released."""

    classes: Dictionary[str, Collection[str]]
    released: Collection[str] = ()

    @cached_property
    def is_whole(self) -> bool:
        """Whether all that was released is here, and so not the graph of another table."""
        return all(iri in self.classes for iri in self.released if path_of(iri).startswith(OURS))

    def knows(self, iri: str) -> bool:
        """Tell whether a thing is here, or may be lacking since the table is another one."""
        is_elsewhere = not iri.startswith(BASE) and not self.is_whole
        return iri in self.classes or iri in self.released or is_elsewhere


def check_links(links: Links, here: Here) -> None:
    """Raise InputError with file and line at the first link that can't be as it is said."""
    for mapping in (*links.accepted, *links.candidates):
        if not here.knows(mapping.subject_id):
            raise mapping.error(f"nothing is known as {quoted(mapping.subject_id)}")
        if mapping.predicate_id not in PREDICATES:
            raise mapping.error(f"{quoted(mapping.predicate_id)} is no predicate of a link")
        _check_object(mapping, links.namespaces)
        _check_subject(mapping, here)
    for identifier in links.identifiers:
        _check_identifier(identifier, here)
    _refuse_two(links.accepted)
    _refuse_one_name(statements(links))


def _check_object(mapping: Mapping, namespaces: Iterable[Namespace]) -> None:
    object = mapping.object_id
    if object.startswith(BASE):
        raise mapping.error(f"{quoted(object)} is no thing elsewhere")
    for namespace in namespaces:
        if namespace.is_misspelt(object):
            form = f"{namespace.namespace}{namespace.form}"
            raise mapping.error(f"{quoted(object)} is no address of {namespace.name}, as {form}")
        if namespace.is_thesaurus and namespace.has(object) and mapping.predicate_id == SAME:
            what = f"a concept of {namespace.name} is no thing; link {quoted(object)}"
            raise mapping.error(f"{what} by rdfs:seeAlso or a skos match")


def _check_subject(mapping: Mapping, here: Here) -> None:
    """Refuse a match of what is no concept, and a concept that is said to be a thing."""
    if mapping.subject_id not in here.classes:
        return
    classes = here.classes[mapping.subject_id]
    said, about = curie(mapping.predicate_id), quoted(path_of(mapping.subject_id))
    if mapping.predicate_id in MATCHES and MATCHED.isdisjoint(classes):
        raise mapping.error(f"{said} is said of concepts only, and {about} is none")
    if mapping.predicate_id == SUBJECT and SCHEME not in classes:
        raise mapping.error(f"{said} is said of schemes of concepts only, and {about} is none")
    if mapping.predicate_id == SAME and not {CONCEPT, SCHEME}.isdisjoint(classes):
        raise mapping.error(f"{said} is said of things, and {about} is a concept; use a skos match")


def _check_identifier(identifier: Identifier, here: Here) -> None:
    if not here.knows(identifier.iri):
        raise identifier.row.error(f"nothing is known as {quoted(identifier.thing)}")
    if ONTOLOGY + identifier.system not in here.classes:
        raise identifier.row.error(f"no code system is known as {quoted(identifier.system)}")


def _refuse_two(mappings: Iterable[Mapping]) -> None:
    """Refuse a thing that is two items of one source, and an item that is two things."""
    firsts: dict[tuple[str, str], Mapping] = {}
    for mapping in mappings:
        if mapping.predicate_id != SAME:
            continue
        host = urlsplit(mapping.object_id).netloc
        for key in ((mapping.subject_id, host), (mapping.object_id, "")):
            first = firsts.setdefault(key, mapping)
            if pair(first) != pair(mapping):
                same = first.object_id if key[1] else first.subject_id
                raise mapping.error(f"{quoted(key[0])} is the same as {quoted(same)} already")


def _refuse_one_name(stated: Iterable[Stated]) -> None:
    """Refuse links whose IRIs would be one: they differ by no more than signs or the property."""
    firsts: dict[NamedNode, Stated] = {}
    for link in stated:
        first = firsts.setdefault(link_iri(link.triple), link)
        is_proposed_twice = first is not link and bool(link.to_check)
        if first.triple != link.triple or is_proposed_twice:
            where = f"{first.row.path}:{first.row.line}"
            raise link.row.error(f"it links what {where} links already; keep one of the two")
