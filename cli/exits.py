"""The exit codes of every command."""

OK = 0
FOUND = 1
"""The verifier found something, or what was asked for was refused because of it."""

UNUSABLE = 2
"""The command or its input can't be used as it is, or somebody said no; nothing was changed."""

INTERRUPTED = 130
"""Somebody pressed Ctrl-C."""
