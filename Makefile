# Every target sets up .venv first, and only when it is out of date.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export TF_CPP_MIN_LOG_LEVEL ?= 3

.PHONY: help setup lab test bench build lock grade-demo clean

help:
	@echo "make lab         set up, then open the course in Jupyter Lab"
	@echo "make test        set up, then run all checks"
	@echo "make setup       only set up"
	@echo "make build       run the notebooks whose source has changed"
	@echo "make grade-demo  grade a class of three sample submissions"
	@echo "make bench       speed, as ratios in one run"
	@echo "make lock        pin the newest set of packages that fit pyproject.toml"
	@echo "make clean       remove the environment and everything generated on the side"

# The stamp is written last: an interrupted set-up is done again, a finished one never.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	    { echo "The course needs Python 3.11, 3.12 or 3.13; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || \
	    { echo "$(PYTHON) cannot make an environment; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Installing the packages of the course (one to three minutes, once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv && \
	    $(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode -r requirements.lock || \
	    { echo "uv did not get them (an index that only pip knows?); pip takes over, more slowly ..."; \
	      $(BIN)/python -m pip install --quiet --disable-pip-version-check --compile -r requirements.lock; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@$(BIN)/jupyter labextension disable --level=sys_prefix @jupyterlab/apputils-extension:announcements 2> /dev/null
	@touch $@

setup: $(READY)

lab: $(READY)
	@$(BIN)/course lab

test: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python -m pytest -n 2 --dist loadscope

build: $(READY)
	@$(BIN)/course build

grade-demo: $(READY)
	@$(BIN)/course grade --demo

bench: $(READY)
	@$(BIN)/python -m tests.bench

lock: $(READY)
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --upgrade \
	    --extra trees --extra tuning --extra molecules --extra authors \
	    --no-header --no-annotate --quiet --output-file requirements.lock

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache build dist
