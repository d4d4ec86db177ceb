"""The templates, and what every page can use in them; whatever the graph says is escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from tipgraph.tell.thing import CAVEAT

STATIC = Path(__file__).parents[1] / "static"
URL = re.compile(r"https?://[^\s<>\"“”]+")
TRAILING = ".,;:!?)]'"


def render(template: str, **context: Any) -> str:
    """Return a page: a template filled with what it shows."""
    has_editor = (STATIC / "editor.js").is_file()
    page = _environment().get_template(template)
    return page.render(caveat=CAVEAT, has_editor=has_editor, **context)


def linked(text: str) -> Markup:
    """Return a text as HTML in which web addresses are links.

    >>> linked("<b> https://example.org/a.")
    Markup('&lt;b&gt; <a href="https://example.org/a">https://example.org/a</a>.')
    """
    return Markup("").join(_pieces(text))


def data_block(value: object) -> Markup:
    """Return a value as JSON that can stand in a script element."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tipgraph.serve.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["linked"] = linked
    environment.filters["data_block"] = data_block
    return environment


def _pieces(text: str) -> Iterator[Markup]:
    end = 0
    for found in URL.finditer(text):
        url = found[0].rstrip(TRAILING)
        yield escape(text[end : found.start()])
        yield Markup('<a href="{0}">{0}</a>').format(url)
        end = found.start() + len(url)
    yield escape(text[end:])
