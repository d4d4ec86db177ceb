"""What is asked of each tool, in the way of each: five questions, and what goes wrong."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

HOSTILE = 'x") || LCASE("y") = LCASE("y'
"""A name that, where it is pasted between quotation marks, makes a filter true of everything."""


@dataclass(frozen=True)
class Asked:
    """One thing asked three times: the words of a shell for tipgraph, rests of URLs for the peers.

    `find` is a pattern of what to show of the answers, where it is not how many rows there are.
    """

    what: str
    tipgraph: str
    grlc: str
    ramose: str
    accept: str = "text/csv"
    find: str = ""

    @property
    def query(self) -> str:
        """The stored query that is asked."""
        words = shlex.split(self.tipgraph)
        return words[words.index("query") + 1]

    @property
    def arguments(self) -> dict[str, str]:
        """The arguments of the stored query."""
        words = shlex.split(self.tipgraph)[2:]
        return {name[2:]: value for name, value in zip(words[::2], words[1::2], strict=True)}


LONG_NAME = (
    "Bali Process on People Smuggling, Trafficking in Persons and Related Transnational Crime"
)

QUESTIONS = (
    Asked(
        "a thing by its acronym",
        "query instruments-of-organization --organization ASEAN",
        "instruments-of-organization?organization=ASEAN",
        "tipgraph/instruments-of-organization/ASEAN",
    ),
    Asked(
        "an optional parameter left out",
        "query focal-points",
        "focal-points",
        "tipgraph/focal-points",
    ),
    Asked(
        "one of a list of concepts",
        "query source-notes --kind misplaced",
        "source-notes?kind=misplaced",
        "tipgraph/source-notes?only=kind:misplaced",
    ),
    Asked("no parameter, counts", "query statistics", "statistics", "tipgraph/statistics"),
    Asked(
        "one or several of a list",
        "query instruments-with-force --force binding",
        "instruments-with-force?force=binding",
        "tipgraph/instruments-with-force?only=force:binding",
    ),
)

PROBES = (
    Asked(
        "the optional parameter is given",
        "query instruments-of-organization --organization UN --kind treaty",
        "instruments-of-organization?organization=UN"
        "&kind=https://w3id.org/tipgraph/concept/instrument-kind/treaty",
        "tipgraph/instruments-of-organization/UN?only=kind:treaty",
    ),
    Asked(
        "two values",
        "query instruments-with-force --force binding --force non-binding",
        "instruments-with-force?force=binding,non-binding",
        "tipgraph/instruments-with-force?only=force:binding,force:non-binding",
    ),
    Asked(
        "the default is left to apply",
        "query instruments-with-force",
        "instruments-with-force",
        "tipgraph/instruments-with-force",
    ),
    Asked(
        "a value outside the list",
        "query instruments-with-force --force sometimes",
        "instruments-with-force?force=sometimes",
        "tipgraph/instruments-with-force?only=force:sometimes",
    ),
    Asked(
        "a required parameter is missing",
        "query instruments-of-organization",
        "instruments-of-organization",
        "tipgraph/instruments-of-organization/",
    ),
    Asked(
        "an unknown parameter",
        "query focal-points --colour red",
        "focal-points?colour=red",
        "tipgraph/focal-points?colour=red",
    ),
    Asked(
        "a name with a slip",
        'query instruments-of-organization --organization "Bali proces"',
        "instruments-of-organization?organization=Bali proces",
        "tipgraph/instruments-of-organization/Bali proces",
    ),
    Asked(
        "a name with a comma, optional",
        f"query focal-points --organization '{LONG_NAME}'",
        f"focal-points?organization={LONG_NAME}",
        f"tipgraph/focal-points?only=organization:{LONG_NAME}",
    ),
    Asked(
        "a concept with a slip",
        "query source-notes --kind misplacd",
        "source-notes?kind=misplacd",
        "tipgraph/source-notes?only=kind:misplacd",
    ),
    Asked(
        "a value with quotation marks",
        "query instruments-of-organization --organization 'the \"ASEAN\"'",
        'instruments-of-organization?organization=the "ASEAN"',
        'tipgraph/instruments-of-organization/the "ASEAN"',
    ),
    Asked(
        "a value that breaks out of its quotation marks",
        f"query instruments-of-organization --organization '{HOSTILE}'",
        f"instruments-of-organization?organization={HOSTILE}",
        f"tipgraph/instruments-of-organization/{HOSTILE}",
    ),
    Asked(
        "a word where a number belongs",
        "query instruments-of-decade --decade abc",
        "number?number=abc",
        "tipgraph/number/abc",
    ),
    Asked(
        "a value of two lines",
        "-C {copy} query lines",
        "lines",
        "tipgraph/lines",
        find="one(.|\n)*two",
    ),
    Asked(
        "the third page of ten rows",
        "query focal-points --limit 10 --page 3",
        "paged?page=3",
        "tipgraph/focal-points?page_size=10&page=3",
    ),
    Asked(
        "the first page",
        "query focal-points --limit 10",
        "paged",
        "tipgraph/focal-points?page_size=10",
    ),
    Asked(
        "a page after the last",
        "query focal-points --limit 10 --page 9",
        "paged?page=9",
        "tipgraph/focal-points?page_size=10&page=9",
    ),
    Asked(
        "a number in JSON",
        "query statistics",
        "statistics",
        "tipgraph/statistics",
        accept="application/json",
        find=r'"count": ?({[^}]*}|"?\d+"?)',
    ),
    Asked(
        "the interface described",
        "query instruments-with-force --help",
        "swagger",
        "tipgraph/openapi.yaml",
        accept="*/*",
        find=r'"?(swagger|openapi)"?: ?"?[\d.]+"?|--force CONCEPT(.*\n){4}',
    ),
    Asked(
        "nobody listens at the endpoint",
        "query statistics --endpoint {down}",
        "statistics?endpoint={down}",
        "down/statistics",
    ),
    Asked(
        "an endpoint of the caller, where grlc's query forbids it",
        "query focal-points --endpoint {page}",
        "paged?endpoint={page}",
        "tipgraph/focal-points?endpoint={page}",
    ),
    Asked(
        "the endpoint gives a web page",
        "query statistics --endpoint {page}",
        "statistics?endpoint={page}",
        "page/statistics",
    ),
    Asked(
        "the same, in JSON",
        "query statistics --endpoint {page}",
        "statistics?endpoint={page}",
        "page/statistics",
        accept="application/json",
    ),
    Asked(
        "the endpoint is out of order (503)",
        "query statistics --endpoint {failing}",
        "statistics?endpoint={failing}",
        "failing/statistics",
    ),
    Asked(
        "the endpoint is busy (503) once",
        "query statistics --endpoint {busy}",
        "statistics?endpoint={busy}",
        "busy/statistics",
    ),
    Asked(
        "a broken query is asked",
        "-C {copy} query broken",
        "broken",
        "tipgraph/broken",
    ),
    Asked(
        "a good query beside a broken one",
        "-C {copy} query statistics",
        "statistics",
        "tipgraph/statistics",
    ),
    Asked(
        "what the answer rests on",
        "query statistics --provenance",
        "statistics",
        "tipgraph/statistics",
    ),
)
