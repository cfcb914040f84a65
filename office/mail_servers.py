"""What the environment says of the clinic's mail servers, for whoever starts the server."""

from __future__ import annotations

from collections.abc import Mapping

from office import mailbox
from office.errors import OfficeError
from office.mail import server


def told_of_servers(environment: Mapping[str, str]) -> tuple[str, str]:
    """Through which host mails leave, and where answers are read; or why neither happens.

    They name no user and no password.
    """
    return (_told_of_sending(environment), _told_of_reading(environment))


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
