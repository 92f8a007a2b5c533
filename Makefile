# Two commands are enough: `make demo` and `make test`. Each sets up what it needs in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLE := examples/harbour-fire
OUT := build
export PYTHONUTF8 = 1

.PHONY: demo test archive-test lint fix docs eval bench mutants damage snapshot model setup

setup: $(VENV)/ready

$(VENV)/ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Firsthand needs Python 3.11 or later; say PYTHON=python3.x")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

demo: setup ## build the example case, print its summary, write its report
	mkdir -p $(OUT)
	$(BIN)/firsthand build $(EXAMPLE)/coverage --gazetteer $(EXAMPLE)/places.csv -o $(OUT)/example.case
	$(BIN)/firsthand show $(OUT)/example.case
	$(BIN)/firsthand report $(OUT)/example.case -o $(OUT)/example.html
	@echo "The report: $(OUT)/example.html"

test: setup ## run the tests, doctests included
	$(BIN)/python -m pytest
	$(BIN)/python -m pytest --doctest-modules src/firsthand --ignore=src/firsthand/archive # needs pyspark: archive-test

archive-test: setup ## the tests of archives with Spark (installs 600 MB; needs Java 17); `make test` skips these without it
	$(BIN)/python -m pip install --quiet --editable '.[spark]'
	$(BIN)/python -m pytest tests/test_archive.py
	$(BIN)/python -m pytest --doctest-modules src/firsthand/archive

lint: setup ## style, types, import rules, generated docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python docs/lengths.py
	$(BIN)/cog --check -I docs docs/*.md corpus/README.md

fix: setup ## format, and mend what ruff can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: setup ## write the generated parts of README.md and docs/ again
	$(BIN)/cog -r -I docs docs/*.md corpus/README.md

eval: setup ## score the dev sets of ../shared against eval/floors.json
	$(BIN)/python eval/run.py

bench: setup ## speed and memory beside the peers, in one run
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python eval/bench.py

mutants: setup ## a hundred small changes to the code: how many do the tests notice? (half an hour)
	$(BIN)/python eval/mutants.py

damage: setup ## 5,000 commands on damaged cases: none may end in a traceback (half an hour)
	$(BIN)/python eval/damage.py

snapshot: setup ## write the committed dump and the README's screen again; read the diff before you commit it
	$(BIN)/python tests/snapshots.py

model: ## train the encoder (see training/README.md)
	$(MAKE) -C training
