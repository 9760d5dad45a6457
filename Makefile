# The words a person needs, one each. `make run` and `make test` start from nothing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What is stored is tested on both databases; the journeys start both by themselves.
STORED := src/ancam/web src/ancam/audit src/ancam/accounts src/ancam/papers src/ancam/notifications src/ancam/directives
ENGLISH := src/ancam/site/locale/en/LC_MESSAGES/django.po
# Branches are counted in the first run alone: the others would take a third longer for a few lines more.
COUNTED := --cov --cov-report=
# One process for each core; the tests of a file stay together and share what it starts, in the order of `testpaths`.
ALL_CORES := --numprocesses auto --dist loadfile --no-loadscope-reorder
SECONDS_SINCE = $$(( $$(date +%s) - $$start )) s

.PHONY: run test test-all check bench bench-probing demo messages screens install lock clean

run: $(VENV)/.installed
	@exec $(BIN)/ancam run

# Journeys run apart: the browser's library keeps an event loop in its process, in which signatures cannot be checked.
test: $(VENV)/.installed-dev
	@$(BIN)/python tests/tools_present.py
	$(BIN)/pytest $(ALL_CORES) -m "not slow and not journey"
	ANCAM_TEST_DATABASE=postgresql $(BIN)/pytest $(ALL_CORES) -m "not slow and not journey" $(STORED)
	$(BIN)/pytest $(ALL_CORES) -m "journey and not slow"

# Everything, with the engines' branches counted; who sees what is walked on the second database too.
test-all: $(VENV)/.installed-dev
	@$(BIN)/python tests/tools_present.py
	$(BIN)/pytest $(COUNTED) $(ALL_CORES) -m "not slow and not journey"
	ANCAM_TEST_DATABASE=postgresql $(BIN)/pytest $(ALL_CORES) -m "not slow and not journey" tests/test_whose_eyes.py $(STORED)
	$(BIN)/pytest $(ALL_CORES) -m "slow or journey"
	$(BIN)/coverage report --include "src/ancam/engines/*,src/ancam/kit/*,src/ancam/*/*rules.py" --fail-under 100
	$(BIN)/coverage report --fail-under 90
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/codespell src tests docs Makefile
	ANCAM_DATA=$$(mktemp -d) $(BIN)/python -m django check --deploy --settings ancam.site.settings --fail-level ERROR

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint src --check --lint --quiet
	ANCAM_DATA=$$(mktemp -d) $(BIN)/python -m django makemigrations --check --dry-run --settings ancam.site.settings

# How long lists, searches and lists by file take in a full province; BENCH=--postgresql for the other database.
bench: $(VENV)/.installed-dev
	$(BIN)/python bench/web/measure.py $(BENCH)
	$(BIN)/python bench/bulk/measure.py $(BENCH)
	$(BIN)/python bench/following/measure.py
	$(BIN)/python bench/reading/check_labels.py
	$(BIN)/python bench/reading/measure.py --learn learn_kinds:reader_of
	$(BIN)/python bench/reading/speed.py
	$(BIN)/python bench/reading/fuzz.py --cases 2000

# What the assessor finds, how fast beside nmap, what it costs and harms; BENCH="--only accuracy" for one part of it.
bench-probing: $(VENV)/.installed-dev
	$(BIN)/python bench/probing/measure.py $(BENCH)

# An invented province, to try out: the same data folder as `make run`.
demo: $(VENV)/.installed
	@$(BIN)/ancam demo

# The catalogue of English, brought up to the code.
messages: $(VENV)/.installed-dev
	$(BIN)/python tests/catalogue.py

# A picture of every page for every role, wide and phone, in screens/.
screens: $(VENV)/.installed-dev
	$(BIN)/python tests/screens.py screens

install: $(VENV)/.installed-dev

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "AnCam cần Python 3.11 trở lên; thử: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python của máy chưa tạo được môi trường riêng; cài bằng: sudo apt install python3-venv" >&2; exit 2; }
	@start=$$(date +%s); $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --quiet --disable-pip-version-check uv \
	  && echo "Tạo môi trường Python: $(SECONDS_SINCE)"

# One venv serves both: the dev lock holds every line of the lean one.
$(VENV)/.installed: $(BIN)/uv requirements.lock pyproject.toml package-lock.json hatch_build.py $(ENGLISH)
	@start=$$(date +%s); $(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.lock \
	  && echo "Cài thư viện: $(SECONDS_SINCE)"
	@start=$$(date +%s); $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable . \
	  && echo "Cài AnCam và giao diện: $(SECONDS_SINCE)"
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	@start=$$(date +%s); $(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-dev.lock \
	  && echo "Cài công cụ kiểm thử: $(SECONDS_SINCE)"
	@touch $@

lock: $(BIN)/uv
	$(BIN)/uv pip compile --quiet --universal --no-annotate --no-header --no-emit-index-url --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --no-annotate --no-header --no-emit-index-url --extra dev \
	  --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) dist build src/ancam/site/static/vendor
