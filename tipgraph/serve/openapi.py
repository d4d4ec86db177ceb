"""The OpenAPI 3.1 description of the server, made from the catalogue of stored questions."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tipgraph.ask.parameters import Parameter
from tipgraph.ask.queries import StoredQuery
from tipgraph.knowledge_graph import KnowledgeGraph
from tipgraph.rdf.formats import GRAPH_TYPES, ROW_FORMATS
from tipgraph.serve.calls import MOST_ROWS, PAGE, not_allowed
from tipgraph.serve.fixed_paths import fixed_paths
from tipgraph.serve.site import VERSION, site_of
from tipgraph.tell.thing import CAVEAT

Json = dict[str, Any]
TEXT_FORMS: dict[str, Json] = {
    "text": {"type": "string", "pattern": r"\S"},
    "integer": {"type": "integer"},
    "decimal": {"type": "string", "pattern": r"^[+-]?[0-9]+(\.[0-9]+)?$"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
}
"""How the values of a type are written; a thing is given by any of its names."""
NUMBERS = {"integer", "decimal"}
PAGING = (
    ("limit", "How many rows a page has; all rows are given without it."),
    ("page", f"Which page, of {PAGE} rows where `limit` says nothing else."),
)


def openapi(request: Request) -> Response:
    """Answer with the description of the API."""
    return JSONResponse(described(site_of(request).kg))


def described(kg: KnowledgeGraph) -> Json:
    """Return the OpenAPI document of a graph's questions and of the other addresses."""
    queries = [query for query in kg.queries.read()[0].values() if not not_allowed(query, kg)]
    asked = {f"/query/{query.name}": {"get": _operation(query, kg)} for query in queries}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "tipgraph",
            "version": VERSION,
            "summary": "Questions about multilateral organizations against trafficking in persons",
            "description": CAVEAT,
        },
        "servers": [{"url": "/"}],
        "paths": {**fixed_paths(), **asked},
        "components": {
            "schemas": {"Problem": PROBLEM, "Provenance": PROVENANCE},
            "responses": {"Problem": PROBLEM_RESPONSE},
        },
    }


def _operation(query: StoredQuery, kg: KnowledgeGraph) -> Json:
    is_rows = query.form == "SELECT"
    return {
        "operationId": f"query-{query.name}",
        "summary": query.title,
        "description": query.description,
        "tags": list(query.tags),
        "parameters": [
            *(_parameter(parameter, query, kg) for parameter in query.parameters),
            *([_paging(name, told) for name, told in PAGING] if is_rows else []),
        ],
        "responses": {
            "200": {
                "description": "The rows." if is_rows else "The triples.",
                "headers": _headers(is_rows),
                "content": _rows_content(query) if is_rows else _triples_content(),
            },
            "304": {"description": "What you have is still right."},
            "default": {"$ref": "#/components/responses/Problem"},
        },
    }


def _parameter(parameter: Parameter, query: StoredQuery, kg: KnowledgeGraph) -> Json:
    schema = _schema(parameter, kg)
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "required": parameter.required,
        "schema": _several(parameter, schema) if parameter.several else schema,
        **_example(parameter, query),
    }


def _several(parameter: Parameter, schema: Json) -> Json:
    most = {"maxItems": parameter.most} if parameter.most else {}
    return {"type": "array", "items": schema, "minItems": parameter.least, **most}


def _schema(parameter: Parameter, kg: KnowledgeGraph) -> Json:
    if values := kg.questions.values(parameter):
        schema: Json = {"type": "string", "enum": values}
    else:
        schema = TEXT_FORMS.get(parameter.type, TEXT_FORMS["text"])
    return {**schema, "default": parameter.default} if parameter.default else schema


def _example(parameter: Parameter, query: StoredQuery) -> Json:
    given = query.example.get(parameter.name)
    if given is None:
        return {}
    return {"example": list(given) if isinstance(given, tuple) else given}


def _paging(name: str, told: str) -> Json:
    schema = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS}
    return {"name": name, "in": "query", "description": told, "schema": schema}


def _headers(is_rows: bool) -> Json:
    text = {"schema": {"type": "string"}}
    tag = {"ETag": {"description": "Changes with the dataset and the question.", **text}}
    links = {"Link": {"description": "The first page, and those before and after.", **text}}
    return {**tag, **links} if is_rows else tag


def _rows_content(query: StoredQuery) -> Json:
    texts = {media_type: {"schema": {"type": "string"}} for media_type in ROW_FORMATS.values()}
    objects = {ROW_FORMATS[name]: {"schema": {"type": "object"}} for name in ("srj", "jsonld")}
    return {**texts, **objects, ROW_FORMATS["json"]: {"schema": _rows_schema(query)}}


def _rows_schema(query: StoredQuery) -> Json:
    columns = {name: _column(type) for name, type in query.columns.items()}
    row = {"type": "object", "properties": columns, "required": list(columns)}
    return {
        "type": "object",
        "properties": {
            "rows": {"type": "array", "items": {**row, "additionalProperties": False}},
            "truncated": {"type": "boolean"},
            "provenance": {"$ref": "#/components/schemas/Provenance"},
        },
        "required": ["rows", "truncated", "provenance"],
    }


def _column(type: str) -> Json:
    return {"type": ["number" if type in NUMBERS else "string", "null"]}


def _triples_content() -> Json:
    texts = {media_type: {"schema": {"type": "string"}} for media_type in GRAPH_TYPES.values()}
    return {**texts, GRAPH_TYPES["jsonld"]: {"schema": {"type": ["object", "array"]}}}


PROBLEM: Json = {
    "type": "object",
    "description": "An error, as of RFC 9457.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong, and what to do."},
        "argument": {"type": "string", "description": "The argument that is wrong."},
        "allowed": {"type": "array", "items": {"type": "string"}},
        "near": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["type", "title", "status", "detail"],
}
PROBLEM_RESPONSE: Json = {
    "description": "What is wrong, and what to do.",
    "content": {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
    },
}
PROVENANCE: Json = {
    "type": "object",
    "description": "What the answer rests on: the dataset, the question, and the arguments.",
    "properties": {
        name: {"type": "string"}
        for name in ("dataset", "dataset_version", "query", "query_version")
    }
    | {"arguments": {"type": "object"}},
}
