# make demo   build the graph from the shipped data, compare Mashhad with Tehran, write pages and exports to demo/
# make test   the whole test suite
# make lint   ruff and mypy
# make generated   write anew what is generated from the declaration (shapes, context, data dictionary)
# make benchmark   every benchmark, with SHARED=folder for the real data they run on
#
# System packages are installed only where missing: python3-venv for any of these, chromium for the tests.

PYTHON ?= python3
SHARED ?= ../shared
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := app ontology graph loaders queries visuals
FILES := $(shell find $(PACKAGES) -type f -not -path '*/__pycache__/*' | LC_ALL=C sort)

.PHONY: demo test lint generated benchmark clean

demo: $(VENV)/installed
	@docs/demo.sh "$(BIN)/citydip"

test: $(VENV)/installed $(VENV)/browser
	$(BIN)/pytest

lint: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy -p citydiplomacy

generated: $(VENV)/installed
	$(BIN)/python -m citydiplomacy.graph.shapes
	$(BIN)/python -m citydiplomacy.graph.context
	$(BIN)/python docs/generate.py

benchmark: $(VENV)/installed
	for file in benchmarks/[a-z]*.py; do $(BIN)/python $$file $(SHARED)/world || exit 1; done

# A strict editable install links every file, so it is made again when the list of files changes (not their text).
$(VENV)/installed: $(VENV)/files pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip -c constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt \
		--config-settings editable_mode=strict --editable '.[all]' --group test --group lint --group benchmark
	@touch $@

$(VENV)/files: $(VENV)/python FORCE
	@printf '%s\n' $(FILES) | cmp --silent - $@ || printf '%s\n' $(FILES) > $@

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "citydiplomacy needs Python 3.11 or later; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || tests/system-package.sh python3-venv
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/browser: tests/browser.sh
	tests/browser.sh $(BIN)
	@touch $@

FORCE:

clean:
	rm -rf $(VENV) build demo *.egg-info .mypy_cache .ruff_cache .pytest_cache
