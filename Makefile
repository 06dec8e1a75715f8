# Two commands set everything up on a fresh machine: make demo, make test.
PYTHON ?= python3
BIN := .venv/bin
UV_VERSION := 0.13.8
export UV_PROJECT_ENVIRONMENT := .venv

.PHONY: demo test check score lock clean

# The built-in model over the sample articles; needs no key and no network but package installs.
demo: .venv/.ready
	$(BIN)/extractor batch evals/gold/articles --db demo.db --model baseline
	@echo
	$(BIN)/extractor extract evals/gold/articles/en-003.md --format table --model baseline
	@echo
	@echo 'The register is demo.db. Look at it with:'
	@echo '  $(BIN)/datasette demo.db                # in a browser: tables, facets, the view "register"'
	@echo '  $(BIN)/extractor status --db demo.db    # every article by outcome'

test: check
	$(BIN)/pytest

check: .venv/.ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# How good the built-in model is on the hand-labelled articles.
score: .venv/.ready
	$(BIN)/python -m evals.scoring

lock: .venv/.ready
	$(BIN)/uv lock

.venv/.ready: pyproject.toml uv.lock Makefile
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12 ..." if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo 'Installing into .venv ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"
	@$(BIN)/uv sync --locked --inexact --quiet
	@touch $@

clean:
	rm -rf .venv demo.db demo.db-shm demo.db-wal demo.db-run
