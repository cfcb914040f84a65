"""The demo goes the whole way, and touches no folder but its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from office.demo import NETWORK, ORDER, Demo, Onlooker, run_demo
from office.errors import OfficeError
from office.order import Glance, Order
from tests.office.clinic import MONDAY, NOW, SATURDAY, folder

TINY = Order(start=MONDAY, weeks=2, as_of=SATURDAY, seconds=None, rounds=3)


def ran(tmp_path: Path, output: str = "out") -> tuple[Demo, list[str], list[Glance]]:
    steps: list[str] = []
    glances: list[Glance] = []
    onlooker = Onlooker(steps.append, glances.append, lambda: False)
    network = folder(tmp_path / "network")
    demo = run_demo(tmp_path / output, TINY, onlooker, now=NOW, who="mia", network=network)
    return demo, steps, glances


def test_the_demo_goes_the_whole_way(tmp_path: Path) -> None:
    demo, steps, glances = ran(tmp_path)
    assert (demo.planned.outcome.booked, demo.planned.outcome.in_scope) == (4, 4)
    assert demo.planned.doubt is None
    assert demo.published.version == 1
    assert demo.report.ok
    assert [(it.location, it.booked, it.in_scope) for it in demo.clinic_weeks] == [
        ("Northgate", 1, 1),
        ("Northgate", 1, 1),
        ("Southgate", 1, 1),
        ("Southgate", 1, 1),
    ]
    assert demo.reasons == ()
    assert (tmp_path / "out" / "feeds" / "clients" / "dina.ics").is_file()
    assert len(steps) == 4
    assert glances


def test_the_demo_replaces_what_it_made_before(tmp_path: Path) -> None:
    ran(tmp_path)
    (tmp_path / "out" / "old").touch()
    demo, _, _ = ran(tmp_path)
    assert demo.published.version == 1
    assert not (tmp_path / "out" / "old").exists()


def test_the_demo_leaves_other_folders_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").touch()
    with pytest.raises(OfficeError, match="was not made by the demo, so it is left alone"):
        ran(tmp_path)
    assert (tmp_path / "out" / "letter.txt").exists()
    (tmp_path / "file").touch()
    with pytest.raises(OfficeError, match="can't be written"):
        ran(tmp_path, "file")


def test_the_demo_ships_with_its_network() -> None:
    assert (NETWORK / "locations.csv").is_file()
    assert ORDER.start.weekday() == 0
