"""The OpenAPI description: it is valid, complete, and the server does what it says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from tipgraph import KnowledgeGraph

CONFIG = Path(__file__).parent / "schemathesis.toml"
METHODS = {"get", "post"}


@pytest.fixture
def api(web: httpx.Client) -> dict[str, Any]:
    document: dict[str, Any] = web.get("/openapi.json").json()
    return document


def test_it_is_valid(api: dict[str, Any]) -> None:
    assert not list(OpenAPIV31SpecValidator(api).iter_errors())


def test_it_has_every_question_with_its_parameters(api: dict[str, Any], kg: KnowledgeGraph) -> None:
    for query in kg.queries.read()[0].values():
        if query.services:
            assert f"/query/{query.name}" not in api["paths"]
            continue
        operation = api["paths"][f"/query/{query.name}"]["get"]
        paging = ["limit", "page"] if query.form == "SELECT" else []
        named = [parameter["name"] for parameter in operation["parameters"]]
        assert named == [*(parameter.name for parameter in query.parameters), *paging]
        assert operation["summary"] == query.title


def test_what_may_be_given_is_said(api: dict[str, Any], kg: KnowledgeGraph) -> None:
    def parameter(query: str, name: str) -> dict[str, Any]:
        parameters = api["paths"][f"/query/{query}"]["get"]["parameters"]
        found: dict[str, Any] = next(each for each in parameters if each["name"] == name)
        return found

    kind = parameter("instruments-of-organization", "kind")
    assert kind["schema"]["enum"] == list(kg.questions.names.concepts("instrument-kind"))
    day = {"type": "string", "format": "date", "default": "2026-11-23"}
    assert parameter("current-on", "day")["schema"] == day
    countries = parameter("compare-countries", "country")["schema"]
    assert (countries["minItems"], countries["maxItems"]) == (2, 4)
    assert parameter("instruments-of-kind", "kind")["schema"]["type"] == "array"
    hosts = parameter("linked-pages", "host")["schema"]["enum"]
    assert hosts == [row["host"] for row in kg.query("link-hosts")]


def test_every_documented_path_answers(api: dict[str, Any], web: httpx.Client) -> None:
    for path in (path for path in api["paths"] if "{" not in path):
        answer = web.get(path)
        assert answer.status_code in {200, 400}, path
        content = api["paths"][path]["get"]["responses"]["200"]["content"]
        if answer.status_code == 200:
            assert answer.headers["content-type"].partition(";")[0] in content


@pytest.mark.parametrize("examples", [1, pytest.param(20, marks=pytest.mark.nightly)])
def test_the_server_does_what_it_says(served: str, tmp_path: Path, examples: int) -> None:
    """Requests, right and wrong ones, made from the description by schemathesis."""
    command = Path(sys.executable).with_name("schemathesis")
    assert shutil.which(command)
    options = [
        "--seed",
        "7",
        "--max-examples",
        str(examples),
        "--no-color",
        "--exclude-path",
        "/dump/{name}",
    ]
    done = subprocess.run(
        [command, "--config-file", CONFIG, "run", f"{served}/openapi.json", *options],
        capture_output=True,
        text=True,
        timeout=1800,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
