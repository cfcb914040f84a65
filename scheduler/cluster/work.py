"""What is done on a worker of a cluster: a task unpacked, worked at, and its answer packed.

A task travels as bytes, so that Dask's scheduler passes it on without looking inside, and nothing
of it stands in a log.
"""

from __future__ import annotations

import hashlib
import pickle
import platform
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from scheduler.crew import Line, News, Solved, Task
from scheduler.tasks import work

MOST_RUNS = 64
"""Runs whose notices a worker keeps."""


_ALIVE = ("running", "paused", "closing_gracefully")
"""What a worker's status may be while it has its scheduler; short of memory it is paused."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the engine says to all who work at one run."""

    halted: bool = False
    solved: frozenset[int] = frozenset()


_notices: dict[str, Notice] = {}


def hear(run: str, *, halted: bool, solved: Iterable[int]) -> None:
    """Note what the engine says of a run; the notices of old runs go."""
    _notices.pop(run, None)
    _notices[run] = Notice(halted, frozenset(solved))
    while len(_notices) > MOST_RUNS:
        _notices.pop(next(iter(_notices)))


def last_sign(dask_scheduler: Any = None) -> float:  # noqa: ANN401 - Dask hands it in by that name
    """When the cluster's scheduler last heard of any worker, by its own clock."""
    return max((worker.last_seen for worker in dask_scheduler.workers.values()), default=0.0)


def pack(what: Task | Solved) -> bytes:
    """As bytes, small enough to travel."""
    return zlib.compress(pickle.dumps(what), level=1)


def unpack(parcel: bytes) -> Any:  # noqa: ANN401 - what went in: a task or its answer
    """What was packed, by a machine that the authority of the cluster vouches for."""
    return pickle.loads(zlib.decompress(parcel))  # noqa: S301 - Dask itself runs what it is sent


class AbandonedError(RuntimeError):
    """Nobody waited for this work any more."""


def work_at(parcel: bytes, run: str, topic: str) -> bytes:
    """Do a packed task on this worker of a cluster, and pack what comes out.

    News goes to the events of ``topic``. The work ends early once the engine says so.

    Raises:
        AbandonedError: once nobody waits for it: it was cancelled, or its engine or the
            cluster's scheduler is gone.
    """
    from distributed import get_worker  # noqa: PLC0415 - an extra

    worker = get_worker()
    key = worker.get_current_task()
    unheard = Notice()

    def tell(news: News) -> None:
        worker.log_event(topic, [run, news.region, news.points, news.booked, news.bound])

    def halted() -> bool:
        return _notices.get(run, unheard).halted or not _wanted(worker, key)

    def solved(region: int) -> bool:
        return region in _notices.get(run, unheard).solved

    done = work(unpack(parcel), Line(tell, halted, solved))
    if not _wanted(worker, key):
        raise AbandonedError
    return pack(done)


def _wanted(worker: Any, key: object) -> bool:  # noqa: ANN401 - Dask need not be installed
    """Whether the scheduler is there and still wants this task of its worker."""
    task = worker.state.tasks.get(key)
    return worker.status.name in _ALIVE and task is not None and task.state == "executing"


def edition() -> dict[str, str]:
    """What has to be alike on all machines for a task to give the same schedule."""
    sources = hashlib.sha256()
    folder = Path(__file__).parents[1]
    for path in sorted(folder.rglob("*.py")):
        sources.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return {
        "Careweave": f"{_version('careweave')} ({sources.hexdigest()[:8]})",
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "OR-Tools": _version("ortools"),
        "HiGHS": _version("highspy"),
        "Numba": _version("numba"),
        "NumPy": _version("numpy"),
        "SciPy": _version("scipy"),
        "Dask": _version("distributed"),
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a checkout that was not installed
        return "unknown"
