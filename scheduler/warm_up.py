"""Compile everything once: search and prove a tiny network for a moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time

from scheduler.counting import counting
from scheduler.facts import (
    CarePlan,
    Client,
    ClientHours,
    Condition,
    Frequency,
    Location,
    Network,
    OpeningHours,
    Phase,
    PlanStatus,
    Priority,
    Room,
    Service,
    Shift,
    Therapist,
)
from scheduler.horizon import Horizon
from scheduler.model import build
from scheduler.problem import Problem
from scheduler.proof import Proof
from scheduler.search import Search
from scheduler.settings import Settings

_MONDAY = date(2027, 2, 22)
_OPENS, _CLOSES = time(8), time(16)


def _network() -> Network:
    """One clinic, one therapist, one client with a plan for two sessions."""
    return Network(
        locations=(Location("here", "Here", "", "America/Los_Angeles", ""),),
        opening_hours=(OpeningHours("here", 0, _OPENS, _CLOSES),),
        rooms=(Room("room", "here", "Room", "table"),),
        services=(Service("massage", "Massage", 60, 15, "LMT", "table"),),
        therapists=(Therapist("who", "Who", "", frozenset({"LMT"}), frozenset(), 480, 2400),),
        shifts=(Shift("who", "here", 0, _OPENS, _CLOSES, None, None),),
        clients=(Client("client", "Client", "", "", "here", (), None),),
        client_hours=(ClientHours("client", 0, _OPENS, _CLOSES),),
        care_plans=(
            CarePlan(
                "plan",
                "client",
                Condition.CHRONIC,
                "massage",
                None,
                frozenset(),
                _MONDAY,
                Priority.ROUTINE,
                PlanStatus.ACTIVE,
                None,
                None,
                None,
                (),
                None,
                None,
                (Phase(1, Frequency.WEEKLY, 2),),
            ),
        ),
    )


def warm_up() -> None:
    """Have every inner loop compiled; ``compile_once`` keeps it for whoever comes next."""
    model = build(Problem(_network(), Horizon(_MONDAY, 2), _MONDAY, Settings()))
    search = Search(model, seed=0)
    search.greedy()
    search.step(0.5, count=20)
    with ThreadPoolExecutor(1) as others:
        search.begin_remake(others)
        search.end_remake()
    search.settle_companions()
    for each in (model, counting(model)):
        Proof(each).round()
