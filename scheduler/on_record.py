"""Each therapist's time on record: what stands in the horizon, and what was promised.

As it would take place today: with the service that the session has now.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.candidates import MINUTES_A_DAY, Axes, minute_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scheduler.facts import Appointment
    from scheduler.problem import Problem

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class OnRecord:
    """An appointment of the horizon that stands, or was promised for an open day.

    ``start`` is in minutes of the horizon, ``end`` where the hands-on minutes end, ``until``
    where the changeover ends too.
    """

    appointment: Appointment
    location_id: str
    promised: bool
    start: int
    end: int
    until: int

    @property
    def day(self) -> int:
        """Day of the horizon."""
        return self.start // MINUTES_A_DAY

    @property
    def week(self) -> int:
        """Week of the horizon."""
        return self.day // DAYS_A_WEEK

    @property
    def minutes(self) -> int:
        """Hands-on minutes."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class OnShift:
    """One shift on one day of the horizon; both ends are in minutes of the horizon."""

    location_id: str
    day: int
    start: int
    end: int

    def allows(self, row: OnRecord) -> bool:
        """Whether an appointment lies within the shift, at its location."""
        inside = self.start <= row.start and row.until <= self.end
        return inside and self.location_id == row.location_id


def appointments_on_record(problem: Problem) -> Mapping[str, tuple[OnRecord, ...]]:
    """Each therapist's appointments of the horizon in order of time.

    Promises that no shift at their location allows any more are left out.
    """
    axes, lots = Axes(problem), defaultdict[str, list[OnRecord]](list)
    shifts = shifts_by_therapist(problem)
    promises = [*problem.promises.values(), *problem.companion_promises.values()]
    for lot, promised in ((problem.standing, False), (promises, True)):
        for appointment in lot:
            if appointment.starts_at.date() in problem.horizon:
                row = _on_record(axes, appointment, promised=promised)
                own = shifts.get(appointment.therapist_id, ())
                if not promised or any(shift.allows(row) for shift in own):
                    lots[appointment.therapist_id].append(row)
    return {
        therapist: tuple(sorted(lot, key=lambda row: (row.start, row.appointment.appointment_id)))
        for therapist, lot in lots.items()
    }


def _on_record(axes: Axes, appointment: Appointment, *, promised: bool) -> OnRecord:
    problem = axes.problem
    service_id, minutes = appointment.service_id, appointment.minutes
    if promised:
        if not problem.is_companion(appointment):
            key = appointment.plan_id, appointment.session_number
            service_id = problem.calendar[key].service_id
        minutes = problem.services[service_id].minutes
    day = axes.day(appointment.starts_at.date())
    start = day * MINUTES_A_DAY + minute_of(appointment.starts_at.time())
    return OnRecord(
        appointment,
        problem.location_of_room[appointment.room_id],
        promised,
        start,
        start + minutes,
        start + minutes + problem.services[service_id].changeover_minutes,
    )


def shifts_by_therapist(problem: Problem) -> Mapping[str, tuple[OnShift, ...]]:
    """Each therapist's shifts of every open day in order of time."""
    axes, lots = Axes(problem), defaultdict[str, list[OnShift]](list)
    shifts, network = axes.shift_days, problem.network
    for at, day in enumerate(shifts.day.tolist()):
        therapist = network.therapists[shifts.therapist[at]].therapist_id
        midnight = day * MINUTES_A_DAY
        lots[therapist].append(
            OnShift(
                network.locations[shifts.location[at]].location_id,
                day,
                midnight + int(shifts.starts[at]),
                midnight + int(shifts.ends[at]),
            )
        )
    return {therapist: tuple(lot) for therapist, lot in lots.items()}
