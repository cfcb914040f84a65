"""A clinic's protocols can be added, changed and removed."""

from __future__ import annotations

import pytest

from office.errors import OfficeError, UnknownIdError
from office.protocols import (
    add_protocol,
    all_protocols,
    change_protocol,
    one_protocol,
    remove_protocol,
)
from office.start_plan import start_plan
from office.wishes import WishFaults
from scheduler.facts import Frequency, Phase
from tests.office.clinic import NOW, SATURDAY

SPORT = {"id": "sport", "name": "Sport", "condition": "acute", "service": "massage"}
PHASES = ("2x3", "0.5x4")


PHASE = "sessions a week (2, 1 or 0.5), an x and the number of weeks (1 to 260)"


def add(db: str, phases: tuple[str, ...] = PHASES, **wishes: str) -> None:
    named = {name.replace("_", "-"): text for name, text in wishes.items()}
    add_protocol(db, SPORT | named, phases, now=NOW, who="mia")


def test_two_protocols_are_there_from_the_start(clinic: str) -> None:
    assert [protocol.protocol_id for protocol in all_protocols(clinic)] == ["acute", "chronic"]


def test_a_protocol_is_data(clinic: str) -> None:
    add(clinic, visits="8", expiry_days="60", companion="adjust")
    protocol = one_protocol(clinic, "sport")
    assert protocol.phases == (
        Phase(1, Frequency.TWICE_A_WEEK, 3),
        Phase(2, Frequency.EVERY_OTHER_WEEK, 4),
    )
    wishes = {"client": "dina", "start": "2027-03-01"}
    plan = start_plan(clinic, "sport", wishes, today=SATURDAY, now=NOW, who="mia").plan
    assert (plan.authorised_visits, str(plan.authorised_until)) == (8, "2027-04-30")
    assert plan.companion_service_id == "adjust"


def test_a_change_leaves_the_rest_as_it_is(clinic: str) -> None:
    add(clinic, visits="8")
    change_protocol(clinic, "sport", {"companion": "adjust"}, (), now=NOW, who="mia")
    protocol = one_protocol(clinic, "sport")
    assert (protocol.companion_service_id, protocol.authorised_visits) == ("adjust", 8)
    change_protocol(clinic, "sport", {"visits": ""}, ("1x2",), now=NOW, who="mia")
    protocol = one_protocol(clinic, "sport")
    assert (protocol.authorised_visits, protocol.phases) == (
        None,
        (Phase(1, Frequency.WEEKLY, 2),),
    )


def test_all_faults_are_said_at_once(clinic: str) -> None:
    with pytest.raises(WishFaults) as caught:
        add(clinic, phases=("3x2", "0.5x3", "1x2"), service="massag", visits="0")
    assert [fault.split(",")[0] for fault in caught.value.faults] == [
        "--service: found 'massag'",
        "--visits: found '0'",
        "--phase: found '3x2'",
        "--phase: found '0.5x3'",
    ]


@pytest.mark.parametrize("phase", ["2x99999999", "3x0", "2x261", "1x", "2"])
def test_a_phase_that_can_not_be_is_told_what_can(clinic: str, phase: str) -> None:
    with pytest.raises(WishFaults) as caught:
        add(clinic, phases=(phase,))
    assert caught.value.faults == (f"--phase: found '{phase}', expected {PHASE}. Maybe 2x3?",)


def test_a_protocol_needs_a_condition_and_a_phase(clinic: str) -> None:
    with pytest.raises(WishFaults) as caught:
        add_protocol(clinic, {"id": "x", "name": "X"}, (), now=NOW, who="mia")
    assert [fault.partition(":")[0] for fault in caught.value.faults] == ["--condition", "--phase"]


def test_an_id_is_taken_once(clinic: str) -> None:
    with pytest.raises(OfficeError, match="there is a protocol 'acute' already"):
        add(clinic, id="acute")


def test_what_is_not_there_can_not_be_changed_or_removed(clinic: str) -> None:
    for refused in (
        lambda: remove_protocol(clinic, "acut", now=NOW, who="mia"),
        lambda: change_protocol(clinic, "acut", {}, (), now=NOW, who="mia"),
        lambda: one_protocol(clinic, "acut"),
    ):
        with pytest.raises(UnknownIdError, match=r"no protocol 'acut'. Maybe 'acute'"):
            refused()
    remove_protocol(clinic, "acute", now=NOW, who="mia")
    assert [protocol.protocol_id for protocol in all_protocols(clinic)] == ["chronic"]
