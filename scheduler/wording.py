"""Sentences for managers: who, where and when, in words instead of ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.facts import PlanStatus
from scheduler.rules.screening import may_be_booked

if TYPE_CHECKING:
    from collections import Counter
    from datetime import date, datetime

    from scheduler.care_plans import Session
    from scheduler.explain import Obstacle
    from scheduler.facts import CarePlan, Client
    from scheduler.outcome import Visit
    from scheduler.problem import Problem

_NAMED = 3
"""So many holders are named; the others are counted."""


class Words:
    """Writes about one problem's people and places."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    def booked(self, session: Session, visit: Visit) -> str:
        """The session has an appointment."""
        return f"{self._title(session)} is booked: {self._visit(visit)}."

    def settled(self, session: Session) -> str:
        """The session has an appointment on a day that is not open for planning."""
        at = self._problem.settled[session.key].starts_at
        return f"{self._title(session)} is booked already, on {_moment(at)}."

    def out_of_scope(self, session: Session) -> str:
        """Why no schedule of this horizon could book the session."""
        problem, plan = self._problem, self._problem.plans[session.plan_id]
        title = self._title(session)
        if not may_be_booked(plan):
            listed = ", ".join(plan.contraindications)
            return (
                f"{title} is held: {listed} is not cleared. "
                f"Maybe careweave plan clear {plan.plan_id} --by NAME?"
            )
        if plan.status is not PlanStatus.ACTIVE:
            return f"{title} is not to be booked: the plan is {plan.status}."
        horizon = problem.horizon
        if session.opens >= horizon.end or session.closes <= horizon.start:
            return (
                f"{title} belongs to {_days(session)}, outside the horizon from "
                f"{_day(horizon.start)}, {horizon.weeks} weeks."
            )
        return f"{title} is over: it is completed, or the client did not come."

    def summary(
        self,
        session: Session,
        candidates: int,
        slots: int,
        free: int,
        most: Obstacle | None,
    ) -> str:
        """The whole story in a line or two."""
        title = f"{self._title(session)} is not booked"
        if not free and self._problem.is_held(session):
            return f"{title}: {self._broken_pin(session)} {_against_pin(most)}"
        if most is None and not slots:
            return f"{title}: nobody is on shift in its window, {_days(session)}."
        if not slots:
            return (
                f"{title}: none of the {candidates:,} starts in its window, {_days(session)}, is "
                f"possible. {_sentence(most)}"
            )
        if free:
            return (
                f"{title}, though {_count(free, 'start')} of {slots:,} would be free: "
                "what it would upset costs more, or the search was too short. "
                "Maybe schedule again, for longer?"
            )
        return (
            f"{title}: {self._client(session).name} and a qualified therapist could meet at "
            f"{_count(slots, 'start')} in its window, {_days(session)}, but none of these is left. "
            f"{_sentence(most)}"
        )

    def _broken_pin(self, session: Session) -> str:
        promise = self._problem.promises[session.key]
        therapist = self._problem.therapists[promise.therapist_id].name
        return (
            f"its appointment with {therapist} on {_moment(promise.starts_at)} is pinned or "
            "frozen, but can't be kept. Maybe import it with pinned set to no, to have it moved?"
        )

    def filtered(self, rule: str, count: int, session: Session) -> str:
        """What a filter says of the starts that it takes away."""
        client = self._client(session)
        plan = self._problem.plans[session.plan_id]
        service = self._problem.services[session.service_id]
        techniques = f" with {', '.join(sorted(plan.techniques))}" if plan.techniques else ""
        sentences = {
            "screening": "the plan is not cleared yet",
            "room-kind": f"the location has no {service.room_kind} room",
            "qualified": f"the therapist is no {service.credential}{techniques}",
            "client-location": f"{client.name} does not come to that location",
            "closure": "the location is closed that day",
            "client-away": f"{client.name} is away",
            "authorisation": _not_authorised(plan),
            "time-off": "the therapist has time off",
            "on-shift": f"{service.minutes} minutes and the changeover don't fit into the shift",
            "opening-hours": "the location is not open long enough",
            "client-hours": f"{client.name} can't come then{self._or_declined(client)}",
            "pinned": "the promise is pinned or frozen to another time",
            "grid": f"it is not on the grid of {self._problem.settings.grid} minutes",
        }
        return f"At {_count(count, 'start')} {sentences[rule]}."

    def _or_declined(self, client: Client) -> str:
        refused = {it.client_id for it in self._problem.network.refusals}
        return ", or has declined that time" if client.client_id in refused else ""

    def held(self, rule: str, count: int, holders: Counter[Visit], session: Session) -> str:
        """What a full row, or the plan itself, says of starts that it keeps the session from."""
        reason = _HELD[rule].format(name=self._client(session).name)
        sentence = f"At {_count(count, 'start')} {reason}"
        named = [self._visit(visit) for visit, _ in holders.most_common(_NAMED)]
        if not named:
            return f"{sentence}."
        others = len(holders) - len(named)
        more = f" and {others} more" if others else ""
        return f"{sentence}: {'; '.join(named)}{more}."

    def _title(self, session: Session) -> str:
        return f"Session {session.number} of {self._client(session).name}'s plan {session.plan_id}"

    def _client(self, session: Session) -> Client:
        return self._problem.clients[self._problem.plans[session.plan_id].client_id]

    def _visit(self, visit: Visit) -> str:
        problem = self._problem
        client = problem.clients[problem.plans[visit.plan_id].client_id].name
        therapist = problem.therapists[visit.therapist_id].name
        location = problem.locations[visit.location_id].name
        return f"{client} with {therapist} at {location} on {_moment(visit.starts_at)}"


_HELD = {
    "therapist-overlap": "the therapist has somebody else",
    "travel": "the therapist could not travel in time",
    "room-overlap": "all rooms of the kind are taken",
    "client-overlap": "{name} has another appointment",
    "max-day": "the therapist's hands-on minutes of the day are used up",
    "max-week": "the therapist's hands-on minutes of the week are used up",
    "meal-break": "the therapist would have no meal break",
    "spacing": "it would be too close to the plan's next or last session",
    "authorisation": "the authorised visits are used up",
    "one-per-session": "the session has an appointment",
}
"""What each rule that holds between appointments says of a start."""


def _sentence(obstacle: Obstacle | None) -> str:
    return "" if obstacle is None else obstacle.sentence


def _against_pin(obstacle: Obstacle | None) -> str:
    """What speaks against a pin's own place; that all others are forbidden explains nothing."""
    if obstacle is None or obstacle.rule == "pinned":
        return "careweave draft says which rule it breaks there."
    return obstacle.sentence


def _not_authorised(plan: CarePlan) -> str:
    until = plan.authorised_until
    late = "" if until is None else f"it would be after {_day(until)}, the last authorised day, or "
    return f"{late}no authorised visit is left"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def _days(session: Session) -> str:
    last = session.closes.toordinal() - 1
    return f"{_day(session.opens)} to {_day(type(session.opens).fromordinal(last))}"


def _moment(moment: datetime) -> str:
    return f"{_day(moment.date())} {moment:%H:%M}"
