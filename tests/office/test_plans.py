"""Care plans are started from protocols, paused, resumed, discontinued, held and cleared."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from office.change_plan import Clearance, change_plan, clear_plan
from office.errors import OfficeError, UnknownIdError
from office.plans import list_plans, show_plan
from office.start_plan import StartedPlan, next_id, start_plan
from office.wishes import WishFaults
from scheduler.facts import Condition, Frequency, Phase, PlanStatus, Priority
from tests.office.clinic import NOW, SATURDAY

DINA = {"client": "dina", "service": "massage"}


def started(db: str, protocol: str = "acute", **wishes: str) -> StartedPlan:
    return start_plan(db, protocol, DINA | wishes, today=SATURDAY, now=NOW, who="mia")


def faults(db: str, protocol: str = "acute", **wishes: str) -> tuple[str, ...]:
    with pytest.raises(WishFaults) as caught:
        started(db, protocol, **wishes)
    return caught.value.faults


def change(db: str, plan_id: str, status: PlanStatus) -> int:
    return change_plan(db, plan_id, status, today=SATURDAY, now=NOW, who="mia").promises


def clear(db: str, plan_id: str, by: str = "Dr. Lee", reason: str | None = None) -> None:
    clearance = Clearance(by, SATURDAY, reason)
    clear_plan(db, plan_id, clearance, today=SATURDAY, now=NOW, who="mia")


def test_a_plan_starts_today_as_its_protocol_says(each_clinic: str) -> None:
    plan = started(each_clinic).plan
    assert (plan.plan_id, plan.client_id, plan.start_date) == ("p10", "dina", SATURDAY)
    assert plan.phases == (Phase(1, Frequency.TWICE_A_WEEK, 2), Phase(2, Frequency.WEEKLY, 1))
    assert show_plan(each_clinic, "p10").plan == plan


def test_chronic_plans_taper_to_every_other_week(clinic: str) -> None:
    phases = started(clinic, "chronic").plan.phases
    often = [phase.frequency for phase in phases]
    assert often == [Frequency.TWICE_A_WEEK, Frequency.WEEKLY, Frequency.EVERY_OTHER_WEEK]


def test_every_wish_comes_before_the_protocol(clinic: str) -> None:
    plan = started(
        clinic,
        start="2027-03-04",
        condition="chronic",
        intake="intake",
        companion="adjust",
        techniques="cupping",
        priority="urgent",
        visits="4",
        until="2027-04-30",
        frequency="1",
        weeks="3",
    ).plan
    assert plan.start_date == date(2027, 3, 4)
    assert (plan.condition, plan.priority) == (Condition.CHRONIC, Priority.URGENT)
    assert (plan.intake_service_id, plan.companion_service_id) == ("intake", "adjust")
    assert plan.techniques == {"cupping"}
    assert (plan.authorised_visits, plan.authorised_until) == (4, date(2027, 4, 30))
    assert plan.phases[0] == Phase(1, Frequency.WEEKLY, 3)


def test_all_faults_are_said_at_once(clinic: str) -> None:
    said = faults(clinic, service="massag", start="2027-2-1", visits="-3", weeks="0")
    assert said == (
        "--service: found 'massag', expected the id of a service on record. Maybe 'massage'?",
        "--start: found '2027-2-1', expected a date YYYY-MM-DD from 1900 to 2199.",
        "--visits: found '-3', expected a whole number from 0 to 52000.",
        "--weeks: found '0', expected a whole number from 1 to 260.",
    )


def test_a_single_week_of_every_other_week_is_a_fault(clinic: str) -> None:
    (said,) = faults(clinic, frequency="0.5", weeks="3")
    assert "an even number of weeks" in said


def test_an_authorisation_that_ends_before_the_start_is_a_fault(clinic: str) -> None:
    (said,) = faults(clinic, start="2027-03-02", until="2027-03-01")
    assert said.startswith("--until: found '2027-03-01', expected a day not before")
    assert started(clinic, start="2027-03-02", until="2027-03-02").plan.authorised_until


def test_a_service_is_needed_where_the_protocol_names_none(clinic: str) -> None:
    with pytest.raises(WishFaults, match=r"the protocol 'acute' names none. Maybe one of adjust,"):
        start_plan(clinic, "acute", {"client": "dina"}, today=SATURDAY, now=NOW, who="mia")


def test_an_unknown_client_is_named_with_the_nearest_known_one(clinic: str) -> None:
    (said,) = faults(clinic, client="dinna")
    assert said == "CLIENT: found 'dinna', expected the id of a client on record. Maybe 'dina'?"


def test_an_unknown_protocol_is_one_fault_among_the_others(clinic: str) -> None:
    assert faults(clinic, "acut", client="dinna", weeks="3.5") == (
        "CLIENT: found 'dinna', expected the id of a client on record. Maybe 'dina'?",
        "--weeks: found '3.5', expected a whole number from 1 to 260.",
        "--protocol: found 'acut', expected the id of a protocol. Maybe 'acute'?",
    )


def test_an_id_where_there_are_none_asks_for_a_folder(db: str) -> None:
    client, service = faults(db)
    assert client == (
        "CLIENT: found 'dina', expected the id of a client on record, but there is none. "
        "Maybe careweave import DIR with clients.csv first?"
    )
    assert "Maybe careweave import DIR with services.csv first?" in service


def test_what_can_not_be_read_makes_no_second_fault(clinic: str) -> None:
    (said,) = faults(clinic, start="1 March", until="2000-01-01")
    assert said.startswith("--start: found '1 March', ")
    (said,) = faults(clinic, "chronic", frequency="0.5", weeks="zero")
    assert said.startswith("--weeks: found 'zero', ")


def test_a_technique_that_nobody_has_is_a_warning(clinic: str) -> None:
    (warning,) = started(clinic, client="ruth", service="intake", techniques="cuping").warnings
    assert "no therapist has all that the plan asks for (LMT, cuping)" in warning
    assert started(clinic, client="vera", service="intake", techniques="cupping").warnings == ()


def test_a_second_active_plan_of_the_same_service_is_a_warning(clinic: str) -> None:
    change(clinic, "p07", PlanStatus.PAUSED)
    assert started(clinic).warnings == ()
    (warning,) = started(clinic).warnings
    assert "'dina' already has the active care plan p10 of the service 'massage'" in warning
    assert started(clinic, service="intake").warnings == ()


@pytest.mark.parametrize(
    ("known", "new"),
    [
        ((), "p0001"),
        (("p0009", "p0330"), "p0331"),
        (("p99",), "p100"),
        (("A-7", "A-12", "x"), "A-13"),
        (("plan one",), "p0001"),
        (("1", "2"), "3"),
    ],
)
def test_ids_go_on_in_the_clinics_style(known: tuple[str, ...], new: str) -> None:
    assert next_id(known) == new


def test_all_faults_of_a_clearance_are_said_at_once(clinic: str) -> None:
    started(clinic, contraindications="malignancy;pregnancy")
    tomorrow = Clearance(" ", SATURDAY + timedelta(days=1))
    with pytest.raises(WishFaults) as caught:
        clear_plan(clinic, "p10", tomorrow, today=SATURDAY, now=NOW, who="mia")
    nobody, early, reason = caught.value.faults
    assert nobody.startswith("nobody is named who clears p10.")
    assert early.startswith("p10 can't have been cleared on 2027-02-28: today is 2027-02-27.")
    assert reason.startswith("the care plan p10 has malignancy on record, which speaks against")
    assert list_plans(clinic, client_id="dina", held=True)


def test_a_plan_is_paused_and_resumed(clinic: str) -> None:
    assert change(clinic, "p07", PlanStatus.PAUSED) == 1  # the promise of 1 March
    assert [line.plan_id for line in list_plans(clinic, status="paused")] == ["p07"]
    change(clinic, "p07", PlanStatus.ACTIVE)
    assert list_plans(clinic, status="paused") == ()


def test_a_discontinued_plan_stays_so(clinic: str) -> None:
    change(clinic, "p07", PlanStatus.DISCONTINUED)
    for status in (PlanStatus.ACTIVE, PlanStatus.PAUSED, PlanStatus.DISCONTINUED):
        with pytest.raises(OfficeError, match="p07 is discontinued"):
            change(clinic, "p07", status)


def test_a_plan_with_a_contraindication_is_held_until_it_is_cleared(each_clinic: str) -> None:
    assert [line.plan_id for line in list_plans(each_clinic, held=True)] == ["p09"]
    clear(each_clinic, "p09")
    assert list_plans(each_clinic, held=True) == ()
    plan = show_plan(each_clinic, "p09").plan
    assert (plan.cleared_by, plan.cleared_on) == ("Dr. Lee", SATURDAY)


def test_an_absolute_contraindication_takes_a_reason(clinic: str) -> None:
    plan_id = started(clinic, contraindications="pregnancy;malignancy").plan.plan_id
    assert show_plan(clinic, plan_id).absolute == ("malignancy",)
    for reason in (None, "  "):
        with pytest.raises(OfficeError, match=r"malignancy on record, .* without a reason"):
            clear(clinic, plan_id, reason=reason)
    clear(clinic, plan_id, reason="benign, biopsy of 3 March")
    assert show_plan(clinic, plan_id).clearance_reason == "benign, biopsy of 3 March"


def test_what_is_not_held_can_not_be_cleared(clinic: str) -> None:
    with pytest.raises(OfficeError, match="p07 has no contraindication on record"):
        clear(clinic, "p07")
    with pytest.raises(OfficeError, match="nobody is named"):
        clear(clinic, "p09", by=" ")
    clear(clinic, "p09")
    with pytest.raises(OfficeError, match=r"was cleared by Dr. Lee on 2027-02-27"):
        clear(clinic, "p09")


def test_a_sheet_shows_each_session_with_its_window(clinic: str) -> None:
    first, second = show_plan(clinic, "p07").sessions
    assert (first.state, first.opens, first.closes) == (
        "booked",
        date(2027, 3, 1),
        date(2027, 3, 8),
    )
    assert first.appointment is not None
    assert first.appointment.therapist == "Maya Rossi"
    assert (second.state, second.appointment) == ("open", None)


def test_unknown_plans_and_clients_are_named(clinic: str) -> None:
    with pytest.raises(UnknownIdError, match=r"no care plan 'p7'. Maybe 'p07'"):
        show_plan(clinic, "p7")
    with pytest.raises(UnknownIdError, match="no client 'nobody'"):
        list_plans(clinic, client_id="nobody")
