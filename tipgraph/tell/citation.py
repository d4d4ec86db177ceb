"""A citation in its parts, and how it is written: as plain text, BibTeX, RIS and CSL-JSON.

No writer says when something was seen: who cites it adds that day.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tipgraph.errors import UsageError, quoted
from tipgraph.rdf.iris import BASE, iri_to_uri

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
"""The names that BibTeX has for months."""
KINDS = {
    "treaty": ("treaty", "LEGAL"),
    "work": ("document", "GEN"),
    "entry": ("entry", "ELEC"),
    "answer": ("dataset", "DATA"),
    "dataset": ("dataset", "DATA"),
}
"""The kinds of what is cited, and what CSL and RIS call them."""
WORKS = frozenset({"treaty", "work"})
"""Kinds that others wrote; the rest is the dataset and its parts."""
DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
IN_TEX = {
    **{sign: f"\\{sign}" for sign in "#$%&_"},
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
}
"""Signs that BibTeX or TeX would read as their own; braces have to be in pairs for BibTeX."""
LIGATURE = re.compile(r"([-'])(?=\1)")


@dataclass(frozen=True)
class Source:
    """The dataset that a citation rests on; what its graph does not say is empty."""

    title: str
    authors: tuple[str, ...] = ()
    version: str = ""
    license: str = ""


@dataclass(frozen=True)
class Citation:
    """What is cited, in the parts that every style puts together; what is not recorded is empty.

    `kind` is one of `KINDS`; `date` is as exact as it is recorded (`2000-11`), `told` is what a
    reader has to know beside the title, `symbols` are numbers in series of documents. `str` gives
    the plain text.
    """

    kind: str
    title: str
    address: str
    source: Source
    authors: tuple[str, ...] = ()
    date: str = ""
    told: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What reference managers call it: the path of its address, the same in every version."""
        path, _, arguments = self.address.removeprefix(BASE).partition("?")
        plain = re.sub(r"[^\w.-]", ":", path, flags=re.ASCII)
        is_changed = plain.replace(":", "/") != path
        digest = hashlib.sha256(f"{path}?{arguments}".encode()).hexdigest()[:8]
        return f"tipgraph:{plain}{f':{digest}' if arguments or is_changed else ''}"

    @property
    def is_work(self) -> bool:
        """Whether others wrote it, and the dataset only records it."""
        return self.kind in WORKS

    @property
    def container(self) -> str:
        """The title of the dataset that it is a part of; none where it is the whole, or a work."""
        return "" if self.is_work or self.kind == "dataset" else self.source.title

    @property
    def edition(self) -> str:
        """The version of the dataset, where it is cited or a part of it."""
        return "" if self.is_work else self.source.version

    @property
    def creators(self) -> tuple[str, ...]:
        """Who made it: for a part of the dataset, its authors."""
        return self.authors if self.is_work else self.source.authors

    def to(self, format: str) -> str:
        """Return the citation in one of `FORMATS`; raise UsageError for another."""
        if format not in FORMATS:
            raise UsageError(f"{quoted(format)} is none of {', '.join(FORMATS)}")
        return FORMATS[format](self)

    def __str__(self) -> str:
        return _text(self)


def _parts(date: str) -> tuple[str, str, str] | None:
    match = DATE.fullmatch(date)
    return (match[1], match[2] or "", match[3] or "") if match else None


def _text(one: Citation) -> str:
    sentences = (_head(one), _place(one), _terms(one), one.address)
    return ". ".join(_line(part).rstrip(".") for part in sentences if part)


def _head(one: Citation) -> str:
    if one.kind == "dataset":
        return _edition(one.source)
    title = one.title if one.is_work else f"“{one.title}”"
    told = f"({', '.join(one.told)})" if one.told else ""
    named = " ".join(filter(None, (title, told, ", ".join(one.symbols))))
    return ", ".join((*one.authors, named))


def _place(one: Citation) -> str:
    """Return where something is: in the dataset, of a version; the dataset itself is nowhere."""
    if one.kind == "dataset":
        return ""
    return f"{'Recorded in' if one.is_work else 'In'}: {_edition(one.source)}"


def _edition(source: Source) -> str:
    return ", ".join(filter(None, (*source.authors, source.title, _version(source))))


def _version(source: Source) -> str:
    return f"version {source.version}" if source.version else ""


def _terms(one: Citation) -> str:
    """Return the licence of what is ours."""
    return f"Licence: {one.source.license}" if one.source.license and not one.is_work else ""


def _bibtex(one: Citation) -> str:
    year, month, _ = _parts(one.date) or ("", "", "")
    told = "; ".join(one.told)
    note = ". ".join(filter(None, (told, _place(one), _terms(one))))
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in one.creators),
        "title": f"{{{_tex(one.title)}}}",
        "year": year,
        "month": MONTHS[int(month) - 1] if month else "",
        "howpublished": _tex(", ".join(one.symbols)),
        "note": _tex(note),
        "version": _tex(one.edition),
        "url": iri_to_uri(one.address),
    }
    lines = (
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},"
        for name, value in fields.items()
        if value
    )
    return "\n".join([f"@misc{{{one.key},", *lines, "}"])


def _tex(text: str) -> str:
    return LIGATURE.sub(r"\1{}", "".join(IN_TEX.get(sign, sign) for sign in _line(text)))


def _ris(one: Citation) -> str:
    return "\n".join(f"{tag}  - {_line(value)}" for tag, value in _tagged(one))


def _tagged(one: Citation) -> Iterator[tuple[str, str]]:
    """Yield the lines of an entry in RIS."""
    parts = _parts(one.date)
    yield "TY", KINDS[one.kind][1]
    yield "ID", one.key
    yield from (("AU", name) for name in one.creators)
    yield "TI", one.title
    if one.is_work:
        yield "DB", _edition(one.source)
    elif one.container:
        yield "T2", one.container
    if parts:
        yield "PY", parts[0]
        yield "DA", f"{'/'.join(parts)}/"
    yield from (("M1", symbol) for symbol in one.symbols)
    if one.edition:
        yield "ET", one.edition
    yield from (("N1", note) for note in (*one.told, _terms(one)) if note)
    yield "UR", iri_to_uri(one.address)
    yield "ER", ""


def _csl(one: Citation) -> str:
    return json.dumps([_item(one)], ensure_ascii=False, indent=2)


def _item(one: Citation) -> dict[str, Any]:
    parts = [int(part) for part in _parts(one.date) or () if part]
    found = {
        "id": one.key,
        "type": KINDS[one.kind][0],
        "title": _line(one.title),
        "author": [{"literal": _line(name)} for name in one.creators],
        "issued": {"date-parts": [parts]} if parts else None,
        "container-title": _line(one.container),
        "source": _line(_edition(one.source)) if one.is_work else "",
        "number": _line(", ".join(one.symbols)),
        "version": _line(one.edition),
        "note": _line("; ".join(filter(None, (*one.told, _terms(one))))),
        "URL": iri_to_uri(one.address),
    }
    return {name: value for name, value in found.items() if value}


def _line(text: str) -> str:
    """Return a text on one line, without signs that control a terminal or are no text."""
    kept = (sign for sign in " ".join(text.split()) if unicodedata.category(sign) not in UNSEEN)
    return "".join(kept)


UNSEEN = frozenset({"Cc", "Cs"})
FORMATS: dict[str, Callable[[Citation], str]] = {
    "text": _text,
    "bibtex": _bibtex,
    "ris": _ris,
    "csl": _csl,
}
"""The forms a citation comes in, and what writes each."""
TYPES = {
    "text": "text/plain",
    "bibtex": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl": "application/vnd.citationstyles.csl+json",
}
"""Their media types."""
