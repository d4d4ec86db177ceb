"""Hold YAML against a JSON Schema, and say what is wrong so that its line is found."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from tipgraph.files.yaml import Document


def check_form(document: Document, schema: dict[str, Any]) -> None:
    """Raise InputError with file and line where the data of a document are not of a form."""
    error = best_match(Draft202012Validator(schema).iter_errors(document.data))
    if error is not None:
        raise document.error(_readable(error), *error.absolute_path)


def _readable(error: ValidationError) -> str:
    where = "/".join(str(step) for step in error.absolute_path)
    hint = error.schema.get("description", "") if isinstance(error.schema, dict) else ""
    return f"{where or 'the file'}: {error.message[:200]}{f' ({hint})' if hint else ''}"
