"""A region that is read by itself is what the engine would cut out of the whole."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from models.network import load_network, save_network
from models.store import Store
from models.within import find_regions, within
from scheduler.problem import Problem
from scheduler.regions import split
from tests.scheduler.networks import problems
from tests.scheduler.runs import regions


def check(store: Store, asked: Problem) -> int:
    """How many regions there are, after a look at each of them."""
    with store.writing() as session:
        save_network(session, asked.network)
        whole = load_network(session)
        parts = split(Problem(whole, asked.horizon, asked.as_of, asked.settings))
        found = find_regions(session)
        assert found == tuple(frozenset(part.locations) for part in parts)
        if len(found) > 1:
            for locations, part in zip(found, parts, strict=True):
                assert load_network(session, within(locations)) == part.network
        session.rollback()
    return len(found)


def test_two_clinics_that_share_nobody_are_read_by_themselves(store: Store) -> None:
    assert check(store, regions()) == 2


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(problems())
def test_regions_are_the_same_by_ids_and_by_facts(store: Store, asked: Problem) -> None:
    check(store, asked)


def test_a_record_without_locations_has_no_regions(store: Store) -> None:
    with store.reading() as session:
        assert find_regions(session) == ()
