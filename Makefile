# Everything a fresh machine needs is Python 3.11 or newer and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test check run bench format clean

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## / – /'

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(READY) ## the whole bot with no token and no network; prints an address to open
	$(BIN)/python main.py demo

# Workbooks are recalculated by LibreOffice and pages opened by Chromium, where there are.
HERE := $(if $(shell command -v soffice),,not office) $(if $(shell command -v chromium),,not browser)

test: $(READY) ## all tests; those of workbooks and pages where LibreOffice and Chromium are installed
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "$(subst office not,office and not,$(strip $(HERE)))"

check: $(READY) ## format, lint, types, import contract
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

run: $(READY) ## the real bot: settings come from the environment and .env
	$(BIN)/python main.py run

bench: $(READY) ## ratios of docs/benchmarks.md, measured anew
	$(BIN)/python -m benchmarks

format: $(READY) ## put the code in shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## forget the environment and the demo's data; the real database stays
	rm -rf $(VENV) var/demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
