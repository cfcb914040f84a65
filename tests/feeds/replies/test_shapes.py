"""Answers as real programs send them are read alike."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.replies import Answer, Counter, Finding, Reply, read_mail
from tests.feeds.replies.shapes import CLIENT, UID, ZONE, calendar, event, mail

STAMP = datetime(2027, 2, 25, 12, 0, tzinfo=UTC)
START = datetime(2027, 3, 1, 16, 0, tzinfo=UTC)
END = datetime(2027, 3, 1, 17, 0, tzinfo=UTC)
ACCEPTED = Reply(UID, 0, STAMP, CLIENT, Answer.ACCEPTED, about=START)


def only(content: bytes) -> Finding:
    (finding,) = read_mail(content).findings
    return finding


def test_thunderbirds_answer_as_it_came() -> None:
    read = read_mail(Path(__file__).with_name("thunderbird-accepted.eml").read_bytes())
    assert read.author == "client@example.org"
    assert read.message_id == "002abff1-1aba-4697-bc9f-230d0ea2a76e@example.org"
    assert not read.is_forged
    assert read.findings == (
        Reply(
            uid="inv1@clinic.example",
            sequence=0,
            stamp=datetime(2026, 11, 22, 5, 58, 7, tzinfo=UTC),
            attendee="client@example.org",
            answer=Answer.ACCEPTED,
            about=datetime(2026, 5, 5, 7, 0, tzinfo=UTC),
        ),
    )


@pytest.mark.parametrize("cte", ["base64", "quoted-printable", "8bit"])
def test_whatever_the_transfer_encoding(cte: str) -> None:
    ics = calendar(event("COMMENT:Grüße an alle"))
    found = only(mail(ics, cte=cte))
    assert isinstance(found, Reply)
    assert found.comment == "Grüße an alle"


@pytest.mark.parametrize(
    ("written", "declared"),
    [("latin-1", "iso-8859-1"), ("latin-1", "utf-8"), ("utf-8", "iso-8859-1"), ("cp1252", "x-no")],
)
def test_whatever_the_charset_says(written: str, declared: str) -> None:
    ics = calendar(event("COMMENT:Grüße")).encode(written)
    found = only(mail(ics).replace(b'charset="utf-8"', f'charset="{declared}"'.encode()))
    assert isinstance(found, Reply)
    assert found.comment == "Grüße"


def test_outlook_leaves_the_organizer_out_and_calls_zones_as_windows_does() -> None:
    answer = event(
        "DTSTART;TZID=W. Europe Standard Time:20270301T170000",
        "ATTENDEE;PARTSTAT=DECLINED;CN=Cleo:MAILTO:Client@Example.ORG",
        "COMMENT;LANGUAGE=de-DE:\\n",
        "CLASS:PUBLIC",
    )
    ics = calendar(answer, head=ZONE.format(name="W. Europe Standard Time"))
    assert only(mail(ics)) == Reply(UID, 0, STAMP, CLIENT, Answer.DECLINED, about=START)


def test_a_zone_that_outlook_made_up_is_read_by_its_own_definition() -> None:
    ics = calendar(
        event("DTSTART;TZID=Customized Time Zone:20270301T170000"),
        head=ZONE.format(name="Customized Time Zone"),
    )
    assert only(mail(ics)) == ACCEPTED


def test_a_zone_of_one_mail_is_forgotten_before_the_next() -> None:
    hours_off = ZONE.format(name="Customized Time Zone").replace("+0100", "+0900")
    line = "DTSTART;TZID=Customized Time Zone:20270301T170000"
    only(mail(calendar(event(line), head=hours_off)))
    ics = calendar(event(line), head=ZONE.format(name="Customized Time Zone"))
    assert only(mail(ics)) == ACCEPTED


def test_google_writes_its_comment_into_a_parameter() -> None:
    line = (
        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;CN=Cleo;"
        f'X-NUM-GUESTS=0;X-RESPONSE-COMMENT="Maybe a bit late":MAILTO:{CLIENT}'
    )
    assert only(mail(calendar(event(line)))) == Reply(
        UID, 0, STAMP, CLIENT, Answer.TENTATIVE, "Maybe a bit late", about=START
    )


def test_google_proposes_another_time() -> None:
    line = f"ATTENDEE;PARTSTAT=ACCEPTED;X-RESPONSE-COMMENT=Later?:MAILTO:{CLIENT}"
    found = only(mail(calendar(event(line), method="COUNTER"), method="COUNTER"))
    assert found == Counter(UID, 0, STAMP, CLIENT, START, END, comment="Later?")


def test_outlook_declines_and_proposes_another_time() -> None:
    line = f"ATTENDEE;PARTSTAT=DECLINED:MAILTO:{CLIENT}"
    answer = event(line, "DURATION:PT45M", drop="DTEND")
    read = read_mail(mail(calendar(answer, method="COUNTER"), method="COUNTER"))
    assert read.findings == (
        Counter(UID, 0, STAMP, CLIENT, START, datetime(2027, 3, 1, 16, 45, tzinfo=UTC)),
        Reply(UID, 0, STAMP, CLIENT, Answer.DECLINED),
    )


def test_apple_says_what_it_must_and_attaches_nothing() -> None:
    answer = event(f"ATTENDEE;CN=Cleo;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED:mailto:{CLIENT}")
    assert only(mail(calendar(answer), method="")) == ACCEPTED


def test_a_missing_sequence_is_none() -> None:
    assert only(mail(calendar(event(drop="SEQUENCE DTSTART DTEND")))) == Reply(
        UID, None, STAMP, CLIENT, Answer.ACCEPTED
    )


def test_lower_case_words_mean_the_same() -> None:
    answer = event(f"ATTENDEE;PARTSTAT=accepted:mailto:{CLIENT}")
    assert only(mail(calendar(answer, method="reply"))) == ACCEPTED


def test_sixteen_copies_of_one_answer_are_one() -> None:
    copies = [event(f"RECURRENCE-ID:202703{day:02}T160000Z") for day in range(1, 17)]
    assert only(mail(calendar(*copies))) == ACCEPTED


def test_the_method_may_stand_on_the_mail_part_alone() -> None:
    assert only(mail(calendar(event(), method=""))) == ACCEPTED


def test_a_bare_calendar_file_has_no_sender() -> None:
    read = read_mail(b"\xef\xbb\xbf\r\n" + calendar(event()).encode())
    assert read.findings == (ACCEPTED,)
    assert read.author is None


def test_an_attached_file_is_read_where_there_is_nothing_else() -> None:
    ics = calendar(event())
    attached = mail(ics, method="").replace(b"text/calendar", b"application/ics")
    assert only(attached) == ACCEPTED


def test_answers_to_several_appointments_in_one_mail() -> None:
    other = event("UID:other", f"ATTENDEE;PARTSTAT=DECLINED:mailto:{CLIENT}")
    first, second = read_mail(mail(calendar(event(), other))).findings
    assert first == ACCEPTED
    assert isinstance(second, Reply)
    assert (second.uid, second.answer) == ("other", Answer.DECLINED)


def test_where_all_who_were_invited_are_copied_the_sender_is_the_one_who_answers() -> None:
    everybody = event(
        f"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ruth@example.org\n"
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{CLIENT}"
    )
    assert only(mail(calendar(everybody))) == ACCEPTED


def test_who_answers_for_somebody_else_is_told() -> None:
    line = f'ATTENDEE;PARTSTAT=ACCEPTED;SENT-BY="mailto:son@example.org":mailto:{CLIENT}'
    found = only(mail(calendar(event(line))))
    assert isinstance(found, Reply)
    assert found.sent_by == "son@example.org"


def test_the_servers_verdict_on_the_sender_is_told() -> None:
    verdict = {"Authentication-Results": "mx.willow.example; spf=pass; dmarc=fail (p=none)"}
    assert read_mail(mail(calendar(event()), headers=verdict)).is_forged
    passed = {"Authentication-Results": "mx.willow.example; dmarc=pass"}
    assert not read_mail(mail(calendar(event()), headers=passed)).is_forged
