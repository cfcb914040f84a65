"""The page: what was compared, how, on which machine, and what came of it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.page.tables import best_bound, firsts, scope, standings
from bench.peers.everybody import ENVIRONMENTS, INSTANCES, PEERS, ROOT, Instance, Peer
from bench.results import FOLDER, Result, every
from bench.scale import scale_lines

DOCS = ROOT / "docs"
BUSY = 1.0
"""With so many other jobs when a run begins, the page says that the machine was not quiet."""

INTRODUCTION = """\
# How good schedules are, and how soon

`make bench` writes this page. Everybody plans the same six weeks from the same folder, one after
the other, each with two cores to itself. Nobody's own arithmetic counts: the
[verifier](architecture.md) judges what was there after 3, 10 and 60 seconds, counted from the
moment when the facts were read. *Gap* is the distance of the points from the bound that the same
program proved, *above the best bound* that from the best bound that anybody proved, both as a share
of the points at stake. [How the engine works](engine.md).
"""


def write_page(folder: Path = FOLDER, docs: Path = DOCS) -> Path:
    """Write the page and its pictures from the results in a folder; the page's path."""
    results = list(every(folder))
    lines = [INTRODUCTION]
    for instance in INSTANCES:
        lines += _section(instance, [x for x in results if x.instance == instance.name], docs)
    lines += scale_lines(folder)
    lines += _conditions(results)
    page = docs / "benchmarks.md"
    page.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    print(f"{page.relative_to(ROOT) if page.is_relative_to(ROOT) else page} is written.")
    return page


def _section(instance: Instance, results: Sequence[Result], docs: Path) -> Iterator[str]:
    yield f"## {instance.name}\n"
    if not results:
        yield f"{instance.what} Not measured yet.\n"
        return
    yield f"{instance.what} {scope(results)}\n"
    shown = [x for x in standings(results) if instance.everybody or "was not run" not in x]
    yield from shown
    seeds = max(sum(x.peer == p.name for x in results) for p in PEERS)
    yield f"\n{firsts(results)} Of Careweave, the median of {seeds} seeds.\n"
    picture = _draw(instance, results, docs)
    yield f"{picture}\n"


def _draw(instance: Instance, results: Sequence[Result], docs: Path) -> str:
    """Have the picture drawn; how the page shows it, or why there is none."""
    python = ENVIRONMENTS / "draw" / "bin" / "python"
    name = f"benchmarks-{instance.name}.svg"
    if not python.exists():
        kept = (docs / name).exists()
        return _shown(instance, name) if kept else "There is no picture: Matplotlib isn't set up."
    lines = [_line(number, peer, results) for number, peer in enumerate(PEERS)]
    asked = {
        "lines": [line for line in lines if line["curve"]],
        "bound": best_bound(results),
    }
    draw = Path(__file__).parent / "draw.py"
    subprocess.run([python, draw, docs / name], input=json.dumps(asked), text=True, check=True)
    return _shown(instance, name)


def _shown(instance: Instance, name: str) -> str:
    return f"![Points over time on {instance.name}, a line each, fewer are better]({name})"


def _line(number: int, peer: Peer, results: Sequence[Result]) -> dict[str, Any]:
    """A peer's curve: of several seeds, the one whose last points are in the middle."""
    own = [x for x in results if x.peer == peer.name and x.curve and x.judged]
    own.sort(key=lambda x: x.judged[-1].points)
    curve = own[len(own) // 2].curve if own else ()
    return {"number": number, "title": peer.title, "curve": [asdict(point) for point in curve]}


def _conditions(results: Sequence[Result]) -> Iterator[str]:
    """On what machine, when, and how everybody was set."""
    yield "## Machine, versions, settings\n"
    for machine in sorted({result.machine for result in results}):
        days = sorted({result.day for result in results if result.machine == machine})
        when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
        commits = ", ".join(sorted({x.commit for x in results if x.machine == machine}))
        yield f"{machine}; {when}; commit {commits}.\n"
    busy = max((result.load for result in results), default=0.0)
    if busy > BUSY:
        yield (
            f"**Other jobs kept the machine busy** (a load of up to {busy:g} when a run began), so "
            "read these figures beside each other and as what is left on a bad day.\n"
        )
    for peer in PEERS:
        versions = sorted({x.version for x in results if x.peer == peer.name})
        yield f"### {peer.title}\n"
        yield f"{'; '.join(versions or [peer.version()])}.\n"
        yield f"{peer.settings}\n"
