"""The best of all schedules of a tiny problem, found by looking at them.

Nothing is shared with the engine's slots, matrix, search or bounds. Each session is tried with
everybody in every room at every start of the grid, and each schedule is judged by the verifier's
rules and points. Two things alone keep the number small, and both are plain: a rule that some
appointments break stays broken whatever is booked beside them, and what a schedule costs already
no further appointment takes back, apart from what its own session cost unbooked.

Pins that contradict each other are kept or lost as the engine decided (decision 5), or freely: the
verifier allows either, so the engine's bounds must hold for both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import product

from office.exchange import tables_of
from scheduler.facts import Appointment as Row
from scheduler.facts import AppointmentStatus
from scheduler.outcome import SessionKey, Visit
from scheduler.problem import Problem
from tests.scheduler.verdict import planning_of, staying
from verifier.appointments import Appointment, Book
from verifier.building import build_view
from verifier.pins import impossible_pins, pins
from verifier.plans import Session
from verifier.points import PARTS
from verifier.points.unbooked import price
from verifier.rules import RULES, companion, pinned
from verifier.view import View

Choice = tuple[Appointment, ...]
"""What a session may get: nothing, an appointment, or an appointment and its companion."""

_WHOLE = ("pinned", "spacing")
"""Rules that only a whole schedule can be judged by."""

_OF_ONE = ("unpaired", "not-preferred", "away-from-home", "promise-moved")
"""Points that each session has by itself."""


class TooManyError(Exception):
    """More schedules than anybody wants to look at."""


@dataclass(frozen=True)
class Best:
    """The fewest points of any sound schedule, and the most sessions that one books."""

    points: int
    booked: int


class BruteForce:
    """Every schedule of a problem; ``kept`` is the engine's, which says what became of pins.

    With None, each pin that is impossible, alone or beside others, may be kept or lost.
    """

    def __init__(self, problem: Problem, kept: Sequence[Visit] | None, most: int) -> None:
        self._problem, self._left = problem, most
        self._view, templates = _world(problem)
        self._open = [s for s in self._view.in_scope if self._view.booked_of(s) is None]
        decided = {} if kept is None else _decided(self._view, kept)
        found = _choices(problem, self._view, templates)
        self._choices = [
            [c for c in found[_key(s)] if _key(s) not in decided or _places(c) == decided[_key(s)]]
            for s in self._open
        ]
        self._unbooked = [self._price(s) for s in self._open]
        self._least = [
            min((own_points(self._view, c) if c else price) for c in choices)
            for choices, price in zip(self._choices, self._unbooked, strict=True)
        ]

    def _price(self, session: Session) -> int:
        lost = self._view.promise_of(session) is not None
        return price(self._view, session) + lost * self._view.weights["promise-lost"]

    def best(self, points: int, booked: int) -> Best:
        """The best there is, given a sound schedule with these points, and so many sessions.

        Raises ``TooManyError`` after too many schedules.
        """
        for better, _ in self._sound((), points, -1):
            points = min(points, better)
        for _, more in self._sound((), None, booked):
            booked = max(booked, more)
        return Best(points, booked)

    def _sound(
        self, chosen: tuple[Choice, ...], points: int | None, booked: int
    ) -> Iterator[tuple[int, int]]:
        """Points and sessions of sound schedules with fewer points than, or more sessions than."""
        view = self._with(chosen)
        ahead = len(self._open) - len(chosen)
        have = len(view.booked)
        if have + ahead <= booked or (points is not None and self._floor(view, chosen) >= points):
            return
        self._left -= 1
        if self._left < 0:
            raise TooManyError
        if chosen and not sound(view, whole=not ahead):
            return
        if not ahead:
            yield sum(part(view) for _, part in PARTS), have
            return
        for choice in sorted(self._choices[len(chosen)], key=len, reverse=True):
            for found in self._sound((*chosen, choice), points, booked):
                points = points if points is None else min(points, found[0])
                booked = booked if points is not None else max(booked, found[1])
                yield found

    def _floor(self, view: View, chosen: tuple[Choice, ...]) -> int:
        """What any schedule costs that goes on from here."""
        now = sum(part(view) for _, part in PARTS)
        return now - sum(self._unbooked[len(chosen) :]) + sum(self._least[len(chosen) :])

    def _with(self, chosen: tuple[Choice, ...]) -> View:
        booked = (each for choice in chosen for each in choice)
        return replace(self._view, schedule=Book((*self._view.schedule.appointments, *booked)))


def sound(view: View, *, whole: bool) -> bool:
    """Whether nothing is wrong; with a schedule that is not ``whole``, whether it still may be."""
    return not any(next(check(view), None) for name, check in RULES if whole or name not in _WHOLE)


def own_points(view: View, choice: Choice) -> int:
    """What a session costs by itself, booked like this."""
    alone = replace(view, schedule=Book(choice))
    return sum(part(alone) for name, part in PARTS if name in _OF_ONE)


def _key(session: Session | Appointment) -> SessionKey:
    return session.plan.plan_id, session.number


# The world as the verifier sees it -------------------------------------------------------------


def _world(problem: Problem) -> tuple[View, list[Appointment]]:
    """What stands in every schedule, and a template of each service, therapist and room."""
    noon = datetime.combine(problem.horizon.start, datetime.min.time())
    network = problem.network
    sessions = [
        (session.plan_id, session.number, service_id)
        for session in problem.sessions
        for service_id in (
            session.service_id,
            problem.plans[session.plan_id].companion_service_id,
        )
        if service_id is not None
    ]
    rows = [
        Row(f"new-{number}", *session, who.therapist_id, room.room_id, noon, minutes, BOOKED, False)
        for number, (session, who, room) in enumerate(
            product(sessions, network.therapists, network.rooms)
        )
        for minutes in [problem.services[session[2]].minutes]
    ]
    everything = replace(network, appointments=(*staying(problem), *rows))
    view = build_view(
        tables_of(network), tables_of(everything)["appointments"], planning_of(problem)
    )
    new = {row.appointment_id for row in rows}
    templates = [
        replace(a, judged=True) for a in view.schedule.appointments if a.appointment_id in new
    ]
    stands = [a for a in view.schedule.appointments if a.appointment_id not in new]
    return replace(view, schedule=Book(stands)), templates


BOOKED = AppointmentStatus.BOOKED


def _choices(
    problem: Problem, view: View, templates: Sequence[Appointment]
) -> dict[SessionKey, list[Choice]]:
    """What each session may get, as far as it can be told beside what stands."""
    able = _right(view, templates, _WHENEVER)
    alone = [each for template in able for each in _everywhere(problem, template)]
    fine = [each for each in _right(view, alone, _THEN) if not _refused(problem, each)]
    found: dict[SessionKey, list[Choice]] = defaultdict(list)
    companions: dict[SessionKey, list[Appointment]] = defaultdict(list)
    for each in fine:
        if each.companion:
            companions[_key(each)].append(each)
    for each in fine:
        if not each.companion:
            found[_key(each)].append((each,))
            found[_key(each)] += [
                (each, other) for other in companions[_key(each)] if companion.follows(other, each)
            ]
    for key, choices in found.items():
        found[key] = [choice for choice in choices if _possible(view, choice)]
    for session in view.in_scope:
        found[_key(session)].append(())
    return found


_WHENEVER = ("qualified", "room-kind", "client-location", "screening")
"""Rules that an appointment keeps or breaks by itself, whenever it is."""

_THEN = (
    "on-shift",
    "client-hours",
    "window",
    "opening-hours",
    "closure",
    "time-off",
    "client-away",
)
"""Rules that an appointment keeps or breaks by itself, at its time."""


def _right(view: View, alone: Sequence[Appointment], names: Sequence[str]) -> list[Appointment]:
    """Those of the appointments that break none of some rules by themselves."""
    checks, right = dict(RULES), list(alone)
    for name in names:
        breaches = checks[name](replace(view, schedule=Book(right)))
        wrong = {each for breach in breaches for each in breach.appointments}
        right = [each for each in right if each not in wrong]
    return right


def _everywhere(problem: Problem, template: Appointment) -> Iterator[Appointment]:
    """The template at every start of the grid, while anything is open, of every open day."""
    grid, day = timedelta(minutes=problem.settings.grid), problem.horizon.start
    opens = min((row.opens for row in problem.network.opening_hours), default=time.max)
    while day < problem.horizon.end:
        starts = datetime.combine(day, opens)
        day += timedelta(days=1)
        while problem.is_open(starts.date()) and starts.date() < day:
            yield replace(template, starts_at=starts)
            starts += grid


def _refused(problem: Problem, each: Appointment) -> bool:
    """Whether the client has declined that time: no rule of the contract, so not the verifier's."""
    return any(
        it.client_id == each.client.client_id
        and each.starts_at < it.ends_at
        and it.starts_at < each.ends_at
        for it in problem.network.refusals
    )


def _possible(view: View, choice: Choice) -> bool:
    """Whether it may stand beside what stands, and moves no pin."""
    beside = replace(view, schedule=Book((*view.schedule.appointments, *choice)))
    moved = any(
        choice[0] in b.appointments for b in pinned.check(beside) if len(b.appointments) > 1
    )
    return sound(beside, whole=False) and not moved


# Pins ------------------------------------------------------------------------------------------


def _decided(view: View, kept: Sequence[Visit]) -> dict[SessionKey, list[tuple[str, datetime]]]:
    """The sessions with an impossible pin, and where the engine has them."""
    impossible = impossible_pins(view)
    places: dict[SessionKey, list[tuple[str, datetime]]] = {
        _key(pin): [] for pin in pins(view) if pin.appointment_id in impossible
    }
    for visit in kept:
        key = (visit.plan_id, visit.session_number)
        if key in places:
            places[key].append((visit.therapist_id, visit.starts_at))
    return {key: sorted(found) for key, found in places.items()}


def _places(choice: Choice) -> list[tuple[str, datetime]]:
    return sorted((each.therapist.therapist_id, each.starts_at) for each in choice)
