"""The clinic's mailbox: where it is, and the mails that nobody has read yet.

Its address stands in ``CAREWEAVE_IMAP``, its password in ``CAREWEAVE_IMAP_PASSWORD`` or in the
file that ``CAREWEAVE_IMAP_PASSWORD_FILE`` names: never in the database, in an address or a log.
Mails are marked as read and never deleted.
"""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError
from imap_tools.mailbox import BaseMailBox

from feeds.replies import MOST_BYTES
from office.errors import OfficeError
from office.logins import is_loopback, password_of
from office.mails_in import Incoming, within_bounds

ADDRESS = "CAREWEAVE_IMAP"
PASSWORD = "CAREWEAVE_IMAP_PASSWORD"  # noqa: S105 - the name of a variable
PATIENCE = 30.0
"""Seconds for each answer of the server."""

MOST_MAILS = 50
"""Mails that are read at once; the others wait for the next round."""

_EXAMPLE = "Maybe imaps://user@mail.willow.example/INBOX?"


class Security(StrEnum):
    """How a connection is kept from being read: not at all, by STARTTLS, or by TLS throughout."""

    NONE = "imap"
    STARTTLS = "imap+starttls"
    TLS = "imaps"


_PORTS = {Security.NONE: 143, Security.STARTTLS: 143, Security.TLS: 993}


class MailboxError(OfficeError):
    """The mailbox can't be read now; the message says why."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One folder on a mail server. The password shows in no representation."""

    host: str
    port: int
    security: Security
    user: str
    folder: str = "INBOX"
    password: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Mailbox:
        """As the variables say; ``OfficeError`` where they say nothing that could be used."""
        address = environment.get(ADDRESS, "")
        if not address:
            raise MailboxError(f"{ADDRESS} says no mailbox. {_EXAMPLE}")
        url, security, port = _read(address)
        host, folder = url.hostname or "", unquote(url.path.strip("/")) or "INBOX"
        if security is Security.NONE and not is_loopback(host):
            raise MailboxError(
                f"{ADDRESS} would let everybody on the way to {host} read along. "
                "Maybe imaps:// or imap+starttls://?"
            )
        password = password_of(environment, PASSWORD)
        return cls(host, port, security, unquote(url.username or ""), folder, password)

    def unread(self) -> Iterator[Incoming]:
        """Mails that are not marked as read, at most ``MOST_MAILS``, the oldest first.

        A mail is marked once the next one is asked for: whoever takes them one by one has dealt
        with it then. What happens in between leaves it unread, and it comes again.
        ``MailboxError`` where the server can't be reached or used.
        """
        with self._connected() as box:
            for uid in box.uids("UNSEEN")[:MOST_MAILS]:
                content = _fetch(box, uid)
                if content is not None:
                    yield within_bounds(content)
                    box.flag(uid, MailMessageFlags.SEEN, True)  # noqa: FBT003 - imap-tools' own

    @contextmanager
    def _connected(self) -> Iterator[BaseMailBox]:
        try:
            box = self._open()
            try:
                _login(box, self.user, self.password)
                box.folder.set(self.folder)
                yield box
            finally:
                with suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
                    box.logout()
        except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
            raise MailboxError(self._words(error)) from error

    def _open(self) -> BaseMailBox:
        match self.security:
            case Security.TLS:
                safely = ssl.create_default_context()  # without one, imaplib trusts anybody
                return MailBox(self.host, self.port, timeout=PATIENCE, ssl_context=safely)
            case Security.STARTTLS:
                safely = ssl.create_default_context()
                return MailBoxStartTls(self.host, self.port, timeout=PATIENCE, ssl_context=safely)
            case Security.NONE:
                return MailBoxUnencrypted(self.host, self.port, timeout=PATIENCE)

    def _words(self, error: Exception) -> str:
        """What is wrong, in words of ours: a server's answer could repeat what we told it."""
        match error:
            case MailboxLoginError():
                words = "refuses the login. Maybe another user or password?"
            case MailboxFolderSelectError():
                words = f"has no folder {self.folder!r} for us. Maybe INBOX?"
            case ssl.SSLCertVerificationError():
                words = f"can't prove who it is: {error.verify_message}. Maybe another name?"
            case TimeoutError():
                words = "does not answer. Maybe try again later?"
            case OSError():
                words = f"can't be reached: {error.strerror or type(error).__name__}. "
                words += f"Maybe check {ADDRESS}?"
            case _:
                words = "did not do what we asked. Maybe try again later?"
        return f"the mailbox at {self.host}:{self.port} {words}"


def _login(box: BaseMailBox, user: str, password: str) -> None:
    if (user + password).isascii():
        box.login(user, password, initial_folder=None)
    else:
        box.login_utf8(user, password, initial_folder=None)


def _fetch(box: BaseMailBox, uid: str) -> bytes | None:
    """The mail's own bytes, no more than we read, without marking it; None if it has gone."""
    _, found = box.client.uid("fetch", uid, f"(BODY.PEEK[]<0.{MOST_BYTES + 1}>)")
    return next((bytes(it[1]) for it in found if isinstance(it, tuple)), None)


def _read(address: str) -> tuple[SplitResult, Security, int]:
    """An address in parts. No message repeats it: somebody may have put the password in."""
    try:
        url = urlsplit(address)
        security = Security(url.scheme)
        port = url.port or _PORTS[security]
    except ValueError:
        raise MailboxError(f"{ADDRESS} can't be read. {_EXAMPLE}") from None
    if not url.hostname or not url.username or url.query or url.fragment:
        raise MailboxError(f"{ADDRESS} can't be read. {_EXAMPLE}")
    if url.password is not None:
        raise MailboxError(f"{ADDRESS} has a password in it. Maybe put it into {PASSWORD}_FILE?")
    return url, security, port
