# make run        sets up what is missing and starts the playground at http://HOST:PORT (127.0.0.1:8000)
# make test       sets up what is missing, runs every check and every test
# make bench      how fast it answers beside Node.js alone: a table, and .state/bench.json (BENCH=--quick)
# make level      whether web and worker hold no more after ten thousand invocations (LEVEL="--invocations 2000")
# make soak       40 users and killed parts for ten minutes: is anything lost or doubled? (SOAK="--minutes 3")
# make superuser  makes the first staff account, for the history at /admin/
# make setup      sets up what `make run` needs, and starts nothing
# make check      formatting, linters, types, import contracts, the page's types
# make format     writes the formatting that `make check` wants
# make clean      removes all that set-up made, and all state: the database and the history too

.DEFAULT_GOAL := run
.PHONY: run test bench level soak superuser setup check format clean python test-setup

PYTHON ?= python3
BIN := .venv/bin
# CI gives a failed test two more tries and lists it: the tests kill real parts and watch real clocks, on a machine
# that somebody else may be using. A test that fails three times fails.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadgroup -raR $(if $(CI),--reruns 2 --reruns-delay 2)
# The pinned Node.js, for the page's tools and for the tests of the JavaScript SDK.
WITH_NODE := PATH="$(CURDIR)/$(BIN):$(or $(PLAYGROUND_STATE),$(CURDIR)/.state)/tools/node/bin:$$PATH"

run: setup
	@exec $(BIN)/python manage.py serve

superuser: setup
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py createsuperuser

setup: python
	@$(PYTHON) -m set_up run

test: test-setup
	@$(MAKE) --no-print-directory check
	@cd frontend && $(WITH_NODE) npm test
	@$(WITH_NODE) $(PYTEST)

bench: test-setup
	@$(BIN)/python -m tests.bench $(BENCH)

level: test-setup
	@$(BIN)/python -m tests.bench.level $(LEVEL)

soak: test-setup
	@$(BIN)/python -m tests.soak $(SOAK)

test-setup: python
	@$(PYTHON) -m set_up test

check: test-setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	cd frontend && $(WITH_NODE) npm run check

format: test-setup
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .
	cd frontend && $(WITH_NODE) npm run format

clean:
	rm -rf .state .venv frontend/node_modules frontend/dist tests/playground/lambda_api/sdk_js/node_modules

python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "The playground needs Python 3.11 or newer, and there is no $(PYTHON) on the PATH." >&2; exit 1; }
