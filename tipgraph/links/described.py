"""How an endpoint is asked, read from its description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from tipgraph.errors import InputError, UsageError, quoted
from tipgraph.files.yaml import Document, read_yaml
from tipgraph.graph.engines.opener import checked_url
from tipgraph.rdf.iris import slug

KNOWN = Path(__file__).with_name("endpoints.yaml")
PLAIN = "plain"
LISTS = {"organization", "instrument", "languages"}


@dataclass(frozen=True)
class Description:
    """An endpoint as `endpoints.yaml` describes it; its properties are SPARQL paths."""

    name: str
    url: str = ""
    namespace: str = ""
    label: str = ""
    names: str = ""
    homepage: str = ""
    type: str = ""
    organization: tuple[str, ...] = ()
    instrument: tuple[str, ...] = ()
    moved: str = ""
    languages: tuple[str, ...] = ()
    search: str = ""
    pause: float = 0
    prefixes: Mapping[str, str] | None = None

    @property
    def own_prefix(self) -> dict[str, str]:
        """The prefix of the IRIs of its things, or nothing where their namespace isn't known."""
        known = {namespace: prefix for prefix, namespace in (self.prefixes or {}).items()}
        prefix = known.get(self.namespace) or slug(self.name)
        return {prefix: self.namespace} if self.namespace else {}

    def types(self, kind: str) -> tuple[str, ...]:
        """Return the types that our things of a kind, organization or instrument, have there."""
        return self.organization if kind == "organization" else self.instrument


def described(given: str) -> Description:
    """Return the endpoint of a known name, at a URL, or of a description in a file of one's own.

    A URL is taken for a plain store's. Raises UsageError where there is none, and InputError where
    its description is broken.
    """
    known = _read(KNOWN)
    if given in known and known[given].url:
        return known[given]
    if "://" in given:
        return replace(known[PLAIN], name="endpoint", url=checked_url(given))
    if (path := Path(given)).is_file():
        return _first(path)
    names = ", ".join(sorted(name for name, one in known.items() if one.url))
    raise UsageError(f"{quoted(given)} is neither a URL, a file nor one of {names}")


def _first(path: Path) -> Description:
    one = next(iter(_read(path).values()))
    if not one.url:
        raise InputError(f"the endpoint {quoted(one.name)} has no url", path)
    return replace(one, url=checked_url(one.url))


def _read(path: Path) -> dict[str, Description]:
    document = read_yaml(path)
    if not isinstance(document.data, dict) or not document.data:
        raise document.error("describes no endpoint: give its name, and its url below it")
    return {name: _description(name, document) for name in document.data}


def _description(name: str, document: Document) -> Description:
    entry = document.data[name]
    if not isinstance(entry, dict):
        raise document.error("the endpoint is no list of properties", name)
    known = [each.name for each in fields(Description) if each.name != "name"]
    for key in entry:
        if key not in known:
            raise document.error(f"{quoted(key)} is none of {', '.join(known)}", name, key)
    return Description(name, **{key: _value(key, name, document) for key in entry})


def _value(key: str, name: str, document: Document) -> Any:
    value = document.data[name][key]
    wanted = list if key in LISTS else dict if key == "prefixes" else str
    if not isinstance(value, wanted):
        form = {list: "a list", dict: "a list of prefixes", str: "a text"}[wanted]
        raise document.error(f"the {key} is not {form}", name, key)
    if key == "pause":
        return _seconds(str(value), name, document)
    return tuple(value) if key in LISTS else value


def _seconds(value: str, name: str, document: Document) -> float:
    try:
        return float(value)
    except ValueError:
        raise document.error(f"the pause {quoted(value)} is no number", name, "pause") from None
