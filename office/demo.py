"""The whole way once, on the network that ships with the project."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from office.errors import OfficeError
from office.import_folder import Imported, import_folder
from office.order import Glance, Order
from office.overview import ClinicWeek, Reason, clinic_weeks, reasons
from office.publish import Publication, Refused, publish
from office.schedule_weeks import PlannedWeeks, schedule_weeks
from office.upgrade_database import upgrade_database
from office.verify_schedule import verify_published
from office.why import drafted
from office.write_feeds import WrittenFeeds, write_feeds
from scheduler.outcome import NothingInScope
from verifier import Report

NETWORK = Path(__file__).parents[1] / "demo" / "portland"
ORDER = Order(start=date(2027, 2, 22), weeks=6, as_of=date(2027, 2, 20), seconds=20.0)
"""The demo's weeks and day of planning are fixed: it works on any day of any year."""

_OURS = ".careweave-demo"
"""The file that says that a folder was made by the demo and may be replaced."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo did, step by step, and the database where all of it lies."""

    database: Path
    imported: Imported
    planned: PlannedWeeks
    clinic_weeks: tuple[ClinicWeek, ...]
    reasons: tuple[Reason, ...]
    published: Publication
    feeds: WrittenFeeds
    report: Report


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Who is told what goes on; ``step`` is given a sentence as each step begins."""

    step: Callable[[str], None]
    watch: Callable[[Glance], None]
    stop: Callable[[], bool]


def run_demo(
    output: Path,
    order: Order,
    onlooker: Onlooker,
    *,
    now: datetime,
    who: str,
    network: Path = NETWORK,
) -> Demo:
    """Import, schedule, publish and write calendars into ``output``, which is replaced.

    ``OfficeError`` where ``output`` is somebody else's folder or the network is not there.
    """
    _clear(output, network)
    database = output / "careweave.db"
    db = str(database)
    upgrade_database(db)
    onlooker.step(f"Importing the network of four clinics from {network} …")
    imported = import_folder(db, network, now=now, who=who)
    onlooker.step(f"Scheduling {order.weeks} weeks from {order.start}, as of {order.as_of} …")
    planned = _plan(db, order, onlooker, now, who)
    asked = drafted(db)
    onlooker.step("Publishing, and writing calendars …")
    published = _publish(db, now, who)
    feeds = write_feeds(db, output / "feeds")
    onlooker.step("Explaining what is not booked …")
    return Demo(
        database=database,
        imported=imported,
        planned=planned,
        clinic_weeks=clinic_weeks(*asked),
        reasons=reasons(*asked),
        published=published,
        feeds=feeds,
        report=verify_published(db).report,
    )


def _plan(db: str, order: Order, onlooker: Onlooker, now: datetime, who: str) -> PlannedWeeks:
    planned = schedule_weeks(db, order, now=now, who=who, watch=onlooker.watch, stop=onlooker.stop)
    if isinstance(planned, NothingInScope):
        raise OfficeError(f"{planned.reason} Maybe another network was meant?")
    return planned


def _publish(db: str, now: datetime, who: str) -> Publication:
    published = publish(db, now=now, who=who)
    if isinstance(published, Refused):
        raise OfficeError(f"the draft was refused: {published.findings[0].message}")
    return published


def demo_order(seconds: float, seed: int) -> Order:
    """The demo's order within limits."""
    return replace(ORDER, seconds=seconds, seed=seed)


def _clear(output: Path, network: Path) -> None:
    """Make an empty folder of our own, in place of an older one."""
    if not network.is_dir():
        raise OfficeError(
            f"the demo network {str(network)!r} is not there. Maybe run it from a checkout?"
        )
    try:
        if output.exists():
            _refuse_strange(output)
            shutil.rmtree(output)
        output.mkdir(parents=True)
        (output / _OURS).write_text("Made by careweave demo, and replaced by its next run.\n")
    except OSError as error:
        raise OfficeError(
            f"the folder {str(output)!r} can't be written: {error.strerror}. "
            "Maybe --output another one?"
        ) from error


def _refuse_strange(output: Path) -> None:
    if any(output.iterdir()) and not (output / _OURS).is_file():
        raise OfficeError(
            f"the folder {str(output)!r} was not made by the demo, so it is left alone. "
            "Maybe move it away, or --output another one?"
        )
