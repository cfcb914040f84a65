"""What a part sees of the others: places that its therapists go to, and who takes their time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.facts import AppointmentStatus, PlanStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scheduler.facts import Appointment, Network
    from scheduler.problem import Problem


def with_guests(region: Problem, part: Network, rows: Sequence[Appointment]) -> Network:
    """A part's network with some appointments of other parts, which nothing moves.

    They stand as if they had happened, their plans as if they were over, and their clients as if
    they came nowhere else.
    """
    rooms, plans = {row.room_id for row in rows}, {row.plan_id for row in rows}
    homes = {
        region.plans[row.plan_id].client_id: region.location_of_room[row.room_id] for row in rows
    }
    guests = tuple(
        replace(client, home_location_id=homes[key], other_location_ids=())
        for key, client in region.clients.items()
        if key in homes
    )
    over = tuple(
        replace(plan, status=PlanStatus.DISCONTINUED)
        for key, plan in region.plans.items()
        if key in plans
    )
    stood = tuple(replace(row, status=AppointmentStatus.COMPLETED, pinned=False) for row in rows)
    together = replace(
        part,
        rooms=(*part.rooms, *(room for room in region.network.rooms if room.room_id in rooms)),
        clients=(*part.clients, *guests),
        care_plans=(*part.care_plans, *over),
        appointments=(*part.appointments, *stood),
    )
    return with_places(region, together, rooms)


def with_places(region: Problem, part: Network, rooms: Iterable[str]) -> Network:
    """With the locations of all shifts and of some rooms, and the journeys between all of them."""
    wanted = {location.location_id for location in part.locations}
    wanted |= {shift.location_id for shift in part.shifts}
    wanted |= {region.location_of_room[room_id] for room_id in rooms}
    return replace(
        part,
        locations=tuple(x for x in region.network.locations if x.location_id in wanted),
        travel=tuple(
            x for x in region.network.travel if {x.from_location_id, x.to_location_id} <= wanted
        ),
    )
