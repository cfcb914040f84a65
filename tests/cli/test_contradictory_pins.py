"""Pins that can't all be kept: which one is lost, and why, as a manager reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import runner
from tests.cli.test_schedule import WEEKS
from tests.office.clinic import settle

DINAS = "a1,p07,1,massage,maya,n1,2027-03-01T08:00,60,booked,no\n"
RUTHS = "a2,p08,1,massage,omar,s1,2027-03-01T08:00,60,booked,no\n"
PINNED = DINAS.replace("no\n", "yes\n")
COMES_NORTH = ("ruth,Ruth Okoye,,,south,,", "ruth,Ruth Okoye,,,north,,")
VERAS = "p09,vera,acute,massage,,,2027-03-01,routine,active,,,,pregnancy,,"
DINAS_OTHER = "p09,dina,acute,massage,,,2027-03-01,routine,active,,,,,,"


def appointments(*rows: str) -> dict[str, tuple[str, str]]:
    return {"appointments": (DINAS + RUTHS, "".join(rows))}


def beside(row: str, **changes: tuple[str, str]) -> dict[str, tuple[str, str]]:
    """Dina's pin on Monday from 08:00 to 09:00, and another one from 08:30 on."""
    return {**changes, **appointments(PINNED, f"{row},2027-03-01T08:30,60,booked,yes\n")}


THERAPIST = beside("a2,p08,1,massage,maya,n1", clients=COMES_NORTH)
ROOM = beside("a2,p08,1,massage,omar,n1", clients=COMES_NORTH, shifts=("omar,south", "omar,north"))
CLIENT = beside("a3,p09,1,massage,omar,s1", care_plans=(VERAS, DINAS_OTHER))
OFF_SHIFT = appointments(PINNED.replace("03-01", "03-05"), RUTHS)
TOO_CLOSE = {
    **appointments(PINNED, "a3,p07,2,massage,maya,n1,2027-03-02T08:00,60,booked,yes\n", RUTHS),
    "care_plan_phases": ("p07,1,1,2", "p07,1,2,1"),
}


@pytest.mark.parametrize(
    ("changes", "lost", "since", "why"),
    [
        (
            THERAPIST,  # Ruth's is urgent
            "p07/1",
            "room-overlap: Room North 1 at Northgate has Dina Young 08:00-09:00 and Ruth Okoye",
            "the therapist has somebody else: Ruth Okoye with Maya Rossi at Northgate on Mon 1 Mar",
        ),
        (
            ROOM,
            "p07/1",
            "room-overlap: Room North 1 at Northgate has Dina Young 08:00-09:00 and Ruth Okoye",
            "all rooms of the kind are taken: Ruth Okoye with Omar Haddad at Northgate on Mon 1",
        ),
        (
            CLIENT,
            "p09/1",
            "client-overlap: Dina Young has Maya Rossi 08:00-09:00 at Northgate and Omar Haddad",
            "Dina Young has another appointment: Dina Young with Maya Rossi at Northgate on Mon 1",
        ),
        (
            OFF_SHIFT,
            "p07/1",
            "on-shift: Maya Rossi works there at no hour that day.",
            "careweave draft says which rule it breaks there.",
        ),
        (
            TOO_CLOSE,
            "p07/2",
            "session 1 on Mon 1 Mar 2027 and session 2 on Tue 2 Mar 2027: 1 day later, not 2 or",
            "it would be too close to the plan's next or last session: Dina Young with Maya Rossi",
        ),
    ],
    ids=["therapist", "room", "client", "off shift", "spacing"],
)
def test_the_pin_that_is_lost_is_named_with_the_reason(
    db: str, tmp_path: Path, changes: dict[str, tuple[str, str]], lost: str, since: str, why: str
) -> None:
    run = runner(settle(db, tmp_path, changes))
    planned = run(*WEEKS, "--rounds", "3")
    assert planned.exit_code == 0, planned.stderr
    assert "promise-lost      500" in planned.stdout
    drafted = run("draft", "--json").stdout
    assert "1 lost" in run("draft").stdout
    assert since in drafted
    explained = " ".join(run("why", lost).stdout.split())
    assert "is pinned or frozen, but can't be kept. Maybe import it with pinned set" in explained
    assert why in explained
    assert run("verify", "--draft").exit_code == 0
