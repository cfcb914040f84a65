"""One conditional GET over a few redirects, each of which is checked like the first."""

from __future__ import annotations

import base64
import time
from urllib.parse import unquote

import httpx

from office.fetch.addresses import Allowed
from office.fetch.errors import FetchError
from office.fetch.hop import Fetched, Hop, Unchanged, Validators

REDIRECTS = 3
SECONDS = 30.0
"""All hops together."""


def get(
    address: str,
    *,
    most_bytes: int,
    allowed: Allowed,
    validators: Validators,
    seconds: float = SECONDS,
) -> Fetched | Unchanged:
    """What an http or https address answers; ``FetchError`` where it gives no file.

    A name and password in the address go only to where they were typed for. No proxy is used.
    """
    url = parse(address)
    login = _authorisation(url)
    origin = _origin(url)
    deadline = time.monotonic() + seconds
    for _ in range(1 + REDIRECTS):
        hop = Hop(url, allowed, validators, most_bytes, deadline)
        answer = hop.ask(login if _origin(url) == origin else None)
        if not isinstance(answer, httpx.URL):
            return answer
        url = answer
    raise FetchError(f"{url.host} sends on more than {REDIRECTS} times. Maybe another address?")


def parse(address: str) -> httpx.URL:
    """The parts of an address; ``FetchError`` where it is none for this."""
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError):
        url = httpx.URL()
    if url.scheme not in {"http", "https"} or not url.host:
        raise FetchError(
            "the address is none of the web. Maybe one that begins with https:// or webcal://?"
        )
    return url


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _authorisation(url: httpx.URL) -> str | None:
    """The header for the name and password that stand in an address."""
    name, _, password = url.userinfo.decode("ascii").partition(":")
    if not name:
        return None
    login = f"{unquote(name)}:{unquote(password)}".encode()
    return f"Basic {base64.b64encode(login).decode()}"
