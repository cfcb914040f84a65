"""Reading a foreign calendar in a process of its own, which may not take long or grow large.

Whoever writes the calendar decides how much work it is to read: a few bytes can ask for each
second of a century. What can be told beforehand is refused (``feeds.busy_times``); the rest ends
when the time is up, and nothing here waits for it or runs out of memory with it.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from zoneinfo import ZoneInfo

from feeds.busy_times import BusyTimes, CalendarError, Window, busy_times
from office.errors import OfficeError
from scheduler.interrupts import deaf_to_ctrl_c

SECONDS = 30.0
MOST_MEMORY = 1 << 30
"""Bytes of address space: fifty times what the largest calendar of a person takes."""


@dataclass(frozen=True, slots=True)
class Question:
    """What to read, and how; see ``busy_times``."""

    window: Window
    zone: str
    owners: Collection[str]
    own_uids: Collection[str]


def read_apart(
    data: bytes,
    question: Question,
    name: str,
    *,
    seconds: float = SECONDS,
    most_memory: int = MOST_MEMORY,
) -> BusyTimes:
    """The busy times of a calendar; ``OfficeError`` calls it ``name`` and says what is wrong."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    work = (sender, data, question, seconds, most_memory)
    process = context.Process(target=_work, args=work, daemon=True)
    with deaf_to_ctrl_c():
        process.start()
    sender.close()  # the process has its own end: when that one closes, nothing more comes
    try:
        answer: BusyTimes | str = (
            receiver.recv() if receiver.poll(seconds) else "reading it takes too long."
        )
    except EOFError:
        answer = "reading it takes too much time or memory."
    finally:
        process.kill()
        process.join()
        receiver.close()
    if isinstance(answer, str):
        raise OfficeError(f"{name} can't be used: {answer}")
    return answer


def _work(
    sender: Connection, data: bytes, question: Question, seconds: float, most_memory: int
) -> None:
    """In the process: send what was read, or why nothing was."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())  # the other end tells of faults
    _limit(resource.RLIMIT_AS, most_memory)
    _limit(resource.RLIMIT_CPU, int(seconds) + 1)  # ends it also where nobody is left to do so
    _limit(resource.RLIMIT_FSIZE, 0)  # it has nothing to write
    try:
        sender.send(
            busy_times(
                data,
                question.window,
                ZoneInfo(question.zone),
                owners=question.owners,
                own_uids=question.own_uids,
            )
        )
    except CalendarError as error:
        sender.send(str(error))
    except MemoryError:
        sender.send("reading it takes too much memory.")


def _limit(kind: int, most: int) -> None:
    """Never more than was allowed before; macOS knows no limit of memory, and refuses."""
    _, before = resource.getrlimit(kind)
    limit = most if before == resource.RLIM_INFINITY else min(most, before)
    with suppress(OSError, ValueError):
        resource.setrlimit(kind, (limit, limit))
