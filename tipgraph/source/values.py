"""The values of claims that are more than a text: symbols, links and periods."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
"""A percent sign that begins no escape (RFC 3986, section 2.1)."""
SAFE = "!#$%&'()*+,/:;=?@~-._"
"""What stays as it is in an address."""


@dataclass(frozen=True)
class Symbol:
    """A symbol in its canonical form, its code system (a datatype's name), and as printed."""

    scheme: str
    text: str
    printed: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.scheme} {self.text}"


@dataclass(frozen=True)
class PrintedLink:
    """A link as printed, and the remark printed after it, as in `www.x.org (in Russian only)`."""

    printed: str
    remark: str = ""

    @property
    def iri(self) -> str:
        """The IRI one can follow: the scheme added, characters that no IRI may hold escaped.

        >>> PrintedLink("www.un.org").iri, PrintedLink("http://x.org/100%guide.pdf").iri
        ('http://www.un.org', 'http://x.org/100%25guide.pdf')
        """
        scheme, host, tail = self._parts
        kept = f"{SAFE}[]" if self._has_host else "."
        escaped = quote(LONE_PERCENT.sub("%25", tail), safe=SAFE)
        return f"{scheme}://{quote(host, safe=kept)}{escaped}"

    @property
    def is_broken(self) -> bool:
        """Whether it is no address as it is printed, though a browser may guess what is meant."""
        _, _, tail = self._parts
        return not self._has_host or bool(set("[]") & set(tail) or LONE_PERCENT.search(tail))

    @property
    def _parts(self) -> tuple[str, str, str]:
        """The scheme, the host with its port, and what follows."""
        scheme, _, rest = self._with_scheme.partition("://")
        host = re.split(r"[/?#]", rest, maxsplit=1)[0]
        return scheme, host, rest[len(host) :]

    @property
    def _with_scheme(self) -> str:
        return self.printed if "://" in self.printed else f"http://{self.printed}"

    @property
    def _has_host(self) -> bool:
        try:
            parts = urlsplit(self._with_scheme)
            return bool(parts.hostname) and (parts.port or 0) >= 0
        except ValueError:
            return False

    @property
    def is_deep(self) -> bool:
        """Whether the link leads below a site's front page."""
        try:
            parts = urlsplit(self.iri)
        except ValueError:
            return False
        return bool(parts.path.strip("/") or parts.query)

    def __str__(self) -> str:
        return f"{self.printed} {self.remark}".strip()


@dataclass(frozen=True)
class Period:
    """A planned period: the years, months or days of its start and its end."""

    start: str
    end: str

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"


Value = str | Symbol | PrintedLink | Period
