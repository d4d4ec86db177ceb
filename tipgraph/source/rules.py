"""Read the rules of `data/curation/rules/`: from when an instrument binds whom, how one leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from tipgraph.errors import InputError
from tipgraph.files.yaml import Document, read_yaml
from tipgraph.source.forms import check_form

TREATY, MEMBERSHIP = "treaty", "membership"
"""The grounds on which an instrument binds: who consents to it, or who belongs."""


@dataclass(frozen=True)
class Exemption:
    """A member whom an act of its organization never binds, or binds in other times than others.

    Without `bound_from` and `bound_until` it is never bound.
    """

    instrument: str
    actor: str
    because: str
    source: tuple[str, ...]
    bound_from: str = ""
    bound_until: str = ""
    words: str = ""


@dataclass(frozen=True)
class Rule:
    """From when until when an instrument binds, and by which of its words.

    Dates are as exact as they are known, and empty where they are not. `waits` is the time from a
    deposit until it binds, at most where `waits_at_least` says that it may be less, and `leaves`
    that from a notice until it no longer does; `of` is the organization whose members its act
    binds.
    """

    instrument: str
    ground: str
    clause: str
    gist: str
    certainty: str
    source: tuple[str, ...]
    path: Path
    line: int
    adopted: str = ""
    in_force: str = ""
    ended: str = ""
    waits: str = ""
    waits_at_least: str = ""
    leaves: str = ""
    organizations: str = ""
    requires: str = ""
    of: str = ""
    transposed_by: str = ""
    words: str = ""
    exemptions: tuple[Exemption, ...] = ()

    def error(self, what: str) -> InputError:
        """Return an error about this rule."""
        return InputError(what, self.path, self.line)


def read_rules(folder: Path) -> tuple[Rule, ...]:
    """Read the rules of every YAML file of a folder; a folder that is not there has none.

    Raises InputError with file and line where a file is broken or not of the form, or where an
    instrument has two rules.
    """
    rules = tuple(
        rule for path in sorted(folder.glob("*.yaml")) for rule in _rules(read_yaml(path))
    )
    seen: set[str] = set()
    for rule in rules:
        if rule.instrument in seen:
            raise rule.error(f"'{rule.instrument}' has a rule already")
        seen.add(rule.instrument)
    return rules


def _rules(document: Document) -> Iterator[Rule]:
    if document.data is None:
        return
    check_form(document, _schema())
    for number, entry in enumerate(document.data):
        exemptions = tuple(
            Exemption(entry["instrument"], **_keywords(one)) for one in entry.get("exemptions", ())
        )
        known = {**_keywords(entry), "exemptions": exemptions}
        yield Rule(**known, path=document.path, line=document.line(number))


def _keywords(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        key.replace("-", "_"): tuple(value) if isinstance(value, list) else value
        for key, value in entry.items()
    }


@cache
def _schema() -> dict[str, Any]:
    text = (files("tipgraph.source") / "rules-schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
