"""How servers of the clinic are reached: their addresses and passwords, from the environment alone.

The address stands in a variable such as ``CAREWEAVE_SMTP``, the password in the one with
``_PASSWORD`` or in the file that the one with ``_PASSWORD_FILE`` names: never in the database, in
an address or a log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from office.errors import OfficeError


class Security(StrEnum):
    """How a connection is kept from being read, by what follows the protocol in an address.

    Not at all, by STARTTLS, or by TLS throughout.
    """

    NONE = ""
    STARTTLS = "+starttls"
    TLS = "s"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is. ``user`` and ``path`` are empty where the address has none."""

    host: str
    port: int
    security: Security
    user: str
    path: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of server: the variable with its address, the protocol, its ports and its faults.

    No message repeats an address: somebody may have put the password in.
    """

    variable: str
    protocol: str
    ports: Mapping[Security, int]
    what: str
    example: str
    fault: type[OfficeError]

    def address(self, environment: Mapping[str, str]) -> Address:
        """What the variable says; ``fault`` where that is nothing which could be used."""
        text = environment.get(self.variable, "")
        if not text:
            raise self.fault(f"{self.variable} says no {self.what}. Maybe {self.example}?")
        url, security, port = self._parts(text)
        if not url.hostname or url.query or url.fragment:
            raise self.unreadable()
        if url.password is not None:
            raise self.fault(
                f"{self.variable} has a password in it. "
                f"Maybe put it into {self.variable}_PASSWORD_FILE?"
            )
        if security is Security.NONE and not is_loopback(url.hostname):
            raise self.fault(
                f"{self.variable} would let everybody on the way to {url.hostname} read along. "
                f"Maybe {self.protocol}s:// or {self.protocol}+starttls://?"
            )
        user, path = unquote(url.username or ""), unquote(url.path.strip("/"))
        return Address(url.hostname, port, security, user, path)

    def password(self, environment: Mapping[str, str]) -> str:
        """The password of the user; ``fault`` where there is none."""
        name = f"{self.variable}_PASSWORD"
        if password := environment.get(name):
            return password
        file = environment.get(f"{name}_FILE")
        if not file:
            raise self.fault(f"{self.variable} has a user, but no password. Maybe set {name}_FILE?")
        try:
            return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not in UTF-8"
            raise self.fault(
                f"the file that {name}_FILE names can't be read: {reason}. Maybe another one?"
            ) from None

    def unreadable(self) -> OfficeError:
        """The fault of an address that makes no sense."""
        return self.fault(f"{self.variable} can't be read. Maybe {self.example}?")

    def _parts(self, text: str) -> tuple[SplitResult, Security, int]:
        try:
            url = urlsplit(text)
            protocol, suffix = url.scheme[: len(self.protocol)], url.scheme[len(self.protocol) :]
            security = Security(suffix)
            port = url.port or self.ports[security]
        except ValueError:
            raise self.unreadable() from None
        if protocol != self.protocol:
            raise self.unreadable()
        return url, security, port


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine, so that nobody on the way can listen."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
