"""What servers of the clinic need to be reached: secrets from the environment, and never in it."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path

from office.errors import OfficeError


def password_of(environment: Mapping[str, str], name: str) -> str:
    """The password in the variable ``name``, or in the file that ``name`` with ``_FILE`` names.

    ``OfficeError`` where there is none; no message repeats it.
    """
    if password := environment.get(name):
        return password
    file = environment.get(f"{name}_FILE")
    if not file:
        raise OfficeError(f"there is a user, but no password. Maybe set {name}_FILE?")
    try:
        return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not in UTF-8"
        raise OfficeError(
            f"the file that {name}_FILE names can't be read: {reason}. Maybe another one?"
        ) from None


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine, so that nobody on the way can listen."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
