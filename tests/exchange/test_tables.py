"""The files and columns of the contract, to the letter."""

from __future__ import annotations

from dataclasses import fields

import pytest

from office.exchange.tables import TABLES
from scheduler import screening
from scheduler.facts import Network
from tests.exchange.folder import FILES

OPTIONAL = {"closures", "travel", "time_off", "client_away", "appointments"}


def test_files_and_columns_are_those_of_the_contract() -> None:
    headers = {name: text.splitlines()[0] for name, text in FILES.items()}
    assert {table.file: ",".join(table.columns) for table in TABLES} == headers
    assert {table.name for table in TABLES if table.optional} == OPTIONAL


def test_every_table_is_a_field_of_the_network_and_refusals_are_none() -> None:
    names = [table.name for table in TABLES if table.name != "care_plan_phases"]
    assert [*names, "refusals"] == [field.name for field in fields(Network)]


def test_ids_stand_in_a_table_before_they_are_used() -> None:
    seen = []
    for table in TABLES:
        seen.append(table.name)
        assert {cell.refers_to for cell in table.columns.values()} <= {None, *seen}


@pytest.mark.parametrize(("word", "absolute"), [("malignancy", True), ("pregnancy", False)])
def test_a_contraindication_is_absolute_or_a_precaution(word: str, absolute: bool) -> None:
    assert screening.is_absolute(word) is absolute


def test_an_unknown_contraindication_is_neither() -> None:
    with pytest.raises(ValueError, match=r"'flu' is not known\. Maybe one of recent-surgery"):
        screening.is_absolute("flu")
