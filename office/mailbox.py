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

from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError
from imap_tools.mailbox import BaseMailBox

from feeds.replies import MOST_BYTES
from office.errors import OfficeError
from office.logins import Kind, Security
from office.mails_in import Incoming, within_bounds

ADDRESS = "CAREWEAVE_IMAP"
PATIENCE = 30.0
"""Seconds for each answer of the server."""

MOST_MAILS = 50
"""Mails that are read at once; the others wait for the next round."""


class MailboxError(OfficeError):
    """The mailbox can't be read now; the message says why."""


_KIND = Kind(
    variable=ADDRESS,
    protocol="imap",
    ports={Security.NONE: 143, Security.STARTTLS: 143, Security.TLS: 993},
    what="mailbox",
    example="imaps://user@mail.willow.example/INBOX",
    fault=MailboxError,
)


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
        found = _KIND.address(environment)
        if not found.user:
            raise _KIND.unreadable()
        folder, password = found.path or "INBOX", _KIND.password(environment)
        return cls(found.host, found.port, found.security, found.user, folder, password)

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
