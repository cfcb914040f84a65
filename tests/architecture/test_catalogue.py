"""Each name of the contract has its rule, its check, its tests and its page.

The lists are the contract's own, in its order. To add a rule, add its name here and let
the failing tests say what is missing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import scheduler.points
import scheduler.rules
import verifier

ROOT = Path(__file__).parents[2]

HARD_RULES = [
    "opening-hours",
    "closure",
    "on-shift",
    "time-off",
    "qualified",
    "room-kind",
    "therapist-overlap",
    "travel",
    "room-overlap",
    "client-hours",
    "client-away",
    "client-location",
    "client-overlap",
    "max-day",
    "max-week",
    "meal-break",
    "window",
    "spacing",
    "one-per-session",
    "screening",
    "authorisation",
    "pinned",
    "companion",
    "grid",
]

POINTS_PARTS = [
    "unbooked",
    "promise-lost",
    "promise-moved",
    "unpaired",
    "extra-therapist",
    "not-preferred",
    "away-from-home",
    "cadence",
    "other-time",
    "change-of-clinic",
]


def missing(kind: str, name: str) -> list[str]:
    """Files that the name should have and has not; ``kind`` is their folder."""
    module = name.replace("-", "_")
    wanted = (
        f"scheduler/{kind}/{module}.py",
        f"verifier/{kind}/{module}.py",
        f"tests/{kind}/test_{module}.py",
        f"docs/rules/{name}.md",
    )
    return [path for path in wanted if not (ROOT / path).is_file()]


@pytest.mark.parametrize("name", HARD_RULES)
def test_each_hard_rule_has_its_files(name: str) -> None:
    assert missing("rules", name) == []


@pytest.mark.parametrize("name", POINTS_PARTS)
def test_each_points_part_has_its_files(name: str) -> None:
    assert missing("points", name) == []


def test_the_engine_knows_each_hard_rule_once() -> None:
    assert isinstance(scheduler.rules.RULES, tuple)
    assert sorted(rule.name for rule in scheduler.rules.RULES) == sorted(HARD_RULES)


def test_the_engine_knows_each_points_part_once() -> None:
    assert isinstance(scheduler.points.PARTS, tuple)
    assert sorted(part.name for part in scheduler.points.PARTS) == sorted(POINTS_PARTS)


def test_the_verifier_checks_each_hard_rule_once() -> None:
    assert isinstance(verifier.RULES, tuple)
    assert sorted(name for name, _ in verifier.RULES) == sorted(HARD_RULES)


def test_the_verifier_recomputes_each_points_part_once() -> None:
    assert isinstance(verifier.PARTS, tuple)
    assert sorted(name for name, _ in verifier.PARTS) == sorted(POINTS_PARTS)
