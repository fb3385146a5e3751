# Needs Python 3.11 or newer, git and make. The first run makes .venv; later runs start at once.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
# Both databases; SQLite alone: MSIF_TEST_POSTGRES=skip make test
PYTEST := pytest -n auto --dist worksteal
COVERAGE := $(BIN)/python -m slipcover
# The languages of the desk; English stands in its templates.
TONGUES := fr it de
QUICK := -m "not slow"

.DEFAULT_GOAL := help
.PHONY: help run test test-all check bench snapshots tour words lock clean
.SUFFIXES:

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/run.stamp ## fill a database with the sample page and serve it (PORT=8000, MSIF_...)
	@$(BIN)/msif demo --serve

test: .venv/dev.stamp ## the tests, on SQLite and on PostgreSQL
	@$(BIN)/$(PYTEST) $(QUICK)

test-all: .venv/dev.stamp .venv/fuzz.stamp ## the tests, with those marked slow; what is measured has the machine for itself
	@$(BIN)/$(PYTEST) -m "" --ignore tests/bench
	@$(BIN)/pytest -m "" tests/bench

check: .venv/dev.stamp ## what CI runs: format, lint, types, tests with coverage and snapshots
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --num-workers auto
	$(COVERAGE) --json --out .coverage.json -m $(PYTEST) $(QUICK)
	$(COVERAGE) --merge .coverage.json --out .coverage.json --skip-covered --fail-under 100

bench: .venv/dev.stamp ## how fast it is on this machine
	@$(BIN)/python -m tests.bench

snapshots: .venv/dev.stamp ## write tests/snapshots anew; read the difference before you commit it
	@$(BIN)/pytest --quiet -m snapshot --rewrite-snapshots || test $$? -eq 5 # 5: there are none yet
	@git --no-pager diff --stat -- tests/snapshots

tour: .venv/dev.stamp ## walk through the desk in a browser, and take the pictures of docs/tour.md anew
	@$(BIN)/pytest --quiet tests/browser/test_tour.py --pictures docs/tour

words: .venv/dev.stamp ## what the desk says, from its templates into locales/*/LC_MESSAGES/pages.po
	@$(BIN)/pybabel -q extract -F babel.cfg --no-location --omit-header --sort-output --width 1000 \
	  -o locales/pages.pot api/desk
	@for tag in $(TONGUES); do \
	  $(BIN)/pybabel -q update --init-missing --no-fuzzy-matching --ignore-obsolete --width 1000 \
	    --ignore-pot-creation-date -D pages -d locales -l $$tag -i locales/pages.pot || exit 1; done
	@git --no-pager diff --stat -- locales

lock: $(BIN)/python ## resolve all dependencies anew into the lock files
	@$(PIP) install uv
	@$(BIN)/uv lock --quiet --upgrade
	@$(BIN)/uv export --quiet --no-header --no-emit-project --no-dev -o requirements.lock
	@$(BIN)/uv export --quiet --no-header --no-emit-project --group dev -o requirements-dev.lock
	@$(BIN)/uv export --quiet --no-header --only-group fuzz -o requirements-fuzz.lock
	@git --no-pager diff --stat -- 'requirements*.lock'

clean: ## remove .venv and everything that was made here, except your data in var/
	rm -rf .venv build dist *.egg-info .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find api content migrations tests -name __pycache__ -prune -exec rm -rf {} +

.venv/run.stamp: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Setting up (once): installing what the hub needs ..."
	@$(PIP) install --no-deps --require-hashes -r requirements.lock
	@$(PIP) install --no-deps -e .
	@touch $@

.venv/dev.stamp: requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/python
	@echo "Setting up (once): installing what the hub and its tests need ..."
	@$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps -e .
	@$(PIP) check # the locks are complete: nothing above resolved anything
	@touch .venv/run.stamp $@

# Not beside our own packages: it brings some that change them (docs/decisions/0037).
.venv/fuzz.stamp: requirements-fuzz.lock | $(BIN)/python
	@echo "Setting up (once): installing what asks the hub as a stranger does ..."
	@$(BIN)/python -m venv .venv/fuzz
	@.venv/fuzz/bin/python -m pip --quiet --disable-pip-version-check --no-input install --no-deps --require-hashes -r requirements-fuzz.lock
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed. If it has another name here: make PYTHON=python3.12 ..."; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments. On Debian and Ubuntu, run as root:"; \
	  echo "  apt-get install python3-venv"; \
	  exit 1; }
	@echo "Setting up (once): making a virtual environment in .venv ..."
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }
