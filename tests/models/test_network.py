"""Facts go in and come out as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.appointments import AppointmentRow
from models.network import load_network, save_network
from models.plans import clear_plan, clearance_reason
from models.store import Store, StoreError
from scheduler.facts import AppointmentStatus, Location, Network, Shift, Travel
from tests.models.samples import LATER, MONDAY, NOW, appointment, at, network, save

CANCELLED = AppointmentStatus.CANCELLED


def load(store: Store) -> Network:
    with store.reading() as session:
        return load_network(session)


def row(store: Store, key: str) -> dict[str, Any]:
    with store.reading() as session:
        table = AppointmentRow.__table__
        found = session.execute(select(*table.columns).where(table.c.appointment_id == key)).one()
        return found._asdict()


def test_a_network_comes_out_as_it_went_in(store: Store) -> None:
    save(store, appointment("a1"), appointment("a2", "p2", at(0, "11:15")))
    assert load(store) == network(appointment("a1"), appointment("a2", "p2", at(0, "11:15")))


def test_saving_again_changes_nothing(store: Store) -> None:
    everything = network(appointment("a1"))
    with store.writing() as session:
        first = save_network(session, everything, now=NOW)
    before = row(store, "a1")
    with store.writing() as session:
        second = save_network(session, everything, now=LATER)
    assert first.inserted["care_plan_phases"] == 6  # three plans of two phases
    assert first.inserted["client_hours"] == 15
    assert second.total == 0
    assert row(store, "a1") == before


def test_a_known_row_is_updated_and_a_missing_one_left_alone(store: Store) -> None:
    save(store)
    north = replace(network().locations[0], name="North End")
    with store.writing() as session:
        changes = save_network(session, Network(locations=(north,)))
    assert (changes.updated["locations"], changes.total) == (1, 1)
    assert load(store).locations == (north, network().locations[1])
    assert load(store).clients == network().clients


def test_travel_is_the_same_both_ways(store: Store) -> None:
    save(store)
    with store.writing() as session:
        same = save_network(session, Network(travel=(Travel("north", "south", 35),)))
        other = save_network(session, Network(travel=(Travel("north", "south", 41),)))
    assert (same.total, other.total) == (0, 1)
    assert load(store).travel == (Travel("south", "north", 41),)


def test_shifts_with_and_without_a_first_day_are_told_apart(store: Store) -> None:
    save(store)
    always, summer = network().shifts
    with store.writing() as session:
        changes = save_network(session, Network(shifts=(replace(always, ends=time(15)),)))
    assert changes.updated["shifts"] == 1
    assert load(store).shifts == (replace(always, ends=time(15)), summer)


def test_instants_are_utc_and_each_location_has_its_own_clock(store: Store) -> None:
    save(store, appointment("a1"), appointment("a2", "p2", room="s1", therapist="bob"))
    assert row(store, "a1")["starts_at"] == datetime(2027, 2, 22, 18, tzinfo=UTC)  # 10:00 - (-8 h)
    assert row(store, "a2")["starts_at"] == datetime(2027, 2, 22, 17, tzinfo=UTC)  # 10:00 - (-7 h)
    assert row(store, "a1")["blocks_until"] == datetime(2027, 2, 22, 19, 15, tzinfo=UTC)


def test_a_zone_that_is_put_right_moves_no_clock(store: Store) -> None:
    save(store, appointment("a1"))
    north = replace(network().locations[0], timezone="America/New_York")
    with store.writing() as session:
        save_network(session, Network(locations=(north,)), now=LATER)
    assert load(store).appointments == (appointment("a1"),)
    assert row(store, "a1")["starts_at"] == datetime(2027, 2, 22, 15, tzinfo=UTC)  # 10:00 - (-5 h)
    assert row(store, "a1")["sequence"] == 1


def test_a_longer_changeover_blocks_longer_without_a_word_to_calendars(store: Store) -> None:
    save(store, appointment("a1"))
    massage = replace(network().services[1], changeover_minutes=25)
    with store.writing() as session:
        save_network(session, Network(services=(massage,)), now=LATER)
    changed = row(store, "a1")
    assert changed["blocks_until"] - changed["ends_at"] == timedelta(minutes=25)
    assert changed["sequence"] == 0


@pytest.mark.parametrize(
    ("changed", "sequence"),
    [
        (appointment("a1", starts_at=at(0, "10:15")), 1),
        (appointment("a1", therapist="bob"), 1),
        (appointment("a1", status=CANCELLED), 1),
        (appointment("a1", status=AppointmentStatus.COMPLETED), 0),
        (appointment("a1", room="n2"), 0),
        (replace(appointment("a1"), pinned=True), 0),
    ],
)
def test_the_sequence_goes_up_where_calendars_must_hear(
    store: Store, changed: Any, sequence: int
) -> None:
    save(store, appointment("a1"))
    before = row(store, "a1")
    with store.writing() as session:
        save_network(session, network(changed), now=LATER)
    after = row(store, "a1")
    assert after["uid"] == before["uid"]
    assert (after["sequence"], after["created_at"]) == (sequence, NOW)
    assert after["revised_at"] == LATER


def test_a_time_that_the_clocks_skip_is_refused(store: Store) -> None:
    spring = datetime(2027, 3, 14, 2, 30)
    with pytest.raises(
        StoreError, match=r"appointment a1: the time 2027-03-14 02:30 does not exist"
    ):
        save(store, appointment("a1", starts_at=spring))
    assert load(store) == Network()


def test_a_time_that_the_clocks_show_twice_is_the_first(store: Store) -> None:
    autumn = datetime(2027, 11, 7, 1, 30)
    save(store, appointment("a1", starts_at=autumn))
    assert row(store, "a1")["starts_at"] == datetime(2027, 11, 7, 8, 30, tzinfo=UTC)  # still PDT
    assert load(store).appointments[0].starts_at == autumn


def test_an_unknown_zone_is_named(store: Store) -> None:
    nowhere = replace(network().locations[0], timezone="America/Nowhere")
    with (
        pytest.raises(StoreError, match="no time zone 'America/Nowhere'"),
        store.writing() as session,
    ):
        save_network(
            session,
            replace(network(appointment("a1")), locations=(nowhere, network().locations[1])),
        )


def test_a_clearance_keeps_its_reason(store: Store) -> None:
    save(store)
    with store.writing() as session:
        clear_plan(session, "p2", "Dr. Osei", MONDAY, "imaging is clean")
    save(store, appointment("a1"))  # a folder that knows of no clearance takes it back …
    plan = load(store).care_plans[1]
    assert (plan.cleared_by, plan.cleared_on) == (None, None)
    with store.writing() as session:  # … but the word that was given stays on record
        assert clearance_reason(session, "p2") == "imaging is clean"
        with pytest.raises(StoreError, match="no care plan p9"):
            clear_plan(session, "p9", "Dr. Osei", MONDAY, None)


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=6)
quarters = st.integers(0, 95).map(lambda it: at(0, "00:00") + timedelta(days=it, minutes=15 * it))


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Words of any script in all texts, and any number of promises, broken ones among them."""
    base = network()
    name = draw(words)
    known = [
        appointment(
            f"{draw(words)}{number}",
            draw(st.sampled_from(["p1", "p2", "p3"])),
            draw(quarters),
            draw(st.sampled_from(["ann", "bob"])),
            draw(st.sampled_from(["n1", "s1"])),
            number=number,
            status=draw(st.sampled_from(AppointmentStatus)),
        )
        for number in range(1, draw(st.integers(1, 6)))
    ]
    return replace(
        base,
        locations=tuple(replace(it, name=name) for it in base.locations),
        therapists=tuple(
            replace(it, techniques=draw(st.frozensets(words, max_size=3))) for it in base.therapists
        ),
        shifts=tuple(
            Shift("bob", "south", day, time(8), time(12, 30), None, None)
            for day in sorted(draw(st.sets(st.integers(0, 6))))
        ),
        care_plans=tuple(
            replace(it, contraindications=tuple(draw(st.lists(words, max_size=3))))
            for it in base.care_plans
        ),
        appointments=tuple(sorted(known, key=lambda it: it.appointment_id)),
    )


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(networks())
def test_any_network_comes_out_as_it_went_in(store: Store, any_network: Network) -> None:
    with store.writing() as session:
        save_network(session, any_network)
        assert save_network(session, any_network).total == 0
        assert load_network(session) == any_network
        session.rollback()


def test_a_location_keeps_its_accents(store: Store) -> None:
    place = Location("zoë", "Zoë's “Clinic”", "", "Europe/Zurich", "")
    with store.writing() as session:
        save_network(session, Network(locations=(place,)))
    assert load(store) == Network(locations=(place,))
