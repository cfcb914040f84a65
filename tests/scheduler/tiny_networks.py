"""Random problems with every feature, so small that all their schedules can be looked at."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from scheduler.facts import AppointmentStatus, Network, Refusal
from scheduler.problem import Problem
from scheduler.settings import MOST_POINTS, Settings, Weights
from tests.scheduler.networks import CLIENTS, Size, problems, sometimes
from tests.scheduler.tiny import MONDAY

FEW = Size(
    plans=3,
    half_days=("09:00-10:45", "10:00-11:15", "13:00-14:30"),
    afternoons=("12:00-13:30", "12:30-14:15"),
    phases=("2x1", "1x2", "1x1 2x1", "2x1 0.5x2", "1x1 0.5x2", "1x1"),
    weeks=2,
    grids=(30, 20, 15),
)
"""Few sessions; long days too, since only they have meal breaks."""

_VALUES = st.sampled_from([0, 1, 7, 30, 100, 1000, 3000, MOST_POINTS])


@st.composite
def weights(draw: st.DrawFn) -> Weights:
    """The defaults, or some parts free, or any numbers."""
    names = [field.name for field in fields(Weights)]
    kind = draw(st.sampled_from(["default"] * 3 + ["free", "any"]))
    changed: dict[str, Any] = {}
    if kind == "free":
        changed = dict.fromkeys(draw(st.lists(st.sampled_from(names), unique=True)), 0)
    elif kind == "any":
        changed = {name: draw(_VALUES) for name in names}
    return replace(Weights(), **changed)


@st.composite
def refusals(draw: st.DrawFn, network: Network) -> tuple[Refusal, ...]:
    """A time that a client declined; none that they were promised."""
    who = draw(st.sampled_from(CLIENTS))
    day = MONDAY + timedelta(days=draw(st.sampled_from([0, 1, 2, 3, 7])))
    starts = datetime.combine(day, draw(st.sampled_from([time(9), time(10, 20), time(13)])))
    ends = starts + timedelta(minutes=draw(st.sampled_from([15, 60])))
    plans = {plan.plan_id: plan.client_id for plan in network.care_plans}
    promised = any(
        plans[each.plan_id] == who
        and each.status is AppointmentStatus.BOOKED
        and each.starts_at < ends
        and starts < each.starts_at + timedelta(minutes=each.minutes)
        for each in network.appointments
    )
    return () if promised else (Refusal(who, starts, ends),)


@st.composite
def tiny_problems(draw: st.DrawFn) -> Problem:
    """A few sessions of up to three plans, in one or two weeks, with weights of all kinds."""
    asked: Problem = draw(problems(FEW))
    network = asked.network
    declined = draw(sometimes(refusals(network), ()))
    settings = asked.settings
    return replace(
        asked,
        network=replace(network, refusals=declined),
        settings=Settings(draw(weights()), settings.grid, settings.freeze_days),
    )
