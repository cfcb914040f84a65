"""A mail that may have arrived counts as told, whatever becomes of it later."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from models import mail_queue
from models.clients import ClientRow
from office.bounces import record_bounce
from office.invites import discard_mail, list_mails, retry_mail
from office.record import writing
from office.send_invites import send_due
from scheduler.outcome import Visit
from tests.office.clinic import GOOD, LATER, visit
from tests.office.mails import DINA, GRACE, published, waiting
from tests.office.post_office import (
    ACCEPTED,
    PostOffice,
    calendar_part,
    free_port,
    phones,
    post_office,
)

DUE = LATER + GRACE
HOUR = timedelta(hours=1)
MOVED = (GOOD[0], visit("p07", 2, "2027-03-09T08:00"), GOOD[2])
CANCELLED = (GOOD[0], GOOD[2])
UNBOOKED = (("p07", 2), ("p08", 2))
CANCEL = ("dina", "invite", "CANCEL")


def taken_without_a_word(db: str, office: PostOffice) -> None:
    """Dina's invite arrives, and nobody knows."""
    published(db)
    office.hangs_up_after_taking = True
    send_due(db, DUE, environment=office.environment)
    office.hangs_up_after_taking = False
    assert phones(office)[DINA].shows()


def answered(db: str, office: PostOffice, answer: str, now: datetime) -> None:
    office.to_content = answer
    send_due(db, now, environment=office.environment)
    office.to_content = ACCEPTED


def sent_until_nothing_waits(db: str, office: PostOffice, now: datetime) -> None:
    for hours in range(1, 5):
        send_due(db, now + hours * HOUR, environment=office.environment)
    assert waiting(db) == []


@pytest.mark.parametrize("answer", ["451 4.3.0 later", "550 5.7.1 never"])
def test_a_refused_repeat_leaves_in_doubt_what_is_cancelled_then(
    each_with_mail: str, answer: str
) -> None:
    with post_office() as office:
        taken_without_a_word(each_with_mail, office)
        answered(each_with_mail, office, answer, DUE + HOUR)
        published(each_with_mail, CANCELLED, DUE + HOUR, UNBOOKED)
        assert CANCEL in waiting(each_with_mail)
        sent_until_nothing_waits(each_with_mail, office, DUE + HOUR)
        assert phones(office)[DINA].shows() == {}
    failed = list_mails(each_with_mail, DUE, failed=True)
    assert {it.recipient_id for it in failed} == ({"dina", "ruth"} if "550" in answer else set())


def test_a_sender_that_was_killed_leaves_a_doubt_too(with_mail: str) -> None:
    published(with_mail)
    with writing(with_mail) as session:
        assert mail_queue.claim(session, DUE, hurry=False) is not None
    with post_office() as office:
        answered(with_mail, office, "550 5.7.1 never", DUE + HOUR)
    published(with_mail, CANCELLED, DUE + HOUR, UNBOOKED)
    assert waiting(with_mail) == [CANCEL]


def test_giving_up_after_two_days_leaves_the_doubt(with_mail: str) -> None:
    late = DUE + timedelta(days=2)
    with post_office() as office:
        taken_without_a_word(with_mail, office)
        nobody = {"CAREWEAVE_SMTP": f"smtp://127.0.0.1:{free_port()}"}
        assert send_due(with_mail, late, environment=nobody).failed == 2
        published(with_mail, CANCELLED, late, UNBOOKED)
        sent_until_nothing_waits(with_mail, office, late)
        assert phones(office)[DINA].shows() == {}


@pytest.mark.parametrize("first", ["retry", "discard", "another address"])
def test_a_doubt_outlives_its_mail(with_mail: str, first: str) -> None:
    with post_office() as office:
        taken_without_a_word(with_mail, office)
        answered(with_mail, office, "550 5.7.1 never", DUE + HOUR)
        mail = list_mails(with_mail, DUE, failed=True)[0]
        if first == "retry":
            retry_mail(with_mail, mail.id, now=DUE + HOUR, who="mia")
        elif first == "discard":
            discard_mail(with_mail, mail.id, now=DUE + HOUR, who="mia")
        else:
            with writing(with_mail) as session:
                session.get_one(ClientRow, "dina").email = "dina@new.example"
            published(with_mail, now=DUE + HOUR)
        published(with_mail, CANCELLED, DUE + HOUR, UNBOOKED)
        assert waiting(with_mail) == [CANCEL]


def test_what_may_have_arrived_is_told_no_more_than_what_came_after_it(with_mail: str) -> None:
    with post_office() as office:
        taken_without_a_word(with_mail, office)
        answered(with_mail, office, "550 5.7.1 never", DUE + HOUR)
        published(with_mail, MOVED, DUE + HOUR)
        sent_until_nothing_waits(with_mail, office, DUE + HOUR)
        published(with_mail, MOVED, DUE + 6 * HOUR)
    assert waiting(with_mail) == []


@pytest.mark.parametrize("then", [MOVED, CANCELLED])
def test_to_discard_an_old_mail_does_not_undo_newer_ones(
    with_mail: str, then: tuple[Visit, ...]
) -> None:
    unbooked = UNBOOKED if then == CANCELLED else UNBOOKED[1:]
    published(with_mail)
    with post_office() as office:
        send_due(with_mail, DUE, environment=office.environment)
        mail = list_mails(with_mail, DUE)[0]
        assert record_bounce(with_mail, mail.message_id, "552 mailbox full", DUE)
        published(with_mail, then, DUE + HOUR, unbooked)
        sent_until_nothing_waits(with_mail, office, DUE + HOUR)
        discard_mail(with_mail, mail.id, now=DUE + 6 * HOUR, who="mia")
        published(with_mail, then, DUE + 6 * HOUR, unbooked)
        assert waiting(with_mail) == []
        sequences = [
            calendar_part(content).events[0]["SEQUENCE"]
            for to, content in office.taken
            if to == DINA
        ]
    assert sequences == [0, 1]
