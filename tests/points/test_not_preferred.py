"""``not-preferred``: 15 for each session with another therapist than the preferred one."""

from __future__ import annotations

from typing import Any

from scheduler.problem import Problem
from scheduler.settings import Weights
from tests.scheduler.both import book, parts
from tests.scheduler.tiny import client, network, plan, problem, shift, therapist


def asked(preferred: str | None, **options: Any) -> Problem:
    facts = network(
        therapists=[therapist("maya"), therapist("omar")],
        shifts=[*shift("maya", "mon thu"), *shift("omar", "mon thu")],
        clients=[client(preferred_therapist_id=preferred)],
        care_plans=[plan(phases="2x1")],
    )
    return problem(facts, **options)


MAYA = book("mon 09:00"), book("thu 09:00", 2)
OMAR = book("mon 09:00", therapist="omar"), book("thu 09:00", 2, therapist="omar")


def test_each_session_with_somebody_else() -> None:
    assert parts(asked("maya"), *MAYA) == {}
    assert parts(asked("omar"), *MAYA) == {"not-preferred": 30}
    # One session with each: 15, and a therapist beyond the first.
    assert parts(asked("maya"), MAYA[0], OMAR[1]) == {"not-preferred": 15, "extra-therapist": 60}


def test_who_prefers_nobody_takes_anybody() -> None:
    assert parts(asked(None), *OMAR) == {}


def test_the_weight_is_a_setting() -> None:
    weights = Weights(not_preferred=7)
    assert parts(asked("maya", weights=weights), *OMAR) == {"not-preferred": 14}
