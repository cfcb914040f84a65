"""The clinic's mail server: where it is, how it is reached, and what its answers mean.

Its address stands in ``CAREWEAVE_SMTP``, its password in ``CAREWEAVE_SMTP_PASSWORD`` or in the
file that ``CAREWEAVE_SMTP_PASSWORD_FILE`` names: never in the database, in an address or a log.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import SMTP as SMTP_POLICY

from feeds.wording import one_line
from office.errors import OfficeError
from office.logins import Kind, Security

ADDRESS = "CAREWEAVE_SMTP"
PATIENCE = 30.0
"""Seconds for each answer of the server; a whole mail needs five answers at most."""

_PERMANENT = 500


class MailServerError(OfficeError):
    """The server can't be used now, whatever the mail; nothing was sent."""


_KIND = Kind(
    variable=ADDRESS,
    protocol="smtp",
    ports={Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465},
    what="mail server",
    example="smtp+starttls://user@mail.willow.example:587",
    fault=MailServerError,
)


class Refusal(Exception):  # noqa: N818 - it is an answer, and a fault only to this mail
    """The server would not take one mail; ``permanent`` if it never will."""

    def __init__(self, code: int, text: bytes | str) -> None:
        words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        super().__init__(f"{code} {one_line(words)}")  # as people may see it on a terminal
        self.permanent = code >= _PERMANENT


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails go. The password shows in no representation."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    patience: float = PATIENCE

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> MailServer:
        """As the variables say; ``MailServerError`` where they say nothing that could be used."""
        found = _KIND.address(environment)
        if found.path:
            raise _KIND.unreadable()
        password = _KIND.password(environment) if found.user else ""
        return cls(found.host, found.port, found.security, found.user, password)

    @contextmanager
    def connected(self) -> Iterator[smtplib.SMTP]:
        """A connection, encrypted and logged in; ``MailServerError`` says why there is none."""
        try:
            connection = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise MailServerError(self._words(error)) from error
        try:
            yield connection
        finally:
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()
            connection.close()

    def _connect(self) -> smtplib.SMTP:
        safely = ssl.create_default_context()
        if self.security is Security.TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.patience, context=safely
            )
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=self.patience)
        try:
            if self.security is Security.STARTTLS:
                connection.starttls(context=safely)
            if self.user:
                connection.login(self.user, self.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _words(self, error: Exception) -> str:
        """What is wrong, in words of ours: a server's answer could repeat what we told it."""
        match error:
            case smtplib.SMTPAuthenticationError():
                words = f"refuses the login ({error.smtp_code}). Maybe another password?"
            case smtplib.SMTPNotSupportedError() if self.security is Security.STARTTLS:
                words = "offers no encryption or no login. Maybe smtps://, or another port?"
            case smtplib.SMTPNotSupportedError():
                words = f"asks for no login. Maybe without a user in {ADDRESS}?"
            case ssl.SSLCertVerificationError():
                words = f"can't prove who it is: {error.verify_message}. Maybe another name?"
            case TimeoutError() | smtplib.SMTPServerDisconnected(__context__=TimeoutError()):
                words = "does not answer. Maybe try again later?"
            case smtplib.SMTPResponseException():
                words = f"turns us away ({error.smtp_code}). Maybe try again later?"
            case smtplib.SMTPServerDisconnected():
                words = "hung up. Maybe another port, or smtps://?"
            case _:
                reason = getattr(error, "strerror", None) or type(error).__name__
                words = f"can't be reached: {reason}. Maybe check {ADDRESS}?"
        return f"the mail server {self.host}:{self.port} {words}"


def hand_over(connection: smtplib.SMTP, address: str, content: bytes) -> None:
    """Give the server one mail.

    ``Refusal`` where it is certain that the server did not take it, ``MailServerError`` where it
    would take no mail of ours. Any other exception of smtplib or the network leaves open whether
    it did.
    """
    sender = BytesParser(policy=SMTP_POLICY).parsebytes(content, headersonly=True)["From"]
    try:
        connection.sendmail(sender.addresses[0].addr_spec, [address], content)
    except smtplib.SMTPRecipientsRefused as error:
        raise Refusal(*error.recipients[address]) from error
    except smtplib.SMTPSenderRefused as error:
        raise MailServerError(
            f"the mail server refuses mails from {error.sender} ({error.smtp_code}). "
            "Maybe another mailbox, or a login?"
        ) from error
    except smtplib.SMTPDataError as error:
        raise Refusal(error.smtp_code, error.smtp_error) from error
