"""``careweave demo``: the whole way once, on four clinics that ship with the project."""

from __future__ import annotations

import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.commands.schedule import tell
from cli.desk import Desk, pass_desk
from cli.exits import FOUND, INTERRUPTED
from cli.output import day_words, say, show_table
from cli.progress import watching
from cli.reasons import tell_reasons
from cli.values import SECONDS, SEED

if TYPE_CHECKING:
    from office.demo import Demo
    from office.overview import ClinicWeek


@click.command()
@click.option(
    "--seconds",
    type=SECONDS,
    default=20.0,
    show_default=True,
    metavar="S",
    help="How long to search.",
)
@click.option("--seed", type=SEED, default=0, show_default=True, metavar="N", help="Of the search.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("demo-output"),
    show_default=True,
    metavar="DIR",
    help="Where the results go; the demo's own folder is replaced.",
)
@pass_desk
def demo(desk: Desk, seconds: float, seed: int, output: Path) -> None:
    """Go the whole way once, with four example clinics.

    Imports a network, schedules six weeks, publishes, writes calendars, and shows the result.
    """
    from office.demo import Onlooker, demo_order, run_demo

    with watching() as watcher:
        done = run_demo(
            output,
            demo_order(seconds, seed),
            Onlooker(say, watcher.watch, watcher.stop),
            now=desk.now,
            who=desk.who,
        )
    _tell(done)
    context = click.get_current_context()
    if not done.report.ok:
        context.exit(FOUND)
    if done.planned.outcome.interrupted:
        context.exit(INTERRUPTED)


def _tell(done: Demo) -> None:
    say("")
    tell(done.planned)
    _tell_clinics(done.clinic_weeks)
    careweave = f"{_program()} --db {done.database}"
    tell_reasons(done.reasons, careweave)
    monday = done.planned.horizon.start
    kept = "keeps every rule" if done.report.ok else f"breaks {len(done.report.findings)} rules"
    say(
        f"The verifier, which shares no code with the engine: what is published {kept}; it counts "
        f"{done.planned.report.points:,} points in the draft, as the engine did.",
        "",
        f"Database     {done.database}",
        f"Calendars    {done.feeds.folder} (therapists, locations, rooms, clients)",
        f"Look around: {careweave} show --week {monday}",
    )


def _program() -> str:
    """How to call careweave: by its name, or where it lies if no shell would find it."""
    return "careweave" if shutil.which("careweave") else os.path.relpath(sys.argv[0])


def _tell_clinics(cells: tuple[ClinicWeek, ...]) -> None:
    """Booked of in scope, a row for each clinic and a column for each week."""
    mondays = sorted({cell.monday for cell in cells})
    lots: dict[str, list[ClinicWeek]] = defaultdict(list)
    for cell in cells:
        lots[cell.location].append(cell)
    lots["All clinics"] = list(cells)
    rows = [
        (
            name,
            *(_share(it for it in lot if it.monday == monday) for monday in mondays),
            _share(lot),
        )
        for name, lot in lots.items()
    ]
    headers = [day_words(monday).removeprefix("Mon ") for monday in mondays]
    show_table(
        ("clinic", *headers, "all"),
        rows,
        title="Sessions booked / in scope, by clinic and week",
        right=(*headers, "all"),
        whole=("clinic",),
    )
    say(
        "A booked session counts where and when it is booked, an unbooked one at its client's home",
        "clinic, in the first of these weeks that its window reaches.",
    )


def _share(cells: Iterable[ClinicWeek]) -> str:
    counts = [(it.booked, it.in_scope) for it in cells]
    return f"{sum(booked for booked, _ in counts):,}/{sum(scope for _, scope in counts):,}"
