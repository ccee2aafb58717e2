# `make run` and `make test` are all the set-up there is.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
VAR_DIR ?= $(CURDIR)/var
PORT ?= 8000
export VAR_DIR PORT

help: ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(VENV)/.runtime: requirements.txt
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

run: $(VENV)/.runtime ## serve on http://127.0.0.1:8000
	@$(PY) -m recovery_site.serve

demo: $(VENV)/.runtime ## the same, with made-up people (in var/demo)
	@VAR_DIR=$(VAR_DIR)/demo $(PY) -m recovery_site.serve --demo

test: $(VENV)/.dev ## everything, on SQLite and on PostgreSQL, with browser tests where Chromium is found
	@$(PY) -m tests.run

check: $(VENV)/.dev ## style, types, migrations, deployment settings
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/djlint --lint --quiet templates
	@$(PY) -m recovery_site.first_run
	$(VENV)/bin/mypy .
	$(PY) manage.py makemigrations --check --dry-run
	@$(PY) -m tests.deploy_check

prove-care: $(VENV)/.dev ## the proofs of sharing at length: 5,000 stories, 1,000 races on PostgreSQL (half an hour)
	@$(PY) -m tests.prove_care

bench: $(VENV)/.dev ## figures of every important page, beside a bare Django project
	@$(PY) -m bench.run

bench-insights: $(VENV)/.dev ## made-up people whose truth is known: how often do the insights fool somebody?
	@$(PY) -m bench.insights

lock: $(VENV)/.dev ## resolve requirements*.in again
	$(VENV)/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.txt
	$(VENV)/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.txt

clean: ## stop a test database that was left over, and remove what tests made
	@$(PY) -m tests.stop_database || true
	rm -rf var/test .pytest_cache .mypy_cache .ruff_cache

.PHONY: help run demo test check prove-care bench bench-insights lock clean
