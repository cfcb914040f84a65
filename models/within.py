"""What belongs to some locations, so that a region can be read by itself.

It is the same as what ``scheduler.regions.split`` cuts out of a whole network: services, and
closures of all locations, belong to every region.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, or_, select, union
from sqlalchemy.orm import Session

from models.appointments import AppointmentRow
from models.busy import BusyCalendarRow
from models.clients import ClientAwayRow, ClientHoursRow, ClientRow
from models.places import ClosureRow, LocationRow, OpeningHoursRow, RoomRow, TravelRow
from models.plans import CarePlanRow, PhaseRow
from models.runs import DraftVisitRow
from models.staff import ShiftRow, TherapistRow, TimeOffRow
from scheduler.regions import Groups

Within = Mapping[str, ColumnElement[bool]]
"""For each table the rows that are meant; of a table that is not named, all of them."""

EVERYWHERE: Within = {}
"""All rows of all tables."""

_AT_A_TIME = 5000
"""Rows that are looked at, and forgotten, at a time."""


def within(locations: Collection[str]) -> Within:
    """What belongs to these locations: a region's, else people are torn apart."""
    here = sorted(locations)
    clients = select(ClientRow.client_id).where(ClientRow.home_location_id.in_(here))
    plans = select(CarePlanRow.plan_id).where(CarePlanRow.client_id.in_(clients))
    therapists = union(
        select(ShiftRow.therapist_id).where(ShiftRow.location_id.in_(here)),
        select(AppointmentRow.therapist_id).where(AppointmentRow.plan_id.in_(plans)),
    )
    return {
        "locations": LocationRow.location_id.in_(here),
        "opening_hours": OpeningHoursRow.location_id.in_(here),
        "closures": or_(ClosureRow.location_id.is_(None), ClosureRow.location_id.in_(here)),
        "rooms": RoomRow.location_id.in_(here),
        "travel": TravelRow.from_location_id.in_(here) & TravelRow.to_location_id.in_(here),
        "therapists": TherapistRow.therapist_id.in_(therapists),
        "shifts": ShiftRow.therapist_id.in_(therapists),
        "time_off": TimeOffRow.therapist_id.in_(therapists),
        "busy_times": BusyCalendarRow.therapist_id.in_(therapists),
        "clients": ClientRow.home_location_id.in_(here),
        "client_hours": ClientHoursRow.client_id.in_(clients),
        "client_away": ClientAwayRow.client_id.in_(clients),
        "care_plans": CarePlanRow.client_id.in_(clients),
        "care_plan_phases": PhaseRow.plan_id.in_(plans),
        "appointments": AppointmentRow.plan_id.in_(plans),
        "draft_visits": DraftVisitRow.plan_id.in_(plans),
    }


def each_within(regions: Sequence[Collection[str]]) -> Iterator[Within]:
    """What belongs to each region; everything, where there is but one, or none."""
    if len(regions) > 1:
        yield from map(within, regions)
    else:
        yield EVERYWHERE


def find_regions(session: Session) -> tuple[frozenset[str], ...]:
    """The locations of each independent region, in order of their first; from ids alone.

    As in ``scheduler.regions.split``: a therapist's shifts, a client's locations and everybody's
    appointments tie locations together.
    """
    locations = sorted(session.scalars(select(LocationRow.location_id)))
    groups = Groups(locations)
    therapist_at: dict[str, str] = {}
    shifts = select(ShiftRow.therapist_id, ShiftRow.location_id).distinct()
    visits = select(AppointmentRow.therapist_id, AppointmentRow.location_id).distinct()
    for pairs in (shifts, visits):
        for therapist, location in session.execute(pairs):
            groups.join(therapist_at.setdefault(therapist, location), location)
    away = (
        select(ClientRow.home_location_id, AppointmentRow.location_id)
        .join(AppointmentRow, AppointmentRow.client_id == ClientRow.client_id)
        .where(ClientRow.home_location_id != AppointmentRow.location_id)
        .distinct()
    )
    for home, location in session.execute(away):
        groups.join(home, location)
    homes = select(ClientRow.home_location_id, ClientRow.other_location_ids)
    for home, others in session.execute(homes.execution_options(yield_per=_AT_A_TIME)):
        for other in others:
            groups.join(home, other)
    regions: dict[str, set[str]] = {}
    for location in locations:
        regions.setdefault(groups.root(location), set()).add(location)
    return tuple(map(frozenset, regions.values()))
