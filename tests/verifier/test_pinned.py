from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.verifier.tiny import (
    PLANNING,
    Network,
    Row,
    add,
    booked,
    breaches,
    change,
    completed,
    network,
)

RULE = "pinned"

# Dina on Tuesday 2 March at 09:00 with Maya at Northgate.
PIN = booked("a", "2027-03-02T09:00", pinned="yes")


def now(tables: Network, *schedule: Row) -> list[tuple[str, ...]]:
    return breaches(RULE, tables, schedule=list(schedule), planning=PLANNING)


def moved(**cells: Any) -> Row:
    return {**PIN, "appointment_id": "b", **cells}


def test_a_pin_that_stays_is_fine_whatever_its_id() -> None:
    assert now(network(PIN), PIN) == []
    assert now(network(PIN), moved()) == []


def test_the_room_may_change() -> None:
    assert now(network(PIN), moved(room_id="north-2")) == []


def test_start_therapist_and_location_may_not() -> None:
    assert now(network(PIN), moved(starts_at="2027-03-02T09:15")) == [("a", "b")]
    assert now(network(PIN), moved(starts_at="2027-03-03T09:00")) == [("a", "b")]
    assert now(network(PIN), moved(therapist_id="omar")) == [("a", "b")]
    assert now(network(PIN), moved(room_id="south-1")) == [("a", "b")]


def test_what_is_not_pinned_may_move() -> None:
    promise = {**PIN, "pinned": "no"}
    assert now(network(promise), moved(starts_at="2027-03-03T09:00")) == []
    assert now(network(promise)) == []


def test_a_promise_in_the_freeze_window_is_a_pin() -> None:
    # Planned on Saturday 27 February: four days are 27 and 28 February, 1 and 2 March.
    promise = {**PIN, "pinned": "no"}
    for days, expected in ((4, [("a", "b")]), (3, [])):
        planning = replace(PLANNING, freeze_days=days)
        schedule = [moved(starts_at="2027-03-03T09:00")]
        found = breaches(RULE, network(promise), schedule=schedule, planning=planning)
        assert found == expected


def test_a_pin_is_not_lost_without_need() -> None:
    assert now(network(PIN)) == [("a",)]


def test_a_pin_that_breaks_a_rule_may_be_lost_but_not_moved() -> None:
    tables = network(PIN)
    add(tables, "closures", location_id="north", date="2027-03-02", reason="")
    assert now(tables) == []
    assert now(tables, moved(starts_at="2027-03-03T09:00")) == [("a", "b")]


def test_what_others_would_like_is_no_reason_to_lose_a_pin() -> None:
    # Ruth has Maya at 09:00 now: she is no pin, so Dina's pin was possible.
    ruth = booked("b", "2027-03-02T09:00", plan="ruth-plan")
    assert now(network(PIN), ruth) == [("a",)]


def test_of_two_pins_that_exclude_each_other_one_may_be_lost() -> None:
    # 09:00 + 75 = 10:15 for Maya; at 10:14 they overlap, at 10:15 they do not.
    for start, expected in (("10:14", []), ("10:15", [("a",)])):
        other = booked("b", f"2027-03-02T{start}", plan="ruth-plan", pinned="yes")
        assert now(network(PIN, other), other) == expected


def test_history_may_make_a_pin_impossible() -> None:
    # Session 2 took place on 1 March, and needs 4 days after session 1.
    past = completed("b", "2027-03-01T09:00", number=2)
    assert now(network(PIN, past), past) == []


def test_a_taken_room_is_no_reason_while_there_is_another() -> None:
    # Northgate has two massage rooms for Dina and Ruth; without the second there is a reason.
    other = booked("b", "2027-03-02T09:00", plan="ruth-plan", therapist="omar", pinned="yes")
    tables = network(PIN, other)
    assert now(tables, other) == [("a",)]
    tables["rooms"] = [row for row in tables["rooms"] if row["room_id"] != "north-2"]
    assert now(tables, other) == []


def test_a_room_is_free_again_after_the_changeover() -> None:
    # One room, taken 09:00-10:15 with changeover, and by Ruth from 10:15 or until 09:00.
    for start, lost in (("10:15", True), ("10:14", False), ("07:45", True), ("07:46", False)):
        other = booked("b", f"2027-03-02T{start}", plan="ruth-plan", therapist="omar", pinned="yes")
        tables = network(PIN, other)
        tables["rooms"] = [row for row in tables["rooms"] if row["room_id"] != "north-2"]
        assert now(tables, other) == ([("a",)] if lost else [])


def test_a_crowd_after_the_changeover_is_no_reason() -> None:
    # One room, which Dina leaves at 10:15; two others want it from then on, or from 10:14.
    for start, expected in (("10:15", [("a",)]), ("10:14", [])):
        others = [
            booked(
                f"b{number}",
                f"2027-03-02T{start}",
                plan="ruth-plan",
                number=number,
                therapist="omar",
                pinned="yes",
            )
            for number in (1, 2)
        ]
        tables = network(PIN, *others)
        tables["rooms"] = [row for row in tables["rooms"] if row["room_id"] != "north-2"]
        assert now(tables, *others) == expected


def test_rooms_elsewhere_and_of_another_kind_are_not_the_ones_in_demand() -> None:
    # Dina's is Northgate's only massage room; Ruth is at Southgate, or has an adjustment.
    for service, room in (("massage", "south-1"), ("adjustment", "north-3")):
        other = booked(
            "b",
            "2027-03-02T09:00",
            plan="ruth-plan",
            service=service,
            therapist="ivo",
            room=room,
            pinned="yes",
        )
        tables = change(network(PIN, other), "care_plans", "ruth-plan", service_id=service)
        tables["rooms"] = [row for row in tables["rooms"] if row["room_id"] != "north-2"]
        assert now(tables, other) == [("a",)]


def test_another_service_of_the_plan_is_no_reason() -> None:
    # Session 1 is an intake of 75 minutes now: 09:00-10:15, which is possible.
    tables = network(PIN)
    change(tables, "care_plans", "dina-plan", intake_service_id="intake")
    assert now(tables, moved(service_id="intake", minutes="75")) == []
    assert now(tables) == [("a",)]


def test_a_session_that_took_place_after_all_needs_its_pin_no_more() -> None:
    past = completed("b", "2027-03-02T11:00")
    assert now(network(PIN, past), past) == []


def test_a_settled_pin_is_not_counted_twice() -> None:
    # Planned on Tuesday, so Dina's Monday is settled. Her 60 minutes and Ruth's 60 are 120 in
    # the week, which is the limit; Dina's counted twice would make 180.
    monday = booked("a", "2027-03-01T09:00", pinned="yes")
    other = booked("b", "2027-03-02T09:00", plan="ruth-plan", pinned="yes")
    tables = change(network(monday, other), "therapists", "maya", max_minutes_per_week="120")
    tuesday = replace(PLANNING, as_of=date(2027, 3, 2))
    assert breaches(RULE, tables, schedule=[monday], planning=tuesday) == [("b",)]


def test_a_longer_service_is_no_reason_while_the_longer_session_fits() -> None:
    # Massages take 90 minutes now: the pin stays at 09:00 and ends at 10:30.
    tables = network(PIN)
    change(tables, "services", "massage", minutes="90")
    assert now(tables, moved(minutes="90")) == []
    assert now(tables) == [("a",)]


def test_a_plan_that_was_paused_lets_its_pins_go() -> None:
    assert now(change(network(PIN), "care_plans", "dina-plan", status="paused")) == []


def test_a_plan_that_is_held_lets_its_pins_go() -> None:
    tables = change(network(PIN), "care_plans", "dina-plan", contraindications="pregnancy")
    assert now(tables) == []


def test_a_companion_is_pinned_like_a_session() -> None:
    session = {**PIN, "pinned": "no"}
    companion = booked(
        "c",
        "2027-03-02T10:00",
        service="adjustment",
        therapist="ivo",
        room="north-3",
        pinned="yes",
    )
    tables = network(session, companion)
    change(tables, "care_plans", "dina-plan", companion_service_id="adjustment")
    assert now(tables, session, companion) == []
    assert now(tables, session) == [("c",)]
    later = {**companion, "appointment_id": "d", "starts_at": "2027-03-02T10:15"}
    assert now(tables, session, later) == [("c", "d")]
    # Its session went elsewhere, and left it behind.
    assert now(tables, moved(starts_at="2027-03-04T09:00")) == []


def test_without_a_planning_pins_are_kept_too() -> None:
    schedule = [moved(starts_at="2027-03-03T09:00")]
    assert breaches(RULE, network(PIN), schedule=schedule) == [("a", "b")]


def test_the_published_record_keeps_its_own_pins() -> None:
    assert breaches(RULE, network(PIN), planning=PLANNING) == []
