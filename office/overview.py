"""A schedule at a glance: booked of in scope by clinic and week, and why the rest is not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.explain import Explainer, Explanation
from scheduler.outcome import SessionKey, Visit
from scheduler.problem import Problem

EXAMPLES = 2
"""Sessions told of each reason."""

BETTER_WITHOUT = "better without"
"""What stands for a rule where a session has a free slot, but costs more than it is worth."""


@dataclass(frozen=True, slots=True)
class ClinicWeek:
    """Sessions of one clinic in one week: where and when they are booked.

    An unbooked session counts at its client's home location in the first week that it could be.
    """

    location: str
    monday: date
    booked: int
    in_scope: int


@dataclass(frozen=True, slots=True)
class Example:
    """One unbooked session and the sentence that says why."""

    plan_id: str
    session_number: int
    client: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that keeps most slots from ``count`` sessions, with a few of them."""

    rule: str
    count: int
    examples: tuple[Example, ...]


def clinic_weeks(
    problem: Problem, visits: Sequence[Visit], unbooked: Collection[SessionKey]
) -> tuple[ClinicWeek, ...]:
    """Booked of in scope, for each clinic and week with a session in scope, in that order."""
    left_out = set(unbooked)
    places = _places(problem, visits)
    booked: Counter[tuple[str, date]] = Counter()
    in_scope: Counter[tuple[str, date]] = Counter()
    for session in problem.in_scope:
        location_id, day = places.get(session.key, (_home(problem, session.plan_id), session.opens))
        day = min(max(day, problem.horizon.start), problem.horizon.end - timedelta(days=1))
        cell = (location_id, day - timedelta(days=day.weekday()))
        in_scope[cell] += 1
        booked[cell] += session.key not in left_out
    names = problem.locations
    return tuple(
        ClinicWeek(names[cell[0]].name, cell[1], booked[cell], in_scope[cell])
        for cell in sorted(in_scope)
    )


def _places(problem: Problem, visits: Iterable[Visit]) -> Mapping[SessionKey, tuple[str, date]]:
    """Location and day of each booked session; settled ones stay where they are."""
    places = {
        key: (problem.location_of_room[it.room_id], it.starts_at.date())
        for key, it in problem.settled.items()
    }
    for visit in visits:
        if not visit.companion:
            key = (visit.plan_id, visit.session_number)
            places[key] = (visit.location_id, visit.starts_at.date())
    return places


def _home(problem: Problem, plan_id: str) -> str:
    return problem.clients[problem.plans[plan_id].client_id].home_location_id


def reasons(
    problem: Problem, visits: Sequence[Visit], unbooked: Iterable[SessionKey]
) -> tuple[Reason, ...]:
    """Unbooked sessions by the rule that keeps most of them out, most frequent first."""
    explainer = Explainer(problem, visits)
    lots: dict[str, list[Example]] = defaultdict(list)
    for key in unbooked:
        explanation = explainer.explain(key)
        client = problem.clients[problem.plans[key[0]].client_id].name
        lots[_rule(explanation)].append(Example(*key, client, explanation.sentence))
    return tuple(
        Reason(rule, len(lots[rule]), _different(lots[rule]))
        for rule in sorted(lots, key=lambda rule: (-len(lots[rule]), rule))
    )


def _rule(explanation: Explanation) -> str:
    """The rule that decides, or the shifts where nobody works in the session's window at all."""
    if not explanation.candidates:
        return "on-shift"
    return explanation.rule or BETTER_WITHOUT


def _different(examples: Collection[Example]) -> tuple[Example, ...]:
    """A few examples, each of another plan as far as there are any."""
    by_plan = {example.plan_id: example for example in examples}
    return tuple(by_plan.values())[:EXAMPLES]
