# `make run` and `make test` do everything from a bare clone; the rest is for working on the bot.
# PYTHON=/path/to/python3.13 chooses the interpreter; ARGS="…" is passed on; WORKERS=0 runs the
# tests in one process (for a debugger).

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
PYTHON_TREE := bot cogs config storage tests
SHELL_FILES := scripts/setup .ci/run
YAML_FILES := compose.yaml .pre-commit-config.yaml
COVERAGE_DATA := .coverage
# Every file whose change makes the last coverage figures stale.
COVERED := $(shell find $(PYTHON_TREE) -name '*.py' -o -name '*.md' -path 'config/*' 2>/dev/null)
# With BREED_REQUIRE_ALL set, a skipped test is a failure: CI has everything that tests need.
WORKERS ?= auto
PYTEST := $(BIN)/python -m pytest --numprocesses=$(WORKERS) --maxprocesses=4 --dist=worksteal -p tests.policy.skip_reasons \
	$(if $(BREED_REQUIRE_ALL),-p tests.policy.no_skips)

export PYTHON
# Every start would compile all modules again: a second each time, of the bot and of a test's process.
export PYTHONDONTWRITEBYTECODE =

.PHONY: help
help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1@\2/p' Makefile | awk -F@ '{printf "%-18s %s\n", $$1, $$2}'

.PHONY: run
run: ## Start the bot (a DISCORD_TOKEN in .env: on Discord; without one: here)
	@scripts/setup runtime
	@$(BIN)/python -m bot run $(ARGS)

.PHONY: setup
setup: ## Make .venv with every pinned package; starts nothing
	@scripts/setup dev

.PHONY: test
test: setup ## Run the tests (ARGS="tests/search -k typo" runs some)
	@$(PYTEST) $(ARGS)

.PHONY: check
check: format lint types layers files knowledge coverage eval ## All that CI checks (-k goes on after a failure)

.PHONY: format
format: setup
	@$(BIN)/ruff format --check .

.PHONY: lint
lint: setup
	@$(BIN)/ruff check .

.PHONY: types
types: mypy pyright

.PHONY: mypy
mypy: setup
	@$(BIN)/mypy

.PHONY: pyright
pyright: setup
	@PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright --warnings

.PHONY: layers
layers: setup
	@$(BIN)/lint-imports --no-logo

.PHONY: files
files: setup
	@$(BIN)/shellcheck $(SHELL_FILES)
	@$(BIN)/yamllint --strict --config-file .yamllint.yaml $(YAML_FILES)
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec compose.yaml
	@$(BIN)/hadolint Dockerfile

.PHONY: knowledge
knowledge: setup
	@$(BIN)/python -m bot knowledge check

# The gate reads the last full run with figures and makes one when a file changed since.
.PHONY: coverage
coverage: $(COVERAGE_DATA)
	@$(BIN)/coverage report

$(COVERAGE_DATA): $(COVERED) pyproject.toml | setup
	@$(PYTEST) --cov --cov-report= --cov-fail-under=0

.PHONY: eval
eval: setup ## Measure the answers on the question set; fails below the floors
	@$(BIN)/python -m tests.eval $(ARGS)

.PHONY: fix
fix: setup ## Format, and repair what ruff can repair
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

.PHONY: bench
bench: setup ## Measure the speed: a table, and JSON in build/
	@$(BIN)/python -m tests.benchmarks $(ARGS)

.PHONY: soak
soak: setup ## Run the randomised and the long tests at length (5000 seeds each: a night)
	@BREED_TEST_SEEDS=$${BREED_TEST_SEEDS:-5000} $(PYTEST) --timeout=0 -m 'randomised or hypothesis' $(ARGS)

.PHONY: image
image: setup ## Do the image's steps by hand in a clean folder, where Docker is absent
	@$(BIN)/python scripts/image_steps.py

.PHONY: lock
lock: ## Pin requirements/*.txt anew from requirements/*.in (needs uv; ARGS=--upgrade for newer ones)
	@command -v uv >/dev/null || { echo "make lock needs uv: pipx install uv"; exit 1; }
	@cd requirements && for set in runtime dev; do \
		uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-header --no-annotate --no-strip-extras $(ARGS) $$set.in --output-file $$set.txt || exit 1; \
	done
