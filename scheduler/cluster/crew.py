"""The crew of a cluster: tasks go to workers on other machines, without names, and come back.

Dask begins a task again whose worker died. Everything here may be called from one thread only,
the engine's; what Dask calls in threads of its own goes through the mailbox.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from concurrent.futures import Future
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from scheduler.cluster.address import Cluster, ClusterError
from scheduler.cluster.connect import connect
from scheduler.cluster.work import hear, last_sign, pack, unpack, work_at
from scheduler.crew import Mailbox, News, Solved, Task
from scheduler.nameless import Codes, nameless
from scheduler.outcome import WorkerLostError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from scheduler.crew import Crew

_AGAIN = 2.0
"""Seconds after which everybody is told and asked again: workers come and go."""

_ANSWERS = 10.0
"""Seconds to wait for all workers' answers: one may hang, and others come meanwhile."""

_SILENCE = 40.0
"""Seconds without any sign of life after which nobody is waited for any longer.

Dask gives up a machine that is cut off after thirty.
"""


class ClusterCrew:
    """A crew of a cluster's workers. Use it by ``with``; what still runs at its end is cancelled.

    Raises:
        ClusterError: when made, if the cluster can't be used. Later, a future raises it if the
            cluster went away.
    """

    def __init__(self, cluster: Cluster) -> None:
        self._client, self.workers = connect(cluster)
        self._cluster = cluster
        self._run = f"careweave-{uuid4().hex}"
        self._numbers = count()
        self._mailbox = Mailbox()
        self._underway: dict[Future[Solved], Any] = {}
        self._deadline: float | None = None
        self._halted, self._saying = False, False
        self._asked, self._looked = 0.0, 0.0
        self._alive, self._sign = 0.0, 0.0
        self._pairs: set[int] = set()
        self._solved: set[int] = set()
        # The scheduler forgets the events of a client some time after the client left.
        self._client.subscribe_topic(self._client.id, self._hear_of)

    def submit(self, task: Task) -> Future[Solved]:
        """As ``Crew.submit``; how often a task is begun again is for the cluster's scheduler."""
        parcel, codes = parcel_of(task)
        self._deadline = task.deadline
        if task.paired:
            self._pairs.add(task.number)
        try:
            future = self._client.submit(
                work_at,
                parcel,
                self._run,
                self._client.id,
                key=f"{self._run}-{next(self._numbers)}",
                pure=False,
            )
        except Exception as error:
            raise self._fault(error, task) from error
        result: Future[Solved] = Future()
        self._underway[result] = future
        result.add_done_callback(lambda done: self._underway.pop(done, None))
        future.add_done_callback(lambda done: self._fetch(done, result, task, codes))
        return self._mailbox.wake_for(result)

    def _fetch(self, future: Any, result: Future[Solved], task: Task, codes: Codes) -> None:  # noqa: ANN401 - Dask need not be installed
        """Take what came back, in a thread of Dask's."""
        try:
            result.set_result(solved_with(unpack(future.result()), codes))
            self._alive = time.monotonic()
        except Exception as error:  # noqa: BLE001 - the engine hears of whatever it is
            result.set_exception(self._fault(error, task))

    def _fault(self, error: Exception, task: Task) -> Exception:
        from distributed import CancelledError, KilledWorker  # noqa: PLC0415 - an extra
        from distributed.client import ClosedClientError  # noqa: PLC0415 - an extra

        if isinstance(error, KilledWorker | MemoryError):
            tries = error.allowed_failures + 1 if isinstance(error, KilledWorker) else 1
            return WorkerLostError(tries, task.number, task.problem.locations)
        if isinstance(error, CancelledError | ClosedClientError | OSError | TimeoutError):
            return ClusterError(
                f"{self._cluster.address} went away, or all its workers did, before the work was "
                "done. Nothing was changed. Maybe start them again, or plan without --cluster?"
            )
        return error

    async def _hear_of(self, event: tuple[float, Any]) -> None:
        """Put a worker's news into the mailbox; Dask has events of its own on the same topic."""
        _, said = event
        if isinstance(said, list | tuple) and said and said[0] == self._run:
            self._alive = time.monotonic()
            self._mailbox.put(News(*said[1:]))

    def news(self) -> Iterator[News]:
        """As ``Crew.news``."""
        now = time.monotonic()
        if self._deadline is not None and now >= self._deadline:
            self.halt()
        if now - self._looked > _AGAIN:  # we were busy elsewhere, and asked for no sign of life
            self._alive = now
        self._looked = now
        if now - self._alive > _SILENCE:
            self._give_up()
        elif now - self._asked > _AGAIN:
            self._asked = now
            self._call(self._look_for_life)
            if not self._saying:
                self._say()
        return self._mailbox.news()

    def halt(self) -> None:
        """As ``Crew.halt``."""
        if not self._halted:
            self._halted = True
            self._say()

    def solved(self, region: int) -> None:
        """As ``Crew.solved``."""
        if region in self._pairs - self._solved:
            self._solved.add(region)
            self._say()

    def _say(self) -> None:
        """Tell all workers how things stand, without waiting here for their answers."""
        self._saying = True
        halted, solved = self._halted, sorted(self._solved)

        async def say() -> None:
            with contextlib.suppress(Exception):  # who is gone does not hear it
                answers = self._client.run(
                    hear,
                    self._run,
                    halted=halted,
                    solved=solved,
                    on_error="ignore",
                    asynchronous=True,
                )
                await asyncio.wait_for(answers, _ANSWERS)
            self._saying = False

        self._call(say)

    def _call(self, question: Callable[[], Awaitable[None]]) -> None:
        """Have something asked by Dask's thread."""
        loop: Any = self._client.loop
        loop.add_callback(question)

    async def _look_for_life(self) -> None:
        """Whether any worker told the scheduler lately that it lives, even while another hangs."""
        with contextlib.suppress(Exception):  # a scheduler that is gone tells nothing
            sign = await self._client.run_on_scheduler(last_sign, asynchronous=True)
            if sign > self._sign:
                self._alive, self._sign = time.monotonic(), sign

    def _give_up(self) -> None:
        for future in list(self._underway.values()):
            future.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._give_up()
        self._client.close(timeout=2)


def parcel_of(task: Task) -> tuple[bytes, Codes]:
    """A task as it leaves this machine, and what its numbers stand for.

    The moment at which the run should be over is one of this machine's clock; it is the crew that
    halts everybody then.
    """
    problem, codes = nameless(task.problem, task.start)
    start = tuple(codes.visit(visit) for visit in task.start)
    return pack(replace(task, problem=problem, start=start, deadline=None)), codes


def solved_with(solved: Solved, codes: Codes) -> Solved:
    """What came back, with the keys that its numbers stand for."""
    if solved.searched is None:
        return solved
    visits = tuple(codes.visit_back(visit) for visit in solved.searched.visits)
    return replace(solved, searched=replace(solved.searched, visits=visits))


if TYPE_CHECKING:
    _CREW: type[Crew] = ClusterCrew
