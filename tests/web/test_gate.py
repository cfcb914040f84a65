"""Who asks too often waits; nobody else does."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from limits import RateLimitItemPerMinute
from starlette.requests import Request

from office.serve_feeds import FeedDesk
from tests.web.conftest import Clock, Put
from web.app import make_app
from web.gate import PER_LINK, address_of


def test_a_link_is_answered_so_often_a_minute(
    client: httpx.Client, path_of: Callable[..., str]
) -> None:
    path, other = path_of(), path_of()
    codes = [client.get(path).status_code for _ in range(PER_LINK.amount)]
    assert set(codes) == {200}
    refused = client.get(path)
    assert (refused.status_code, refused.text) == (429, "That was too often.\n")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert client.get(other).status_code == 200


def test_an_address_is_answered_so_often_a_minute(
    put: Put, desk: FeedDesk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.feeds.PER_ADDRESS", RateLimitItemPerMinute(5))
    client = put(make_app(desk, clock, behind_proxy=True))
    mad, quiet = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}
    codes = [client.get(f"/feeds/guess{n}.ics", headers=mad).status_code for n in range(5)]
    assert set(codes) == {404}
    assert client.get("/feeds/guess.ics", headers=mad).status_code == 429
    assert client.get("/healthz", headers=mad).status_code == 429
    assert client.get("/feeds/guess.ics", headers=quiet).status_code == 404


@pytest.mark.parametrize(
    ("peer", "forwarded", "behind_proxy", "address"),
    [
        ("198.51.100.1", [], False, "198.51.100.1"),
        ("198.51.100.1", ["203.0.113.9"], False, "198.51.100.1"),
        ("127.0.0.1", ["203.0.113.9"], True, "203.0.113.9"),
        ("127.0.0.1", ["1.1.1.1, 203.0.113.9"], True, "203.0.113.9"),
        ("127.0.0.1", ["1.1.1.1", "203.0.113.9"], True, "203.0.113.9"),
        ("127.0.0.1", [], True, "127.0.0.1"),
        ("127.0.0.1", ["nonsense"], True, "unknown"),
        ("2001:db8:1:2:3:4:5:6", [], False, "2001:db8:1:2::/64"),
    ],
)
def test_an_address_is_the_peer_or_what_our_own_proxy_says(
    peer: str, forwarded: list[str], behind_proxy: bool, address: str
) -> None:
    headers = [(b"x-forwarded-for", it.encode()) for it in forwarded]
    request = Request({"type": "http", "client": (peer, 4711), "headers": headers})
    assert address_of(request, behind_proxy=behind_proxy) == address
