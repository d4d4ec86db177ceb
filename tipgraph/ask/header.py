"""The header of a stored query: the `#+` lines at the top of a `.rq` file, which are YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tipgraph.ask.parameters import RESERVED, THING_TYPES, VALUE_TYPES, Choices, Parameter
from tipgraph.errors import InputError
from tipgraph.files.yaml import Document, parse_yaml

FORMS: dict[str, type] = {
    "title": str,
    "description": str,
    "tags": list,
    "asked-as": dict,
    "federates": list,
    "parameters": dict,
    "columns": dict,
    "shown": list,
    "empty": str,
    "example": dict,
}
"""The keys of a header, and the form of what each holds."""
PARAMETER_FORMS: dict[str, tuple[type, ...]] = {
    "type": (str,),
    "description": (str,),
    "required": (str,),
    "several": (str,),
    "least": (str,),
    "most": (str,),
    "scheme": (str,),
    "enum": (list,),
    "choices": (dict,),
    "default": (str, list),
}
"""The keys of a parameter, and the forms of what each holds."""


def read_header(text: str, path: Path) -> Document:
    """Return the header of a stored query as plain YAML data; lines are those of the file.

    Raises InputError where there is no header or it is broken.
    """
    header = []
    for line in text.split("\n"):
        if not line.startswith("#+"):
            break
        header.append(line[2:].removeprefix(" "))
    document = parse_yaml("\n".join(header), path)
    if not isinstance(document.data, dict):
        raise InputError("has no header: the first lines must be '#+ title: …' and so on", path, 1)
    return document


def check_form(header: Document) -> None:
    """Raise InputError where a header lacks a key, has an unknown one, or one of another form."""
    data: dict[str, Any] = header.data
    for key in ("title", "description"):
        if not data.get(key):
            raise header.error(f"the header has no '{key}'")
    for key in sorted(data.keys() - FORMS.keys()):
        raise header.error(f"the header has an unknown key '{key}'", key)
    for key, form in FORMS.items():
        value = data.get(key) or form()
        if not isinstance(value, form) or (form is list and not _is_texts(value)):
            raise header.error(f"the header's '{key}' is not of the expected form", key)


def columns_of(header: Document) -> dict[str, str]:
    """Return the declared columns and their types."""
    columns: dict[str, str] = header.data.get("columns") or {}
    for name, type in columns.items():
        if not isinstance(type, str) or type not in VALUE_TYPES:
            raise header.error(f"the column '{name}' has no known type", "columns", name)
    return columns


def asked_as_of(header: Document) -> dict[str, tuple[str, ...]]:
    """Return the words by which people ask, by the code of their language."""
    phrases = header.data.get("asked-as") or {}
    for language, said in phrases.items():
        if not re.fullmatch("[a-z]{2,3}", language) or not _is_texts(said):
            what = f"the header's 'asked-as' has no list of texts under the language '{language}'"
            raise header.error(what, "asked-as", language)
    return {language: tuple(said) for language, said in phrases.items()}


def example_of(header: Document) -> dict[str, str | tuple[str, ...]]:
    """Return the arguments of the example: a text each, or several texts."""
    example = header.data.get("example") or {}
    for name, value in example.items():
        if not isinstance(value, str) and not _is_texts(value):
            raise header.error(f"the example gives '{name}' no plain text", "example", name)
    return {name: v if isinstance(v, str) else tuple(v) for name, v in example.items()}


def parameters_of(header: Document) -> Iterator[Parameter]:
    """Yield the declared parameters."""
    for name, entry in (header.data.get("parameters") or {}).items():
        place = ("parameters", name)
        if name in RESERVED or not name.isidentifier():
            raise header.error(f"a parameter can't be named '{name}'", *place)
        if not isinstance(entry, dict) or not entry.get("description"):
            raise header.error(f"the parameter '{name}' needs a type and a description", *place)
        if complaint := _complaint(entry):
            raise header.error(f"the parameter '{name}' {complaint}", *place)
        yield _parameter(name, entry)


def _complaint(entry: dict[str, Any]) -> str:
    """Return what is the matter with a parameter's entry, or nothing."""
    if not isinstance(entry.get("type"), str) or entry["type"] not in VALUE_TYPES | {*THING_TYPES}:
        return "has no known type"
    for key, value in entry.items():
        if not isinstance(value, PARAMETER_FORMS.get(key, ())):
            return f"has a '{key}' that is unknown or not of the expected form"
        if isinstance(value, list) and not _is_texts(value):
            return f"has a '{key}' that is no list of plain texts"
    for key in ("required", "several"):
        if entry.get(key, "false") not in {"true", "false"}:
            return f"has a '{key}' that is neither true nor false"
    for key in ("least", "most"):
        if key in entry and not (entry[key].isdecimal() and entry.get("several") == "true"):
            return f"has a '{key}' that is no number of several values"
    return _contradiction(entry)


def _contradiction(entry: dict[str, Any]) -> str:
    default, choices = entry.get("default"), [*entry.get("choices", {}).values()]
    if isinstance(default, list):
        return "has a list as default, which must be one value; leave it optional instead"
    checks = {
        "needs the scheme of its concepts": entry["type"] == "concept" and "scheme" not in entry,
        "has choices that do not say the query and the column": "choices" in entry
        and (entry["choices"].keys() != {"query", "column"} or not _is_texts(choices)),
        "has a scheme, and is no concept": entry["type"] != "concept" and "scheme" in entry,
        "has an enum and choices; one of them must do": "choices" in entry and "enum" in entry,
        "has an empty enum": entry.get("enum") == [],
        "has an empty default": default == "",
        "is required and has a default": bool(default) and entry.get("required") == "true",
        "has a default that is not in its enum": bool(default)
        and default not in entry.get("enum", [default]),
    }
    return next((complaint for complaint, is_so in checks.items() if is_so), "")


def _parameter(name: str, entry: dict[str, Any]) -> Parameter:
    return Parameter(
        name=name,
        type=entry["type"],
        description=entry["description"],
        required=entry.get("required") == "true",
        several=entry.get("several") == "true",
        least=int(entry.get("least", 1)),
        most=int(entry["most"]) if "most" in entry else None,
        scheme=entry.get("scheme", ""),
        enum=tuple(entry.get("enum", ())),
        choices=Choices(**entry["choices"]) if "choices" in entry else None,
        default=entry.get("default", ""),
    )


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)
