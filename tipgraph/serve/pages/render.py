"""The templates, and what every page can use in them; whatever the graph says is escaped."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tipgraph.rdf.formats import GRAPH_TYPES, SUFFIXES
from tipgraph.serve.pages.marked import cited, dated, linked
from tipgraph.tell.pictures.svg import shortened
from tipgraph.tell.thing import CAVEAT

STATIC = Path(__file__).parents[1] / "static"


def render(template: str, **context: Any) -> str:
    """Return a page: a template filled with what it shows."""
    has_editor = (STATIC / "editor.js").is_file()
    page = _environment().get_template(template)
    return page.render(caveat=CAVEAT, has_editor=has_editor, **context)


def data_block(value: object) -> Markup:
    """Return a value as JSON that can stand in a script element."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def media_type(ending: str) -> str:
    """Return the media type of the RDF format that an ending stands for.

    >>> media_type("ttl")
    'text/turtle'
    """
    return GRAPH_TYPES[SUFFIXES[ending]]


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tipgraph.serve.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        {
            filter.__name__: filter
            for filter in (cited, data_block, dated, linked, media_type, shortened)
        }
    )
    return environment
