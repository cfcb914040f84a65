"""Between appointments at two locations on one day, the therapist has time to travel.

At least the travel minutes lie between the end of the one's changeover and the start of the
other, in either direction. Where no travel time is known between two locations, nobody works
at both on one day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from scheduler.candidates import MINUTES_A_DAY
from scheduler.matrix import merge
from scheduler.rules.kinds import Shared
from scheduler.rules.overlap import Intervals, at_most

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.activities import Activities, Standing
    from scheduler.candidates import Axes, IntArray
    from scheduler.matrix import Limit


@dataclass(frozen=True, slots=True)
class Journey:
    """One therapist's day at two locations: what could take time at either of them."""

    column: IntArray
    location: IntArray
    start: IntArray
    until: IntArray
    standing_location: IntArray
    standing_start: IntArray
    standing_until: IntArray
    minutes: int
    ends: tuple[int, int]


def rows(activities: Activities) -> Limit:
    """Cliques of what a therapist can't do both of, at two locations a journey apart.

    Delay everything at one location by some minutes: whatever overlaps then is too close, as
    long as the delay is no longer than the journey. Delays one shortest appointment apart,
    from the full journey down, find every pair that is too close.
    """
    return merge(
        "travel",
        [
            _delayed(journey, later, delay)
            for journey in _journeys(activities)
            for delay in _delays(journey)
            for later in journey.ends
        ],
    )


def _journeys(activities: Activities) -> Iterator[Journey]:
    """The journeys that something could come too close to."""
    minutes = minutes_between(activities.axes)
    for (therapist, day), locations in _places(activities).items():
        for one, other in combinations(sorted(locations), 2):
            journey = _journey(activities, therapist, day, (one, other), minutes[one, other])
            if _is_tight(journey):
                yield journey


def _places(activities: Activities) -> dict[tuple[int, int], set[int]]:
    """The locations of each therapist's day."""
    shifts, standing = activities.axes.shift_days, activities.standing
    places: dict[tuple[int, int], set[int]] = defaultdict(set)
    for part in (shifts, standing):
        for therapist, day, location in zip(
            part.therapist.tolist(), part.day.tolist(), part.location.tolist(), strict=True
        ):
            places[therapist, day].add(location)
    return places


def _journey(
    activities: Activities, therapist: int, day: int, ends: tuple[int, int], minutes: int
) -> Journey:
    def of(part: Activities | Standing) -> IntArray:
        here = np.isin(part.location, ends)
        return np.flatnonzero((part.therapist == therapist) & (part.day == day) & here)

    standing = activities.standing
    column, stands = of(activities), of(standing)
    return Journey(
        column,
        activities.location[column],
        activities.start[column],
        activities.until[column],
        standing.location[stands],
        standing.start[stands],
        standing.until[stands],
        minutes,
        ends,
    )


def _is_tight(journey: Journey) -> bool:
    """Whether anything at one end could come closer to something at the other than the journey."""
    location = np.concatenate([journey.location, journey.standing_location])
    start = np.concatenate([journey.start, journey.standing_start])
    until = np.concatenate([journey.until, journey.standing_until])
    here, there = (location == end for end in journey.ends)
    if not (here.any() and there.any()):
        return False
    return not (
        until[here].max() + journey.minutes <= start[there].min()
        or until[there].max() + journey.minutes <= start[here].min()
    )


def minutes_between(axes: Axes) -> IntArray:
    """Travel minutes between locations; a whole day where none are known, 0 to the same one.

    Where a pair is given twice, the longer time counts.
    """
    count = len(axes.location)
    minutes = np.full((count, count), -1, dtype=np.int64)
    np.fill_diagonal(minutes, 0)
    for row in axes.problem.network.travel:
        one, other = axes.location[row.from_location_id], axes.location[row.to_location_id]
        longer = max(int(minutes[one, other]), row.minutes)
        minutes[one, other] = minutes[other, one] = longer
    return np.where(minutes < 0, MINUTES_A_DAY, minutes)


def _delays(journey: Journey) -> range:
    lengths = np.concatenate(
        [journey.until - journey.start, journey.standing_until - journey.standing_start]
    )
    return range(journey.minutes, 0, -max(int(lengths.min()), 1))


def _delayed(journey: Journey, later: int, delay: int) -> Limit:
    """The day with everything at ``later`` moved by ``delay``: at most one thing at a time."""
    moved = delay * (journey.location == later)
    standing = delay * (journey.standing_location == later)
    return at_most(
        "travel",
        journey.column,
        Intervals(np.zeros_like(moved), journey.start + moved, journey.until + moved),
        Intervals(
            np.zeros_like(standing),
            journey.standing_start + standing,
            journey.standing_until + standing,
        ),
        np.ones(1, dtype=np.int64),
    )


TRAVEL = Shared("travel", rows)
