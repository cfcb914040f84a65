"""A run that starts from a draft: it is never made worse, and never trusted."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given, settings

from scheduler.facts import Priority
from scheduler.problem import Problem
from tests.scheduler.networks import problems
from tests.scheduler.runs import agree, scheduled
from tests.scheduler.tiny import (
    WORKDAYS,
    at,
    client,
    network,
    plan,
    problem,
    promise,
    shift,
    therapist,
    two_clients,
)


@settings(max_examples=25)
@given(problems())
def test_a_draft_to_start_from_is_never_made_worse(asked: Problem) -> None:
    assume(asked.in_scope)
    draft = scheduled(asked, rounds=4)
    again = scheduled(asked, rounds=0, start=draft.visits, stop=lambda: True)
    agree(asked, again)
    assert again.points <= draft.points


def test_a_draft_that_is_older_than_the_promises_is_not_where_a_search_begins() -> None:
    # The draft has Dina on Tuesday; since then she was promised Monday, and moving her costs.
    facts = network(
        shifts=shift(days="mon tue"),
        care_plans=[plan(phases="1x1")],
        appointments=[promise("mon 09:00")],
    )
    old = replace(facts, appointments=(promise("tue 09:00"),))
    draft = scheduled(problem(old))
    begun = scheduled(problem(facts), rounds=0, start=draft.visits, stop=lambda: True)
    agree(problem(facts), begun)
    assert [visit.starts_at for visit in begun.visits] == [at("mon 09:00")]


def test_what_was_promised_is_where_a_search_begins() -> None:
    # Maya and Omar have one hour each, at 09:00. Dina was promised Maya's; Ruth, whose plan is
    # urgent and so comes first, would rather have Maya too, but 15 points against 200.
    asked = problem(
        two_clients(
            therapists=[therapist("maya"), therapist("omar")],
            shifts=[*shift("maya", hours="09:00-10:15"), *shift("omar", hours="09:00-10:15")],
            clients=[client("dina"), client("ruth", preferred_therapist_id="maya")],
            care_plans=[plan("dina-plan"), plan("ruth-plan", priority=Priority.URGENT)],
            appointments=[promise("mon 09:00", key="dina-plan")],
        )
    )
    begun = scheduled(asked, rounds=0, stop=lambda: True)
    agree(asked, begun)
    with_whom = {visit.plan_id: visit.therapist_id for visit in begun.visits}
    assert with_whom == {"dina-plan": "maya", "ruth-plan": "omar"}


@settings(max_examples=25)
@given(problems(), problems())
def test_a_draft_of_other_facts_does_no_harm(asked: Problem, other: Problem) -> None:
    assume(asked.in_scope)
    assume(other.in_scope)
    draft = scheduled(other)
    agree(asked, scheduled(asked, rounds=0, start=draft.visits, stop=lambda: True))


def test_a_draft_with_sessions_too_close_is_not_kept_as_it_is() -> None:
    # Twice a week asks for two days; a draft of other phases had Monday and Tuesday.
    asked = problem(network(shifts=shift(days=WORKDAYS), care_plans=[plan(phases="2x1")]))
    visit = scheduled(problem()).visits[0]
    draft = [
        replace(visit, session_number=1, starts_at=at("mon 09:00")),
        replace(visit, session_number=2, starts_at=at("tue 09:00")),
    ]
    agree(asked, scheduled(asked, start=draft, stop=lambda: True))
