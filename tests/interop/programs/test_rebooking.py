"""A client who has declined is invited to another time: their calendar shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from tests.feeds.example import SIMPLE
from tests.interop.messages import MOVED, OFF, message
from tests.interop.programs.thunderbird import Thunderbird
from tests.interop.site import mail_server

INSTEAD = replace(MOVED, uid="another-appointment@clinic.example", sequence=0)
CANCELLED = replace(OFF, starts_at=SIMPLE.starts_at, ends_at=SIMPLE.ends_at, sequence=1)


@pytest.mark.behaviour("invites: after a decline, shows the new appointment and not the old one")
def test_a_new_appointment_after_a_decline(thunderbird: Thunderbird) -> None:
    with mail_server() as inbox:
        own = thunderbird.own_calendar()
        own.receive(message(SIMPLE), "DECLINED", inbox.port)
        inbox.wait_for(1)
    assert own.receive(message(CANCELLED, 5)) == "CANCEL"
    assert own.receive(message(INSTEAD, 6)) == "REQUEST"
    assert [it.starts_at for it in own.shown()] == [INSTEAD.starts_at.astimezone(UTC)]
