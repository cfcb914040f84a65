"""The points of one plan's schedule, counted from its slots: what the ledger says, but at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scheduler.compiled import by_reference, compiled
from scheduler.kernels.formulas import days_off, is_other_time

if TYPE_CHECKING:
    from scheduler.candidates import IntArray, Mask
    from scheduler.matrix import FloatArray

NEW = -1
"""Stands for a standing appointment where a visit is the schedule's own."""


class Visits(NamedTuple):
    """What the points of a plan are counted from.

    Of slots: ``session``, ``day``, ``clock``, ``therapist``, ``points`` that it carries by
    itself, and ``alone`` for coming without the companion that is asked for. Of sessions:
    ``number``, the days to the session before that are right (``least``, ``most``), and what it
    costs ``unbooked``; those of a plan lie in one piece. Of a plan: ``left``, the visits that
    may be booked (-1 for any number), what it pays for its first ``n`` therapists beyond what
    it pays anyway, and its ``known`` ones. Of what stands of a plan, in order of number: number,
    day, clock, the right days, and whether its points count.
    """

    session: IntArray
    day: IntArray
    clock: IntArray
    therapist: IntArray
    points: FloatArray
    alone: FloatArray
    number: IntArray
    least: IntArray
    most: IntArray
    unbooked: FloatArray
    plan_session: IntArray
    left: IntArray
    therapists: FloatArray
    known_edge: IntArray
    known: IntArray
    stand_edge: IntArray
    stand_number: IntArray
    stand_day: IntArray
    stand_clock: IntArray
    stand_least: IntArray
    stand_most: IntArray
    stand_counts: Mask
    cadence: float
    other_time: float


_VisitsReference = by_reference(Visits)


@compiled
def refer_to_visits(values: Visits) -> Visits:
    """The same, to be handed to compiled code."""
    return _VisitsReference(*values)


@compiled
def points_of(visits: Visits, plan: int, slots: IntArray, companions: IntArray) -> float:
    """Points of all parts but ``change-of-clinic``, beyond what settled sessions cost anyway.

    ``slots`` in order of session; ``companions`` has the companion of each, or -1.
    """
    points, at = 0.0, 0
    for session in range(visits.plan_session[plan], visits.plan_session[plan + 1]):
        if at < len(slots) and visits.session[slots[at]] == session:
            at += 1
        else:
            points += visits.unbooked[session]
    for at in range(len(slots)):
        points += visits.points[slots[at]]
        if companions[at] < 0:
            points += visits.alone[slots[at]]
    return points + _pair_points(visits, plan, slots) + _therapist_points(visits, plan, slots)


@compiled
def added_by(visits: Visits, plan: int, booked: IntArray, slot: int) -> float:
    """What one more slot adds to the points of a plan; without ``unpaired``."""
    together = np.empty(len(booked) + 1, dtype=np.int64)
    paired = np.zeros(len(booked) + 1, dtype=np.int64)
    place = np.searchsorted(visits.session[booked], visits.session[slot])
    together[:place], together[place], together[place + 1 :] = booked[:place], slot, booked[place:]
    before = points_of(visits, plan, booked, paired[1:])
    return points_of(visits, plan, together, paired) - before


@compiled
def _therapist_points(visits: Visits, plan: int, slots: IntArray) -> float:
    if len(slots) == 0:
        return 0.0
    first, last = visits.known_edge[plan], visits.known_edge[plan + 1]
    count = last - first
    for at in range(len(slots)):
        therapist, seen = visits.therapist[slots[at]], False
        for known in range(first, last):
            seen = seen or visits.known[known] == therapist
        for before in range(at):
            seen = seen or visits.therapist[slots[before]] == therapist
        if not seen:
            count += 1
    return float(visits.therapists[plan, count])


@compiled
def _pair_points(visits: Visits, plan: int, slots: IntArray) -> float:
    """``cadence`` and ``other-time`` of every pair that a booked slot is part of."""
    points = 0.0
    stand, last = visits.stand_edge[plan], visits.stand_edge[plan + 1]
    at, before = 0, -2
    before_number, before_day, before_clock = -1, 0, 0
    while at < len(slots) or stand < last:
        if at == len(slots):
            new = False
        elif stand == last:
            new = True
        else:
            number = visits.number[visits.session[slots[at]]]
            other = visits.stand_number[stand]
            new = number < other or (
                number == other and visits.day[slots[at]] < visits.stand_day[stand]
            )
        if new:
            slot = slots[at]
            session = visits.session[slot]
            number, day, clock = visits.number[session], visits.day[slot], visits.clock[slot]
            least, most, counts, at = visits.least[session], visits.most[session], True, at + 1
        else:
            number, day = visits.stand_number[stand], visits.stand_day[stand]
            clock, counts = visits.stand_clock[stand], visits.stand_counts[stand]
            least, most, stand = visits.stand_least[stand], visits.stand_most[stand], stand + 1
        if (new or before == NEW) and counts and number == before_number + 1:
            points += visits.cadence * days_off(least, most, day - before_day)
            if is_other_time(clock, before_clock):
                points += visits.other_time
        before = NEW if new else 0
        before_number, before_day, before_clock = number, day, clock
    return points
