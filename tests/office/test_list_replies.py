"""What answers leave to be done, and the word that it was done."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from models.replies import ReplyState
from office.errors import OfficeError
from office.list_replies import list_replies
from office.one_reply import close_reply, show_reply
from office.order import prepare
from office.publish import publish
from office.week import Narrowing, show_week
from tests.office.answers import ANSWERED, answer, counter, recorded, take, uid_of
from tests.office.clinic import LATER, draft
from tests.office.test_declines import REBOOKED
from tests.office.test_schedule_weeks import ORDER


def test_who_declined_needs_another_time_until_there_is_one(each_clinic: str) -> None:
    take(each_clinic, answer(uid_of(each_clinic), "DECLINED", "COMMENT:I work then"))
    (waits,) = list_replies(each_clinic, now=ANSWERED).to_rebook
    assert (waits.entry.plan_id, waits.entry.session_number) == ("p07", 1)
    assert (waits.still_booked, waits.comment) == (True, "I work then")
    draft(each_clinic, REBOOKED, declined=["a1"])
    publish(each_clinic, now=LATER, who="mia")
    assert list_replies(each_clinic, now=LATER).to_rebook == ()


def test_who_lost_their_time_is_listed_while_there_can_be_another_one(clinic: str) -> None:
    take(clinic, answer(uid_of(clinic)))
    draft(clinic, REBOOKED[1:], (("p07", 1), ("p08", 2)), declined=["a1"])
    publish(clinic, now=LATER, who="mia")
    (waits,) = list_replies(clinic, now=LATER).to_rebook
    assert not waits.still_booked
    assert list_replies(clinic, now=LATER + timedelta(weeks=2)).to_rebook == ()


@pytest.mark.parametrize(
    ("starts", "ends", "verdict"),
    [
        ("20270302T170000Z", "20270302T180000Z", "free"),  # Tuesday 09:00
        ("20270302T170700Z", "20270302T180000Z", "grid"),
        ("20270305T170000Z", "20270305T180000Z", "on-shift"),  # on Fridays Maya is off
        ("20270309T170000Z", "20270309T180000Z", "window"),  # the week after
    ],
)
def test_a_proposal_is_listed_with_what_speaks_against_it(
    clinic: str, starts: str, ends: str, verdict: str
) -> None:
    take(clinic, counter(uid_of(clinic), starts, ends))
    (proposal,) = list_replies(clinic, now=ANSWERED).proposals
    assert verdict in proposal.verdict
    assert proposal.ends_at - proposal.starts_at == timedelta(hours=1)
    assert proposal.entry.appointment_id == "a1"


def test_a_proposal_is_read_on_the_clocks_of_the_location(each_clinic: str) -> None:
    take(each_clinic, counter(uid_of(each_clinic), "20270302T170000Z", "20270302T180000Z"))
    (proposal,) = list_replies(each_clinic, now=ANSWERED).proposals
    assert proposal.starts_at == datetime(2027, 3, 2, 9, 0)


def test_a_proposal_is_done_once_the_client_accepts_or_its_time_has_passed(clinic: str) -> None:
    uid = uid_of(clinic)
    take(clinic, counter(uid, "20270302T170000Z", "20270302T180000Z"))
    assert list_replies(clinic, now=ANSWERED + timedelta(days=4)).proposals == ()
    take(clinic, answer(uid, "ACCEPTED", stamp="20270227T173000Z"))
    assert list_replies(clinic, now=ANSWERED).proposals == ()


def test_what_was_set_aside_is_listed_and_shown_without_commands_to_the_screen(
    each_clinic: str,
) -> None:
    take(each_clinic, b"From: dina@mail.example\r\n\r\nI can't \x1b[2Jcome.")
    (aside,) = list_replies(each_clinic, now=ANSWERED).set_aside
    assert (aside.sender, aside.received_at) == ("dina@mail.example", ANSWERED)
    shown = show_reply(each_clinic, aside.reply_id)
    assert "I can't �[2Jcome." in shown.content
    close_reply(each_clinic, aside.reply_id, now=LATER, who="mia")
    assert list_replies(each_clinic, now=ANSWERED).set_aside == ()
    assert "come." in show_reply(each_clinic, aside.reply_id).content


def test_a_decline_that_was_closed_does_not_count_until_the_client_says_so_again(
    each_clinic: str,
) -> None:
    uid = uid_of(each_clinic)
    take(each_clinic, answer(uid, "DECLINED"))
    close_reply(each_clinic, recorded(each_clinic)[0].id, now=LATER, who="mia")
    assert prepare(each_clinic, ORDER).declined == frozenset()
    take(each_clinic, answer(uid, "DECLINED", stamp="20270227T160000Z"))
    assert recorded(each_clinic)[1].state is ReplyState.OLD
    take(each_clinic, answer(uid, "DECLINED", stamp="20270227T173000Z"))
    assert prepare(each_clinic, ORDER).declined == {"a1"}


def test_a_reply_that_there_is_none_of_or_that_needs_nobody(clinic: str) -> None:
    with pytest.raises(OfficeError, match=r"there is no reply 7\. Maybe"):
        show_reply(clinic, 7)
    take(clinic, answer(uid_of(clinic), "ACCEPTED"))
    take(clinic, answer(uid_of(clinic), "ACCEPTED", stamp="20270227T160000Z"))
    old = recorded(clinic)[1]
    with pytest.raises(OfficeError, match="needs nobody: it is old"):
        close_reply(clinic, old.id, now=LATER, who="mia")


def test_a_week_says_what_clients_answered(each_clinic: str) -> None:
    take(each_clinic, answer(uid_of(each_clinic)))
    week = show_week(each_clinic, ORDER.start, Narrowing(client_id="dina"))
    assert [(it.appointment_id, it.answer) for it in week.entries] == [("a1", "declined")]
