"""Run peers one after the other, never two at once, and have what they find judged."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.judging import CURVE, MOMENTS, judge
from bench.peers.everybody import ROOT, Instance, Peer
from bench.peers.instance import Order
from bench.peers.snapshots import Snapshot, snapshots_in
from bench.results import (
    FOLDER,
    Point,
    Result,
    commit,
    is_settled,
    load,
    machine,
    path_of,
    save,
)

Run = tuple[Instance, Peer, int]
"""An instance, who is run on it, and the seed."""

GRACE = 120
"""Seconds that a peer may take on top of its own, for reading and for what it never stops."""

_SHORT_RUNS = sum(m for m in MOMENTS if m < MOMENTS[-1])
_JUDGING = 15
_RESTARTS = ("ours", "timefold")
"""Those who run once for each moment, since what they do depends on how long they may."""


def runs_of(instances: Iterable[Instance], peers: Iterable[Peer], seeds: int) -> list[Run]:
    """Every run there is to do, in order; who has seeds has so many of them."""
    return [
        (instance, peer, seed)
        for instance in instances
        for peer in peers
        if instance.everybody or peer.seeded
        for seed in range(seeds if peer.seeded else 1)
    ]


def left_of(runs: Iterable[Run], seconds: float, folder: Path = FOLDER) -> Iterator[Run]:
    """The runs whose results are missing, failed, shorter, or of another commit."""
    now = commit()
    for run in runs:
        instance, peer, seed = run
        known = load(path_of(instance.name, peer.name, seed, folder))
        if (
            known is None
            or known.failed
            or known.seconds < seconds
            or known.commit != now
            or not is_settled(now)
        ):
            yield run


def minutes_for(runs: Iterable[Run], seconds: float) -> float:
    """About how long some runs take."""
    return (
        sum(
            seconds + _JUDGING + (_SHORT_RUNS if peer.name in _RESTARTS else 0)
            for _, peer, _ in runs
        )
        / 60
    )


def measure(run: Run, seconds: float, folder: Path = FOLDER) -> Result:
    """Do one run, judge it, and keep the result."""
    instance, peer, seed = run
    busy = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as place:
        order = instance.order(Path(place) / "out.jsonl", seconds, seed)
        failed = _run(peer, order)
        snapshots = list(snapshots_in(order.out))
        judged = judge(order, {*CURVE, *MOMENTS})
    result = Result(
        peer=peer.name,
        instance=instance.name,
        seed=seed,
        seconds=seconds,
        commit=commit(),
        machine=machine(),
        version=peer.version(),
        day=str(datetime.now(UTC).date()),
        load=round(busy, 1),
        first=min((x.seconds for x in snapshots if x.appointments or x.points), default=None),
        judged=tuple(one for one in judged if one.at in MOMENTS),
        curve=_own_curve(snapshots)
        or tuple(Point(round(one.at, 2), one.points, one.bound) for one in judged),
        failed=failed,
    )
    save(result, folder)
    return result


def _own_curve(snapshots: Iterable[Snapshot]) -> tuple[Point, ...]:
    """The figures of a program that tells its points while it runs; at most a hundred of them."""
    told = [Point(x.seconds, x.points, x.bound) for x in snapshots if x.points is not None]
    step = max(len(told) // 100, 1)
    return (*told[:-1:step], *told[-1:])


def _run(peer: Peer, order: Order) -> str | None:
    """Run a peer to its end; why it failed, if it did."""
    command = [sys.executable, "-m", f"bench.peers.{peer.name}", *order.arguments]
    patience = order.seconds + _SHORT_RUNS + GRACE
    with subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            _, said = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return f"did not end within {patience:g} seconds"
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode == 0:
        return None
    return said.strip().splitlines()[-1] if said.strip() else f"exit code {process.returncode}"
