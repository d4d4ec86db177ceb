"""Describe the notes about the source: what is printed, what is the matter, what we say instead."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal

from tipgraph.layers.catalog import named_iri
from tipgraph.layers.layer import Layer
from tipgraph.rdf.iris import concept, thing
from tipgraph.rdf.terms import english
from tipgraph.source.curate import Note
from tipgraph.source.printed import Table


def describe_notes(notes: Iterable[Note], table: Table, layer: Layer) -> None:
    """Add the source notes of an edition to the provenance layer."""
    for note in notes:
        iri = thing(f"note/{note.id}")
        layer.a(iri, "tip:SourceNote")
        layer.add(iri, "skos:notation", Literal(note.id))
        layer.add(iri, "tip:quote", Literal(note.quote))
        layer.add(iri, "tip:noteKind", concept("note-kind", note.kind))
        layer.add(iri, "tip:matter", english(note.matter))
        layer.add(iri, "tip:instead", english(note.instead))
        layer.add(iri, "tip:reason", english(note.because))
        layer.add(iri, "tip:evidence", *map(Literal, note.evidence))
        layer.add(iri, "tip:certainty", concept("certainty", note.sure))
        layer.add(iri, "tip:about", *map(named_iri, note.about))
        places = note.places(table)
        layer.add(iri, "dcterms:source", *(thing(f"source/{table.edition}/{p}") for p in places))
