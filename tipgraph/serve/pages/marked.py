"""Texts as HTML: web addresses and files of repositories are links, days are written in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from tipgraph.tell.days import BETWEEN, day_in_words, is_between

URL = re.compile(r"https?://[^\s<>\"“”]+")
TRAILING = ".,;:!?)]'"
FILE = re.compile(r"github:([\w.-]+/[\w.-]+)@([0-9a-f]{7,40}):([\w./-]*[\w/])")
"""A file of a repository at a commit."""
REFERENCE = re.compile(f"{URL.pattern}|{FILE.pattern}")
DAY = re.compile(r"(?<![\w-])\d{4}-(0[1-9]|1[0-2])(-\d\d)?(?![\w-])")


def linked(text: str) -> Markup:
    """Return a text as HTML in which web addresses and files of repositories are links.

    >>> linked("<b> https://example.org/a.")
    Markup('&lt;b&gt; <a href="https://example.org/a">https://example.org/a</a>.')
    """
    return Markup("").join(_pieces(text, lambda written, href: written, escape))


def cited(text: str) -> Markup:
    """Return a text as HTML with links called by what they lead to, and days in words.

    >>> cited("github:a/b@c9936ca:c/d.csv")
    Markup('<a href="https://github.com/a/b/blob/c9936ca/c/d.csv">d.csv in a/b</a>')
    """
    return Markup("").join(_pieces(text, _called, dated))


def dated(text: str) -> Markup:
    """Return a text as HTML in which days and months are written in words.

    >>> dated("ratification, 1957-05-20")
    Markup('ratification, <time datetime="1957-05-20">20 May 1957</time>')
    """
    if is_between(text):
        first, _, last = text.partition(BETWEEN)
        return Markup("a day between {} and {}").format(_time(first), _time(last))
    return Markup(DAY.sub(lambda found: _time(found[0]), str(escape(text))))


def _time(text: str) -> Markup:
    words = day_in_words(text)
    return Markup('<time datetime="{}">{}</time>').format(text, words) if words else Markup("")


def _called(written: str, href: str) -> str:
    if found := FILE.fullmatch(written):
        return f"{found[3].rpartition('/')[2]} in {found[1]}"
    return urlsplit(href).hostname or href


def _pieces(
    text: str, called: Callable[[str, str], str], written_out: Callable[[str], Markup]
) -> Iterator[Markup]:
    """Yield the links of a text and what stands between them, each as HTML."""
    end = 0
    for found in REFERENCE.finditer(text):
        written = found[0].rstrip(TRAILING)
        href = _address(written)
        yield written_out(text[end : found.start()])
        yield Markup('<a href="{}">{}</a>').format(href, called(written, href))
        end = found.start() + len(written)
    yield written_out(text[end:])


def _address(written: str) -> str:
    if found := FILE.fullmatch(written):
        return f"https://github.com/{found[1]}/blob/{found[2]}/{found[3]}"
    return written
