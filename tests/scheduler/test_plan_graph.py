"""The graph of a plan: nodes, steps and jumps, legs around what stands, and tracks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scheduler.facts import Appointment
from scheduler.kernels.paths import NEVER
from scheduler.model import Model, build
from scheduler.plan_graph import PlanGraph
from tests.scheduler.tiny import (
    completed,
    network,
    on,
    plan,
    problem,
    promise,
    shift,
    therapist,
)


def model(
    phases: str,
    appointments: Iterable[Appointment] = (),
    days: str = "mon tue thu",
    as_of: str = "mon",
    **fields: Any,
) -> Model:
    """Dina's plan, and Maya with one start on each of the days of two weeks."""
    facts = network(
        therapists=[therapist("maya"), therapist("omar")],
        shifts=[*shift("maya", days, "09:00-10:15"), *shift("omar", "thu", "09:00-10:15")],
        care_plans=[plan(phases=phases, **fields)],
        appointments=appointments,
    )
    return build(problem(facts, weeks=2, as_of=on(as_of)))


def graph(*arguments: Any, **options: Any) -> PlanGraph:
    return model(*arguments, **options).plans[0].graph


def edges(of: PlanGraph, kind: str) -> list[tuple[int, int, float]]:
    """The steps or jumps between layers."""
    joins = getattr(of, kind)
    return [(of.nodes[a].layer, of.nodes[b].layer, points) for a, b, points in joins]


def test_steps_keep_the_spacing_and_carry_the_cadence() -> None:
    # Monday to Thursday 3 days; Tuesday to Thursday 2, a day too few; Monday to Tuesday too close.
    assert sorted(edges(graph("2x1"), "steps")) == [(0, 1, 0.0), (0, 1, 10.0)]


def test_jumps_carry_what_is_not_booked() -> None:
    # Four sessions in two weeks: from session 1 on Thursday over 2 to 3 on Monday, and so on.
    points = {points for first, last, points in edges(graph("2x2"), "jumps") if last == first + 2}
    assert points == {1000.0}


def test_every_therapist_beyond_the_first_costs_points() -> None:
    of = graph("2x1")
    assert of.known == ()
    assert of.therapist_points[:4] == (0, 0, 60, 120)


def test_who_was_there_before_is_the_first() -> None:
    of = graph("2x1", [completed("mon 09:00")], as_of="tue")
    assert of.known == (0,)
    assert of.therapist_points[:4] == (0, 0, 60, 120)


def test_what_stands_cuts_a_plan_into_legs() -> None:
    # Session 2 was promised for Monday and is settled: session 1 before it, 3 and 4 after it.
    of = graph("2x2", [promise("mon 09:00", 2)], as_of="tue")
    assert of.sessions == (0, 1, 2)
    assert of.legs == 2
    # Session 1 can't come before Monday any more: the only way out of its leg books nothing.
    assert {node for _, node, _ in of.exits} == {-1}
    assert {points for _, _, points in of.exits} == {1000.0}


def test_a_leg_begins_with_the_distance_to_what_stands() -> None:
    # Session 1 was on Tuesday: Thursday is 2 days later, a day too few.
    of = graph("2x1", [completed("tue 09:00")], as_of="wed")
    assert {(node.begin, node.begin_clock) for node in of.nodes} == {(10.0, 540)}
    # On Wednesday: Thursday is too close.
    of = graph("2x1", [completed("wed 09:00")], as_of="wed")
    assert {(node.begin, node.begin_clock) for node in of.nodes} == {(NEVER, None)}


def test_few_visits_have_a_track_for_each_number_of_them() -> None:
    # No, one or two visits.
    of = graph("2x2", authorised_visits=2)
    assert len(of.track_leg) == 3
    assert of.track_before[:3] == [-1, 0, 1]
    assert {node.track for node in of.nodes} == {1, 2}


def test_enough_visits_need_no_counting() -> None:
    assert graph("2x2", authorised_visits=4).track_before == [-1]


def test_no_visits_leave_no_nodes() -> None:
    assert graph("2x2", authorised_visits=0).nodes == []
