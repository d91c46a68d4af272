# The front door. `make help` lists the targets.
.DEFAULT_GOAL := help
.ONESHELL:
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
PORT ?= 8000
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.lock-installed
ROOMS := portal cms labs projects experts directory workflows
TESTS ?= tests
DATA ?= ../shared/data

help: ## list what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

env: $(STAMP) ## build .venv from the lock, nothing more

$(STAMP): requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -c 'import sys; assert sys.version_info >= (3, 11), "Tala needs Python 3.11 or newer"'
	version=$$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements.lock)
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==$$version"
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --system-certs --python $(BIN)/python --require-hashes -r requirements.lock
	touch $(STAMP)

demo: env ## start Tala with a believable department in it (PORT=8000)
	DJANGO_SETTINGS_MODULE=portal.settings.demo $(BIN)/python manage.py demo --port $(PORT)

run: env ## serve what is in var/ without filling it again (PORT=8000)
	DJANGO_SETTINGS_MODULE=portal.settings.demo $(BIN)/python manage.py demo --port $(PORT) --keep

lint: env ## lint, format check, types, import contracts, templates, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --cache-dir .import_linter_cache
	$(BIN)/djlint --lint --quiet $(foreach room,$(ROOMS),$(wildcard $(room)/templates))
	DJANGO_SETTINGS_MODULE=portal.settings.test $(BIN)/python manage.py makemigrations --check --dry-run workflows directory experts projects labs cms portal
	DJANGO_SETTINGS_MODULE=portal.settings.test $(BIN)/mypy $(ROOMS) tests manage.py

fmt: env ## format Python
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

test: env lint ## environment, lint, types, contracts, the whole suite
	DJANGO_SETTINGS_MODULE=portal.settings.test $(BIN)/python manage.py compile_messages
	$(BIN)/pytest -n 2 --dist loadgroup --no-loadscope-reorder $(TESTS)

messages: env ## collect new strings into the catalogue (needs gettext)
	$(BIN)/python manage.py makemessages -l zh_Hans -l en --no-location --no-obsolete --ignore .venv --ignore var

bench: env ## run the benchmarks over the published lists and print their figures (DATA=../shared/data)
	$(BIN)/python -m benchmarks.bench_import $(DATA)/calls.csv.gz $(DATA)/awards-*.csv.gz
	$(BIN)/python -m benchmarks.bench_pages $(DATA)
	$(BIN)/python -m benchmarks.bench_portfolio
	for name in draw ranking; do $(BIN)/python -m benchmarks.bench_$$name; done
	$(BIN)/python -m benchmarks.bench_matching $(DATA)/awards-*.csv.gz
	$(BIN)/python -m benchmarks.bench_round_draw $(DATA)/awards-natural.csv.gz

docs: env ## write the generated parts of docs/ again
	DJANGO_SETTINGS_MODULE=portal.settings.test $(BIN)/python manage.py document_machines

lock: env ## write both locks again from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-annotate --no-header -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --constraints requirements.lock --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header -o requirements.runtime.lock

clean: ## remove the environment and everything in var/
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.PHONY: help env demo run lint fmt test messages bench docs lock clean
