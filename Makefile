# Leeward. `make run` starts it, `make test` proves it, `make help` lists the rest.

PORT ?= 8000
LEEWARD_DATA ?= $(CURDIR)/var
export PORT LEEWARD_DATA

PYTHON := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test check format translations bench lock model

help: ## List what can be made
	@echo "PORT (now $(PORT)) and LEEWARD_DATA (now $(LEEWARD_DATA)) are honoured by all."
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null || \
	  sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1: \2/p' $(MAKEFILE_LIST)

run: ## Start the place with its demonstration village at http://localhost:PORT
	@bin/run

test: ## Run every test: SQLite, PostgreSQL, browser (FAST=1: SQLite without browser; REQUIRE_ALL=1: nothing may be left out but files of others)
	@bin/venv develop
	@$(PYTHON) -m bin.run_tests

check: ## Check style, types, templates, floors, translations and locks
	@bin/venv develop
	@$(PYTHON) -m bin.run_checks

format: ## Lay out the Python code as `make check` wants it
	@bin/venv develop
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format .

translations: ## Write all texts into the catalogue template leeward/locale/django.pot
	@bin/venv develop
	@$(PYTHON) -m bin.catalogue --write

bench: ## Measure who may see what, pages, a campaign, the first start, a great story beside Misago, faults (long; see benchmarks/)
	@bin/venv develop
	@$(PYTHON) -m benchmarks.visibility
	@$(PYTHON) -m benchmarks.pages
	@$(PYTHON) -m benchmarks.campaign
	@$(PYTHON) -m benchmarks.first_page
	@$(PYTHON) -m benchmarks.great_story --whole
	@$(PYTHON) -m benchmarks.faults

model: ## Make the reader's model from the committed sentences (training/README.md; half an hour; DATA=folder, TEACHER=1; EMBEDDER=1: that of meaning)
	@bin/make_model

lock: ## Resolve requirements/*.in again into locks with hashes
	@bin/venv develop
	@bin/lock
