"""Asking loopback servers in tests, and what a refusal may not tell."""

from __future__ import annotations

from typing import Any

import pytest

from office.fetch import Allowed, Fetched, FetchError, Unchanged, Validators, get
from tests.office.servers import Answer

HERE = Allowed(private=True)
BODY = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
SECRET = "/private-9f8e7d/basic.ics"  # noqa: S105 - the tests' own


def fetch(address: str, allowed: Allowed = HERE, **more: Any) -> Fetched | Unchanged:
    wanted = {"most_bytes": 10_000, "validators": Validators(), "seconds": 5.0, **more}
    return get(address, allowed=allowed, **wanted)


def refused(address: str, allowed: Allowed = HERE, **more: Any) -> str:
    """Why; the secret is never part of it."""
    with pytest.raises(FetchError) as fault:
        fetch(address, allowed, **more)
    assert "9f8e7d" not in str(fault.value)
    return str(fault.value)


def to(location: str) -> Answer:
    return 302, {"Location": location, "Content-Length": "0"}, b""
