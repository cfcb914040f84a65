"""The guards against a model of them in plain Python, through any order of changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete

from models.appointments import AppointmentRow
from models.bookings import Surroundings, claim, load_appointments, place
from models.store import DoubleBookingError, Store
from scheduler.facts import Appointment, AppointmentStatus
from tests.models.samples import TEN, appointment, save

starts = st.integers(0, 11).map(lambda it: TEN + timedelta(minutes=15 * it))
plans = st.sampled_from(["p1", "p2", "p3"])
therapists = st.sampled_from(["ann", "bob"])
rooms = st.sampled_from(["n1", "n2"])
statuses = st.sampled_from(AppointmentStatus)
numbers = st.integers(0, 99)


def fits(appointments: Iterable[Appointment]) -> bool:
    """Whether no two booked ones overlap."""
    booked = [it for it in appointments if it.status is AppointmentStatus.BOOKED]
    return not any(overlap(one, other) for one, other in combinations(booked, 2))


def overlap(one: Appointment, other: Appointment) -> bool:
    """Whether both can't be booked: 60 minutes hands-on, 15 of changeover for staff and rooms."""
    apart = abs(one.starts_at - other.starts_at)
    shared = one.therapist_id == other.therapist_id or one.room_id == other.room_id
    if shared and apart < timedelta(minutes=75):
        return True
    return one.plan_id == other.plan_id and apart < timedelta(minutes=60)


class Bookings(RuleBasedStateMachine):
    """Book, move, swap and cancel; the database refuses exactly what the model refuses."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.known: dict[str, Appointment] = {}
        with store.writing() as session:
            session.execute(delete(AppointmentRow))

    def write(self, *changed: Appointment) -> None:
        """All of ``changed`` in one transaction, which must do as the model says."""
        wanted = {**self.known, **{it.appointment_id: it for it in changed}}
        try:
            with self.store.writing() as session:
                rows = list(map(Surroundings.load(session).row, changed))
                new = [it for it in rows if it["appointment_id"] not in self.known]
                old = [it for it in rows if it["appointment_id"] in self.known]
                place(session, new, old)
                claim(session, [it.appointment_id for it in changed])
        except DoubleBookingError:
            assert not fits(wanted.values())
        else:
            assert fits(wanted.values())
            self.known = wanted

    def pick(self, number: int) -> Appointment:
        keys = sorted(self.known)
        return self.known[keys[number % len(keys)]]

    @rule(plan=plans, start=starts, who=therapists, room=rooms)
    def book(self, plan: str, start: datetime, who: str, room: str) -> None:
        self.write(appointment(f"a{len(self.known):03}", plan, start, who, room))

    @precondition(lambda self: self.known)
    @rule(number=numbers, start=starts, who=therapists, room=rooms)
    def move(self, number: int, start: datetime, who: str, room: str) -> None:
        self.write(replace(self.pick(number), starts_at=start, therapist_id=who, room_id=room))

    @precondition(lambda self: len(self.known) > 1)
    @rule(number=numbers)
    def swap(self, number: int) -> None:
        one, other = self.pick(number), self.pick(number + 1)
        self.write(
            replace(one, starts_at=other.starts_at, room_id=other.room_id),
            replace(other, starts_at=one.starts_at, room_id=one.room_id),
        )

    @precondition(lambda self: self.known)
    @rule(number=numbers, status=statuses)
    def change_status(self, number: int, status: AppointmentStatus) -> None:
        self.write(replace(self.pick(number), status=status))

    @invariant()
    def record_and_model_agree(self) -> None:
        with self.store.reading() as session:
            assert {it.appointment_id: it for it in load_appointments(session)} == self.known


def test_the_guards_refuse_what_the_model_refuses(store: Store) -> None:
    save(store)
    run_state_machine_as_test(
        lambda: Bookings(store),  # type: ignore[arg-type]  # it may be any maker of machines
        settings=settings(max_examples=15, stateful_step_count=15, deadline=None),
    )
