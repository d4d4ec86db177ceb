"""Check links against each other and against the graph that they are for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from tipgraph.enrich.describe_links import link_iri
from tipgraph.enrich.links import Identifier, Links, Namespace, pair
from tipgraph.enrich.statements import Stated, statements
from tipgraph.errors import quoted
from tipgraph.iris import BASE, ONTOLOGY, curie, path_of, term
from tipgraph.sssom import Mapping

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
