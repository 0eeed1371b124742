# Everything from a fresh checkout with Python ≥ 3.11, make and git. `make` builds the edition, `make help` lists the rest.
# PYTHON names another Python: make PYTHON=python3.13

PYTHON ?= python3
bin := .venv/bin

# Only what the locks say may be importable, whatever the caller has set or activated.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV CONDA_PREFIX UV_SYSTEM_PYTHON
export PYTHONNOUSERSITE := 1
export PIP_USER := 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export UV_NO_PROGRESS := 1
# uv brings its own certificates; behind a proxy that signs with others, only the system's will do.
UV_SYSTEM_CERTS ?= 1
export UV_SYSTEM_CERTS

# uv does not read pip's settings: where pip is told of another index, so is uv.
index = "$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$($(bin)/python -m pip config get global.index-url 2>/dev/null)}}"
uv = UV_DEFAULT_INDEX=$(index) $(bin)/uv pip
into = --quiet --python $(bin)/python --require-hashes --compile-bytecode

.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: build test verify mutants tables execute lab reproduce guides engines faults jupyter bench browser lock clean help

build: .venv/ready ## set up .venv and build the edition into reports/ (also plain `make`)
	$(bin)/nuage build

# Files go to the two workers as they come: the few slow tests of some would be the last ones if those with many went first.
test: .venv/test ## lint, types, tests, doctests, and the notebooks' committed outputs
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/pytest -n 2 --dist loadfile --no-loadscope-reorder
	$(bin)/pytest -n 2 --dist loadfile --nbval notebooks docs/*.ipynb

verify: .venv/ready ## hold every claim against the documents' texts, where you have them
	$(bin)/nuage verify

mutants: .venv/ready ## put small faults into the claims and the documents, and see each found by verify
	$(bin)/python tests/mutants.py
	$(bin)/python tests/mutants.py --without

tables: .venv/ready ## write data/processed/ again from the claims
	$(bin)/nuage tables

execute: .venv/ready ## run the notebooks in place, for their outputs to be committed
	$(bin)/nuage execute

lab: .venv/lab ## open JupyterLab on the notebooks
	$(bin)/jupyter lab notebooks

# The package stays where it is, the project is copied: a path that leaks into a page shows as a difference.
project := data notebooks requirements.lock
apart := .cache/reproduce
# Another user, where the system lets one be.
another := unshare --user --map-user=65534 --map-group=65534
another := $(shell $(another) true 2> /dev/null && echo $(another))
define edition_in
	mkdir -p "$(1)"
	cp -R $(project) "$(1)"
	cd "$(1)" && umask $(2) && TZ=$(3) LC_ALL=$(4) LANGUAGE=$(4) PYTHONHASHSEED=$(5) USER=$(6) HOME="$$PWD" \
		NUAGE_CACHE="$$PWD/cache" $(9) "$(CURDIR)/$(bin)/nuage" build --anew --workers $(7) --out "$$PWD/$(8)"
endef

reproduce: .venv/ready ## build again in other folders, time zones, locales, as others, with other caches: the same bytes
	rm -rf $(apart)
	$(call edition_in,$(apart)/one,022,UTC,C.UTF-8,0,one,2,cold)
	$(call edition_in,$(apart)/deeper/another folder,077,Pacific/Auckland,tr_TR.UTF-8,1,another,1,cold,$(another))
	$(call edition_in,$(apart)/one,027,America/St_Johns,fr_FR.UTF-8,2,third,3,warm)
	diff -r "$(apart)/one/cold" "$(apart)/deeper/another folder/cold"
	diff -r "$(apart)/one/cold" "$(apart)/one/warm"
	@echo "same bytes three times: $$(wc -l < $(apart)/one/cold/SHA256SUMS) files"

faults: .venv/test ## builds that are killed, lack memory or disk, meet other clocks and users: look at what is left
	$(bin)/pytest -q -n 2 --dist loadfile tests/faults.py tests/faults_cluster.py tests/faults_machine.py

guides: .venv/test ## run every block of code of the documentation, and write, build and test new chapters
	$(bin)/pytest -q -n 2 --dist loadfile tests/guides_docs.py tests/guides_chapter.py

engines: .venv/test ## run every notebook in a forked process and in a kernel, and compare what comes out
	$(bin)/python bench/engine.py --rounds 1

# Needs node and Chromium. What it saw stays in .cache/lab.
jupyter: .venv/test .venv/lab tests/browser/node_modules/.package-lock.json ## open, run, change and save every notebook in JupyterLab; run some elsewhere
	$(bin)/pytest -q -n 2 tests/jupyter_elsewhere.py
	node tests/browser/lab.js .

# Needs Chromium, and half an hour of a machine that has nothing else to do.
bench: .venv/test .venv/lab ## measure ours beside the standard tools, and print one table of ratios (INTO=FILE: into that page too)
	$(bin)/python bench $(if $(INTO),--into "$(INTO)")

# Needs node and Chromium. The edition is built first, unless one is named.
browser: .venv/ready tests/browser/node_modules/.package-lock.json $(if $(EDITION),,build) ## open every page of the edition and of the documentation in Chromium (EDITION=DIR: of that edition)
	$(bin)/nuage docs --out .cache/docs
	node tests/browser/check.js "$(or $(EDITION),reports/latest)"
	node tests/browser/check.js .cache/docs

# The one target that chooses versions. It keeps those that still fit; `make lock UPGRADE=1` takes the newest.
compile = $(uv) compile --quiet pyproject.toml --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-annotate --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

lock: .venv/test ## write the locks and environment.yml again from pyproject.toml
	@$(compile) -o requirements.lock
	@$(compile) --extra cluster -c requirements.lock --group test -o requirements-test.lock
	@$(compile) -c requirements-test.lock --group lab -o requirements-lab.lock
	@$(subst pyproject.toml,,$(compile)) -c requirements-test.lock --group setup -o requirements-setup.lock
	$(bin)/python tests/test_environment.py > environment.yml

clean: ## remove .venv and all caches; reports/ stays
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis tests/browser/node_modules
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

# The set-up, in steps that are each done once. The first leaves the folder's own name, since a .venv serves only the
# folder it was made in: a checkout that was copied or moved is set up again.
ifneq ("$(shell cat .venv/folder 2>/dev/null)","$(CURDIR)")
.PHONY: .venv/folder
endif

.venv/folder: requirements-setup.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; name one: make PYTHON=python3.13"; exit 4; }
	@echo "setting up .venv"
	@$(PYTHON) -m venv --clear .venv
	@$(bin)/python -m pip install --quiet --require-hashes -r requirements-setup.lock
	@printf '%s\n' "$(CURDIR)" > $@

.venv/locked: .venv/folder requirements.lock
	@$(uv) sync $(into) requirements-setup.lock requirements.lock
	@touch $@

# No index is asked here: what builds the package was locked too.
.venv/ready: .venv/locked pyproject.toml
	@$(bin)/uv pip install --quiet --python $(bin)/python --offline --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test: .venv/ready requirements-test.lock
	@$(uv) install $(into) -r requirements-test.lock
	@touch $@

.venv/lab: .venv/ready requirements-lab.lock
	@$(uv) install $(into) -r requirements-lab.lock
	@touch $@

tests/browser/node_modules/.package-lock.json: tests/browser/package.json tests/browser/package-lock.json
	@command -v npm > /dev/null || { echo "npm and node 20 or later are needed: apt-get install nodejs npm"; exit 4; }
	@echo "setting up tests/browser"
	@cd tests/browser && npm ci --ignore-scripts --loglevel=error
	@touch $@
