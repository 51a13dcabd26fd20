# `make run` and `make test` do all the set-up on a machine that has Python 3.11 or newer and make.
.DEFAULT_GOAL := test
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8501
ROOT ?= .
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test install lint types unit docs demo contact-sheets bench bench-pages relevance ingest-quality clean

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

unit: $(READY)
	$(BIN)/python -m pytest

docs: $(READY)
	$(BIN)/python docs/generate.py

demo: $(READY)
	$(BIN)/python demo/build.py

# Covers and inner pages of all works as pictures to look at, in OUT.
OUT ?= build/contact-sheets
contact-sheets: $(READY)
	$(BIN)/python demo/contact_sheets.py "$(OUT)"

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

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip --constraint constraints.txt
	$(BIN)/python -m pip install --quiet --editable '.[dev]' --constraint constraints.txt
	@touch $@

clean:
	rm -rf $(VENV) index .mypy_cache .ruff_cache .pytest_cache build *.egg-info
