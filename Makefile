# What each command does: make help
PORT ?= 8000
ARGS ?=
PY := .venv/bin/python
SETUP = found=$$(PYTHON='$(PYTHON)' sh config/setup/python.sh) && PYTHON='$(PYTHON)' $$found config/setup
# Settings as in production, with values that reach nothing; for Django's own checks.
PRODUCTION := DJANGO_SETTINGS_MODULE=config.settings.prod DATABASE_URL=postgres://nobody@localhost/none \
	CELERY_BROKER_URL=amqp://nobody@localhost// ASHORE_SECRET_KEY=only-for-make-check-0123456789-abcdefghijklmnopqrstuvwxyz \
	ASHORE_CARE_KEYS=Y2FyZS1rZXlzLWZvci1hLWxhcHRvcC0tLS0tLS0tLS0= \
	ASHORE_FIELD_KEYS=bm90LWEtc2VjcmV0LWp1c3QtZm9yLWEtbGFwdG9wISE= ASHORE_ALLOWED_HOSTS=localhost \
	ASHORE_MAIL_URL=smtp://localhost ASHORE_SMS_URL=https+json://localhost
.DEFAULT_GOAL := help
.PHONY: help setup setup-run run test check fix bench-screening bench-search bench-search-web bench-matching bench-alerts demo shell messages lock

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' Makefile

setup:  ## Make the environment in .venv, tools for development included; start nothing
	@$(SETUP) dev

setup-run:
	@$(SETUP) run

run: setup-run  ## Run the site on this computer: make run PORT=8000 (Ctrl-C stops it)
	@exec $(PY) -m config.run --port '$(PORT)'

demo: setup-run  ## Put the demo's people and postings back as they were
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py load_demo --reset

shell: setup-run  ## A Python prompt with the site's models
	@$(PY) manage.py shell

test: setup  ## Run the tests: make test ARGS="tests/jobs -k apply"
	@$(PY) -m pytest -n 2 --dist worksteal $(ARGS)

bench-screening: setup  ## How fast adverts are screened: make bench-screening FILE=adverts.jsonl
	@$(PY) -m tests.jobs.screening.bench $(FILE)

bench-search: setup  ## How fast searches are: make bench-search ARGS="--rows 100000" (--curve: 10k, 100k, 1M)
	@$(PY) manage.py bench_search $(ARGS)

bench-search-web: setup  ## How many result pages a second: make bench-search-web ARGS="--rows 100000" (needs wrk)
	@$(PY) -m tests.jobs.search.web_bench $(ARGS)

bench-matching: setup  ## How fast matching is: make bench-matching ARGS="--rows 100000"
	@$(PY) -m tests.jobs.matching.bench $(ARGS)

bench-alerts: setup  ## How fast new postings find saved searches: make bench-alerts ARGS="--searches 20000"
	@$(PY) -m tests.jobs.alerts.bench $(ARGS)

check: setup  ## Everything that must hold before a commit, apart from the tests
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py messages check
	env $(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

fix: setup  ## Format, and mend what ruff can mend
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

messages: setup-run  ## Collect the texts to translate and compile the translations
	@$(PY) manage.py messages update

lock:  ## Write requirements/*.lock anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --universal --generate-hashes --no-header -o requirements/run.lock
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header -o requirements/dev.lock
