# make demo   build the graph from the shipped data, compare Mashhad with Tehran, write pages and exports to demo/
# make look   pictures of all pages and sheets that make demo writes, in both languages, into demo/look/
# make test   the whole test suite, with a real Neo4j server and a real browser
# make search    long searches for histories on a Neo4j server that lose something (HISTORIES=60 KILLS=10)
# make test-neo4j, make test-neo4j-current   the tests that ask a Neo4j server, on its long-term or its current line
# make lint   ruff and mypy
# make release-check   builds wheel and sdist, sees that they install the same, and runs the README's first session from it alone
# make generated   write anew what is generated from the declaration (shapes, context, data dictionary)
# make benchmark   the benchmarks that the pages of docs/ name, into these pages; SHARED=folder holds the real data
#
# System packages are installed only where missing: python3-venv for any of these; for the tests chromium, maven,
# default-jdk-headless and poppler-utils.

PYTHON ?= python3
SHARED ?= ../shared
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := app ontology graph loaders queries visuals
FILES := $(shell find $(PACKAGES) -type f -not -path '*/__pycache__/*' | LC_ALL=C sort)

NEO4J_STABLE := $(shell sed -n 's|.*<neo4j.version>\(.*\)</neo4j.version>.*|\1|p' tests/neo4j_server/pom.xml)
NEO4J_CURRENT := 2026.08.1
export NEO4J_VERSION ?= $(NEO4J_STABLE)
NEO4J := $(VENV)/neo4j-$(NEO4J_VERSION)/ready
VERAPDF := $(VENV)/verapdf/ready
# Each process has a Neo4j server and a browser of its own; a server that NEO4J_URI names is one for all.
# Files go out in the order that tests/conftest.py gives them: the longest first.
PARALLEL := $(if $(NEO4J_URI),,--numprocesses auto --dist loadfile --no-loadscope-reorder)

.PHONY: demo look test search test-neo4j test-neo4j-current lint release-check generated benchmark clean

demo: $(VENV)/demo-installed
	@docs/demo.sh "$(BIN)/citydip"

look: demo $(VENV)/installed $(VENV)/browser
	$(BIN)/python docs/look.py demo demo/look

test: $(VENV)/installed $(VENV)/browser $(NEO4J) $(VERAPDF)
	$(BIN)/pytest $(PARALLEL)

test-neo4j: $(VENV)/installed $(NEO4J)
	$(BIN)/pytest -m neo4j

# Histories made up anew, and kills of pushes and of servers at many places; the suite has a few, the same at each run.
search: $(VENV)/installed $(NEO4J)
	HISTORIES=$(or $(HISTORIES),60) KILLS=$(or $(KILLS),10) $(BIN)/pytest tests/graph/neo4j -k "any_history or killed"

test-neo4j-current:
	$(MAKE) NEO4J_VERSION=$(NEO4J_CURRENT) test-neo4j

lint: $(VENV)/lint-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy -p citydiplomacy
	$(BIN)/mypy benchmarks docs

release-check: $(VENV)/installed
	$(BIN)/pytest tests/test_release.py

generated: $(VENV)/installed
	$(BIN)/python -m citydiplomacy.graph.rdf.shapes
	$(BIN)/python -m citydiplomacy.graph.rdf.context
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/generate_cypher.py

# rdflib-neo4j asks for older versions of what the project has, and works with these.
benchmark: $(VENV)/installed $(NEO4J)
	$(PIP_INSTALL) --group comparison
	$(PIP_INSTALL) --no-deps rdflib-neo4j==1.1
	$(BIN)/python benchmarks/document.py $(SHARED)/world

# A strict editable install links every file, so it is made again when the list of files changes (not their text). It is
# told in a warning, which says nothing to whoever runs make.
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
UPGRADE_PIP = $(PIP_INSTALL) --upgrade pip
INSTALL = PYTHONWARNINGS="ignore:Editable installation" $(PIP_INSTALL) --config-settings editable_mode=strict --editable
# What needs more comes first; what needs less is then there as well.
INSTALL_FROM := $(VENV)/files pyproject.toml constraints.txt

$(VENV)/installed: $(INSTALL_FROM)
	$(UPGRADE_PIP)
	$(INSTALL) '.[all,spark]' --group test --group lint --group benchmark
	@touch $@ $(VENV)/lint-installed $(VENV)/demo-installed

$(VENV)/lint-installed: $(INSTALL_FROM)
	$(UPGRADE_PIP)
	$(INSTALL) '.[all,spark]' --group lint
	@touch $@ $(VENV)/demo-installed

$(VENV)/demo-installed: $(INSTALL_FROM)
	$(INSTALL) '.[pdf]'
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

$(NEO4J): tests/neo4j_server/jars.sh tests/neo4j_server/pom.xml tests/neo4j_server/Server.java | $(VENV)/python
	tests/neo4j_server/jars.sh $(VENV) $(NEO4J_VERSION)

$(VERAPDF): tests/visuals/writers/verapdf/tools.sh tests/visuals/writers/verapdf/pom.xml | $(VENV)/python
	$< $(VENV)

FORCE:

clean:
	rm -rf $(VENV) build demo *.egg-info .mypy_cache .ruff_cache .pytest_cache
