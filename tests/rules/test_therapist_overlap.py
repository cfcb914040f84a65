"""``therapist-overlap``: a therapist's appointments, with changeover, do not overlap."""

from __future__ import annotations

from dataclasses import replace

from scheduler.facts import AppointmentStatus
from tests.scheduler.both import book, broken
from tests.scheduler.tiny import (
    completed,
    network,
    no_show,
    plan,
    problem,
    room,
    shift,
    therapist,
    two_clients,
)

RULE = {"therapist-overlap"}
CANCELLED = AppointmentStatus.CANCELLED

ASKED = problem(two_clients())


def test_the_next_starts_when_the_changeover_is_over() -> None:
    # 09:00 + 60 + 15 = 10:15.
    first = book("mon 09:00")
    assert broken(ASKED, first, book("mon 10:15", plan="ruth-plan")) == set()
    assert broken(ASKED, first, book("mon 10:00", plan="ruth-plan")) == RULE
    assert broken(ASKED, first, book("mon 09:00", plan="ruth-plan")) == RULE


def test_it_is_the_changeover_of_the_earlier_one() -> None:
    # An intake takes 75 + 15: 09:00 + 90 = 10:30.
    facts = two_clients(care_plans=[plan(intake_service_id="intake"), plan("ruth-plan")])
    assert broken(problem(facts), book("mon 09:00"), book("mon 10:15", plan="ruth-plan")) == RULE
    assert broken(problem(facts), book("mon 09:00"), book("mon 10:30", plan="ruth-plan")) == set()


def test_two_therapists_may_work_at_once() -> None:
    facts = two_clients(
        therapists=[therapist("maya"), therapist("omar")], shifts=[*shift(), *shift("omar")]
    )
    other = book("mon 09:00", plan="ruth-plan", therapist="omar")
    assert broken(problem(facts), book("mon 09:00"), other) == set()


def test_what_happened_today_took_its_time() -> None:
    # 09:15 + 60 + 15 = 10:30; a no-show was waited for, a cancelled one was not.
    for row, rules in (
        (completed("mon 09:15", key="ruth-plan"), RULE),
        (no_show("mon 09:15", key="ruth-plan"), RULE),
        (replace(completed("mon 09:15", key="ruth-plan"), status=CANCELLED), set()),
    ):
        asked = problem(two_clients(appointments=[row]))
        assert broken(asked, book("mon 10:15")) == rules
        assert broken(asked, book("mon 10:30")) == set()


def test_a_companion_waits_for_the_changeover_of_its_own_therapist() -> None:
    # One therapist does both: 09:00 + 60 + 15 = 10:15. Another could start at 10:00.
    both = therapist(credentials=frozenset({"LMT", "DC"}))
    facts = network(
        rooms=[room("north-1"), room("north-2", "adjusting")],
        therapists=[both, therapist("ivo", credentials=frozenset({"DC"}))],
        shifts=[*shift(), *shift("ivo")],
        care_plans=[plan(companion_service_id="adjustment")],
    )
    session = book("mon 09:00")
    assert broken(problem(facts), session, book("mon 10:00", companion=True)) == RULE
    assert broken(problem(facts), session, book("mon 10:15", companion=True)) == set()
    other = book("mon 10:00", therapist="ivo", companion=True)
    assert broken(problem(facts), session, other) == set()
