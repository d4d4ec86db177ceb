"""Describe the source layer: the document, its rows, cells and items, by position and quote."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from tipgraph.layers.layer import Layer
from tipgraph.rdf.iris import concept, thing
from tipgraph.rdf.terms import english, number
from tipgraph.source.curate import SourceDocument
from tipgraph.source.printed import Cell, Table
from tipgraph.source.recognize import Mention


def document_iri(table: Table) -> NamedNode:
    """Return the IRI of the document that an edition of the table is."""
    return thing(f"source/{table.edition}")


def describe_source(
    table: Table, mentions: Iterable[Mention], document: SourceDocument | None
) -> Layer:
    """Return the source layer of a table; `document` says what is known of its publication."""
    layer = Layer()
    _describe_document(layer, table, document)
    for row in table.rows:
        row_iri = thing(f"source/{table.edition}/L{row.line}")
        layer.a(row_iri, "tip:SourceRow")
        layer.add(row_iri, "dcterms:isPartOf", document_iri(table))
        layer.add(row_iri, "tip:line", number(row.line))
        for cell in row.cells:
            _describe_cell(layer, row_iri, cell)
    for mention in mentions:
        _describe_item(layer, table, mention)
    return layer


def _describe_document(layer: Layer, table: Table, document: SourceDocument | None) -> None:
    iri = document_iri(table)
    layer.a(iri, "tip:SourceDocument")
    for line in table.header_lines:
        header = thing(f"source/{table.edition}/L{line}")
        layer.a(header, "tip:SourceRow")
        layer.add(header, "dcterms:isPartOf", iri)
        layer.add(header, "tip:line", number(line))
        layer.add(header, "prov:value", Literal("\t".join(table.header)))
    if document is None:
        layer.add(iri, "dcterms:title", english(table.title or f"Table {table.edition}"))
    else:
        layer.add(iri, "dcterms:title", english(document.title))
        layer.add(iri, "dcterms:alternative", *map(english, filter(None, [table.title])))
        layer.add(iri, "dcterms:date", Literal(document.date))
        layer.add(iri, "dcterms:publisher", english(document.publisher))
        layer.add(iri, "dcterms:description", english(document.description))


def _describe_cell(layer: Layer, row_iri: NamedNode, cell: Cell) -> None:
    iri = NamedNode(f"{row_iri.value}/c{cell.column}")
    layer.a(iri, "tip:SourceCell")
    layer.add(iri, "dcterms:isPartOf", row_iri)
    layer.add(iri, "tip:column", number(cell.column))
    layer.add(iri, "prov:value", Literal(cell.text))


def _describe_item(layer: Layer, table: Table, mention: Mention) -> None:
    item = mention.item
    iri = thing(f"source/{table.edition}/{item.path}")
    layer.a(iri, "tip:SourceItem")
    layer.add(iri, "dcterms:isPartOf", thing(f"source/{table.edition}/L{item.line}/c{item.column}"))
    layer.add(iri, "tip:position", number(item.position))
    layer.add(iri, "tip:itemRole", concept("item-role", mention.role))
    layer.add(iri, "prov:value", Literal(item.text))
    layer.add(iri, "prov:wasQuotedFrom", document_iri(table))
