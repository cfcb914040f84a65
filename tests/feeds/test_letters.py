"""What mails say, in the client's words, and what becomes of templates that are wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from feeds.invites import Mailbox, Method, invite
from feeds.letters import NAMES, Change, Letters, TemplateFaultError, shipped
from feeds.visits import House, entry_wording, visit
from tests.feeds.example import SIMPLE, appointment, wall

HOUSE = House("Willow", "A towel", "Call us")
OURS = Letters()
PLAIN = visit(SIMPLE, name_service=False)


def text_of(change: Change, house: House = HOUSE) -> str:
    return OURS.invite(house, "Dina Young", change).text


@pytest.mark.parametrize(
    ("starts", "zone", "minutes", "words"),
    [
        ("2027-03-01T09:00", "America/Los_Angeles", 60, "9:00 am to 10:00 am (PST)"),
        ("2027-03-01T12:00", "America/Los_Angeles", 30, "12:00 pm to 12:30 pm (PST)"),
        ("2027-03-01T23:30", "America/Los_Angeles", 60, "11:30 pm to 12:30 am (PST)"),
        ("2027-03-14T01:30", "America/Los_Angeles", 60, "1:30 am to 3:30 am (PST to PDT)"),
        ("2027-11-07T01:30", "America/Los_Angeles", 60, "1:30 am to 1:30 am (PDT to PST)"),
        ("2027-07-01T09:00", "Europe/Berlin", 60, "9:00 am to 10:00 am (CEST)"),
        ("2027-05-03T09:00", "Africa/Cairo", 60, "9:00 am to 10:00 am (EEST)"),
    ],
)
def test_when_is_said_by_the_clocks_of_the_location(
    starts: str, zone: str, minutes: int, words: str
) -> None:
    start = wall(starts, zone)
    end = start.astimezone(UTC) + timedelta(minutes=minutes)
    told = visit(appointment(starts_at=start, ends_at=end, timezone=zone), name_service=False)
    assert told.when.endswith(words)
    assert told.minutes == minutes


def test_a_plan_that_tapers_over_a_clock_change_keeps_its_time_of_day() -> None:
    # Twice a week until the clocks change on 14 March, then weekly, then every other week.
    days = ("2027-03-08", "2027-03-11", "2027-03-15", "2027-03-22", "2027-04-05")
    clinic, dina = Mailbox("a@willow.example"), Mailbox("dina@mail.example")
    starts = []
    for day in days:
        each = appointment(uid=f"a{day}", starts_at=wall(f"{day}T09:00"))
        assert visit(each, name_service=False).begins == "9:00 am"
        octets = invite(each, Method.REQUEST, clinic, dina, datetime(2027, 3, 1, tzinfo=UTC))
        assert f"DTSTART;TZID=America/Los_Angeles:{day.replace('-', '')}T090000".encode() in octets
        (event,) = Calendar.from_ical(octets).events
        starts.append(event.DTSTART.astimezone(UTC).hour)
    assert starts == [17, 17, 16, 16, 16]


def test_a_first_visit_comes_with_advice_and_a_cancelled_one_with_none() -> None:
    advice = re.compile(r"drink plenty of water .*24 to 48 hours is normal", re.DOTALL)
    assert advice.search(text_of(Change(PLAIN, None, first_visit=True)))
    assert not advice.search(text_of(Change(PLAIN, None)))
    assert not advice.search(text_of(Change(None, PLAIN, first_visit=True)))


def test_an_invite_says_where_with_whom_what_to_bring_and_whom_to_ask() -> None:
    text = text_of(Change(PLAIN, None))
    for words in ("100 Example Ave", "Sofia Rossi, LMT", "60 minutes", "A towel", "Call us"):
        assert words in text
    assert "503-555-0100" in text
    assert "massage" not in text.casefold()


@pytest.mark.parametrize(("contact", "ending"), [("Call us", "Call us\nPhone: "), ("", "phone ")])
def test_the_phone_does_not_run_into_how_to_change_an_appointment(
    contact: str, ending: str
) -> None:
    house = replace(HOUSE, contact=contact)
    assert f"\nTo change it: {ending}503-555-0100\n" in text_of(Change(PLAIN, None), house)
    assert f"\nQuestions? {ending}503-555-0100\n" in text_of(Change(None, PLAIN), house)


def test_a_service_is_named_only_where_it_may_be() -> None:
    named = replace(HOUSE, name_services=True)
    assert entry_wording(SIMPLE, HOUSE).summary == "Appointment at Beaverton"
    assert "Neuromuscular massage, 60 min" in entry_wording(SIMPLE, named).summary


@given(st.lists(st.text().map("x{}".format), min_size=7, max_size=7))
def test_no_name_becomes_markup_or_a_line_of_its_own(texts: list[str]) -> None:
    who, where, address, phone, bring, client, clinic = texts
    each = appointment(
        therapist_name=who, location_name=where, location_address=address, location_phone=phone
    )
    change = Change(visit(each, name_service=False), None)
    letter = OURS.invite(House(clinic, bring), client, change)
    plain = OURS.invite(House("x", "x"), "x", Change(visit(SIMPLE, name_service=False), None))
    tags = re.compile(r"<[^>]*>")
    assert tags.findall(letter.html) == tags.findall(plain.html)
    assert "\n" not in letter.subject


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("invite.txt", "Subject: x\n\n{{ change.vizit }}", "invite.txt, line 3: .* 'vizit'"),
        ("summary.html", "{% extends 'layuot.html' %}", "no template 'layuot.html'. Maybe layout"),
        ("layout.html", "\n{{ house.nam }}", "layout.html, line 2: .* 'nam'"),
        ("notice.txt", "Hello", "notice.txt, line 1: it must begin with Subject:"),
        ("invite.txt", "Subject: {{ 1 // 0 }}", "invite.txt, line 1: .*division"),
        ("invite.txt", "Subject: {{ house.__class__.__mro__ }}", "is unsafe"),
        ("invite.txt", "Subject: x\n{{ change.visit.day }}", "line 2: 'None' has no"),
        ("invite.html", "{% for %}", "invite.html, line 1: Expected"),
    ],
)
def test_a_template_that_would_fail_on_some_mail_is_refused(
    name: str, text: str, told: str
) -> None:
    with pytest.raises(TemplateFaultError, match=told):
        Letters({name: text})


def test_our_own_templates_pass_the_same_trial() -> None:
    Letters({name: shipped()[name] for name in NAMES})


def test_a_summary_of_first_appointments_speaks_of_no_change() -> None:
    new, moved = Change(PLAIN, None), Change(PLAIN, PLAIN)
    subjects = [
        OURS.summary(HOUSE, "Dina Young", changes).subject for changes in ((new, new), (new, moved))
    ]
    assert subjects == ["Your appointments: 2 new", "Your appointments have changed: 2 changes"]


def test_a_change_of_nothing_into_nothing_is_a_mistake() -> None:
    nothing: Any = Change(None, None)
    with pytest.raises(ValueError, match="nothing into nothing"):
        nothing.shown  # noqa: B018 - reading it is what is tested
