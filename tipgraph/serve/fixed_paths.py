"""The part of the OpenAPI description that is the same for every graph."""

from __future__ import annotations

from typing import Any

from tipgraph.ask.parameters import THING_TYPES
from tipgraph.rdf.formats import DUMPS, GRAPH_TYPES, RESULT_TYPES, ROW_FORMATS
from tipgraph.rdf.iris import REGISTERED
from tipgraph.serve.protocol import DIRECT, FORM
from tipgraph.serve.things import FORMATS
from tipgraph.tell.citation import TYPES

Json = dict[str, Any]
TEXT = {"type": "string"}
NAME = {"type": "string", "minLength": 1}
TEXTS = {"type": "array", "items": TEXT}
PROBLEM = {"$ref": "#/components/responses/Problem"}
GRAPHS = ("default-graph-uri", "named-graph-uri")
THINGS = [name for name in REGISTERED if name not in {"concept", "query"}]


def fixed_paths() -> Json:
    """Return the paths that do not depend on the stored questions."""
    return {
        "/sparql": {"get": _sparql_get(), "post": _sparql_post()},
        "/query/": {"get": _get("questions", "List the stored questions.", _json())},
        "/search.json": {
            "get": _get("search", "Find things and questions by words.", _json(), _text())
        },
        "/complete": {"get": _get("complete", "Complete a name.", _json(), _text(), _type())},
        "/{kind}/{name}": {"get": _thing()},
        "/cite": {"get": _cite("cite-dataset", "Cite the dataset.")},
        "/{kind}/{name}/cite": {"get": _cite("cite-thing", "Cite a thing.", *_path())},
        "/query/{name}/cite": {"get": _cite_answer()},
        "/dump/{name}": {"get": _dump()},
        "/.well-known/void": {"get": _get("void", "What is in the dataset.", _documents(FORMATS))},
        "/health": {"get": _get("health", "Is the server well?", _json())},
    }


def _sparql_get() -> Json:
    parameters = [_parameter("query", TEXT), *(_parameter(name, TEXTS) for name in GRAPHS)]
    told = "Ask a SPARQL 1.1 query; without one, get the service description."
    return _get("sparql", told, _results(), *parameters)


def _sparql_post() -> Json:
    form = {
        "type": "object",
        "properties": {"query": TEXT, **dict.fromkeys(GRAPHS, TEXTS)},
        "required": ["query"],
    }
    body = {"required": True, "content": {DIRECT: {"schema": TEXT}, FORM: {"schema": form}}}
    told = "Ask a SPARQL 1.1 query."
    return {**_get("sparql-post", told, _results()), "requestBody": body}


def _thing() -> Json:
    return _get(
        "thing",
        "What the graph says of a thing.",
        _documents(FORMATS),
        *_path(),
    )


def _path() -> tuple[Json, Json]:
    return _in_path("kind", {"type": "string", "enum": THINGS}), _in_path("name", NAME)


def _cite(name: str, told: str, *parameters: Json) -> Json:
    format = _parameter("format", {"type": "string", "enum": list(TYPES)})
    return _get(name, told, _documents(TYPES), *parameters, format)


def _cite_answer() -> Json:
    given = _parameter("arguments", {"type": "object", "additionalProperties": TEXT})
    given |= {"style": "form", "explode": True, "description": "Those of the question."}
    return _cite("cite-answer", "Cite the answer of a question.", _in_path("name", NAME), given)


def _dump() -> Json:
    told = "The whole graph as a file."
    return _get(
        "dump",
        told,
        _documents(GRAPH_TYPES),
        _in_path("name", {"type": "string", "enum": list(DUMPS)}),
    )


def _get(name: str, summary: str, content: Json, *parameters: Json) -> Json:
    return {
        "operationId": name,
        "summary": summary,
        "parameters": list(parameters),
        "responses": {
            "200": {"description": "The answer.", "content": content},
            "default": PROBLEM,
        },
    }


def _parameter(name: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "schema": schema}


def _in_path(name: str, schema: Json) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _text() -> Json:
    return {**_parameter("text", TEXT), "description": "What is searched."}


def _type() -> Json:
    return _parameter("type", {"type": "string", "enum": list(THING_TYPES), "default": "thing"})


def _json() -> Json:
    return {ROW_FORMATS["json"]: {"schema": {"type": "object"}}}


def _documents(formats: dict[str, str]) -> Json:
    return {media_type: {} for media_type in formats.values()}


def _results() -> Json:
    return {media_type: {} for media_type in (*RESULT_TYPES, *GRAPH_TYPES.values())}
