"""What publishing a draft would change: a pure comparison of visits with promises."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from models.drafts import Draft
from scheduler.facts import Appointment, AppointmentStatus, CarePlan, PlanStatus
from scheduler.outcome import Visit

Line = tuple[str, int, bool]
"""One line of a care plan: its id, the session's number, and whether it is the companion."""


class Kind(StrEnum):
    """What becomes of an appointment. A kept one may get another room.

    A declined one goes since its client can't come; that is nobody's broken promise. Its session
    gets a new appointment if there is time for it.
    """

    KEPT = "kept"
    MOVED = "moved"
    NEW = "new"
    LOST = "lost"
    DECLINED = "declined"


def counted(kinds: Iterable[Kind]) -> dict[str, int]:
    """How many there are of each kind, by name; declined ones are named where there are some."""
    counts = Counter(kinds)
    return {it.value: counts[it] for it in Kind if counts[it] or it is not Kind.DECLINED}


@dataclass(frozen=True, slots=True)
class Change:
    """One appointment before and after.

    There is none before for a new one; lost and declined ones are cancelled afterwards.
    """

    kind: Kind
    before: Appointment | None
    after: Appointment


@dataclass(frozen=True, slots=True)
class Standing:
    """What the record says: the plans, all appointments and the location of each room."""

    plans: Mapping[str, CarePlan]
    appointments: Sequence[Appointment]
    location: Mapping[str, str]

    def line(self, appointment: Appointment) -> Line:
        """What ``appointment`` is for."""
        companion = self.plans[appointment.plan_id].companion_service_id
        number = appointment.session_number
        return (appointment.plan_id, number, appointment.service_id == companion)

    def movable(self, draft: Draft) -> dict[str, Appointment]:
        """By id, the promises that ``draft`` decides on; all others stay as they are.

        They lie on a day of the draft's horizon, from the day of planning on, and were not
        declined. Either their session is in scope, booked or not, or their plan may not be booked
        any more.
        """
        visited = {(visit.plan_id, visit.session_number) for visit in draft.visits}
        in_scope = visited | set(draft.unbooked)
        return {
            it.appointment_id: it
            for it in self.booked()
            if it.starts_at.date() in draft.run.horizon
            and it.starts_at.date() >= draft.run.as_of
            and it.appointment_id not in draft.declined
            and ((it.plan_id, it.session_number) in in_scope or not self._bookable(it.plan_id))
        }

    def booked(self) -> Iterator[Appointment]:
        """All promises."""
        return (it for it in self.appointments if it.status is AppointmentStatus.BOOKED)

    def _bookable(self, plan_id: str) -> bool:
        plan = self.plans[plan_id]
        screened = not plan.contraindications or plan.cleared_on is not None
        return plan.status is PlanStatus.ACTIVE and screened

    def same(self, promise: Appointment, visit: Visit) -> bool:
        """Whether the client would notice no difference; the room may be another."""
        return (
            promise.starts_at == visit.starts_at
            and promise.therapist_id == visit.therapist_id
            and self.location[promise.room_id] == visit.location_id
            and promise.service_id == visit.service_id
            and promise.minutes == visit.minutes
        )


def compare(draft: Draft, standing: Standing) -> tuple[Change, ...]:
    """Every change that publishing ``draft`` would make, visits first, in order of their start."""
    movable = standing.movable(draft)
    promises: dict[Line, list[Appointment]] = defaultdict(list)
    declined = []
    for promise in sorted(standing.booked(), key=lambda it: (it.starts_at, it.appointment_id)):
        if promise.appointment_id in draft.declined:
            declined.append(promise)
        else:
            promises[standing.line(promise)].append(promise)
    ids = new_ids(it.appointment_id for it in standing.appointments)
    changes = []
    for visit in sorted(draft.visits, key=lambda it: (it.starts_at, it.plan_id, it.companion)):
        known = promises[visit.plan_id, visit.session_number, visit.companion]
        same = next((it for it in known if standing.same(it, visit)), None)
        before = same or next((it for it in known if it.appointment_id in movable), None)
        kind = Kind.KEPT if same else Kind.MOVED if before else Kind.NEW
        changes.append(Change(kind, before, _after(visit, before, ids)))
    kept = {change.after.appointment_id for change in changes}
    lost = [promise for key, promise in movable.items() if key not in kept]
    gone = [(Kind.LOST, it) for it in lost] + [(Kind.DECLINED, it) for it in declined]
    cancelled = AppointmentStatus.CANCELLED
    return (*changes, *(Change(kind, it, replace(it, status=cancelled)) for kind, it in gone))


def new_ids(known: Iterable[str]) -> Iterator[str]:
    """Ids that go on where the clinic's numbering (a00001, a00002, …) stands, without a clash."""
    numbers = [id_[1:] for id_ in known if re.fullmatch(r"a[0-9]+", id_)]
    width = max(map(len, numbers), default=6)
    number = max(map(int, numbers), default=0)
    while True:
        number += 1
        yield f"a{number:0{width}}"


def _after(visit: Visit, before: Appointment | None, ids: Iterator[str]) -> Appointment:
    """The appointment that ``visit`` becomes. Pinning is the desk's word, so it stays."""
    return Appointment(
        appointment_id=before.appointment_id if before else next(ids),
        plan_id=visit.plan_id,
        session_number=visit.session_number,
        service_id=visit.service_id,
        therapist_id=visit.therapist_id,
        room_id=visit.room_id,
        starts_at=visit.starts_at,
        minutes=visit.minutes,
        status=AppointmentStatus.BOOKED,
        pinned=before.pinned if before else visit.pinned,
    )
