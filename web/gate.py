"""Who may ask how often: so that one phone gone mad does not slow down all others."""

from __future__ import annotations

import time
from ipaddress import ip_address, ip_network
from math import ceil

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.requests import Request

PER_LINK = RateLimitItemPerMinute(60)
"""A program that looks every five minutes stays far below; so does a person who reloads."""

PER_ADDRESS = RateLimitItemPerMinute(1200)
"""A whole clinic may share an address, and Google fetches for thousands from a few."""

_IPV6_HOUSEHOLD = 64
"""Leading bits of an IPv6 address that one household or server has to itself."""


class Gate:
    """Counts requests in this process, each minute anew."""

    def __init__(self) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def seconds_to_wait(self, limit: RateLimitItem, key: str) -> int:
        """Count one request; 0 if it may pass, else the seconds until another may."""
        if self._limiter.hit(limit, key):
            return 0
        reset = self._limiter.get_window_stats(limit, key).reset_time
        return max(1, ceil(reset - time.time()))  # noqa: TID251 - the library counts by this clock


def address_of(request: Request, *, behind_proxy: bool) -> str:
    """Whose request it is: the address at the other end, or the one that our proxy names.

    Each proxy adds who asked it at the end of X-Forwarded-For, so only the last word is its own;
    what stands before it anybody can write.
    """
    peer = request.client.host if request.client else ""
    if behind_proxy:
        forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
        peer = forwarded.rpartition(",")[2].strip() or peer
    try:
        address = ip_address(peer)
    except ValueError:
        return "unknown"
    if address.version == 4:  # noqa: PLR2004 - IPv4
        return str(address)
    return str(ip_network((int(address), _IPV6_HOUSEHOLD), strict=False))
