"""Describe how complete the lists of members and parties are, and the notes about facts."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from tipgraph.layers.citations import cite
from tipgraph.layers.layer import Layer
from tipgraph.layers.records import as_of_literal
from tipgraph.rdf.iris import concept, thing
from tipgraph.rdf.terms import english, number
from tipgraph.source.check_facts import counted_scheme, is_dated
from tipgraph.source.facts import Completeness, FactNote


def completeness_iri(about: str) -> NamedNode:
    """Return the IRI of what is said of the completeness of a list, by the path of its thing."""
    return thing(f"completeness/{about}")


def describe_completeness(completeness: Completeness, layer: Layer, provenance: Layer) -> None:
    """Add the completeness of a list to the layer of the list."""
    iri, about = completeness_iri(completeness.about), completeness.about
    layer.a(iri, "tip:Completeness")
    layer.add(iri, "rdfs:label", english(extent_in_words(completeness)))
    layer.add(thing(about), "tip:completeness", iri)
    layer.add(iri, "tip:known", number(int(completeness.known)))
    layer.add(iri, "tip:publishedAtLeast", number(int(completeness.published_least)))
    layer.add(iri, "tip:publishedAtMost", number(int(completeness.published_most)))
    layer.add(iri, "tip:extent", concept("extent", completeness.extent))
    counted = (concept(counted_scheme(about), name) for name in completeness.counts)
    layer.add(iri, "tip:countedStanding", *counted)
    layer.add(iri, "tip:asOf", as_of_literal(completeness.as_of))
    if completeness.remark:
        layer.add(iri, "skos:note", english(completeness.remark))
    cite(layer, iri, provenance, completeness.source)


def extent_in_words(completeness: Completeness) -> str:
    """Return how complete a list is, how many are known, of how many published, and of when."""
    known, least, most = (
        completeness.known,
        completeness.published_least,
        completeness.published_most,
    )
    counted = (
        f"{known} of {most}" if least == most else f"{known} known, {least} to {most} published"
    )
    when = f"as of {completeness.as_of}" if is_dated(completeness.as_of) else completeness.as_of
    return f"{completeness.extent}: {counted}, {when}"


def describe_note(note: FactNote, provenance: Layer) -> None:
    """Add a note about facts to the provenance layer."""
    iri = thing(f"note/{note.id}")
    provenance.a(iri, "tip:SourceNote")
    provenance.add(iri, "skos:notation", Literal(note.id))
    provenance.add(iri, "tip:quote", Literal(note.quote))
    provenance.add(iri, "tip:noteKind", concept("note-kind", note.kind))
    provenance.add(iri, "tip:matter", english(note.matter))
    provenance.add(iri, "tip:instead", english(note.instead))
    provenance.add(iri, "tip:reason", english(note.because))
    provenance.add(iri, "tip:certainty", concept("certainty", note.certainty))
    provenance.add(iri, "tip:about", *map(thing, note.about))
    cite(provenance, iri, provenance, note.source)
