"""Regions are begun as they are read, only a few ahead, and the curves count all of them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from itertools import cycle

import pytest

from scheduler.board import Board, Region
from scheduler.crew import News, Solved, Task
from scheduler.engine import Limits, _waves, stream
from scheduler.facts import PlanStatus
from scheduler.local_crews import InThisProcess, local_crew
from scheduler.outcome import Measure
from tests.scheduler.runs import agree, busy, regions, scheduled
from tests.scheduler.tiny import (
    client,
    network,
    on,
    plan,
    problem,
    promise,
    therapist,
    two_clients,
)

WORK = Limits(seconds=None, rounds=1)


def test_only_a_few_regions_are_read_ahead() -> None:
    read = 0

    def one_by_one() -> Iterator[Region]:
        nonlocal read
        for number in range(9):
            read += 1
            yield Region(number, busy())

    done = 0
    with local_crew(1) as crew:
        for _ in stream(one_by_one(), Board(9), crew, WORK):
            assert read <= done + 1 + 2  # with the worker's own and two that wait for it
            done += 1
    assert (done, read) == (9, 9)


def test_each_region_gets_what_it_would_get_by_itself() -> None:
    alone = scheduled(busy(), rounds=1)
    with local_crew(1) as crew:
        both = list(stream([Region(0, busy()), Region(1, regions())], Board(2), crew, WORK))
    assert {region.number: it.points for region, it in both}[0] == alone.points
    for region, outcome in both:
        agree(region.problem, outcome)


def test_regions_that_are_not_read_yet_count_in_the_history_as_if_nothing_were_booked() -> None:
    heard: list[Measure] = []
    board = Board(2, heard.append)
    with local_crew(1) as crew:
        run = stream((Region(it, busy()) for it in range(2)), board, crew, WORK)
        outcomes = [outcome for _, outcome in run]
    last = board.history[-1]
    assert last.points == sum(it.points for it in outcomes)
    assert last.bound == sum(it.bound for it in outcomes)
    points = [it.points for it in board.history]
    assert points == sorted(points, reverse=True)
    assert board.stake == sum(it.stake for it in outcomes)
    assert len(board.history) == len(heard)


def test_curves_begin_with_the_points_of_what_is_settled() -> None:
    # Dina's first session stands on Monday, but not with Maya, whom she prefers: 15. Her second is
    # still to be booked, and was promised: 1000 and 500.
    facts = network(
        therapists=[therapist("maya"), therapist("omar")],
        clients=[client(preferred_therapist_id="maya")],
        care_plans=[plan("dina-plan", "2x1")],
        appointments=[promise("mon 09:00", therapist_id="omar"), promise("wed 09:00", number=2)],
    )
    heard: list[Measure] = []
    board = Board(2, heard.append)
    board.expect(0, problem(facts, as_of=on("tue")))
    board.expect(1, busy())
    board.note(News(1, points=0, booked=6))
    (first,) = heard
    assert (first.points, first.booked) == (1000 + 500 + 15, 1 + 6)


def test_a_long_history_keeps_every_second_measure() -> None:
    board = Board(1)
    board.expect(0, busy())
    outcome = scheduled(busy(), rounds=0)
    for _ in range(2500):
        board._measure()
    board.finish(0, outcome)
    assert 500 <= len(board.history) <= 1002
    assert board.history[-1].points == outcome.points


def test_a_region_with_nothing_in_scope_has_the_points_of_what_stands() -> None:
    paused = two_clients(care_plans=[plan("dina-plan", "2x2", status=PlanStatus.PAUSED)])
    with local_crew(2) as crew:
        ((_, outcome),) = stream([Region(0, problem(paused))], Board(1), crew, WORK)
    assert (outcome.in_scope, outcome.points, outcome.bound, outcome.visits) == (0, 0, 0, ())


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stop_between_regions_still_gives_each_a_schedule(workers: int) -> None:
    asked = [Region(number, busy()) for number in range(4)]
    done = 0
    with local_crew(workers) as crew:
        limits = Limits(seconds=600)
        for region, outcome in stream(asked, Board(4), crew, limits, stop=lambda: True):
            assert outcome.interrupted
            agree(region.problem, outcome)
            done += 1
    assert done == 4


class Listening:
    """Two who take turns, and note which regions they hear are solved."""

    workers = 2

    def __init__(self, *hands: InThisProcess) -> None:
        self._hands, self._turns = hands, cycle(hands)
        self.heard: set[int] = set()

    def submit(self, task: Task) -> Future[Solved]:
        return next(self._turns).submit(task)

    def news(self) -> Iterator[News]:
        for hand in self._hands:
            yield from hand.news()

    def halt(self) -> None:
        for hand in self._hands:
            hand.halt()

    def solved(self, region: int) -> None:
        self.heard.add(region)


def test_only_a_region_that_two_work_at_is_called_solved() -> None:
    # Regions of one task share their switches with it: it would end before it has begun. The last
    # one's proof goes on beside its search, which nobody ends before its time is up.
    asked = [Region(number, busy()) for number in range(3)]
    with InThisProcess() as one, InThisProcess() as other:
        two = Listening(one, other)
        list(stream(asked, Board(3), two, Limits(seconds=4)))
    assert two.heard == {2}


def test_the_time_is_shared_out_so_that_no_worker_idles() -> None:
    # In waves of 1 a region; the last odd one is done by both workers, in half the time.
    assert [_waves(regions, 2) for regions in (1, 2, 3, 5)] == [0.5, 1.0, 1.5, 2.5]
    # Of four workers two can't share three regions, so one has to idle.
    assert [_waves(regions, 4) for regions in (1, 2, 3, 9)] == [0.5, 0.5, 1.0, 2.5]
