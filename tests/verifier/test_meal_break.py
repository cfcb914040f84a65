from __future__ import annotations

from tests.verifier.tiny import Network, Row, add, booked, breaches, completed, network, shift

RULE = "meal-break"


def monday(shift_ends: str, *appointments: Row) -> Network:
    """Maya works at Northgate on Monday 1 March from 08:00.

    Where her shift is long enough, a meal has to lie between 10:00 and 14:00.
    """
    tables = network(*appointments)
    tables["shifts"] = [shift("maya", "north", "mon", "08:00", shift_ends)]
    return tables


def test_thirty_minutes_at_the_end_of_the_window_are_enough() -> None:
    # 09:00 + 255 + 15 = 13:30, and 13:30-14:00 is free. With 256 only 29 minutes are.
    assert breaches(RULE, monday("16:00", booked("a", "2027-03-01T09:00", minutes=255))) == []
    late = booked("a", "2027-03-01T09:00", minutes=256)
    assert breaches(RULE, monday("16:00", late)) == [("a",)]


def test_thirty_minutes_at_its_start_are_enough() -> None:
    # 10:00-10:30 is free before the first, 10:00-10:29 before the second; both last to 14:00.
    assert breaches(RULE, monday("16:00", booked("a", "2027-03-01T10:30", minutes=200))) == []
    early = booked("a", "2027-03-01T10:29", minutes=200)
    assert breaches(RULE, monday("16:00", early)) == [("a",)]


def test_thirty_minutes_between_two_are_enough() -> None:
    # 08:00 + 205 + 15 = 11:40; 12:10 leaves 30 minutes, 12:09 leaves 29.
    first = booked("a", "2027-03-01T08:00", minutes=205)
    for second, expected in (("12:10", []), ("12:09", [("a", "b")])):
        then = booked("b", f"2027-03-01T{second}", plan="ruth-plan", minutes=110)
        assert breaches(RULE, monday("16:00", first, then)) == expected


def test_two_short_pauses_are_not_one() -> None:
    # Free are 10:00-10:29, 11:44-12:13 and 13:31-14:00: three times 29 minutes.
    tables = monday(
        "16:00",
        booked("a", "2027-03-01T10:29"),
        booked("b", "2027-03-01T12:13", plan="ruth-plan", minutes=63),
    )
    assert breaches(RULE, tables) == [("a", "b")]


def test_a_day_under_six_hours_needs_no_meal() -> None:
    # 08:00-13:59 spans 359 minutes, 08:00-14:00 spans 360.
    whole_morning = booked("a", "2027-03-01T08:00", minutes=330)
    assert breaches(RULE, monday("13:59", whole_morning)) == []
    assert breaches(RULE, monday("14:00", whole_morning)) == [("a",)]


def test_the_span_counts_from_the_first_shift_to_the_last() -> None:
    # 08:00-11:00 and 12:00-15:00 span seven hours, at whatever clinics.
    tables = monday("11:00", booked("a", "2027-03-01T08:00", minutes=330))
    add(tables, "shifts", **shift("maya", "south", "mon", "12:00", "15:00"))
    assert breaches(RULE, tables) == [("a",)]


def test_a_gap_between_shifts_is_free_time() -> None:
    tables = monday("11:00", booked("a", "2027-03-01T08:00", minutes=165))
    add(tables, "shifts", **shift("maya", "north", "mon", "12:00", "15:00"))
    assert breaches(RULE, tables) == []


def between_clinics(first_start: str, first_minutes: int, second_start: str) -> Network:
    """Northgate, 25 minutes of travel, then Southgate until after the window at 14:00."""
    first = booked("a", f"2027-03-01T{first_start}", minutes=first_minutes)
    second = booked(
        "b", f"2027-03-01T{second_start}", plan="ruth-plan", room="south-1", minutes=210
    )
    return monday("16:00", first, second)


def test_travel_has_to_fit_beside_the_meal() -> None:
    # 08:00 + 210 + 15 = 11:45; + 30 + 25 = 12:40.
    assert breaches(RULE, between_clinics("08:00", 210, "12:40")) == []
    assert breaches(RULE, between_clinics("08:00", 210, "12:39")) == [("a", "b")]


def test_travel_may_lie_before_the_window_opens() -> None:
    # Over at 08:00 + 90 + 15 = 09:45, there at 10:10, and 10:40 - 10:10 = 30.
    assert breaches(RULE, between_clinics("08:00", 90, "10:40")) == []
    assert breaches(RULE, between_clinics("08:00", 90, "10:39")) != []


def test_travel_may_lie_after_the_window_closes() -> None:
    # Over at 08:00 + 315 + 15 = 13:30; meal to 14:00, travel to 14:25.
    assert breaches(RULE, between_clinics("08:00", 315, "14:25")) == []
    assert breaches(RULE, between_clinics("08:00", 315, "14:24")) != []


def test_history_takes_time_but_is_not_judged_alone() -> None:
    past = completed("a", "2027-03-01T08:00", minutes=345)
    assert breaches(RULE, monday("16:00", past)) == []
    late = booked("b", "2027-03-01T15:00", plan="ruth-plan")
    assert breaches(RULE, monday("16:15", past, late)) == [("a", "b")]


def test_somebody_elses_day_does_not_matter() -> None:
    tables = monday("13:00", booked("a", "2027-03-01T08:00", minutes=285))
    add(tables, "shifts", **shift("omar", "north", "mon", "08:00", "18:00"))
    assert breaches(RULE, tables) == []
