"""Made-up networks: seeded, importable, as large and as hard as the demo."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from bench.networks import make_region, write_network
from office.exchange import read_folder
from office.import_folder import import_folder
from scheduler.candidates import Axes
from scheduler.facts import Network
from scheduler.horizon import Horizon
from scheduler.problem import Problem
from scheduler.regions import split
from scheduler.settings import Settings
from scheduler.slots import find_slots

MONDAY = date(2027, 2, 22)
DEMO = Path(__file__).parents[2] / "demo" / "portland"


def problem_of(network: Network, start: date = MONDAY) -> Problem:
    return Problem(network, Horizon(start, 6), start, Settings())


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def minutes_asked(problem: Problem) -> int:
    minutes = {
        key: service.minutes
        for key, service in problem.services.items()
        if service.credential == "LMT"
    }
    return sum(minutes.get(session.service_id, 0) for session in problem.in_scope)


def minutes_offered(problem: Problem) -> int:
    """Of massage, by shifts of whole days that are not off, and by the therapists' limits."""
    network, total = problem.network, 0
    for therapist in network.therapists:
        if "LMT" not in therapist.credentials:
            continue
        own = therapist.therapist_id
        weekdays = {shift.weekday for shift in network.shifts if shift.therapist_id == own}
        gone = {
            off.starts_at.date() + timedelta(days=n)
            for off in network.time_off
            if off.therapist_id == own
            for n in range((off.ends_at - off.starts_at).days)
        }
        for week in range(6):
            days = {problem.horizon.start + timedelta(weeks=week, days=day) for day in weekdays}
            worked = len(days - gone) * therapist.max_minutes_per_day
            total += min(worked, therapist.max_minutes_per_week)
    return total


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        write_network(tmp_path / name, 2, seed, MONDAY)
    assert files_of(tmp_path / "one") == files_of(tmp_path / "again")
    assert files_of(tmp_path / "one") != files_of(tmp_path / "other")


def test_a_larger_network_begins_with_the_regions_of_a_smaller_one(tmp_path: Path) -> None:
    write_network(tmp_path / "small", 1, 7, MONDAY)
    write_network(tmp_path / "large", 2, 7, MONDAY)
    small, large = files_of(tmp_path / "small"), files_of(tmp_path / "large")
    assert all(large[name].startswith(content) for name, content in small.items())


@pytest.mark.parametrize("start", [MONDAY, date(2028, 10, 30)])
def test_a_network_imports_without_a_fault_or_a_broken_promise(
    start: date, sqlite_template: Path, tmp_path: Path
) -> None:
    database = tmp_path / "clinic.db"
    database.write_bytes(sqlite_template.read_bytes())
    rows = write_network(tmp_path / "network", 2, 3, start)
    imported = import_folder(
        str(database), tmp_path / "network", now=datetime(2027, 1, 1, tzinfo=UTC), who="bench"
    )
    assert imported.warnings == ()
    assert imported.inserted["clients"] == rows["clients.csv"]


def test_regions_share_nobody(tmp_path: Path) -> None:
    write_network(tmp_path, 3, 5, MONDAY)
    parts = split(problem_of(read_folder(tmp_path)))
    assert [len(part.network.locations) for part in parts] == [4, 4, 4]
    assert {plan.plan_id[:5] for plan in parts[1].network.care_plans} == {"r001-"}


@pytest.mark.parametrize(("number", "seed"), [(0, 1), (1, 1), (0, 2), (249, 3)])
def test_a_region_is_as_large_and_as_hard_as_the_demo(number: int, seed: int) -> None:
    demo, region = problem_of(read_folder(DEMO)), problem_of(make_region(number, seed, MONDAY))
    assert 0.95 < len(region.in_scope) / len(demo.in_scope) < 1.15
    assert 0.85 < len(region.promises) / len(demo.promises) < 1.15
    asked = minutes_asked(region) / minutes_offered(region)
    assert asked > minutes_asked(demo) / minutes_offered(demo) - 0.01
    without = _without_slots(region) / len(region.sessions)
    assert 0.01 < without < 0.04


def _without_slots(problem: Problem) -> int:
    slots = find_slots(Axes(problem), problem.sessions)
    return len(problem.sessions) - len(np.unique(slots.session))


def test_weeks_begin_on_monday_and_a_network_has_a_region(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"start on Sunday, 2027-02-21\. Maybe on a Monday"):
        write_network(tmp_path, 1, 1, date(2027, 2, 21))
    with pytest.raises(ValueError, match=r"has 0 regions\. Maybe 1"):
        write_network(tmp_path, 0, 1, MONDAY)
