"""``careweave schedule``: a draft for the coming weeks."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cli.desk import Desk, json_option, pass_desk
from cli.exits import FOUND, INTERRUPTED
from cli.output import counted, print_json, say, show_table, warn
from cli.progress import watching
from cli.values import DAY, MONDAY, ROUNDS, SECONDS, SEED

if TYPE_CHECKING:
    from collections.abc import Callable

    from office.schedule_weeks import PlannedWeeks

MOST_PROCESSES = 64
"""More than a machine of a clinic has cores for.

Each takes about ten of the files that a program may have open, often a thousand in all.
"""

_Command = TypeVar("_Command", bound="Callable[..., Any]")


def _file(name: str, meaning: str) -> Callable[[_Command], _Command]:
    """One of the three PEM files that go with ``--cluster``."""
    return click.option(
        f"--cluster-{name}",
        type=click.Path(path_type=Path),
        envvar=f"CAREWEAVE_CLUSTER_{name.upper()}",
        show_envvar=True,
        metavar="FILE",
        help=meaning,
    )


@click.command()
@click.option("--from", "start", type=MONDAY, required=True, metavar="DATE", help="A Monday.")
@click.option("--weeks", type=int, required=True, metavar="N", help="How many weeks, 1 to 26.")
@click.option(
    "--seconds",
    type=SECONDS,
    default=60.0,
    show_default=True,
    metavar="S",
    help="How long to search.",
)
@click.option("--seed", type=SEED, default=0, show_default=True, metavar="N", help="Of the search.")
@click.option(
    "--rounds",
    type=ROUNDS,
    metavar="N",
    help="Limit the search by work instead of time: the same order gives the same draft.",
)
@click.option("--as-of", type=DAY, metavar="DATE", help="The day of planning; today unless given.")
@click.option(
    "--processes",
    type=click.IntRange(min=1, max=MOST_PROCESSES),
    default=2,
    show_default=True,
    metavar="N",
    help="How many work on this machine; more than 2 help where clinics are independent.",
)
@click.option("--fresh", is_flag=True, help="Start anew rather than improve on the draft.")
@click.option(
    "--cluster",
    envvar="CAREWEAVE_CLUSTER",
    show_envvar=True,
    metavar="URL",
    help="Let a Dask cluster work, such as tls://scheduler.example:8786.",
)
@_file("ca", "The certificate of the cluster's authority, as PEM.")
@_file("cert", "The certificate of this machine, as PEM.")
@_file("key", "The private key of that, as PEM and without a password.")
@json_option
@pass_desk
def schedule(
    desk: Desk,
    *,
    start: date,
    weeks: int,
    seconds: float,
    seed: int,
    rounds: int | None,
    as_of: date | None,
    processes: int,
    fresh: bool,
    cluster: str | None,
    cluster_ca: Path | None,
    cluster_cert: Path | None,
    cluster_key: Path | None,
    as_json: bool,
) -> None:
    """Make a draft for the coming weeks, of all clinics.

    It books what it can of every session in these weeks, at the least points. What is published
    stays as it is until the draft is published. A second run improves on the draft of the same
    weeks. Ctrl-C keeps the best so far as the draft, on a cluster as well.
    """
    if rounds is not None and _is_given("seconds"):
        raise click.UsageError(
            "--rounds and --seconds are both limits. Maybe leave out one of them?"
        )
    with watching(silent=as_json) as watcher:
        # Loading takes a second, in which Ctrl-C is heard as well.
        from office.order import Order
        from office.schedule_weeks import PlannedWeeks, schedule_weeks
        from scheduler.cluster.address import cluster_of

        crew = cluster_of(cluster, cluster_ca, cluster_cert, cluster_key) if cluster else None
        limit = None if rounds is not None else seconds
        order = Order(
            *(start, weeks, as_of or desk.today, limit, rounds, seed, fresh, crew, processes)
        )
        planned = schedule_weeks(
            desk.db, order, now=desk.now, who=desk.who, watch=watcher.watch, stop=watcher.stop
        )
    if isinstance(planned, PlannedWeeks):
        try:
            _finish(planned, limit, as_json=as_json)
        except KeyboardInterrupt:
            raise KeyboardInterrupt("stopped by Ctrl-C; the draft is saved.") from None
    elif as_json:
        print_json({**_NOTHING, "seed": seed, "reason": planned.reason})
    else:
        say(f"Nothing to schedule: {planned.reason}")


def _is_given(option: str) -> bool:
    source = click.get_current_context().get_parameter_source(option)
    return source is click.core.ParameterSource.COMMANDLINE


_LATE = 1.0
"""Seconds by which a run may be late without a word."""

_SEVERAL = 2
_MOST_REGIONS = 10
"""Regions that are listed after a run, at most."""

_NOTHING = {
    **dict.fromkeys(("points", "bound", "stake", "booked", "in_scope", "most_bookable"), 0),
    "gap": 0.0,
    "parts": {},
    "seconds": 0.0,
    "interrupted": False,
    "taken_back": 0,
    "improved_on_draft": False,
    "regions": [],
    "unbooked": [],
}
"""What ``--json`` says where no session is in scope: the reason comes with it."""


def _finish(planned: PlannedWeeks, limit: float | None, *, as_json: bool) -> None:
    if as_json:
        print_json(_numbers(planned))
    else:
        tell(planned)
        if late := lateness(planned.outcome.seconds, limit):
            say(late)
        say("See what it changes with careweave draft, then careweave publish.")
    context = click.get_current_context()
    if planned.doubt is not None:
        warn(f"Error: {planned.doubt}. Maybe send us this week's export, it can't be published.")
        context.exit(FOUND)
    if planned.outcome.interrupted:
        warn("Stopped by Ctrl-C; the best so far is saved as the draft.")
        context.exit(INTERRUPTED)


def lateness(seconds: float, limit: float | None) -> str:
    """What to say of a run that took noticeably longer than its limit; else nothing."""
    if limit is None or seconds <= limit + _LATE:
        return ""
    return (
        f"That took longer than the {limit:g} s that were given: a first schedule and its bound "
        "always come. Maybe give it more, for a better one?"
    )


def tell(planned: PlannedWeeks) -> None:
    """How good the draft is, in words and numbers."""
    outcome = planned.outcome
    if planned.taken_back:
        promises = counted(planned.taken_back, "promise of a plan", "promises of plans")
        say(f"Takes back {promises} that may not be booked any more.")
    say(
        f"Booked {outcome.booked:,} of {counted(outcome.in_scope, 'session')} in scope; proven: "
        f"nobody could book more than {outcome.most_bookable:,}.",
        f"Points {outcome.points:,}, proven bound {outcome.bound:,}: a gap of {outcome.gap:.2%} "
        f"of {outcome.stake:,} points at stake. {outcome.seconds:.0f} s, seed {outcome.seed}.",
    )
    rows = [(name, f"{points:,}") for name, points in outcome.parts.items() if points]
    if rows:
        show_table(("part", "points"), rows, right=("points",))
    _tell_regions(planned)


def _tell_regions(planned: PlannedWeeks) -> None:
    """Where several regions were planned: those of which least is known to be good."""
    if len(planned.regions) < _SEVERAL:
        return
    worst = sorted(planned.regions, key=lambda it: -it.gap)[:_MOST_REGIONS]
    if len(worst) < len(planned.regions):
        say(f"The {len(worst)} of {len(planned.regions)} regions with the largest gaps:")
    rows = [
        (", ".join(it.locations), f"{it.booked:,} of {it.in_scope:,}", f"{it.gap:.2%}")
        for it in worst
    ]
    show_table(("region", "booked", "gap"), rows, right=("booked", "gap"))


def _numbers(planned: PlannedWeeks) -> dict[str, Any]:
    outcome = planned.outcome
    names = ("points", "bound", "gap", "stake", "booked", "in_scope", "most_bookable")
    return {
        **{name: getattr(outcome, name) for name in names},
        "parts": dict(outcome.parts),
        "seconds": round(outcome.seconds, 3),
        "seed": outcome.seed,
        "interrupted": outcome.interrupted,
        "taken_back": planned.taken_back,
        "improved_on_draft": planned.improved_on_draft,
        "regions": [
            {**asdict(it), "locations": list(it.locations), "gap": round(it.gap, 6)}
            for it in planned.regions
        ],
        "unbooked": [f"{plan_id}/{number}" for plan_id, number in outcome.unbooked],
    }
