"""Regions in parts: what the parts book fits together, and their bounds hold for the whole."""

from __future__ import annotations

from dataclasses import replace
from math import prod
from typing import Any

import pytest
from hypothesis import assume, given, settings

from scheduler.engine import Limits
from scheduler.problem import Problem
from scheduler.repair import Repair
from scheduler.ties import find_parts
from tests.scheduler.networks import TINY
from tests.scheduler.runs import agree
from tests.scheduler.test_engine import MOST_SCHEDULES, best_of, choices_of
from tests.scheduler.tied import (
    both_clinics,
    bound,
    first,
    in_parts,
    repaired,
    streamed,
    tied_problems,
)
from tests.scheduler.tiny import promise, shift
from tests.scheduler.verdict import judged


@settings(max_examples=80)
@given(tied_problems())
def test_the_verifier_agrees_with_parts_before_and_after_they_are_repaired(asked: Problem) -> None:
    region = in_parts(asked)
    assume(len(region.places) > 1 and region.tied)
    repair = first(region)
    before = repair.points
    _agree(asked, repair)
    repaired(repair)
    _agree(asked, repair)
    assert bound(region) <= repair.points <= before


def _agree(asked: Problem, repair: Repair) -> None:
    report = judged(asked, repair.visits)
    assert report.findings == ()
    assert report.parts == repair.parts
    assert report.points == repair.points


@settings(max_examples=40)
@given(tied_problems(replace(TINY, pins=False)))
def test_the_best_schedule_lies_between_the_parts_bound_and_points(asked: Problem) -> None:
    region = in_parts(asked)
    assume(len(region.places) > 1 and region.tied)
    assume(prod(map(len, choices_of(asked))) <= MOST_SCHEDULES)
    best = best_of(asked).points
    assert bound(region, 10) <= best <= repaired(first(region), 5).points


def places(asked: Problem, **limits: Any) -> list[set[str]]:
    return [set(part) for part in find_parts(asked, **{"thin": 1.0, "worth": 0, **limits})]


def test_a_therapist_who_works_at_both_clinics_does_not_keep_them_together() -> None:
    assert places(both_clinics()) == [{"north"}, {"south"}]


def test_parts_that_are_too_small_or_share_too_many_stay_together() -> None:
    # Four sessions at North; Maya is the only therapist there, so all of them are shared.
    assert places(both_clinics(), worth=4) == [{"north"}, {"south"}]
    assert places(both_clinics(), worth=5) == [{"north", "south"}]
    assert places(both_clinics(), thin=0.9) == [{"north", "south"}]


def test_a_client_who_comes_to_both_keeps_them_together() -> None:
    facts = both_clinics().network
    anywhere = replace(facts.clients[0], other_location_ids=("south",))
    facts = replace(facts, clients=(anywhere, *facts.clients[1:]))
    assert places(replace(both_clinics(), network=facts)) == [{"north", "south"}]


@pytest.mark.parametrize(("ruth", "parts"), [("12:15", 2), ("12:00", 1), ("16:30", 2)], ids=str)
def test_promises_that_contradict_each_other_keep_them_together(ruth: str, parts: int) -> None:
    # Dina's massage and its changeover end at 11:45, and it is 25 minutes to South: 12:10. At
    # 16:30 Maya's shift is too short for Ruth, so nothing can come of that promise anyway.
    facts = both_clinics().network
    shifts = [row for row in facts.shifts if row.location_id == "north"]
    shifts += shift("maya", "mon tue", "12:00-17:00", "south")
    promises = (
        promise("mon 10:30", key="dina-1"),
        promise(f"mon {ruth}", key="ruth-1", room_id="south-1"),
    )
    facts = replace(facts, shifts=tuple(shifts), appointments=promises)
    assert len(places(replace(both_clinics(), network=facts))) == parts


@pytest.mark.parametrize("workers", [1, 2])
def test_parts_that_are_interrupted_or_out_of_time_still_fit_together(workers: int) -> None:
    region = in_parts(both_clinics())
    interrupted = streamed(region, workers, stop=lambda: True)
    assert interrupted.interrupted
    agree(both_clinics(), interrupted)
    agree(both_clinics(), streamed(region, workers, limits=Limits(seconds=0.0)))


@settings(max_examples=25)
@given(tied_problems())
def test_a_second_run_begins_with_the_draft(asked: Problem) -> None:
    region = in_parts(asked)
    assume(len(region.places) > 1 and region.tied)
    draft = repaired(first(region))
    again = first(replace(region, start=draft.visits), rounds=0)
    _agree(asked, again)
    assert again.points <= draft.points


def test_a_part_that_is_worse_than_before_is_not_taken() -> None:
    repair = first(in_parts(both_clinics()))
    before = repair.visits
    assert not repair.take(0, ())
    assert repair.visits == before
