"""Who may read what: privacy is made of what is not written."""

from __future__ import annotations

import pytest

from feeds import (
    ClientNames,
    FeedAppointment,
    client_calendar,
    location_calendar,
    therapist_calendar,
)
from tests.feeds.example import appointment, week

FULL, FIRST, INITIALS, ANONYMOUS = ClientNames


def text(octets: bytes) -> str:
    """Return a calendar's unfolded text, with its escapes undone."""
    return octets.replace(b"\r\n ", b"").decode().replace("\\", "")


def summary(octets: bytes) -> str:
    """Return the summary of the only entry."""
    (line,) = [line for line in text(octets).splitlines() if line.startswith("SUMMARY:")]
    return line.removeprefix("SUMMARY:")


def therapists_summary(each: FeedAppointment, level: ClientNames) -> str:
    return summary(therapist_calendar("Sofia", [each], level))


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (FULL, "Dina Müller-Okafor: Neuromuscular massage, 60 min"),
        (FIRST, "Dina: Neuromuscular massage, 60 min"),
        (INITIALS, "D.M.: Neuromuscular massage, 60 min"),
        (ANONYMOUS, "Client c0042: Neuromuscular massage, 60 min"),
    ],
)
def test_a_therapist_reads_who_comes_by_level(level: ClientNames, expected: str) -> None:
    assert therapists_summary(appointment(), level) == expected


@pytest.mark.parametrize("level", [FIRST, INITIALS, ANONYMOUS])
@pytest.mark.parametrize("name", ["Dina Müller", "Müller, Dina", " Dina \n Müller ", "MÜLLER,Dina"])
def test_no_surname_below_the_full_name(level: ClientNames, name: str) -> None:
    octets = therapist_calendar("Sofia", [appointment(client_name=name)], level)
    assert "müller" not in text(octets).casefold()


def test_initials_are_the_default() -> None:
    assert therapist_calendar("S", week()) == therapist_calendar("S", week(), INITIALS)


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Madonna", "M."),
        ("Ana María de la Cruz", "A.M.d.l.C."),
        ("E\N{COMBINING ACUTE ACCENT}lise Roy", "É.R."),  # decomposed, as some systems export it
        ("王 小明", "王.小."),
        ("Dina (Dee) Young", "D.Y."),
    ],
)
def test_initials_of_unusual_names(name: str, initials: str) -> None:
    assert therapists_summary(appointment(client_name=name), INITIALS).startswith(f"{initials}:")


def test_a_therapist_reads_room_and_address() -> None:
    octets = therapist_calendar("Sofia", [appointment()])
    place = "LOCATION:Beaverton, Massage 1, 100 Example Ave, Beaverton, OR 97005"
    assert place in text(octets).splitlines()


def test_a_companion_says_that_it_is_one() -> None:
    each = appointment(service_name="Adjustment", companion=True)
    assert therapists_summary(each, INITIALS) == "D.M.: Adjustment (companion)"


def test_a_location_never_names_clients() -> None:
    octets = location_calendar("Beaverton", week())
    for word in ("Dina", "Müller", "Okafor", "D.M.", "c0042"):
        assert word not in text(octets)


def test_a_location_reads_service_and_therapist() -> None:
    octets = location_calendar("Beaverton", [appointment(therapist_name="Sofia Rossi")])
    assert summary(octets) == "Neuromuscular massage, 60 min, with Sofia Rossi"


def test_a_client_reads_nothing_of_what_is_treated() -> None:
    octets = client_calendar("Appointments", week())
    for word in ("massage", "adjustment", "companion", "Rossi", "Dina", "c0042"):
        assert word.casefold() not in text(octets).casefold()


def test_a_client_reads_where_with_whom_and_the_phone() -> None:
    each = client_calendar("Appointments", [appointment()])
    assert {
        "SUMMARY:Appointment at Beaverton",
        "LOCATION:Beaverton, 100 Example Ave, Beaverton, OR 97005",
        "DESCRIPTION:With Sofia. Phone 503-555-0100.",
    } <= set(text(each).splitlines())


def test_what_is_not_given_is_not_mentioned() -> None:
    each = appointment(therapist_name="", location_phone=" ", location_address="")
    written = text(client_calendar("Appointments", [each])).splitlines()
    assert "LOCATION:Beaverton" in written
    assert not any(line.startswith("DESCRIPTION") for line in written)
