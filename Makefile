# The two that matter: make demo, make test. With uv they use it, else venv and pip.
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

ACCEPTED := evals/scorecards/accepted.json
REPLAY := $(BIN)/checker eval run evals/sets --replay evals/recorded

.PHONY: help setup demo test lint audit coverage mutants soak fuzz eval accept format clean

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(STAMP) ## Set up .venv with everything the tests need

$(STAMP): pyproject.toml constraints.txt
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --seed $(VENV) && \
	  uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --group dev --editable '.[prices,eval,frame]' ; \
	else \
	  python3 -m venv $(VENV) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1' && \
	  $(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev --editable '.[prices,eval,frame]' ; \
	fi
	@touch $@

demo: setup ## Check the two seed articles with the built-in engine
	@$(BIN)/checker check seeds --model builtin -o demo/report.html -o demo/result.json

test: setup ## Run all tests
	@$(BIN)/python -m pytest

lint: setup ## Run the linters and the type checker
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

audit: ## Hold the versions of the tests against known advisories (asks the advisory service)
	@test -x .audit/bin/pip-audit || { python3 -m venv .audit && \
	  .audit/bin/python -m pip install --quiet --disable-pip-version-check 'pip-audit>=2.9,<3' ; }
	@.audit/bin/python docs/audit.py

coverage: setup ## Run all tests, and say which lines and branches of checker/ none of them reaches
	@$(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered --cov-fail-under=95

mutants: setup ## Change five rooms in every small way, one at a time, and count what the tests notice
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'mutmut>=3.8,<4'
	@rm -rf mutants ; $(BIN)/mutmut run > mutants.log || { tail -n 40 mutants.log ; exit 1 ; }
	@$(BIN)/mutmut results --all true | $(BIN)/python docs/mutants.py

soak: setup ## Run the tests that take minutes: a hundred kills, and 200 articles through faults at random
	@$(BIN)/python -m pytest -m soak tests

fuzz: setup ## Feed the readers with bytes made by atheris for a minute, where it is installed
	@if $(BIN)/python -c 'import atheris' 2>/dev/null; then $(BIN)/python tests/fuzz_readers.py ; \
	else echo 'atheris is not installed, so nothing was fuzzed: $(BIN)/python -m pip install atheris' ; fi

eval: setup ## Score the recorded answers, and hold them against the accepted scorecard
	@$(REPLAY)
	@$(BIN)/checker eval gate checker-eval/scorecard.json --against $(ACCEPTED)

accept: setup ## Make the scores of the recorded answers the accepted ones, and write the pages
	@$(REPLAY)
	@cp checker-eval/scorecard.json $(ACCEPTED)
	@date -u +%F > evals/scorecards/accepted.date
	@$(BIN)/python docs/generate.py

format: setup ## Format the code
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

clean: ## Remove what was set up and made
	@rm -rf $(VENV) .audit .fuzz demo checker-report checker-demo checker-eval mutants mutants.log .pytest_cache .mypy_cache .ruff_cache
