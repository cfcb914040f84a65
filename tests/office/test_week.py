"""A week shows what is booked, for everybody or for one of them."""

from __future__ import annotations

from datetime import date

import pytest

from office.errors import OfficeError, UnknownIdError
from office.week import Narrowing, show_week
from tests.office.clinic import MONDAY, draft


@pytest.mark.parametrize("day", [date(2027, 3, 1), date(2027, 3, 4), date(2027, 3, 7)])
def test_any_day_of_a_week_will_do(clinic: str, day: date) -> None:
    week = show_week(clinic, day, Narrowing())
    assert week.monday == MONDAY
    assert [entry.client for entry in week.entries] == ["Dina Young", "Ruth Okoye"]


def test_the_days_around_the_week_are_not_in_it(clinic: str) -> None:
    assert show_week(clinic, date(2027, 2, 28), Narrowing()).entries == ()
    assert show_week(clinic, date(2027, 3, 8), Narrowing()).entries == ()


@pytest.mark.parametrize(
    ("narrowing", "about", "clients"),
    [
        (Narrowing(location_id="south"), "Southgate", ["Ruth Okoye"]),
        (Narrowing(therapist_id="maya"), "Maya Rossi", ["Dina Young"]),
        (Narrowing(client_id="ruth"), "Ruth Okoye", ["Ruth Okoye"]),
        (Narrowing(location_id="south", client_id="dina"), "Southgate, Dina Young", []),
    ],
)
def test_a_week_is_narrowed(
    clinic: str, narrowing: Narrowing, about: str, clients: list[str]
) -> None:
    week = show_week(clinic, MONDAY, narrowing)
    assert (week.about, [entry.client for entry in week.entries]) == (about, clients)


def test_the_draft_has_a_week_of_its_own(clinic: str) -> None:
    draft(clinic)
    entries = show_week(clinic, MONDAY, Narrowing(client_id="ruth"), draft=True).entries
    assert [entry.starts_at.isoformat() for entry in entries] == ["2027-03-02T09:00:00"]


def test_what_is_not_there_is_named(clinic: str) -> None:
    with pytest.raises(UnknownIdError, match=r"no therapist 'mya'. Maybe 'maya'"):
        show_week(clinic, MONDAY, Narrowing(therapist_id="mya"))
    with pytest.raises(OfficeError, match="there is no draft"):
        show_week(clinic, MONDAY, Narrowing(), draft=True)
