"""The typed parameters of stored queries."""

from __future__ import annotations

from dataclasses import dataclass

VALUE_TYPES = frozenset({"text", "integer", "decimal", "boolean", "date", "iri", "concept"})
THING_TYPES = {
    "organization": "tip:Organization",
    "instrument": "tip:FrameworkInstrument",
    "country": "tip:State",
    "thing": "",
}
"""Types of parameters that are things of the graph, and their classes."""
RESERVED = frozenset(
    {
        *("this", "path", "value"),
        "example",
        *("allow_service", "endpoint", "engine", "format", "help", "limit", "page", "provenance"),
    }
)
"""Names that SHACL, the description of a query in the graph, or the shell has taken."""


@dataclass(frozen=True)
class Choices:
    """The values that a column of another stored query gives."""

    query: str
    column: str


@dataclass(frozen=True)
class Parameter:
    """A typed parameter of a stored query, written `$name` in its text.

    Where it takes `several` values, these are at `least` and at `most` so many different ones.
    `enum` are the allowed values and `default` is the one taken when none is given, both as people
    write them.
    """

    name: str
    type: str
    description: str
    required: bool = False
    several: bool = False
    least: int = 1
    most: int | None = None
    scheme: str = ""
    enum: tuple[str, ...] = ()
    choices: Choices | None = None
    default: str = ""

    @property
    def is_always_given(self) -> bool:
        """Whether a query is never asked without it."""
        return self.required or bool(self.default)

    @property
    def is_limited(self) -> bool:
        """Whether only listed values are allowed."""
        return bool(self.enum or self.choices)
