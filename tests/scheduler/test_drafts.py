"""A run that starts from a draft: it is never made worse, and never trusted."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given, settings

from scheduler.problem import Problem
from tests.scheduler.networks import problems
from tests.scheduler.runs import agree, scheduled
from tests.scheduler.tiny import WORKDAYS, at, network, plan, problem, shift


@settings(max_examples=25)
@given(problems())
def test_a_draft_to_start_from_is_never_made_worse(asked: Problem) -> None:
    assume(asked.in_scope)
    draft = scheduled(asked, rounds=4)
    again = scheduled(asked, rounds=0, start=draft.visits, stop=lambda: True)
    agree(asked, again)
    assert again.points <= draft.points


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
