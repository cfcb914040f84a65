"""Live progress of a search on standard error, and Ctrl-C that keeps the best so far."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import TYPE_CHECKING

from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from cli.output import console, warn

if TYPE_CHECKING:
    from office.order import Glance

_STOPS = (signal.SIGINT, signal.SIGTERM)
"""Ctrl-C, and what a program sends that wants to end another one."""

EVERY = 5.0
"""Seconds between two lines where nobody looks at a screen."""


@dataclass
class Watcher:
    """What the search said last. Its methods are what use cases call back."""

    quiet: bool = False
    began: float = field(default_factory=time.monotonic)
    latest: Glance | None = None
    told: float = 0.0
    stopping: bool = False
    said: bool = False
    spinner: Spinner = field(default_factory=lambda: Spinner("dots"))

    def watch(self, glance: Glance) -> None:
        """Note how the search stands; where there is no screen, say so now and then."""
        self.latest = glance
        if not self.quiet and (not self.told or glance.seconds - self.told >= EVERY):
            self.told = max(glance.seconds, 1e-9)
            warn(line_of(glance, glance.seconds))

    def stop(self) -> bool:
        """Whether somebody pressed Ctrl-C; says at once that it was heard."""
        if self.stopping and not self.said and not self.quiet:
            warn("Stopping, keeping the best so far. Ctrl-C again gives it up.")
        self.said = self.stopping
        return self.stopping

    def interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        """Ask the search to stop; a second Ctrl-C does not wait for it."""
        if self.stopping:
            raise KeyboardInterrupt
        self.stopping = True

    def __rich__(self) -> Spinner:
        """The line as it is shown on a screen."""
        seconds = time.monotonic() - self.began
        if self.latest is None:
            text = f"{seconds:4.0f} s   working …"
        else:
            text = line_of(self.latest, seconds)
        end = "   stopping, keeping the best so far …" if self.stopping else ""
        self.spinner.update(text=Text(text + end))
        return self.spinner


def line_of(glance: Glance, seconds: float) -> str:
    """Time, regions done, sessions booked, points, bound and gap on one line."""
    done = ""
    if glance.regions > 1:
        done = f"{glance.done:,} of {glance.regions:,} regions done   "
        if glance.begun < glance.regions:
            done += f"in {glance.begun:,} begun: "
    proof = f"bound {glance.bound:,}   gap {glance.gap:.2%}" if glance.bound else "bound to come"
    return (
        f"{seconds:4.0f} s   {done}booked {glance.booked:,} of {glance.in_scope:,}   "
        f"points {glance.points:,}   {proof}"
    )


@contextmanager
def watching(*, silent: bool = False) -> Iterator[Watcher]:
    """A watcher that Ctrl-C stops; ``silent`` says nothing unless there is a screen."""
    screen = console(error=True)
    live = screen.is_terminal
    watcher = Watcher(quiet=live or silent)
    # Python makes Ctrl-C a KeyboardInterrupt and ends at once when it is asked to by another
    # program; either would lose what was found.
    before = {each: signal.signal(each, watcher.interrupt) for each in _STOPS}
    try:
        if live:
            with Live(watcher, console=screen, transient=True, refresh_per_second=8):
                yield watcher
        else:
            yield watcher
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        sys.stderr.flush()
