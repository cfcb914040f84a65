"""Whether mails leave and answers are read, for whoever starts the server."""

from __future__ import annotations

from collections.abc import Mapping

from models.settings import all_settings
from office import mailbox
from office.errors import OfficeError
from office.mail import server
from office.record import reading

NO_MAILBOX = "No mails are made: no mailbox is set. Maybe careweave settings set mailbox ADDRESS?"


def told_of_servers(db: str, environment: Mapping[str, str]) -> tuple[str, str]:
    """Through which host mails leave, and where answers are read; or why neither happens.

    They name no user and no password.
    """
    with reading(db) as session:
        has_mailbox = all_settings(session)["mailbox"] != ""
    sending = _told_of_sending(environment) if has_mailbox else NO_MAILBOX
    return (sending, _told_of_reading(environment))


def _told_of_sending(environment: Mapping[str, str]) -> str:
    if not environment.get(server.ADDRESS):
        return f"Mails wait: {server.ADDRESS} is not set."
    try:
        return f"Mails leave through {server.MailServer.from_environment(environment).host}."
    except OfficeError as fault:
        return f"Mails wait: {fault}"


def _told_of_reading(environment: Mapping[str, str]) -> str:
    if not environment.get(mailbox.ADDRESS):
        return f"No answers are read: {mailbox.ADDRESS} is not set."
    try:
        return f"Answers are read at {mailbox.Mailbox.from_environment(environment).host}."
    except OfficeError as fault:
        return f"No answers are read: {fault}"
