"""Parts of a network that share nobody and nothing: each can be scheduled by itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.facts import Network

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from scheduler.problem import Problem


def split(problem: Problem) -> tuple[Problem, ...]:
    """The problem's independent regions, in order of their first location.

    Locations belong together when a therapist has shifts, or a client would come, at both,
    or when somebody's appointment ties them.
    """
    network = problem.network
    if not network.locations:
        return (problem,)
    groups = Groups(location.location_id for location in network.locations)
    therapist_at: dict[str, str] = {}
    for shift in network.shifts:
        groups.join(
            therapist_at.setdefault(shift.therapist_id, shift.location_id), shift.location_id
        )
    for client in network.clients:
        for other in client.other_location_ids:
            groups.join(client.home_location_id, other)
    for appointment in network.appointments:
        here = problem.location_of_room[appointment.room_id]
        groups.join(here, therapist_at.setdefault(appointment.therapist_id, here))
        client = problem.clients[problem.plans[appointment.plan_id].client_id]
        groups.join(here, client.home_location_id)
    regions: dict[str, set[str]] = defaultdict(set)
    for location in network.locations:
        regions[groups.root(location.location_id)].add(location.location_id)
    if len(regions) == 1:
        return (problem,)
    return tuple(
        replace(
            problem,
            network=network_at(
                network, locations, {t for t, here in therapist_at.items() if here in locations}
            ),
        )
        for locations in regions.values()
    )


def network_at(
    network: Network, locations: AbstractSet[str], therapists: AbstractSet[str]
) -> Network:
    """What belongs to some locations and therapists.

    Services, and closures of all locations, belong to each.
    """
    clients = {c.client_id for c in network.clients if c.home_location_id in locations}
    plans = {p.plan_id for p in network.care_plans if p.client_id in clients}
    return Network(
        locations=tuple(x for x in network.locations if x.location_id in locations),
        opening_hours=tuple(x for x in network.opening_hours if x.location_id in locations),
        closures=tuple(x for x in network.closures if x.location_id in {None, *locations}),
        rooms=tuple(x for x in network.rooms if x.location_id in locations),
        travel=tuple(
            x for x in network.travel if {x.from_location_id, x.to_location_id} <= locations
        ),
        services=network.services,
        therapists=tuple(x for x in network.therapists if x.therapist_id in therapists),
        shifts=tuple(x for x in network.shifts if x.therapist_id in therapists),
        time_off=tuple(x for x in network.time_off if x.therapist_id in therapists),
        clients=tuple(x for x in network.clients if x.client_id in clients),
        client_hours=tuple(x for x in network.client_hours if x.client_id in clients),
        client_away=tuple(x for x in network.client_away if x.client_id in clients),
        care_plans=tuple(x for x in network.care_plans if x.plan_id in plans),
        appointments=tuple(x for x in network.appointments if x.plan_id in plans),
        refusals=tuple(x for x in network.refusals if x.client_id in clients),
    )


class Groups:
    """Sets that grow together (union-find)."""

    def __init__(self, members: Iterable[str]) -> None:
        self._parent = {member: member for member in members}

    def root(self, member: str) -> str:
        """The one that stands for the whole group."""
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, one: str, other: str) -> None:
        """Make one group of two; the root of the first stays the root."""
        self._parent[self.root(other)] = self.root(one)
