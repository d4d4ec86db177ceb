.PHONY: demo test nightly coverage lint readers editor map bench clean

PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready

demo: $(READY)
	$(VENV)/bin/tipgraph build --strict
	$(VENV)/bin/tipgraph query instruments-of-organization --organization ASEAN

test: $(READY)
	$(VENV)/bin/python -m pytest -n auto --dist loadfile --durations 10

nightly: $(READY)
	HYPOTHESIS_PROFILE=nightly $(VENV)/bin/python -m pytest -n auto -m "nightly or not nightly"
	$(VENV)/bin/nox
	$(VENV)/bin/python -m benchmarks

coverage: $(READY)
	$(VENV)/bin/python -m pytest -n auto --cov --cov-report=term:skip-covered --cov-fail-under=95

lint: $(READY)
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy

readers:
	npm ci --prefix tests/readers --silent --no-fund --no-audit

editor:
	npm ci --prefix frontend --silent --no-fund --no-audit
	npm run build --prefix frontend --silent

map:
	npm ci --prefix frontend/map --silent --no-fund --no-audit
	npm run build --prefix frontend/map --silent

bench: $(READY)
	$(VENV)/bin/python -m benchmarks
	$(VENV)/bin/python -m benchmarks.serve

clean:
	rm -rf $(VENV) .nox tests/readers/node_modules frontend/node_modules frontend/map/node_modules tipgraph/serve/static/editor.js .coverage .mypy_cache .pytest_cache .ruff_cache dist

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(READY)
