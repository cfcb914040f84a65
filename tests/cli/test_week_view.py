"""A week's grid tells clients apart, however narrow the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from cli import week_view
from office.entries import Entry
from office.week import Week

MONDAY = date(2027, 3, 1)
MORENOS = ("Ana Moreno", "Alejandro Moreno", "Berta Moreno", "Carla Moreno-Quintanilla")


def entry(client: str, day: int, *, hour: int = 9, client_id: str = "", who: str = "Maya") -> Entry:
    """An hour of massage at Northgate on a day of the week."""
    starts = datetime.combine(MONDAY + timedelta(days=day), datetime.min.time()).replace(hour=hour)
    return Entry(
        appointment_id=f"{client}{day}{hour}",
        plan_id="p01",
        session_number=1,
        companion=False,
        client_id=client_id or client,
        client=client,
        service_id="massage",
        service="Massage",
        therapist_id=who,
        therapist=who,
        location_id="north",
        location="Northgate",
        room_id="n1",
        room="North 1",
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        status="booked",
        pinned=False,
    )


def shown(entries: Sequence[Entry], width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the grid of these appointments looks like on a screen of that width."""
    screen = Console(width=width, record=True, quiet=False, highlight=False, markup=False)
    monkeypatch.setattr(week_view, "console", lambda: screen)
    week_view.show_grid(Week(MONDAY, "", of_draft=False, entries=tuple(entries)))
    return screen.export_text()


@pytest.mark.parametrize("width", [200, 100, 80, 60, 47])
def test_every_name_and_day_is_whole(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [
        entry(name, day, hour=9 + number) for day in range(6) for number, name in enumerate(MORENOS)
    ]
    text = shown(entries, width, monkeypatch)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    for heading in ("Mon 1 Mar", "Tue 2 Mar", "Wed 3 Mar", "Thu 4 Mar", "Fri 5 Mar", "Sat 6 Mar"):
        assert text.count(heading) == 1
    for hour, whole in ((9, "Ana Moreno"), (10, "Alejandro Moreno")):  # both are A. Moreno
        assert text.count(f"{hour:02}:00 {whole}") == 6
    for whole, short in (("Berta Moreno", "B. Moreno"), (MORENOS[3], "C. Moreno-Quintanilla")):
        assert text.count(f":00 {whole}") + text.count(f":00 {short}") == 6


def test_days_that_do_not_fit_go_into_tables_of_about_equal_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = shown([entry("Dina Young", day) for day in range(6)], 94, monkeypatch)
    assert text.count("Northgate") == 2
    first, second = text.split("Northgate")[1:]
    assert "Wed 3 Mar" in first
    assert "Thu 4 Mar" in second


def test_a_short_form_that_saves_a_table_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [entry("Dina Young", day) for day in range(5)]
    assert "09:00 Dina Young" in shown(entries, 101, monkeypatch)
    narrower = shown(entries, 100, monkeypatch)
    assert narrower.count("09:00 D. Young") == 5
    assert narrower.count("Northgate") == 1


def test_clients_of_one_name_are_told_apart_by_their_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [
        entry("Ana Moreno", 0, client_id="c1"),
        entry("Ana Moreno", 1, client_id="c2"),
    ]
    text = shown(entries, 100, monkeypatch)
    assert "09:00 Ana Moreno (c1)" in text
    assert "09:00 Ana Moreno (c2)" in text


def test_a_therapist_away_on_a_tables_days_is_not_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [entry("Dina Young", day, who="Maya") for day in range(3)]
    entries += [entry("Ruth Okoye", day, who="Omar") for day in range(3, 6)]
    text = shown(entries, 70, monkeypatch)
    assert (text.count("Maya"), text.count("Omar")) == (1, 1)


@given(st.lists(st.sampled_from(("A", "B", "Al")), min_size=1, max_size=6))
def test_no_two_clients_ever_read_alike(given_names: list[str]) -> None:
    entries = [
        entry(f"{name} Moreno", day, client_id=f"c{day}") for day, name in enumerate(given_names)
    ]
    for names in (week_view.full_names(entries), week_view.short_names(entries)):
        assert len(set(names.values())) == len(given_names)
