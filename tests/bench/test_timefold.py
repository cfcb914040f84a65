"""The Python side of the peer Timefold; its Java side is tested by check_timefold.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bench.peers.timefold.answer import AnswerError, Reader
from bench.peers.timefold.candidates import NONE, find_ways
from bench.peers.timefold.question import Question
from bench.peers.timefold.standing import find_standing
from bench.peers.timefold.virtual_machine import FailedError, NotReadyError, command, running
from scheduler.activities import find_activities
from scheduler.facts import Network
from scheduler.visits import visits_at
from tests.scheduler.tiny import (
    completed,
    network,
    plan,
    problem,
    promise,
    room,
    shift,
    therapist,
    two_clients,
    two_clinics,
)


def with_adjustments() -> Network:
    """Dina's massage is followed by an adjustment with Ivo, who has the morning from 10 on."""
    return network(
        rooms=[room("north-1"), room("north-9", "adjusting")],
        therapists=[therapist(), therapist("ivo", credentials=frozenset({"DC"}))],
        shifts=[*shift(), *shift("ivo", hours="10:00-12:00")],
        care_plans=[plan(companion_service_id="adjustment")],
    )


def test_sessions_share_the_values_that_mean_the_same() -> None:
    # Maya's 09:00 to 10:45 on Monday, eight starts, are open to both clients.
    ways = find_ways(find_activities(problem(two_clients())))
    assert len(ways.session) == 16
    assert sorted(set(ways.value.tolist())) == list(range(8))


def test_the_cheapest_values_come_first() -> None:
    # Twenty points more away from home; nobody is preferred.
    activities = find_activities(problem(two_clinics()))
    ways = find_ways(activities)
    home = activities.location[ways.column[ways.session == 0]] == 0
    assert home.any()
    assert not home.all()
    assert sorted(home, reverse=True) == home.tolist()


def test_a_companion_is_part_of_the_value() -> None:
    activities = find_activities(problem(with_adjustments()))
    ways = find_ways(activities)
    paired = ways.companion != NONE
    waits = (
        activities.start[ways.companion[paired]]
        - activities.start[ways.column[paired]]
        - 60  # minutes of a massage
    )
    assert set(waits.tolist()) == {0, 15, 30}
    # 150 points are better not paid: pairs come before the slots alone
    assert sorted(paired, reverse=True) == paired.tolist()
    assert not paired.all()


def test_the_search_begins_where_the_client_was_promised_to_come() -> None:
    facts = two_clients(appointments=[promise("mon 09:30", key="ruth-plan")])
    activities = find_activities(problem(facts))
    ways = find_ways(activities)
    dina, ruth = ways.start.tolist()
    assert dina == NONE
    assert activities.clock[ways.column[ruth]] == 9 * 60 + 30


def test_a_held_companion_is_not_left_behind() -> None:
    held = promise(
        "mon 10:00",
        appointment_id="held",
        service_id="adjustment",
        therapist_id="ivo",
        room_id="north-9",
        minutes=20,
        pinned=True,
    )
    facts = network(**{**vars_of(with_adjustments()), "appointments": [held]})
    activities = find_activities(problem(facts))
    ways = find_ways(activities)
    at_nine = activities.clock[ways.column] == 9 * 60
    assert (ways.companion[at_nine] != NONE).all()
    assert (ways.companion[activities.clock[ways.column] == 9 * 60 + 15] == NONE).all()


def vars_of(facts: Network) -> dict[str, tuple[object, ...]]:
    return {name: getattr(facts, name) for name in facts.__slots__}


def test_history_stands_and_is_not_counted() -> None:
    facts = network(
        care_plans=[plan(phases="1x2", start_date=problem().horizon.start)],
        appointments=[completed("mon 09:00", 1)],
    )
    (stander,) = find_standing(find_activities(problem(facts, weeks=2)))
    assert stander.session is not None
    assert (stander.counts, stander.clock, stander.in_horizon) == (False, 540, True)


# The file -----------------------------------------------------------------------------------


def numbers_of(question: Question, folder: Path) -> Iterator[int]:
    question.write(folder / "question")
    return iter(np.fromfile(folder / "question", dtype=">i4").tolist())


def rows(numbers: Iterator[int], width: int) -> list[list[int]]:
    return [[next(numbers) for _ in range(width)] for _ in range(next(numbers))]


def listed(numbers: Iterator[int], count: int) -> list[list[int]]:
    return [[next(numbers) for _ in range(next(numbers))] for _ in range(count)]


def test_the_file_is_read_to_its_end_by_the_widths_of_its_tables(tmp_path: Path) -> None:
    facts = two_clinics(appointments=[promise("mon 09:30", 1), completed("mon 14:00", 9)])
    numbers = numbers_of(Question(problem(facts)), tmp_path)
    assert [next(numbers) for _ in range(9)] == [500, 200, 150, 60, 15, 20, 10, 5, 25]
    assert listed(numbers, next(numbers)) == [[0, 25], [25, 0]]
    assert listed(numbers, next(numbers)) == [[1], [1]]  # rooms by kind: massage
    assert listed(numbers, next(numbers)) == [[0, 7]]
    assert rows(numbers, 3) == [[0, 0, 2400]]
    # Shifts from 09:00 to 17:00 ask for a meal between 11:00 and 15:00.
    assert rows(numbers, 6) == [[0, 0, 0, 480, 660, 900]]
    treatments = rows(numbers, 3)
    assert [60, 15, 0] in treatments
    assert len(rows(numbers, 3)) == 3  # rhythms
    assert len(rows(numbers, 1)) == 2  # plans
    slots = rows(numbers, 7)
    visits = [
        ([next(numbers) for _ in range(14)], listed(numbers, 1)) for _ in range(next(numbers))
    ]
    assert len(visits) == 3  # two sessions, and what happened on Monday
    assert all(choice < len(slots) for _, (choices,) in visits for choice in choices)
    assert next(numbers, None) is None


# What comes back ----------------------------------------------------------------------------


def test_a_line_is_read_as_visits_with_rooms() -> None:
    question = Question(problem(two_clients()))
    reader = Reader(question.activities, question.ways)
    answer = reader.read("5 0 0\n")
    assert answer.points == 5
    dina, ruth = visits_at(question.activities, answer.columns)
    assert (dina.plan_id, ruth.plan_id) == ("dina-plan", "ruth-plan")
    assert dina.starts_at == ruth.starts_at
    assert {dina.room_id, ruth.room_id} == {"north-1", "north-2"}


def test_an_unbooked_session_has_no_visit() -> None:
    question = Question(problem(two_clients()))
    reader = Reader(question.activities, question.ways)
    assert reader.read("2000 -1 -1").columns == ()


def test_a_value_that_is_no_candidate_is_refused() -> None:
    question = Question(problem(two_clients()))
    reader = Reader(question.activities, question.ways)
    with pytest.raises(AnswerError, match="session 1 has the value 99"):
        reader.read("0 0 99")


def test_without_timefold_it_is_said_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(NotReadyError, match=r"make \.bench/timefold/ready"):
        command(tmp_path / "question", 1.0, 0, home=tmp_path)


def test_lines_come_until_the_program_fails() -> None:
    lines: list[str] = []
    with (
        pytest.raises(FailedError, match="code 3"),
        running(["sh", "-c", "echo one; exit 3"]) as printed,
    ):
        lines += printed
    assert lines == ["one\n"]
