"""What is no answer, or none that can be read, says why."""

from __future__ import annotations

import time
from email.message import EmailMessage

import pytest

from feeds.replies import MOST_BYTES, Bounce, NotAReply, Unreadable, read_mail
from tests.feeds.replies.shapes import CLIENT, ZONE, calendar, event, mail


def reason(content: bytes) -> str:
    (finding,) = read_mail(content).findings
    assert isinstance(finding, Unreadable)
    return finding.reason


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("DTSTAMP:20270225T120000", "DTSTAMP is no time in a zone"),
        ("DTSTAMP:yesterday", "DTSTAMP can't be read"),
        ("DTSTART:20270301T160000", "DTSTART is no time in a zone"),
        ("DTSTART;TZID=Foo/Bar:20270301T160000", "DTSTART is no time in a zone"),
        ("DTSTART;VALUE=DATE:20270301", "DTSTART is no time in a zone"),
        ("SEQUENCE:abc", "SEQUENCE can't be read"),
        ("SEQUENCE:-1", "SEQUENCE is -1"),
        ("SEQUENCE:99999999999", "SEQUENCE can't be read"),
        ("UID:", "which appointment"),
        (f"UID:{'x' * 256}", "which appointment"),
        (f"ATTENDEE:mailto:{CLIENT}", "neither accepts nor declines"),
        (f"ATTENDEE;PARTSTAT=DELEGATED:mailto:{CLIENT}", "PARTSTAT is DELEGATED"),
        ("ATTENDEE;PARTSTAT=ACCEPTED:somebody", "who answers"),
        ("DTSTAMP:00010101T000000Z", "in the year 1"),
    ],
)
def test_an_answer_that_can_not_be_read(line: str, said: str) -> None:
    assert said in reason(mail(calendar(event(line))))


@pytest.mark.parametrize("name", ["UID", "DTSTAMP", "ATTENDEE"])
def test_an_answer_that_lacks_what_it_needs(name: str) -> None:
    assert reason(mail(calendar(event(drop=name))))


def test_two_answers_to_one_appointment_contradict_each_other() -> None:
    two = calendar(event(), event(f"ATTENDEE;PARTSTAT=DECLINED:mailto:{CLIENT}"))
    assert "several ways" in reason(mail(two))


def test_a_proposal_that_ends_before_it_starts() -> None:
    ics = calendar(event("DTEND:20270301T150000Z"), method="COUNTER")
    assert "ends before it starts" in reason(mail(ics))


def test_calendars_that_are_none() -> None:
    assert "malformed" in reason(mail("hello"))
    assert "malformed" in reason(mail("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n"))
    assert "empty" in reason(mail("\r\n"))
    assert "no appointment" in reason(mail(calendar()))
    many = calendar(*[event(f"UID:{number}") for number in range(101)])
    assert "101 appointments" in reason(mail(many))


def test_a_mail_that_is_too_large_is_not_parsed() -> None:
    assert "1,000,000 bytes" in reason(b"x" * (MOST_BYTES + 1))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY",
        "FREQ=YEARLY;BYSECOND=1,2",
        "FREQ=YEARLY;BYDAY=SU",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=MO,TU",
        "FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1,2,3,4,5,6,7,8",
    ],
)
def test_a_zone_that_would_take_hours_to_read_is_refused_at_once(rule: str) -> None:
    zone = ZONE.format(name="Slow").replace("FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3", rule)
    began = time.monotonic()
    ics = calendar(event("DTSTART;TZID=Slow:20270301T160000"), head=zone)
    assert "clocks that change" in reason(mail(ics))
    folded = ics.replace("FREQ", "FR\r\n EQ")
    assert "clocks that change" in reason(mail(folded))
    assert time.monotonic() - began < 5


def test_zones_with_more_rules_than_there_are_in_the_world_are_refused() -> None:
    line = "DTSTART;TZID=Slow:20270301T160000"
    many = ZONE.format(name="Slow") * 51
    assert "more rules" in reason(mail(calendar(event(line), head=many)))
    dates = ZONE.format(name="Slow").replace("RRULE", f"RDATE:{'20270101T000000,' * 1001}\nRRULE")
    assert "more rules" in reason(mail(calendar(event(line), head=dates)))
    early = ZONE.format(name="Slow").replace("16010101", "00010101")
    assert "before there were any" in reason(mail(calendar(event(line), head=early)))


def test_an_invite_is_no_answer() -> None:
    (found,) = read_mail(mail(calendar(event(), method="REQUEST"), method="REQUEST")).findings
    assert found == NotAReply("its calendar is no answer to an invite but has REQUEST")


def text_mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = CLIENT
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("I am on holiday until Monday.\n")
    return message


def test_a_letter_is_for_people_and_a_robots_note_for_nobody() -> None:
    (letter,) = read_mail(text_mail().as_bytes()).findings
    (note,) = read_mail(text_mail(Auto_Submitted="auto-replied").as_bytes()).findings
    assert isinstance(letter, NotAReply)
    assert isinstance(note, NotAReply)
    assert (letter.by_robot, note.by_robot) == (False, True)


def test_a_robot_that_answers_is_read() -> None:
    content = mail(calendar(event()), headers={"Auto-Submitted": "auto-generated"})
    assert not isinstance(read_mail(content).findings[0], NotAReply)


def test_an_answer_inside_a_forwarded_mail_stays_shut() -> None:
    forwarded = text_mail()
    inner = EmailMessage()
    inner.set_content(calendar(event()), subtype="calendar")
    forwarded.add_attachment(inner)
    (found,) = read_mail(forwarded.as_bytes()).findings
    assert isinstance(found, NotAReply)


@pytest.mark.parametrize(
    "sender",
    [
        f"{CLIENT}, other@example.org",
        f"Cleo: {CLIENT}, other@example.org;",
        f"nobody:; {CLIENT}",
        f"{CLIENT} <other@example.org>",
        f"other@example.org\r\nFrom: {CLIENT}",
        "",
    ],
)
def test_a_from_that_is_not_one_address_is_nobodys(sender: str) -> None:
    content = mail(calendar(event())).replace(f"Cleo Client <{CLIENT}>".encode(), sender.encode())
    assert read_mail(content).author == ""


@pytest.mark.parametrize(
    ("sender", "is_sent_for"),
    [
        ("other@example.org", True),
        (f"{CLIENT}, other@example.org", True),
        (f"{CLIENT}\r\nSender: other@example.org", True),
        (CLIENT.upper(), False),
    ],
)
def test_from_counts_and_another_sender_is_told(sender: str, is_sent_for: bool) -> None:
    read = read_mail(f"Sender: {sender}\r\n".encode() + mail(calendar(event())))
    assert (read.author, read.is_sent_for) == (CLIENT, is_sent_for)


REPORT = b"""\
From: MAILER-DAEMON@mx.example.org
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your mail could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; client@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: message/rfc822

Message-ID: <invite-7@willow.example>
Subject: Your appointment

Hello
--b--
"""


def test_a_bounce_names_the_mail_and_the_reason() -> None:
    bounce = Bounce("invite-7@willow.example", "smtp; 550 5.1.1 no such user")
    assert read_mail(REPORT).findings == (bounce,)
    headers = REPORT.replace(b"message/rfc822", b"text/rfc822-headers")
    assert read_mail(headers).findings == (bounce,)


def test_a_late_mail_has_not_bounced() -> None:
    (found,) = read_mail(REPORT.replace(b"Action: failed", b"Action: delayed")).findings
    assert isinstance(found, NotAReply)
    assert found.by_robot


def test_control_characters_reach_nobodys_screen() -> None:
    (found,) = read_mail(mail(calendar(event("COMMENT:\x1b[31mred\x07\\nnext")))).findings
    assert getattr(found, "comment", "") == "[31mred next"
