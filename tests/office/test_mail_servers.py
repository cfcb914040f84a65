"""What is said of mail servers when the server starts: whether anything leaves or is read."""

from __future__ import annotations

from office.mail_servers import told_of_servers


def test_servers_that_nobody_named_are_said_to_be_missing() -> None:
    assert told_of_servers({}) == (
        "Mails wait: CAREWEAVE_SMTP is not set.",
        "No answers are read: CAREWEAVE_IMAP is not set.",
    )


def test_servers_are_named_by_their_hosts_alone() -> None:
    environment = {
        "CAREWEAVE_SMTP": "smtp+starttls://mia@mail.willow.example:587",
        "CAREWEAVE_SMTP_PASSWORD": "swordfish",
        "CAREWEAVE_IMAP": "imaps://mia@in.willow.example/INBOX",
        "CAREWEAVE_IMAP_PASSWORD": "swordfish",
    }
    assert told_of_servers(environment) == (
        "Mails leave through mail.willow.example.",
        "Answers are read at in.willow.example.",
    )


def test_what_cannot_be_used_is_said_without_the_user() -> None:
    sending, reading = told_of_servers(
        {
            "CAREWEAVE_SMTP": "smtps://mia@mail.willow.example",
            "CAREWEAVE_IMAP": "imaps://mia:swordfish@in.willow.example",
        }
    )
    assert sending.startswith("Mails wait: CAREWEAVE_SMTP has a user, but no password. Maybe ")
    assert reading.startswith("No answers are read: CAREWEAVE_IMAP has a password in it. Maybe ")
    assert "mia" not in sending + reading
