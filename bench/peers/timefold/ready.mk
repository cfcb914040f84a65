# Timefold, in an environment of its own: its wheel brings the jars, Debian brings Java.

TIMEFOLD := .bench/timefold
TIMEFOLD_JAVA := bench/peers/timefold/java

.PHONY: bench-timefold-test

$(TIMEFOLD)/jars: | $(BIN)/python
	@echo "Installing Timefold (seconds) ..."
	@$(PYTHON) -m venv --clear $(TIMEFOLD)
	@$(TIMEFOLD)/bin/python -m pip install -qq --disable-pip-version-check --no-deps timefold==1.24.0b0
	@cd $(TIMEFOLD) && ln -s lib/python*/site-packages/timefold/solver/jars jars

# Its jars mention annotations of other packages, about which the compiler need not warn.
$(TIMEFOLD)/ready: $(wildcard $(TIMEFOLD_JAVA)/*) | $(TIMEFOLD)/jars
	@command -v javac >/dev/null || { $(MAY_APT) \
		&& $(call apt_install,openjdk-17-jdk-headless); } || { echo "There is no Java compiler." \
		"Maybe: sudo apt-get install openjdk-17-jdk-headless"; exit 1; }
	@rm -rf $(TIMEFOLD)/classes && mkdir $(TIMEFOLD)/classes
	@javac --release 17 -Xlint:all,-classfile -d $(TIMEFOLD)/classes -cp '$(TIMEFOLD)/jars/*' \
		$(TIMEFOLD_JAVA)/*.java
	@cp $(TIMEFOLD_JAVA)/*.xml $(TIMEFOLD)/classes
	@touch $@

bench-timefold-test: .venv/dev.stamp $(TIMEFOLD)/ready  ## Timefold counts as the verifier does
	$(BIN)/python -m pytest -q -n 0 tests/bench/check_timefold.py
