"""What peers make of tiny problems: no rule is broken, and they count as the verifier does."""

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from bench.judging import judge
from bench.peers.cpsat.objective import points_of
from bench.peers.cpsat.rules import add_rules
from bench.peers.cpsat.sessions import Sessions
from bench.peers.desk import Desk
from bench.peers.front_desk import booked_desk
from bench.peers.instance import Order
from bench.peers.ruin_and_recreate import step
from bench.peers.snapshots import Log, Snapshot, rows_of, snapshots_in
from bench.peers.spacing import far_enough
from office.exchange import write_folder
from scheduler.activities import find_activities
from scheduler.engine import Limits, schedule
from scheduler.facts import AppointmentStatus
from scheduler.outcome import Scheduled
from scheduler.problem import Problem
from scheduler.visits import visits_at
from tests.scheduler.networks import problems
from tests.scheduler.tiny import (
    MONDAY,
    completed,
    network,
    plan,
    problem,
    promise,
    shift,
    two_clients,
    two_clinics,
)
from tests.scheduler.verdict import judged

WITHOUT_ENVIRONMENT = ("ours", "front_desk", "ruin_and_recreate", "cpsat")


def order_for(folder: Path, seconds: float) -> Order:
    return Order(folder / "facts", folder / "out.jsonl", MONDAY, 1, MONDAY, 15, seconds, 0)


@pytest.mark.parametrize("peer", WITHOUT_ENVIRONMENT)
def test_a_peer_books_what_can_be_booked_and_breaks_no_rule(peer: str, tmp_path: Path) -> None:
    order = order_for(tmp_path, 2)
    write_folder(two_clinics(), order.folder)
    command = [sys.executable, "-m", f"bench.peers.{peer}", *order.arguments]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2])
    (found,) = judge(order, [60])
    assert (found.booked, found.in_scope, found.findings) == (2, 2, 0)


@settings(max_examples=60)
@given(problems(), st.integers(0, 9))
def test_front_desk_and_ruin_and_recreate_count_as_the_verifier_does(
    asked: Problem, seed: int
) -> None:
    assume(not asked.settled)
    desk, random = booked_desk(asked), Random(seed)
    for warmth in (0.0, 300.0, 300.0, 300.0, 3.0):
        report = judged(asked, desk.visits)
        assert report.findings == ()
        assert report.points == desk.points
        step(desk, random, warmth)


def test_the_desk_counts_the_changes_of_clinic_of_what_stands() -> None:
    facts = two_clinics(
        appointments=[
            completed("mon 09:00"),
            completed("mon 13:00", key="ruth-plan", room_id="south-1"),
        ]
    )
    asked = problem(facts)
    assert Desk(asked).points == judged(asked, ()).points == 25


def test_ruin_and_recreate_takes_a_worse_schedule_only_when_it_is_warm() -> None:
    # Both want 09:00 to 12:00 with Maya; both have their promise, which costs 200 to move.
    asked = problem(two_clients(appointments=[promise("mon 09:00")]))
    desk, random = booked_desk(asked), Random(1)
    points = desk.points
    for _ in range(20):
        step(desk, random, 0.0)
        assert desk.points <= points


@settings(max_examples=12)
@given(problems())
def test_cp_sat_is_asked_for_the_points_of_the_contract(asked: Problem) -> None:
    assume(asked.sessions and not any(asked.is_held(s) for s in asked.sessions))
    assume(all(a.status is not AppointmentStatus.BOOKED for a in asked.standing))
    assume(not any(asked.is_open(a.starts_at.date()) for a in asked.standing))
    sessions = Sessions(asked)
    add_rules(sessions)
    sessions.model.minimize(points_of(sessions))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 3
    assume(solver.solve(sessions.model) == cp_model.OPTIMAL)
    columns = sessions.columns(dict(enumerate(solver.response_proto.solution)))
    report = judged(asked, visits_at(sessions.activities, columns))
    assert report.findings == ()
    assert report.points == round(solver.objective_value)
    ours = schedule(asked, Limits(seconds=None, rounds=3), workers=1)
    assert isinstance(ours, Scheduled)
    assert ours.bound <= report.points <= ours.points


@pytest.mark.parametrize(("standing", "left"), [(1, {4}), (2, {0})])
def test_a_session_keeps_two_days_from_the_one_that_stands_on_wednesday(
    standing: int, left: set[int]
) -> None:
    facts = network(
        shifts=shift(days="mon tue wed thu fri"),
        care_plans=[plan(phases="2x1")],
        appointments=[completed("wed 09:00", standing)],
    )
    activities = find_activities(problem(facts))
    days = activities.day[: activities.slots]
    assert set(days.tolist()) == {0, 1, 2, 3, 4}
    assert set(days[far_enough(activities)].tolist()) == left


def test_what_comes_in_quick_succession_is_written_once_and_dated_when_it_was_found(
    tmp_path: Path,
) -> None:
    asked = problem(network(care_plans=[plan()]))
    with Log(tmp_path / "out.jsonl") as log:
        log.better(lambda: rows_of(asked, ()))
        for _ in range(50):
            log.better(lambda: rows_of(asked, ()), 7)
        last = log.seconds
    first, second = snapshots_in(tmp_path / "out.jsonl")
    assert first.bound is None
    assert second.bound == 7
    assert first.seconds <= second.seconds <= last + 0.001


def test_a_line_that_was_cut_off_is_none(tmp_path: Path) -> None:
    whole = json.dumps({"seconds": 1.0, "bound": 5, "appointments": None})
    (tmp_path / "out.jsonl").write_text(f'{whole}\n{{"seconds": 2.0, "bou', encoding="utf-8")
    assert list(snapshots_in(tmp_path / "out.jsonl")) == [Snapshot(1.0, 5)]
    assert list(snapshots_in(tmp_path / "none.jsonl")) == []
