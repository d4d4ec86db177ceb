"""The values of claims that are more than a text: symbols, links and periods."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit


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

        >>> PrintedLink("www.un.org").iri
        'http://www.un.org'
        """
        with_scheme = self.printed if "://" in self.printed else f"http://{self.printed}"
        return quote(with_scheme, safe="!#$%&'()*+,/:;=?@[]~-._", encoding="utf-8")

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
