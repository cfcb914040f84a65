"""Our mails through a real mail system, and a real answer back through it."""

from __future__ import annotations

import smtplib
from email import message_from_bytes

import pytest

from feeds.replies import Answer, Reply, read_mail
from tests.feeds.example import SIMPLE
from tests.interop.messages import CLINIC, DINA, calendar_parts, mail, message
from tests.interop.programs.mail_system import MailSystem
from tests.interop.programs.thunderbird import Thunderbird


@pytest.mark.behaviour("mails: the calendar arrives byte for byte")
def test_the_calendar_arrives_byte_for_byte(mail_system: MailSystem) -> None:
    calendar = message(SIMPLE)
    with smtplib.SMTP("127.0.0.1", mail_system.smtp) as client:
        client.sendmail(CLINIC.address, [DINA.address], mail(calendar))
    (raw,) = mail_system.mails(DINA.address, 1)
    parts = calendar_parts(message_from_bytes(raw))
    assert [it.get_payload(decode=True) for it in parts] == [calendar] * 2


@pytest.mark.behaviour(
    "answers: Thunderbird's arrives in the clinic's mailbox, and is read", "mail_system"
)
def test_an_answer_arrives(mail_system: MailSystem, thunderbird: Thunderbird) -> None:
    thunderbird.own_calendar().receive(message(SIMPLE), "DECLINED", mail_system.smtp)
    (raw,) = mail_system.mails(CLINIC.address, 1)
    (reply,) = read_mail(raw).findings
    assert isinstance(reply, Reply)
    assert (reply.uid, reply.answer) == (SIMPLE.uid, Answer.DECLINED)
