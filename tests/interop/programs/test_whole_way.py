"""The whole way, with real programs at both ends: from a plan to the client's phone and back.

The clinic's staff run commands; Dina follows her feed in Thunderbird, and has another calendar
there for what comes by mail. Mails go through OpenSMTPD and Dovecot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.interop.messages import calendar_parts
from tests.interop.programs.clinic import MAILBOX, Clinic
from tests.interop.programs.mail_system import PASSWORD, MailSystem
from tests.interop.programs.thunderbird import CLIENT, Thunderbird
from tests.interop.readers import Entry, Subscriber, Subscription

CLOSED = "location_id,date,reason\nnorth,2027-03-01,Stocktaking\n"
"""Dina's first Monday is off, so her first session has to move."""

ENDED = {"care_plans": ("2027-03-01,routine,active", "2027-03-01,routine,discontinued")}
"""Dina's plan is over before it began."""


@dataclass
class Dina:
    """What a client sees, and what she has read of her mails."""

    feed: Subscription
    thunderbird: Thunderbird
    mail_system: MailSystem
    read: int = 0

    def __post_init__(self) -> None:
        self.own = self.thunderbird.own_calendar()

    def reads(self, mails: int, answer: str = "") -> list[str | None]:
        """She opens so many new mails; what Thunderbird takes those with an invite for."""
        self.feed.fetch()
        inbox = self.mail_system.mails(CLIENT, self.read + mails)
        new, self.read = inbox[self.read :], len(inbox)
        parts = [calendar_parts(message_from_bytes(it)) for it in new]
        calendars = [bytes(it[0].get_payload(decode=True)) for it in parts if it]
        return [self.own.receive(it, answer, self.mail_system.smtp) for it in calendars]

    def expects(self) -> list[datetime]:
        """When she has to be there, by her feed and by her mails alike."""
        by_feed, by_mail = (standing(it.shown()) for it in (self.feed, self.own))
        assert by_feed == by_mail
        return by_feed


def standing(entries: list[Entry]) -> list[datetime]:
    return [it.starts_at for it in entries if not it.cancelled]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    """A clinic with a schedule, of which nobody was told."""
    clinic = Clinic(tmp_path_factory.mktemp("clinic"))
    clinic.open()
    return clinic


@pytest.fixture
def clinic(opened: Clinic, tmp_path: Path) -> Clinic:
    """One for each test."""
    return opened.copy(tmp_path)


@pytest.fixture
def feed(clinic: Clinic) -> Iterator[str]:
    """The address of Dina's feed, on a server that runs."""
    with clinic.serving() as address:
        yield address + clinic.path("client", "dina")


@pytest.fixture
def dina(feed: str, mail_system: MailSystem, thunderbird: Thunderbird) -> Dina:
    return Dina(thunderbird.subscribe(feed), thunderbird, mail_system)


@pytest.mark.behaviour(
    "the whole way: new, moved and off, the same by careweave serve and by mail", "thunderbird"
)
def test_what_is_published_reaches_the_client_by_feed_and_by_mail(
    clinic: Clinic, dina: Dina, mail_system: MailSystem
) -> None:
    assert clinic.send(mail_system.smtp) == 3  # two invites and a summary
    assert dina.reads(3) == ["REQUEST", "REQUEST"]
    first, second = dina.expects()

    clinic.know(closures=CLOSED)
    clinic.publish()
    assert clinic.send(mail_system.smtp) == 1
    assert dina.reads(1) == ["REQUEST:UPDATE"]
    moved, stayed = dina.expects()
    assert (moved != first, stayed) == (True, second)

    clinic.know(ENDED)
    clinic.publish()
    assert clinic.send(mail_system.smtp) == 3
    assert dina.reads(3) == ["CANCEL", "CANCEL"]
    assert dina.expects() == []
    assert [it.cancelled for it in dina.feed.shown()] == [True, True]


@pytest.mark.behaviour(
    "the whole way: what Thunderbird declines is polled by IMAP, and moves", "mail_system"
)
def test_what_the_client_declines_reaches_the_clinic(
    clinic: Clinic, dina: Dina, mail_system: MailSystem
) -> None:
    clinic.send(mail_system.smtp)
    dina.reads(3, "DECLINED")
    declined = {it.starts_at for it in dina.feed.shown()}
    mail_system.mails(MAILBOX, 2)
    taken = clinic.poll(mail_system.imap, PASSWORD)
    assert (taken["mails"], taken["holds"], taken["set_aside"]) == (2, 2, 0)
    assert clinic.to_rebook() == 2
    assert clinic.poll(mail_system.imap, PASSWORD)["holds"] == 0  # once is enough

    clinic.publish()
    dina.feed.fetch()
    assert declined.isdisjoint(standing(dina.feed.shown()))


@pytest.mark.behaviour("subscriptions: follows careweave serve: a move, and a cancellation")
def test_a_subscription_to_the_server_follows(
    clinic: Clinic, feed: str, subscriber: Subscriber
) -> None:
    subscription = subscriber.subscribe(feed)
    before = standing(subscription.shown())
    clinic.know(closures=CLOSED)
    clinic.publish()
    subscription.fetch()
    moved = standing(subscription.shown())
    assert (len(moved), len(set(before) - set(moved))) == (2, 1)
    clinic.know(ENDED)
    clinic.publish()
    subscription.fetch()
    assert [it.cancelled for it in subscription.shown()] == [True, True]  # it is never empty
