"""What a clinic sets is text in the record, and checked when it is set."""

from __future__ import annotations

import pytest

from models.settings import (
    ClientNames,
    all_settings,
    load_settings,
    save_setting,
)
from models.store import Store, StoreError
from scheduler.settings import Settings, Weights


def test_unset_settings_are_the_defaults(store: Store) -> None:
    with store.reading() as session:
        assert load_settings(session) == Settings()
        assert all_settings(session)["client_names"] == ClientNames.INITIALS


def test_settings_are_kept(store: Store) -> None:
    changes = {"grid": "20", "freeze_days": "3", "weights.cadence": "7", "client_names": "first"}
    with store.writing() as session:
        save_setting(session, "grid", "30")  # and thinks better of it
        for key, value in changes.items():
            save_setting(session, key, value)
    with store.reading() as session:
        assert load_settings(session) == Settings(Weights(cadence=7), 20, 3)
        assert all_settings(session)["client_names"] == ClientNames.FIRST
        assert all_settings(session)["weights.unbooked"] == "1000"


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("grids", "15", "there is no setting grids. Maybe one of grid, freeze_days"),
        ("grid", "7", "the grid is 7 minutes. Maybe one of"),
        ("grid", "a quarter", "grid is 'a quarter'. Maybe a whole number like 15"),
        ("freeze_days", "-1", "freeze_days is '-1'. Maybe a whole number like 0"),
        ("weights.unpaired", "1.5", "weights.unpaired is '1.5'. Maybe a whole number like 150"),
        (
            "clinic_name",
            "Willow\nMassage",
            "clinic_name is 'Willow\\nMassage'. Maybe a name like Willow",
        ),
        ("mailbox", "Willow <a@willow.example>", "Maybe an address alone, like appointments@"),
        ("grace_minutes", "1441", "grace_minutes is '1441'. Maybe a whole number from 0 to 1440"),
        ("name_services", "maybe", "name_services is 'maybe'. Maybe one of no, yes?"),
        ("bring", "a towel\nand", "Maybe Comfortable clothes and your referral, on one line?"),
        ("client_names", "nick", "client_names is 'nick'. Maybe one of full, first, initials"),
        ("location_names", "full", "location_names is 'full'. Maybe one of none, initials"),
        ("name_services", "maybe", "name_services is 'maybe'. Maybe one of no, yes"),
        ("base_url", "willow.example", "base_url is 'willow.example'. Maybe an address like https"),
        ("base_url", "http://willow.example", "Maybe an address like https"),
        ("base_url", "https://willow.example/", "Maybe an address like https"),
        ("base_url", "https://me:secret@willow.example", "Maybe an address like https"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(store: Store, key: str, value: str, told: str) -> None:
    with store.writing() as session:
        with pytest.raises(StoreError) as refused:
            save_setting(session, key, value)
        assert told in str(refused.value)
        assert load_settings(session) == Settings()


@pytest.mark.parametrize(
    "address",
    ["", "https://willow.example", "https://willow.example:8443/cal", "http://127.0.0.1:8321"],
)
def test_an_address_for_links_is_safe_or_our_own(store: Store, address: str) -> None:
    with store.writing() as session:
        save_setting(session, "base_url", address)
        assert all_settings(session)["base_url"] == address
