"""What is said of mail servers when the server starts: whether anything leaves or is read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from office.mail_servers import told_of_servers
from office.settings import set_setting


@pytest.fixture
def reachable(db: str) -> str:
    """A record with a mailbox, so that mails are made."""
    now = datetime(2027, 3, 1, 8, tzinfo=UTC)
    set_setting(db, "mailbox", "appointments@willow.example", now=now, who="mia")
    return db


def test_without_a_mailbox_no_mail_leaves_whatever_the_server(db: str) -> None:
    sending, _ = told_of_servers(db, {"CAREWEAVE_SMTP": "smtp://127.0.0.1:2525"})
    assert sending.startswith("No mails are made: no mailbox is set. Maybe ")


def test_servers_that_nobody_named_are_said_to_be_missing(reachable: str) -> None:
    assert told_of_servers(reachable, {}) == (
        "Mails wait: CAREWEAVE_SMTP is not set.",
        "No answers are read: CAREWEAVE_IMAP is not set.",
    )


def test_servers_are_named_by_their_hosts_alone(reachable: str) -> None:
    environment = {
        "CAREWEAVE_SMTP": "smtp+starttls://mia@mail.willow.example:587",
        "CAREWEAVE_SMTP_PASSWORD": "swordfish",
        "CAREWEAVE_IMAP": "imaps://mia@in.willow.example/INBOX",
        "CAREWEAVE_IMAP_PASSWORD": "swordfish",
    }
    assert told_of_servers(reachable, environment) == (
        "Mails leave through mail.willow.example.",
        "Answers are read at in.willow.example.",
    )


def test_what_cannot_be_used_is_said_without_the_user(reachable: str) -> None:
    sending, reading = told_of_servers(
        reachable,
        {
            "CAREWEAVE_SMTP": "smtps://mia@mail.willow.example",
            "CAREWEAVE_IMAP": "imaps://mia:swordfish@in.willow.example",
        },
    )
    assert sending.startswith("Mails wait: CAREWEAVE_SMTP has a user, but no password. Maybe ")
    assert reading.startswith("No answers are read: CAREWEAVE_IMAP has a password in it. Maybe ")
    assert "mia" not in sending + reading
