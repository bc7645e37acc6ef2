# Two commands do everything on a machine with Python 3.11, pip, venv and make: `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DEMO   := build/demo
SIZES  ?= 20000 100000 300000
LINK_SIZES ?= 20000 100000
LINK_REPEATS ?= 1
BENCH  := build/bench-venv
PEERS  := build/peers-venv
MUTANTS := build/mutation-venv
SHARE  ?= 0.05
REPEATS ?= 3

.PHONY: demo test lint types imports unit contracts sample bench bench-link bench-intake peers mutation pins clean

demo: $(VENV)/.run          ## the main job on the sample county: casework list, machine formats, summary
	@mkdir -p $(DEMO)
	@BAOSHEN_STATE=$(DEMO)/state $(BIN)/baoshen-audit scan sample_data/bureau --region 320413 --as-of 2026-06 \
	  -o $(DEMO)/casework.xlsx -o $(DEMO)/findings.json -o $(DEMO)/findings.parquet
	@$(BIN)/python -m baoshen_audit.testing.truth $(DEMO)/findings.json sample_data/truth.csv
	@echo "→ $(DEMO)/casework.xlsx  findings.json  findings.parquet"

test: lint types imports unit   ## everything CI asks for

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

unit: $(VENV)/.dev
	$(BIN)/pytest -n 2 --durations=10

contracts: $(VENV)/.dev     ## write the published contracts, rule pages and command reference anew
	$(BIN)/python tools/publish.py

sample: $(VENV)/.run        ## write sample_data/ anew, byte for byte
	$(BIN)/python -m baoshen_audit.testing.synth sample_data

bench: $(VENV)/.run         ## wall, CPU, memory at 20k, 100k and 300k people beside a bare polars join
	$(BIN)/python benchmarks/scan.py --sizes $(SIZES) --repeats $(REPEATS)

bench-link: $(BENCH)/.done  ## linkage beside Splink, recordlinkage and an exact join (1 million: LINK_SIZES=1000000)
	$(BENCH)/bin/python benchmarks/link.py --sizes $(LINK_SIZES) --repeats $(LINK_REPEATS)

bench-intake: $(BENCH)/.done  ## a large roll through read, parse and contract beside polars, dataframely and pointblank
	$(BENCH)/bin/python benchmarks/intake.py

peers: $(PEERS)/.done        ## what an office's files do to five other tools (docs/intake-peers.md)
	$(PEERS)/bin/python benchmarks/peers/run.py

mutation: $(MUTANTS)/.done   ## every small change of rules and policy must make a test fail (all of them: SHARE=1)
	$(MUTANTS)/bin/python tools/mutation.py --share $(SHARE)

$(VENV)/.run: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt requirements/data.txt $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/data.txt
	@touch $@

$(BENCH)/.done: requirements/bench.txt pyproject.toml
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	$(BENCH)/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(PEERS)/.done: requirements/peers.txt pyproject.toml
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/peers.txt
	$(PEERS)/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(MUTANTS)/.done: requirements/run.txt requirements/mutation.txt requirements/data.txt pyproject.toml
	$(PYTHON) -m venv $(MUTANTS)
	$(MUTANTS)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(MUTANTS)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/mutation.txt
	$(MUTANTS)/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/data.txt
	$(MUTANTS)/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

pins:                       ## renew the pinned versions (versions and hashes only, no addresses)
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-find-links --output-file requirements/run.txt requirements/run.in
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-find-links --output-file requirements/dev.txt requirements/dev.in
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-find-links --output-file requirements/bench.txt requirements/bench.in
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-find-links --output-file requirements/peers.txt requirements/peers.in
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-find-links --output-file requirements/mutation.txt requirements/mutation.in

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
