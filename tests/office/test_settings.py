"""Every setting is listed with what it means, and set only to what can be."""

from __future__ import annotations

import pytest

from models.errors import StoreError
from models.settings import DEFAULTS
from office.errors import UnknownIdError
from office.settings import MEANINGS, list_settings, set_setting
from tests.office.clinic import NOW


def test_every_setting_has_its_meaning() -> None:
    assert MEANINGS.keys() == DEFAULTS.keys()


def test_a_setting_stays_at_its_default_until_it_is_set(each_clinic: str) -> None:
    assert all(setting.value == setting.default for setting in list_settings(each_clinic))
    set_setting(each_clinic, "weights.cadence", "20", now=NOW, who="mia")
    changed = [it for it in list_settings(each_clinic) if it.value != it.default]
    assert [(it.key, it.value, it.default) for it in changed] == [("weights.cadence", "20", "10")]


def test_an_unknown_setting_is_named_with_the_nearest_known_one(clinic: str) -> None:
    with pytest.raises(UnknownIdError, match=r"no setting 'gird'. Maybe 'grid'"):
        set_setting(clinic, "gird", "15", now=NOW, who="mia")


@pytest.mark.parametrize(
    ("key", "value"),
    [("grid", "7"), ("freeze_days", "-1"), ("client_names", "all"), ("weights.cadence", "ten")],
)
def test_an_impossible_value_is_refused(clinic: str, key: str, value: str) -> None:
    with pytest.raises(StoreError, match="Maybe"):
        set_setting(clinic, key, value, now=NOW, who="mia")
