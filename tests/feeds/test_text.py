"""Whatever stands in a name, it can't become a property, a line or a broken character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component

from feeds import (
    ClientNames,
    client_calendar,
    location_calendar,
    therapist_calendar,
)
from feeds.wording import one_line
from tests.feeds.example import appointment

TEXT_FIELDS = (
    "therapist_name",
    "client_id",
    "client_name",
    "location_name",
    "location_address",
    "location_phone",
    "room_name",
    "service_name",
)

NASTY = st.text(alphabet='\r\n\t\x00\x1f\x7f\x85\u2028\u2029\ufeff\ud800;,:="\\ \N{PILE OF POO}éab')
INJECTIONS = st.sampled_from(
    [
        "x\r\nATTENDEE:mailto:a@b",
        "x\nEND:VEVENT\nBEGIN:VEVENT",
        'x";VALUE=DATE:1',
        "x\\nMETHOD:CANCEL",
    ]
)
TEXTS = st.one_of(st.text(), NASTY, INJECTIONS, st.text(alphabet="é\N{PILE OF POO}", min_size=60))
FIELDS = st.fixed_dictionaries(dict.fromkeys(TEXT_FIELDS, TEXTS))


def properties(component: Component) -> list[str]:
    """Return the names of all properties and components, in order, but for the optional one."""
    items = component.property_items()
    return [
        f"{name}:{value!r}" if name in {"BEGIN", "END"} else name
        for name, value in items
        if name != "DESCRIPTION"
    ]


def all_calendars(name: str, **fields: str) -> list[bytes]:
    one = [appointment(**fields)]
    levels = [therapist_calendar(name, one, level) for level in ClientNames]
    return [*levels, location_calendar(name, one), client_calendar(name, one)]


EXPECTED = properties(Calendar.from_ical(location_calendar("plain", [appointment()])))


@given(TEXTS, FIELDS)
def test_any_text_leaves_the_properties_as_they_are(name: str, fields: dict[str, str]) -> None:
    for octets in all_calendars(name, **fields):
        parsed = Calendar.from_ical(octets)
        assert properties(parsed) == EXPECTED
        assert not any(component.errors for component in parsed.walk())


@given(TEXTS, FIELDS)
def test_any_text_comes_back_as_one_line(name: str, fields: dict[str, str]) -> None:
    one = [appointment(**fields)]
    parsed = Calendar.from_ical(location_calendar(name, one))
    (event,) = parsed.events
    service, therapist = one_line(fields["service_name"]), one_line(fields["therapist_name"])
    assert event["SUMMARY"] == f"{service}, with {therapist}"
    assert parsed["X-WR-CALNAME"] == one_line(name)


@given(TEXTS, FIELDS)
def test_lines_are_folded_at_75_octets_between_characters(
    name: str, fields: dict[str, str]
) -> None:
    for octets in all_calendars(name, **fields):
        assert octets.endswith(b"\r\n")
        physical = octets.removesuffix(b"\r\n").split(b"\r\n")
        assert max(map(len, physical)) <= 75
        for line in physical:
            assert len(line.decode("utf-8").splitlines()) == 1


@given(st.text())
def test_one_line_is_one_line_and_stays_so(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1
    assert one_line(one_line(text)) == one_line(text)
