"""What the server does again and again beside answering: a list of named functions.

Each round has a thread of its own, so that a mail server that hangs holds up nothing else. What
goes wrong in a round is one line in the log; the next round tries again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread

from office.busy import refresh_due
from office.errors import expected_errors
from office.poll_mailbox import poll_round
from office.send_invites import send_round

log = logging.getLogger("careweave.rounds")

PARTING = timedelta(seconds=10)
"""How long the end of the server waits for a round that is under way."""


@dataclass(frozen=True, slots=True)
class Round:
    """``run(db, now)`` is called at once, and then again ``pause`` after each time it ended.

    It must be harmless to end the process in the middle of it, and to call it twice.
    """

    name: str
    pause: timedelta
    run: Callable[[str, datetime], object]

    def __post_init__(self) -> None:
        if self.pause <= timedelta(0):
            raise ValueError(f"the round {self.name} has a pause of {self.pause}. Maybe a minute?")


ROUNDS: tuple[Round, ...] = (
    Round("replies", timedelta(minutes=1), poll_round),
    Round("busy times", timedelta(minutes=5), refresh_due),
    Round("invites", timedelta(seconds=20), send_round),
)
"""Every round there is."""


@contextmanager
def rounds_going(
    db: str, clock: Callable[[], datetime], rounds: Sequence[Round] = ROUNDS
) -> Iterator[None]:
    """Keep the rounds going as long as the block runs."""
    stop = Event()
    threads = [
        Thread(target=_keep, args=(it, db, clock, stop), name=it.name, daemon=True) for it in rounds
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(PARTING.total_seconds() / len(threads))


def _keep(it: Round, db: str, clock: Callable[[], datetime], stop: Event) -> None:
    """Round after round; a fault is told when it is new, and when it is over."""
    before = ""
    while not stop.is_set():
        fault = _go(it, db, clock())
        if fault and fault != before:
            log.warning("%s: %s", it.name, fault)
        elif before and not fault:
            log.info("%s: works again", it.name)
        before = fault
        stop.wait(it.pause.total_seconds())


def _go(it: Round, db: str, now: datetime) -> str:
    """One round; what went wrong on one line, empty where nothing did.

    Only messages that are meant for people are told: any other may quote what is on record.
    """
    try:
        it.run(db, now)
    except expected_errors() as error:
        return " ".join(str(error).split())
    except Exception as error:  # noqa: BLE001 - whatever it was, the server goes on
        return f"failed with {type(error).__qualname__}"
    return ""
