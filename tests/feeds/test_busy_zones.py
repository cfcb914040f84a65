"""Busy times in zones as other programs write them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from tests.feeds.foreign import calendar, event, hour, read, shown

NEW_YORK = ZoneInfo("America/New_York")
CUSTOM = """\
BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:{offset}
TZOFFSETTO:{offset}
END:STANDARD
END:VTIMEZONE
"""


def nine(zone: str, *lines: str) -> str:
    """09:00 to 10:00 in a zone as written."""
    return event(f"DTSTART{zone}:20270302T090000", f"DTEND{zone}:20270302T100000", *lines)


def test_a_time_without_a_zone_is_that_of_the_clinic() -> None:
    assert shown(calendar(nine(""))) == ["03-02 09:00 - 03-02 10:00"]


def test_google_names_the_zone_of_times_without_one() -> None:
    data = calendar(nine(""), head="X-WR-TIMEZONE:America/New_York")
    assert shown(data, NEW_YORK) == ["03-02 09:00 - 03-02 10:00"]
    assert read(data).remarks == ()


def test_googles_series_in_utc_follow_the_clocks_of_its_zone() -> None:
    # New York changes on 14 March; 14:00Z is nine in the morning before it.
    series = event("DTSTART:20270302T140000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3")
    data = calendar(series, head="X-WR-TIMEZONE:America/New_York")
    assert [it[6:11] for it in shown(data, NEW_YORK)] == ["09:00", "09:00", "09:00"]


def test_a_whole_day_is_the_clinics_day_whatever_zone_the_calendar_names() -> None:
    day = event("DTSTART;VALUE=DATE:20270302")
    data = calendar(day, head="X-WR-TIMEZONE:America/New_York")
    assert shown(data) == ["03-02 00:00 - 03-03 00:00"]


def test_windows_names_of_zones_are_known() -> None:
    data = calendar(nine(";TZID=W. Europe Standard Time"))
    assert shown(data) == ["03-02 09:00 - 03-02 10:00"]
    assert read(data).remarks == ()
    assert shown(calendar(nine(";TZID=Eastern Standard Time")), NEW_YORK) == [
        "03-02 09:00 - 03-02 10:00"
    ]
    assert shown(calendar(nine(""), head="X-WR-TIMEZONE:Eastern Standard Time"), NEW_YORK) == [
        "03-02 09:00 - 03-02 10:00"
    ]


def test_a_zone_that_the_calendar_defines_is_known() -> None:
    zone = CUSTOM.format(name="Customized Time Zone", offset="+0300")
    data = calendar(zone, nine(";TZID=Customized Time Zone"))
    assert shown(data, ZoneInfo("Etc/GMT-3")) == ["03-02 09:00 - 03-02 10:00"]
    assert read(data).remarks == ()


def test_the_zone_of_one_calendar_is_not_that_of_the_next() -> None:
    for offset in ("+0300", "-0500"):
        zone = CUSTOM.format(name="Customized Time Zone", offset=offset)
        data = calendar(zone, nine(";TZID=Customized Time Zone"))
        hours = -int(offset[:3])
        assert shown(data, ZoneInfo(f"Etc/GMT{hours:+}")) == ["03-02 09:00 - 03-02 10:00"]


def test_mozillas_long_names_of_zones_are_known() -> None:
    data = calendar(nine(";TZID=/freeassociation.sourceforge.net/Europe/Berlin"))
    assert shown(data) == ["03-02 09:00 - 03-02 10:00"]


@pytest.mark.parametrize(
    "name", ["Foo/Bar", "(UTC+01:00) Amsterdam", "../../etc/passwd", "/etc/passwd", "America"]
)
def test_an_unknown_zone_is_told_of_and_read_as_the_clinics(name: str) -> None:
    data = calendar(nine(f';TZID="{name}"'))
    assert shown(data) == ["03-02 09:00 - 03-02 10:00"]
    remark = f"The zone {name!r} is unknown, so times in it are read as Europe/Berlin."
    assert read(data).remarks == (remark,)


def test_an_unknown_zone_is_told_of_once_and_without_control_characters() -> None:
    zone = ';TZID="\x1b[31mFoo"'
    data = calendar(nine(zone), nine(zone, "LOCATION:x"), hour())
    (remark,) = read(data).remarks
    assert "\x1b" not in remark


@pytest.mark.parametrize("name", ["Nowhere/Land", "../../../etc/passwd", "Europe"])
def test_an_unknown_zone_of_the_whole_calendar_is_told_of(name: str) -> None:
    data = calendar(nine(""), head=f"X-WR-TIMEZONE:{name}")
    assert shown(data) == ["03-02 09:00 - 03-02 10:00"]
    assert read(data).remarks == (
        f"The calendar's zone {name!r} is unknown, so times in it are read as Europe/Berlin.",
    )


def test_an_exception_in_an_unknown_zone_is_still_an_exception() -> None:
    zone = ";TZID=Foo/Bar"
    series = nine(zone, "RRULE:FREQ=DAILY;COUNT=2", f"EXDATE{zone}:20270303T090000")
    assert shown(calendar(series)) == ["03-02 09:00 - 03-02 10:00"]
