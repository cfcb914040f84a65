"""Thunderbird takes our invites and forgets what is off; its answers are read as they are meant."""

from __future__ import annotations

from datetime import UTC

import pytest

from feeds.replies import Answer, Reply, read_mail
from tests.feeds.example import SIMPLE
from tests.interop.messages import DINA, MOVED, OFF, message
from tests.interop.programs.thunderbird import Thunderbird
from tests.interop.site import mail_server


@pytest.mark.behaviour("invites: takes a new one, moves with an update, ignores an outdated one")
def test_updates_are_applied_and_outdated_ones_are_not(thunderbird: Thunderbird) -> None:
    own = thunderbird.own_calendar()
    assert own.receive(message(SIMPLE)) == "REQUEST"
    assert own.receive(message(MOVED, 5)) == "REQUEST:UPDATE"
    assert own.receive(message(SIMPLE)) is None
    assert [it.starts_at for it in own.shown()] == [MOVED.starts_at.astimezone(UTC)]


@pytest.mark.behaviour("invites: forgets a cancelled appointment, also when told twice")
def test_a_cancelled_appointment_goes(thunderbird: Thunderbird) -> None:
    own = thunderbird.own_calendar()
    own.receive(message(SIMPLE))
    assert own.receive(message(OFF, 9)) == "CANCEL"
    assert own.shown() == []
    assert own.receive(message(OFF, 9)) is None


@pytest.mark.behaviour("answers: accepted, declined and tentative are read for what they are")
@pytest.mark.parametrize("answer", Answer)
def test_answers_are_read(thunderbird: Thunderbird, answer: Answer) -> None:
    with mail_server() as inbox:
        own = thunderbird.own_calendar()
        own.receive(message(SIMPLE))
        own.receive(message(MOVED, 5), answer.name, inbox.port)
        (raw,) = inbox.wait_for(1)
    mail = read_mail(raw)
    (reply,) = mail.findings
    assert isinstance(reply, Reply)
    assert (reply.uid, reply.sequence, reply.answer) == (MOVED.uid, MOVED.sequence, answer)
    assert (reply.attendee, mail.author) == (DINA.address, DINA.address)
    assert reply.about == MOVED.starts_at
