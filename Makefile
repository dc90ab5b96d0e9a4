# Needs Python 3.11 or later and make; everything else is installed into .venv by the first command.
.DEFAULT_GOAL := help
PYTHON ?= python3
CONFIG ?= configs/sample.yaml
EXTRACT ?=
OUT ?=
VENV := .venv
DAPIPELINE := $(VENV)/bin/dapipeline

.PHONY: help cluster test lint reference docs sample bench calibrate fuzz

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

cluster: $(VENV)/core ## Turn an extract into typologies and a report: [CONFIG=…] [EXTRACT=…] [OUT=…]
	$(DAPIPELINE) run "$(CONFIG)" $(if $(EXTRACT),--extract "$(EXTRACT)") $(if $(OUT),--out "$(OUT)")

test: $(VENV)/dev ## Run the tests
	$(VENV)/bin/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/dev ## Check style and types
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

reference: $(VENV)/dev ## Regenerate the reference outputs, print what moved and how well names fit the truth
	$(VENV)/bin/python -m tests.reference.regenerate

docs: $(VENV)/dev ## Regenerate the parts of docs/ that come from the code
	$(VENV)/bin/python docs/generate.py
	$(VENV)/bin/python -m tests.layouts.page

sample: $(VENV)/core ## Make the sample extract anew
	$(DAPIPELINE) synth --offenders 2000 --seed 2022 --faults --out data/sample

bench: $(VENV)/peers ## Measure the k-medoids solver beside its peers, for hours, and write docs/benchmarks.md
	$(VENV)/bin/python -m studies.benchmarks.kmedoids

calibrate: $(VENV)/dev ## Compare the published study, a made-up force and a run over it, and write docs/calibration.md
	$(VENV)/bin/python -m studies.calibration.naming
	$(VENV)/bin/python -m studies.calibration

fuzz: $(VENV)/dev ## Try 2,000 random extracts and configs and 200 kills, for an hour, and write docs/reliability.md
	$(VENV)/bin/python -m fuzz

$(VENV)/core: requirements/core.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed: make PYTHON=python3.12 …")'
	test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/core.txt
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev: $(VENV)/core requirements/dev.txt
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

# Its isolated build would take NumPy 1: scikit-learn-extra is built with what is installed.
$(VENV)/peers: $(VENV)/dev requirements/peers_build.txt requirements/peers.txt
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/peers_build.txt
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation \
	  -r requirements/peers.txt
	touch $@
