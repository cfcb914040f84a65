"""The table of visits: every session to be booked, then whatever stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from bench.peers.timefold.candidates import NONE
from scheduler.kept import find_kept
from scheduler.matrix import stack
from scheduler.points import unbooked
from scheduler.points.unpaired import asks_for_companion
from scheduler.rules import SHARED
from scheduler.rules.companion import find_pairings
from scheduler.rules.meal_break import MEAL_BREAK
from scheduler.rules.spacing import LEAST_DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.peers.timefold.candidates import IntArray
    from bench.peers.timefold.standing import Stander
    from scheduler.activities import Activities
    from scheduler.facts import CarePlan, Client, Frequency

Treatment = tuple[int, int, int]
"""Hands-on minutes, changeover and kind of room."""

RHYTHMS = tuple(LEAST_DAYS)


@dataclass(frozen=True)
class VisitRow:
    """One visit, as ``Visit.Facts`` in Java has it; numbers are those of the other tables."""

    plan: int
    number: int
    standing: bool
    counts: bool
    must: bool
    rhythm: int
    treatment: int
    companion: int
    client: int
    preferred: int
    home: int
    unbooked: int
    promise: int
    start: int

    def numbers(self, candidates: IntArray) -> IntArray:
        """The row, and the candidates' numbers after it."""
        facts = [int(value) for value in vars(self).values()]
        return np.concatenate([facts, [len(candidates)], candidates])


class VisitRows:
    """Makes the rows, each from its session or from what stands."""

    def __init__(self, activities: Activities, standing: Sequence[Stander]) -> None:
        self._activities = activities
        self._axes = activities.axes
        self._problem = activities.problem
        self._plan = {p.plan_id: i for i, p in enumerate(self._problem.network.care_plans)}
        self._kinds = {room.room_id: room.kind for room in self._problem.network.rooms}
        ours = {self._of_service(service_id) for service_id in self._problem.services}
        self.treatments = sorted(ours | {self._of_stander(each) for each in standing})
        self._number = {treatment: i for i, treatment in enumerate(self.treatments)}
        self._watched = self._clients_in_their_own_way(standing)
        self._kept = find_kept_sessions(activities)

    def _clients_in_their_own_way(self, standing: Sequence[Stander]) -> frozenset[str]:
        """Clients with several plans, or with something that stands in the horizon."""
        plans = self._problem.plans
        open_plans = {session.plan_id for session in self._problem.sessions}
        several = Counter(plans[plan_id].client_id for plan_id in open_plans)
        stands = {plans[s.appointment.plan_id].client_id for s in standing if s.in_horizon}
        return frozenset(stands | {client for client, count in several.items() if count > 1})

    def _of_service(self, service_id: str) -> Treatment:
        service = self._problem.services[service_id]
        kind = self._axes.kind.get(service.room_kind, NONE)
        return service.minutes, service.changeover_minutes, kind

    def _of_stander(self, stander: Stander) -> Treatment:
        """What stands keeps its own minutes, and its room."""
        each = stander.appointment
        changeover = self._problem.services[each.service_id].changeover_minutes
        return each.minutes, changeover, self._axes.kind[self._kinds[each.room_id]]

    def of_session(self, index: int, promise: int, start: int) -> VisitRow:
        """A session to be booked, with the slots of its promise and to start from, or NONE."""
        session = self._problem.sessions[index]
        plan = self._problem.plans[session.plan_id]
        companion = NONE
        if asks_for_companion(self._problem, session) and plan.companion_service_id is not None:
            companion = self._number[self._of_service(plan.companion_service_id)]
        return VisitRow(
            self._plan[session.plan_id],
            session.number,
            standing=False,
            counts=True,
            must=index in self._kept,
            rhythm=self._rhythm(session.frequency),
            treatment=self._number[self._of_service(session.service_id)],
            companion=companion,
            **self._of_client(plan),
            unbooked=unbooked.cost(self._problem, session),
            promise=promise,
            start=start,
        )

    def of_stander(self, stander: Stander, slot: int) -> VisitRow:
        """Something that stands, with the slot where it does."""
        session = stander.session
        plan = self._problem.plans[stander.appointment.plan_id]
        treatment = self._number[self._of_stander(stander)]
        return VisitRow(
            NONE if session is None else self._plan[session.plan_id],
            0 if session is None else session.number,
            standing=True,
            counts=stander.counts,
            must=False,
            rhythm=NONE if session is None else self._rhythm(session.frequency),
            treatment=treatment,
            companion=treatment if stander.alone else NONE,
            **self._of_client(plan),
            unbooked=0,
            promise=NONE,
            start=slot,
        )

    @staticmethod
    def _rhythm(frequency: Frequency) -> int:
        return RHYTHMS.index(frequency)

    def _of_client(self, plan: CarePlan) -> dict[str, int]:
        client: Client = self._problem.clients[plan.client_id]
        preferred, nobody = client.preferred_therapist_id, len(self._axes.therapist)
        watched = plan.client_id in self._watched
        return {
            "client": self._axes.client[plan.client_id] if watched else NONE,
            "preferred": NONE if preferred is None else self._axes.therapist.get(preferred, nobody),
            "home": self._axes.location[client.home_location_id],
        }


def find_kept_sessions(activities: Activities) -> frozenset[int]:
    """The sessions whose held promises can be kept, as the contract asks before all else."""
    problem = activities.problem
    held = [i for i, session in enumerate(problem.sessions) if problem.is_held(session)]
    if not held:
        return frozenset()
    few = _of_sessions(activities, held)
    limits = [rule.rows(few) for rule in SHARED if rule is not MEAL_BREAK]
    matrix = stack(len(few), limits)
    kept = find_kept(few, matrix, matrix.rows, find_pairings(few))
    return frozenset(few.session[kept].tolist())


def _of_sessions(activities: Activities, sessions: Sequence[int]) -> Activities:
    """The columns of some sessions, and all meals: a small matrix says the same of them."""
    mine = np.isin(activities.session, sessions) | (activities.meal != NONE)
    columns = {
        field.name: getattr(activities, field.name)[mine]
        for field in fields(activities)
        if field.name not in ("axes", "shift_day", "keeps_promise")
    }
    return replace(
        activities,
        shift_day=activities.shift_day[mine[: activities.slots]],
        keeps_promise=activities.keeps_promise[mine[: activities.appointments]],
        **columns,
    )
