"""Regions: parts of a network that share nobody are problems of their own, and nothing is lost."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from hypothesis import given, settings

from scheduler.facts import Client, Network
from scheduler.problem import Problem
from scheduler.regions import split
from tests.scheduler.networks import problems
from tests.scheduler.runs import agree, regions, scheduled
from tests.scheduler.tiny import completed, shift, two_clients

ROWS = [field.name for field in fields(Network)]


def places(asked: Problem) -> list[set[str]]:
    """The locations of each region."""
    return [{x.location_id for x in part.network.locations} for part in split(asked)]


def with_tables(asked: Problem, **tables: Any) -> Problem:
    return replace(asked, network=replace(asked.network, **tables))


def test_two_clinics_that_share_nobody_are_two_regions() -> None:
    assert places(regions()) == [{"north"}, {"south"}]


def test_a_therapist_at_both_ties_them() -> None:
    shifts = (*regions().network.shifts, *shift("maya", "sat", where="south"))
    assert places(with_tables(regions(), shifts=shifts)) == [{"north", "south"}]


def test_a_client_who_would_come_to_both_ties_them() -> None:
    def anywhere(client: Client) -> Client:
        return replace(client, other_location_ids=("north", "south"))

    clients = tuple(anywhere(client) for client in regions().network.clients)
    assert places(with_tables(regions(), clients=clients)) == [{"north", "south"}]


def test_an_appointment_elsewhere_ties_them() -> None:
    # Dina, who lives at North, was at South once; or Omar of South helped out at North.
    was_away = completed("mon 09:00", room_id="south-1", therapist_id="omar")
    helped_out = completed("mon 09:00", therapist_id="omar")
    for row in (was_away, helped_out):
        assert places(with_tables(regions(), appointments=(row,))) == [{"north", "south"}]


def test_a_network_without_locations_is_one_region() -> None:
    bare = replace(regions(), network=Network())
    assert split(bare) == (bare,)


def test_one_region_is_the_problem_itself() -> None:
    asked = replace(regions(), network=two_clients())
    assert split(asked) == (asked,)


@settings(max_examples=60)
@given(problems())
def test_every_session_and_every_appointment_is_in_one_region(asked: Problem) -> None:
    parts = split(asked)
    for wanted in ("in_scope", "standing", "released"):
        found = [row for part in parts for row in getattr(part, wanted)]
        assert sorted(found, key=repr) == sorted(getattr(asked, wanted), key=repr)
    assert sum(len(part.promises) for part in parts) == len(asked.promises)


def test_regions_together_are_as_good_as_each_by_itself() -> None:
    outcome = scheduled(regions())
    agree(regions(), outcome)
    alone = [scheduled(part) for part in split(regions())]
    assert outcome.points == sum(part.points for part in alone)
    assert outcome.bound == sum(part.bound for part in alone)
    assert outcome.most_bookable == sum(part.most_bookable for part in alone)
    assert set(outcome.visits) == {visit for part in alone for visit in part.visits}
