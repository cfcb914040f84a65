"""Which machines may be asked: a name is resolved once, and what comes of it is checked.

Whoever lets this program fetch an address of their choice could otherwise make it ask machines
that only it can reach: the router, another server's console, a cloud's metadata service.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from office.fetch.errors import FetchError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv6 addresses that a translator turns into the IPv4 address of their last 32 bits."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an address may do beyond the usual.

    ``private``: lie in the clinic's own network or on this machine. ``plain``: be asked without
    encryption; on this machine it always may.
    """

    private: bool = False
    plain: bool = False


def checked_addresses(host: str, port: int, allowed: Allowed, *, plain: bool) -> Sequence[str]:
    """The addresses of ``host`` that may be connected to, numeric; ``FetchError`` if none may.

    ``plain`` says that it would be asked without encryption.
    """
    found = list(dict.fromkeys(_resolve(host, port)))
    usable = [it for it in found if _may_be_asked(it, allowed)]
    if not usable:
        hint = "" if allowed.private else " Maybe --allow-private, if that is meant?"
        raise FetchError(f"{host} lies in a private network, so it is not asked.{hint}")
    if plain and not allowed.plain and not all(it.is_loopback for it in usable):
        raise FetchError(
            f"{host} would be asked without encryption (http), so it is not asked. "
            "Maybe https, or --allow-plain?"
        )
    return [str(it) for it in usable]


def _resolve(host: str, port: int) -> Iterator[IPAddress]:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # a name may be longer than names can be
        raise FetchError(
            f"{host} has no address. Maybe it is misspelt, or there is no connection just now?"
        ) from None
    for *_, address in answers:
        yield ipaddress.ip_address(address[0])


def _may_be_asked(address: IPAddress, allowed: Allowed) -> bool:
    """Never a link's own addresses: cloud metadata services answer there, and no calendars."""
    meant = (address, *_embedded(address))
    if any(it.is_link_local or it.is_multicast or it.is_unspecified for it in meant):
        return False
    return allowed.private or all(it.is_global for it in meant)


def _embedded(address: IPAddress) -> Iterator[IPAddress]:
    """The IPv4 addresses at which an IPv6 address may end up."""
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
