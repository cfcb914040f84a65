"""How the sessions of each plan follow one another, and what a session costs beside the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from bench.peers.slots import SlotTable
from scheduler.candidates import minute_of
from scheduler.care_plans import Session
from scheduler.points.cadence import days_missed
from scheduler.points.other_time import TOLERANCE
from scheduler.problem import Problem
from scheduler.rules.authorisation import visits_left
from scheduler.rules.spacing import least_days


@dataclass(frozen=True, slots=True)
class Visit:
    """A session's place: its day and minute, with whom, and whether its points count."""

    session: Session
    day: int
    clock: int
    therapist: int
    counts: bool


@dataclass
class Course:
    """One plan: what it has by number of session, from whom, and how many more it may have."""

    visits: dict[int, Visit] = field(default_factory=dict)
    therapists: Counter[int] = field(default_factory=Counter)
    booked: int = 0
    left: int | None = None

    def add(self, visit: Visit) -> None:
        """A visit more."""
        self.visits[visit.session.number] = visit
        self.therapists[visit.therapist] += 1
        self.booked += visit.counts

    def remove(self, number: int) -> Visit:
        """A visit less, which is returned."""
        visit = self.visits.pop(number)
        self.therapists[visit.therapist] -= 1
        if not self.therapists[visit.therapist]:
            del self.therapists[visit.therapist]
        self.booked -= visit.counts
        return visit

    def neighbours(self, number: int) -> tuple[Visit | None, Visit | None]:
        """The nearest visits before and after a session."""
        before = max((n for n in self.visits if n < number), default=None)
        after = min((n for n in self.visits if n > number), default=None)
        return (
            None if before is None else self.visits[before],
            None if after is None else self.visits[after],
        )


class Courses:
    """All plans of a problem, with what stands of them."""

    def __init__(self, table: SlotTable) -> None:
        self.problem: Problem = table.problem
        axes, self.weights = table.activities.axes, table.problem.settings.weights
        self._of: dict[str, Course] = {}
        for plan in self.problem.network.care_plans:
            course = Course(left=visits_left(self.problem, plan))
            for a in self.problem.standing_sessions.get(plan.plan_id, ()):
                session = self.problem.calendar[plan.plan_id, a.session_number]
                day, clock = axes.day(a.starts_at.date()), minute_of(a.starts_at.time())
                settled = session.key in self.problem.settled
                course.add(Visit(session, day, clock, axes.therapist[a.therapist_id], settled))
            if course.left is not None:
                course.left += course.booked  # settled visits stand, and are counted below
            self._of[plan.plan_id] = course

    def of(self, session: Session) -> Course:
        """The course of a session's plan."""
        return self._of[session.plan_id]

    def is_full(self, session: Session) -> bool:
        """Whether the plan's authorised visits are used up."""
        course = self.of(session)
        return course.left is not None and course.booked >= course.left

    def day_points(self, session: Session, day: int) -> int | None:
        """``cadence`` of a session on a day with its neighbours; none if that is too close."""
        points = 0
        for visit, other in self._pairs(session):
            apart = day - visit.day if other else visit.day - day
            if apart < least_days(visit.session.frequency, session.frequency):
                return None
            later = session if other else visit.session
            if self._counts(session, visit):
                points += self.weights.cadence * days_missed(later.frequency, apart)
        return points

    def clock_points(self, session: Session, clock: int) -> int:
        """``other-time`` of a session at a minute of the day with its neighbours."""
        return self.weights.other_time * sum(
            abs(visit.clock - clock) > TOLERANCE
            for visit, _ in self._pairs(session)
            if self._counts(session, visit)
        )

    def therapist_points(self, session: Session, therapist: int) -> int:
        """By how much ``extra-therapist`` rises if a session is with a therapist."""
        course, weight = self.of(session), self.weights.extra_therapist
        before = weight * max(len(course.therapists) - 1, 0) if course.booked else 0
        after = len(course.therapists) + (therapist not in course.therapists)
        return weight * max(after - 1, 0) - before

    def _pairs(self, session: Session) -> list[tuple[Visit, bool]]:
        """The neighbours that a session has, each with whether it comes before."""
        before, after = self.of(session).neighbours(session.number)
        return [
            (visit, is_before) for visit, is_before in ((before, True), (after, False)) if visit
        ]

    def _counts(self, session: Session, visit: Visit) -> bool:
        """Whether two neighbours are a pair with points: next to each other, the later in scope."""
        apart = visit.session.number - session.number
        return apart == -1 or (apart == 1 and visit.counts)
