# Everything a person does with the product. `make` alone lists it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PORT ?= 8000
SITE_URL ?= http://127.0.0.1:$(PORT)
VENV ?= .venv
PYTHON ?=
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
export PORT SITE_URL
export PYTHONPATH := platform:.
# Coverage of two cores; a third worker only waits. Each takes half of the tests in their order, so that the
# browser's stay with one demonstration, and who is done first takes over from the other.
WORKERS ?= 2
SHARED_OUT := -n $(WORKERS) --dist worksteal
ARGS ?=

.PHONY: help demo dev test check bench bench-search bench-quality bench-timetable bench-live bench-calls up lock messages clean

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: $(VENV)/.installed ## Open the demonstration on http://127.0.0.1:8000 (PORT=… for another port)
	@$(PY) manage.py demo --port $(PORT)

dev: $(VENV)/.installed-dev ## The demonstration, started again whenever a file changes
	@$(PY) manage.py demo --port $(PORT) --reload

test: $(VENV)/.installed-dev ## Every test, on SQLite or on what DATABASE_URL, REDIS_URL, … name (ARGS=… for pytest)
	@$(PY) manage.py compile_catalogues
	@$(PY) -m pytest $(SHARED_OUT) $(ARGS)

check: $(VENV)/.installed-dev ## What must hold before a change lands: style, architecture, migrations, types, tests
	@$(PY) manage.py compile_catalogues
	@$(MAKE) --no-print-directory --jobs 2 --output-sync style types
	env $(WITHOUT_SERVICES) $(PY) -m pytest $(SHARED_OUT) -m "unit or integration or translations" $(ARGS)

# The halves of `make check` that no test needs.
style: FORCE
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(VENV)/bin/lint-imports
	env $(WITHOUT_SERVICES) $(PY) manage.py makemigrations --check --dry-run

types: FORCE
	$(PY) -m mypy

FORCE:

WITHOUT_SERVICES := -u DATABASE_URL -u REDIS_URL -u ELASTICSEARCH_URL -u STRIPE_MOCK_URL -u MOUSSEM_NO_SKIPS

bench: $(VENV)/.installed-dev ## Tables of queries, time and weight of the pages beside stock Oscar
	@$(PY) bench/pages.py $(ARGS)

bench-search: $(VENV)/.installed-dev ## Relevance of both search engines, by kind of question and language
	@$(PY) bench/relevance.py $(ARGS)

bench-quality: $(VENV)/.installed-dev ## Soundness of the HTML and Lighthouse's scores (ARGS="--vnu … --lighthouse …")
	@$(PY) bench/quality.py $(ARGS)

bench-timetable: $(VENV)/.installed-dev ## The timetable solver beside a greedy one (ARGS="--seed 7", --literature)
	@$(PY) bench/timetable.py $(ARGS)

bench-live: $(VENV)/.installed-dev ## Live rooms under 2,000 people, beside plain Channels (ARGS="--clients 300 --seconds 10")
	@$(PY) bench/live.py $(ARGS)

bench-calls: $(VENV)/.installed-dev ## Calls between two browsers: connecting, cuts, a relay that restarts (ARGS="--rounds 5")
	@$(PY) bench/calls.py $(ARGS)

up: ## Production's shape in containers: docker-compose.yml, docs/operations.md
	docker compose up --build --detach --wait

lock: $(VENV)/bin/python ## Write the lock files again from pyproject.toml; UPGRADE=tzdata renews a package
	@$(PIP) install --quiet uv
	@$(PY) -m uv pip compile pyproject.toml $(LOCKED) --output-file requirements.lock
	@$(PY) -m uv pip compile pyproject.toml --extra dev --constraint requirements.lock $(LOCKED) \
		--output-file requirements-dev.lock
LOCKED := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--quiet --custom-compile-command "make lock" $(addprefix --upgrade-package ,$(UPGRADE))

messages: $(VENV)/.installed-dev ## Gather the texts into the French and Arabic catalogues
	@$(PY) manage.py update_catalogues

clean: ## Forget the demonstration's data and every cache; the virtual environment stays
	rm -rf var .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	find platform catalogue matchmaking fairs cms tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find platform -name '*.mo' -delete

# --- The virtual environment: made once, installed again only when a lock changes.
$(VENV)/bin/python:
	@for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		command -v $$name >/dev/null || continue; \
		$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' || continue; \
		echo "Making a virtual environment in $(VENV) with $$name"; \
		$$name -m venv $(VENV) && exit 0; \
		rm -rf $(VENV); \
		echo "Python could not make a virtual environment; on Debian: apt-get install python3-venv"; exit 1; \
	done; \
	echo "Moussem needs Python 3.11 or newer, and found none. Name one: make demo PYTHON=/path/to/python3"; exit 1

# The stamp is a copy of what was installed. Bytecode is written by the first import, not for everything.
$(VENV)/.installed: requirements.lock | $(VENV)/bin/python
	@cmp -s $< $@ || { echo "Installing what requirements.lock names"; \
		$(PIP) install --quiet --no-compile --no-deps --require-hashes -r $<; } && cp $< $@

$(VENV)/.installed-dev: requirements-dev.lock | $(VENV)/bin/python
	@cmp -s $< $@ || { echo "Installing what requirements-dev.lock names"; \
		$(PIP) install --quiet --no-compile --no-deps --require-hashes -r $<; } && cp $< $@
