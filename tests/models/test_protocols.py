"""Protocols are data: two to begin with, and whatever a clinic makes of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.protocols import (
    Protocol,
    delete_protocol,
    get_protocol,
    list_protocols,
    save_protocol,
)
from models.store import Store, StoreError
from scheduler.facts import Condition, Frequency, Phase, Priority
from tests.models.samples import save

TWICE, ONCE, HALF = Frequency
TAPER = Protocol(
    protocol_id="taper",
    name="Chronic with adjustment",
    condition=Condition.CHRONIC,
    phases=(Phase(1, TWICE, 5), Phase(2, HALF, 4)),
    service_id="massage",
    intake_service_id="massage",
    techniques=frozenset({"pnf", "trigger-point"}),
    priority=Priority.URGENT,
    companion_service_id="adjustment",
    authorised_visits=12,
    expiry_days=90,
)


def test_a_new_record_knows_the_two_standard_protocols(store: Store) -> None:
    with store.reading() as session:
        acute, chronic = list_protocols(session)
    assert (acute.protocol_id, acute.condition) == ("acute", Condition.ACUTE)
    assert acute.phases == (Phase(1, TWICE, 2), Phase(2, ONCE, 1))
    assert chronic.phases == (Phase(1, TWICE, 3), Phase(2, ONCE, 3), Phase(3, HALF, 6))
    assert (chronic.condition, chronic.service_id) == (Condition.CHRONIC, None)


def test_a_protocol_comes_out_as_it_went_in(store: Store) -> None:
    save(store)
    with store.writing() as session:
        save_protocol(session, TAPER)
        assert get_protocol(session, "taper") == TAPER
        shorter = replace(TAPER, name="Short", phases=(Phase(1, ONCE, 3),), expiry_days=None)
        save_protocol(session, shorter)
    with store.writing() as session:
        assert get_protocol(session, "taper") == shorter
        assert delete_protocol(session, "taper")
        assert not delete_protocol(session, "taper")
        assert [it.protocol_id for it in list_protocols(session)] == ["acute", "chronic"]


def test_an_unknown_protocol_is_named_with_the_known_ones(store: Store) -> None:
    with (
        store.reading() as session,
        pytest.raises(StoreError, match="Maybe one of: acute, chronic"),
    ):
        get_protocol(session, "cute")


@pytest.mark.parametrize(
    ("protocol", "told"),
    [
        (replace(TAPER, phases=()), "protocol taper has no phase"),
        (replace(TAPER, phases=(Phase(2, ONCE, 3),)), "not numbered 1, 2, 3"),
        (
            replace(TAPER, service_id="massages"),
            "no service massages. Maybe one of: adjustment, ma",
        ),
    ],
)
def test_a_protocol_that_cannot_be_is_refused(store: Store, protocol: Protocol, told: str) -> None:
    save(store)
    with store.writing() as session, pytest.raises(StoreError, match=told):
        save_protocol(session, protocol)
