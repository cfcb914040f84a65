"""Where a region comes apart: parts that only a few therapists tie.

A client who accepts two locations, or was treated at both, needs them looked at together. A
therapist who works in two parts need not be: their days can be shared out. So a region is cut
where few of the therapists on either side would be shared, and where each side is large
enough to be worth a search and a proof of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from scheduler.contradictions import find_contradicted
from scheduler.facts import AppointmentStatus
from scheduler.regions import Groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scheduler.problem import Problem

THIN = 0.25
"""A tie is thin up to this share of the therapists of its smaller side."""

WORTH = 400
"""Sessions in scope from which on a part is worth being looked at by itself."""


def find_parts(
    problem: Problem, *, thin: float = THIN, worth: int = WORTH
) -> tuple[frozenset[str], ...]:
    """The locations of each part of a region, in order of their first; one part if it is whole.

    Therapists whose own record contradicts itself are no ties: what is decided about one of
    their appointments depends on the others, wherever they are.
    """
    if len(problem.in_scope) < 2 * worth:
        return (frozenset(problem.locations),)
    places = _places(problem)
    groups = _of_clients(problem)
    for therapist_id in sorted(find_contradicted(problem)):
        _join_all(groups, places[therapist_id])
    sessions = _sessions_at_home(problem)
    while pair := _worst(groups, places, sessions, thin, worth):
        groups.join(*pair)
    parts: dict[str, set[str]] = defaultdict(set)
    for location_id in problem.locations:
        parts[groups.root(location_id)].add(location_id)
    return tuple(frozenset(part) for part in parts.values())


def _of_clients(problem: Problem) -> Groups:
    """Locations that a client would come to, or was booked at, together."""
    groups = Groups(problem.locations)
    for client in problem.network.clients:
        _join_all(groups, (client.home_location_id, *client.other_location_ids))
    for appointment in problem.network.appointments:
        client = problem.clients[problem.plans[appointment.plan_id].client_id]
        groups.join(problem.location_of_room[appointment.room_id], client.home_location_id)
    return groups


def _join_all(groups: Groups, locations: Iterable[str]) -> None:
    first, *others = locations
    for other in others:
        groups.join(first, other)


def _places(problem: Problem) -> Mapping[str, tuple[str, ...]]:
    """Where each therapist has shifts, or appointments in the horizon."""
    places: dict[str, dict[str, None]] = defaultdict(dict)
    for shift in problem.network.shifts:
        places[shift.therapist_id][shift.location_id] = None
    for appointment in problem.network.appointments:
        taken = appointment.status is not AppointmentStatus.CANCELLED
        if taken and appointment.starts_at.date() in problem.horizon:
            here = problem.location_of_room[appointment.room_id]
            places[appointment.therapist_id][here] = None
    return {therapist: tuple(of) for therapist, of in places.items()}


def _sessions_at_home(problem: Problem) -> Counter[str]:
    """Sessions in scope by their client's home."""
    return Counter(
        problem.clients[problem.plans[session.plan_id].client_id].home_location_id
        for session in problem.in_scope
    )


def _worst(
    groups: Groups,
    places: Mapping[str, tuple[str, ...]],
    sessions: Counter[str],
    thin: float,
    worth: int,
) -> tuple[str, str] | None:
    """Two groups that should be one: those of the thickest tie that is too thick, or too small.

    A group that is not worth it joins the one that it shares most of its therapists with.
    """
    staff, size, shared = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for location_id, count in sessions.items():
        size[groups.root(location_id)] += count
    for of in places.values():
        roots = list(dict.fromkeys(map(groups.root, of)))
        staff.update(roots)
        shared.update((min(pair), max(pair)) for pair in combinations(roots, 2))
    thick = {
        pair: count / min(staff[root] for root in pair)
        for pair, count in shared.items()
        if count > thin * min(staff[root] for root in pair)
        or min(size[root] for root in pair) < worth
    }
    return max(thick, key=lambda pair: (thick[pair], pair), default=None)
