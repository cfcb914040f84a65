"""A dive finds whole appointments where the relaxation takes halves, and its support holds them."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from scipy import sparse

from scheduler import remake
from scheduler.dive import dive
from scheduler.model import build
from scheduler.problem import Problem
from scheduler.relaxation import Relaxation
from scheduler.search import Search
from scheduler.solvers import best_choice
from scheduler.window import Window
from tests.scheduler.networks import Size, problems
from tests.scheduler.remaking import remake_places
from tests.scheduler.verdict import assert_sound

# Three sessions want two hours each; any two of them meet in a row that has room for one.
PAIRS = sparse.csr_array(np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]]))
ROOM = np.ones(3, dtype=np.int64)
ALIKE = np.full(3, 10.0)


def test_a_relaxation_takes_halves() -> None:
    relaxation = Relaxation(PAIRS, ROOM, ALIKE, PAIRS[:0])
    assert relaxation.solve()
    assert relaxation.taken.tolist() == [0.5, 0.5, 0.5]
    assert relaxation.saved == 15.0


def test_it_goes_on_when_a_group_is_held_and_columns_are_closed() -> None:
    everything = sparse.csr_array(np.ones((1, 3)))
    relaxation = Relaxation(PAIRS, ROOM, np.array([10.0, 11.0, 12.0]), everything)
    assert relaxation.solve()
    relaxation.take(np.array([0]), np.ones(1), np.ones(1))
    assert relaxation.solve()
    assert (relaxation.saved, relaxation.taken.tolist()) == (12.0, [0.0, 0.0, 1.0])
    relaxation.close(np.array([False, False, True]))
    assert relaxation.solve()
    assert (relaxation.saved, relaxation.taken.tolist()) == (11.0, [0.0, 1.0, 0.0])


def test_it_says_so_where_nothing_is_left_and_keeps_what_it_had() -> None:
    everything = sparse.csr_array(np.ones((1, 3)))
    relaxation = Relaxation(PAIRS, ROOM, ALIKE, everything)
    assert relaxation.solve()
    relaxation.take(np.array([0]), np.full(1, 2.0), np.full(1, 2.0))
    assert not relaxation.solve()
    assert relaxation.taken.tolist() == [0.5, 0.5, 0.5]


def _window(saves: list[float], now: list[bool]) -> Window:
    nobody = np.full(3, -1)
    nothing = np.zeros(0, dtype=np.int64)
    return Window(np.arange(3), nobody, nothing, np.array(saves), PAIRS, ROOM, np.array(now))


def test_the_load_of_a_day_is_rounded() -> None:
    # All with one therapist on one day: one and a half of them become one or two. Two can't be.
    window = _window([10.0, 11.0, 12.0], now=[False, False, False])
    one = np.zeros(3, dtype=np.int64)
    support = dive(window, therapist=one, day=one, session=np.arange(3))
    assert support is not None
    kept = np.flatnonzero(support)
    chosen = best_choice(
        window.rows[:, kept].tocsr(),
        window.limits,
        window.saves[kept],
        window.now[kept],
        effort=1.0,
        seed=0,
    )
    assert kept[chosen].tolist() == [2]


def test_sessions_get_one_therapist_each_where_loads_are_whole() -> None:
    # Two sessions, halves of each with either of two therapists: loads of one, and yet no choice.
    rows = sparse.csr_array(np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]]))
    nobody, nothing = np.full(4, -1), np.zeros(0, dtype=np.int64)
    window = Window(
        np.arange(4),
        nobody,
        nothing,
        np.full(4, 10.0),
        rows,
        np.ones(4, dtype=np.int64),
        np.zeros(4, dtype=np.bool_),
    )
    therapist, session = np.array([0, 1, 0, 1]), np.array([0, 0, 1, 1])
    support = dive(window, therapist, np.zeros(4, dtype=np.int64), session)
    assert support is not None
    taken = {(int(therapist[i]), int(session[i])) for i in np.flatnonzero(support)}
    assert {(0, 0), (1, 1)} <= taken or {(1, 0), (0, 1)} <= taken


@settings(max_examples=40)
@given(problems(Size(weeks=5)))
def test_windows_that_are_all_dived_into_break_no_rule_and_are_never_worse(
    asked: Problem,
) -> None:
    assume(asked.in_scope)
    crowded, remake.CROWDED = remake.CROWDED, -1.0
    try:
        search = Search(build(asked), seed=0)
        search.greedy()
        before = search.best.points
        remake_places(search, 4)
    finally:
        remake.CROWDED = crowded
    assert_sound(asked, search)
    assert search.best.points <= before
