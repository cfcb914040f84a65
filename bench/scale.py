"""Many regions at once: what a network of a hundred or a thousand clinics takes.

The commands that a person would type, on a fresh SQLite: ``careweave import``, then ``careweave
schedule``. Memory and processor time are those that the kernel counted.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.networks import write_network
from bench.peers.everybody import ENVIRONMENTS, MONDAY, ROOT, WEEKS
from bench.results import FOLDER, commit, machine

SEED, WORKERS, CLINICS = 1, 2, 4
MACHINES = (1, 4, 16)


@dataclass(frozen=True, slots=True)
class Spent:
    """What one command took.

    ``own_seconds`` of the processor are those of the parent alone, ``core_seconds`` those of all
    its processes; ``peak`` is the parent's largest resident size in MiB. Only Linux tells.
    """

    wall: float
    core_seconds: float
    own_seconds: float
    peak: float


@dataclass(frozen=True, slots=True)
class Scale:
    """What planning so many regions took, and what came of it. ``gaps`` are those of regions."""

    regions: int
    seconds: float
    imported: Spent
    scheduled: Spent
    in_scope: int
    booked: int
    points: int
    bound: int
    gap: float
    gaps: tuple[float, ...]
    commit: str
    machine: str
    day: str
    load: float


def measure_scale(regions: int, seconds: float) -> None:
    """Make the network, import it, plan it, and keep what that took."""
    folder = ENVIRONMENTS / f"scale-{regions}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    busy = os.getloadavg()[0]
    print(f"{regions * CLINICS:,} clinics: made ...", end=" ", flush=True)
    write_network(folder / "network", regions, SEED, MONDAY)
    print("imported ...", end=" ", flush=True)
    _careweave(folder, "db", "upgrade")
    imported, _ = _careweave(folder, "import", str(folder / "network"))
    print(f"in {imported.wall:.0f} s, planned ...", end=" ", flush=True)
    asked = ["--from", str(MONDAY), "--weeks", str(WEEKS), "--as-of", str(MONDAY)]
    asked += ["--seconds", f"{seconds:g}", "--seed", "0", "--json"]
    scheduled, said = _careweave(folder, "schedule", *asked)
    print(f"in {scheduled.wall:.0f} s.", flush=True)
    found = json.loads(said)
    result = Scale(
        regions=regions,
        seconds=seconds,
        imported=imported,
        scheduled=scheduled,
        **{name: found[name] for name in ("in_scope", "booked", "points", "bound", "gap")},
        gaps=tuple(sorted(it["gap"] for it in found["regions"])),
        commit=commit(),
        machine=machine(),
        day=str(datetime.now(UTC).date()),
        load=round(busy, 1),
    )
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept = FOLDER / f"scale-{regions}.json"
    kept.write_text(json.dumps(asdict(result), indent=1) + "\n", encoding="utf-8")


def _careweave(folder: Path, *arguments: str) -> tuple[Spent, str]:
    """Run a command on the folder's database; what it took, and what it said."""
    out = folder / f"{arguments[0]}.out"
    command = [sys.executable, "-c", "from cli.main import main; main()"]
    command += ["--db", str(folder / "clinic.db"), *arguments]
    begun = time.monotonic()
    with out.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, stdout=file)
    peak, own = 0.0, 0.0
    while True:
        peak, own = max(peak, _resident(process.pid)), max(own, _processor(process.pid))
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        time.sleep(0.2)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"careweave {arguments[0]} ended with {process.returncode}.")
    wall = time.monotonic() - begun
    return Spent(wall, usage.ru_utime + usage.ru_stime, own, peak), out.read_text("utf-8")


def _resident(pid: int) -> float:
    """A process's largest resident size so far, in MiB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return 0.0
    return sum(int(x.split()[1]) / 1024 for x in status.splitlines() if x.startswith("VmHWM"))


def _processor(pid: int) -> float:
    """Seconds of the processor that a process has had, without its children."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def scale_lines(folder: Path = FOLDER) -> Iterator[str]:
    """The page's section on scale."""
    results = [_load(path) for path in folder.glob("scale-*.json")]
    if not results:
        return
    yield "## A hundred clinics, and a thousand\n"
    yield (
        "`make bench-scale` makes regions of four clinics ([how](../bench/README.md)), imports "
        "them into a fresh SQLite and plans six weeks with `careweave schedule`. *Memory* is the "
        "parent's at most; beside it, each of two workers holds one region.\n"
    )
    yield (
        "| clinics | sessions | booked | gap | largest gap of a region | import | planning "
        "| memory |"
    )
    yield "|--:|--:|--:|--:|--:|--:|--:|--:|"
    for it in sorted(results, key=lambda it: it.regions):
        largest = f"{max(it.gaps):.2%}" if it.gaps else "–"
        yield (
            f"| {it.regions * CLINICS:,} | {it.in_scope:,} | {it.booked:,} | {it.gap:.2%} "
            f"| {largest} | {it.imported.wall:.0f} s | {it.scheduled.wall:.0f} s "
            f"| {it.scheduled.peak:.0f} MiB |"
        )
    yield ""
    for it in sorted(results, key=lambda it: it.regions):
        yield f"{_on_more(it)}\n"


def _on_more(scale: Scale) -> str:
    """What more machines would make of it: the workers' time is shared, the parent's is not."""
    spent = scale.scheduled
    shared = spent.core_seconds - spent.own_seconds
    times = [f"{n}: {spent.own_seconds + shared / (WORKERS * n):,.0f} s" for n in MACHINES]
    return (
        f"{scale.regions * CLINICS:,} clinics took {spent.core_seconds:,.0f} seconds of the "
        f"processor, {spent.own_seconds:,.0f} of them the parent's. By that, on machines with two "
        f"cores each, {', '.join(times)} ({scale.machine}; {scale.day}; commit {scale.commit}; "
        f"load at the beginning {scale.load:g})."
    )


def _load(path: Path) -> Scale:
    said = json.loads(path.read_text(encoding="utf-8"))
    said["imported"], said["scheduled"] = Spent(**said["imported"]), Spent(**said["scheduled"])
    return Scale(**{**said, "gaps": tuple(said["gaps"])})
