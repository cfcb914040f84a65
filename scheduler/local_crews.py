"""The crews of this machine: in this process, or in processes of their own."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.sharedctypes import RawArray, RawValue
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Self

from scheduler.crew import POLL, Duty, Line, Mailbox
from scheduler.interrupts import deaf_to_ctrl_c
from scheduler.outcome import WorkerLostError
from scheduler.tasks import work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from ctypes import Array, c_byte
    from multiprocessing.connection import Connection

    from scheduler.crew import Crew, News, Solved, Task

_TRIES = 3
"""So often a task is begun whose worker dies."""

_CONTEXT = multiprocessing.get_context("spawn")
"""Processes are spawned, not forked: a fork would copy locks that other threads hold."""


def local_crew(workers: int) -> InThisProcess | Processes:
    """One worker works in this process, several in processes of their own. Use it by ``with``."""
    return InThisProcess() if workers == 1 else Processes(workers)


class InThisProcess:
    """A crew of one, in a thread beside the engine."""

    def __init__(self) -> None:
        self._mailbox = Mailbox()
        self._halted = False
        self._hand = ThreadPoolExecutor(1, "crew")
        self._line = Line(self._mailbox.put, lambda: self._halted)

    workers = 1

    def submit(self, task: Task) -> Future[Solved]:
        """As ``Crew.submit``; who works in this process can't die alone, but want memory."""
        return self._mailbox.wake_for(self._hand.submit(self._work, task))

    def _work(self, task: Task) -> Solved:
        try:
            return work(task, self._line)
        except MemoryError as error:
            raise WorkerLostError(1, task.number, task.problem.locations) from error

    def news(self) -> Iterator[News]:
        """As ``Crew.news``."""
        return self._mailbox.news()

    def halt(self) -> None:
        """As ``Crew.halt``."""
        self._halted = True

    def solved(self, region: int) -> None:
        """As ``Crew.solved``: one worker never has search and proof as two tasks."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.halt()
        self._hand.shutdown(cancel_futures=True)


class Switches:
    """What the engine says to all processes, in memory that they share.

    Without locks: a process that is killed would keep the ones it holds for ever.
    """

    def __init__(self, workers: int) -> None:
        self._halted = RawValue("b", 0)
        self._solved: Array[c_byte] = RawArray("b", workers)
        self._proven: Array[c_byte] = RawArray("b", workers)

    def halt(self) -> None:
        """As ``Crew.halt``."""
        self._halted.value = 1

    def halted(self) -> bool:
        """Whether to hand over what there is."""
        return bool(self._halted.value)

    def begin(self, region: int) -> None:
        """Note that a region is begun; successive regions have switches of their own."""
        self._solved[region % len(self._solved)] = 0
        self._proven[region % len(self._proven)] = 0

    def solve(self, region: int) -> None:
        """As ``Crew.solved``."""
        self._solved[region % len(self._solved)] = 1

    def solved(self, region: int) -> bool:
        """Whether a region's best schedule has reached its bound: then nothing can be better."""
        return bool(self._solved[region % len(self._solved)])

    def prove(self, region: int) -> None:
        """Note that a region's proof is done, beside its search."""
        self._proven[region % len(self._proven)] = 1

    def proven(self, region: int) -> bool:
        """Whether a region's proof is done: whoever searches there may use two cores."""
        return bool(self._proven[region % len(self._proven)])


class Processes:
    """A crew of processes; each has a thread here that minds it.

    Each process is the only one of its pool, so that one that dies takes nobody along and it is
    known what it worked at.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._mailbox = Mailbox()
        self.switches = Switches(workers)
        self._processes = [_Process(self.switches) for _ in range(workers)]
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        for process in self._processes:
            self._idle.put(process)
        self._hands = ThreadPoolExecutor(workers, "crew")

    def submit(self, task: Task) -> Future[Solved]:
        """As ``Crew.submit``."""
        if task.paired:  # other tasks have numbers of their own, and would reset a pair's
            self.switches.begin(task.number)
        return self._mailbox.wake_for(self._hands.submit(self._mind, task))

    def _mind(self, task: Task) -> Solved:
        process = self._idle.get()
        try:
            for _ in range(_TRIES):
                try:
                    solved = process.do(task, self._mailbox)
                except (BrokenProcessPool, MemoryError):
                    process.replace()
                else:
                    if task.paired and task.duty is Duty.PROOF:
                        self.switches.prove(task.number)
                    return solved
            raise WorkerLostError(_TRIES, task.number, task.problem.locations)
        finally:
            self._idle.put(process)

    def news(self) -> Iterator[News]:
        """As ``Crew.news``."""
        return self._mailbox.news()

    def halt(self) -> None:
        """As ``Crew.halt``."""
        self.switches.halt()

    def solved(self, region: int) -> None:
        """As ``Crew.solved``."""
        self.switches.solve(region)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.halt()
        self._hands.shutdown(cancel_futures=True)
        for process in self._processes:
            process.close()


class _Process:
    """A pool of one process, and the pipe through which its news comes."""

    def __init__(self, switches: Switches) -> None:
        self._switches = switches
        self._open()

    def _open(self) -> None:
        self._news, self._far_end = _CONTEXT.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(
            1, mp_context=_CONTEXT, initializer=attach, initargs=(self._far_end, self._switches)
        )

    def do(self, task: Task, mailbox: Mailbox) -> Solved:
        """Have the task done, and pass news on meanwhile; ``BrokenProcessPool`` if it dies."""
        with deaf_to_ctrl_c():
            future = self._pool.submit(work_afar, task)
        self._far_end.close()  # the process has it now; once that dies, the pipe ends
        for news in self._news_until(future):
            mailbox.put(news)
        return future.result()

    def _news_until(self, future: Future[Solved]) -> Iterator[News]:
        while True:
            over = future.done()
            if self._news.poll(0.0 if over else POLL):
                try:
                    news: News | None = self._news.recv()
                except (EOFError, OSError):  # at the end of a piece of news, or within it
                    return
                if news is None:
                    return
                yield news
            elif over:
                return

    def replace(self) -> None:
        """Go on with a fresh process."""
        self.close()
        self._open()

    def close(self) -> None:
        """End the process."""
        self._pool.shutdown()
        self._news.close()
        self._far_end.close()


_line: Line | None = None
_pipe: Connection[News | None, None] | None = None


def attach(pipe: Connection[News | None, None], switches: Switches) -> None:
    """Connect this worker process to the engine; Ctrl-C is the engine's to handle."""
    global _line, _pipe
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _line, _pipe = Line(pipe.send, switches.halted, switches.solved, switches.proven), pipe
    Thread(target=_end_with_the_engine, daemon=True).start()


def _end_with_the_engine() -> None:
    """Whoever waits for work would wait for ever, and whoever works would work for nobody."""
    engine = multiprocessing.parent_process()
    if engine is not None:
        engine.join()
        os._exit(1)


def work_afar(task: Task) -> Solved:
    """Do a task in this worker process; None on the pipe says that no more news will come."""
    assert _line is not None  # noqa: S101 - for mypy: no pool works without its initializer
    assert _pipe is not None  # noqa: S101
    try:
        return work(task, _line)
    finally:
        _pipe.send(None)


if TYPE_CHECKING:
    _CREWS: tuple[type[Crew], ...] = (InThisProcess, Processes)
