"""Every hop is checked, encrypted unless that was allowed, and told of without secrets."""

from __future__ import annotations

import logging
import socket
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from office.fetch import Allowed, Fetched, Validators
from tests.office.fetching import BODY, SECRET, fetch, refused, to
from tests.office.servers import Answer, make_certificate, plainly, serving


def test_a_few_redirects_are_followed() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> Answer:
        step = int(handler.path[1:])
        return to(f"/{step + 1}") if step < 3 else (200, {}, BODY)

    with serving(answer) as site:
        assert fetch(site.url("/0")) == Fetched(BODY, Validators())
        assert [path for path, _ in site.seen] == ["/0", "/1", "/2", "/3"]


def test_a_loop_ends() -> None:
    with serving(lambda _: to(SECRET)) as site:
        assert "sends on more than 3 times" in refused(site.url(SECRET))
        assert len(site.seen) == 4


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://x.example/a.ics",
        "gopher://127.0.0.1/",
        "http://[::1",
    ],
)
def test_a_redirect_out_of_the_web_is_not_followed(location: str) -> None:
    with serving(lambda _: to(location)) as site:
        assert "sends on to what is no address of the web" in refused(site.url())


@pytest.mark.parametrize(
    "location", ["http://169.254.169.254/latest/meta-data/", "http://0.0.0.0/", "http://[fe80::1]/"]
)
def test_a_redirect_to_a_links_own_address_is_refused_even_where_private_ones_are_allowed(
    location: str,
) -> None:
    with serving(lambda _: to(location)) as site:
        assert "lies in a private network" in refused(site.url(), Allowed(True, True))


@pytest.fixture
def public_site(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A world in which ``public.example`` has a public address that leads to this machine.

    Which addresses a name has is the network's word; what is asked for is listed here.
    """
    looked_up: list[str] = []
    real, connect = socket.getaddrinfo, socket.create_connection

    def look_up(host: str, port: int, *rest: Any, **more: Any) -> Any:
        looked_up.append(host)
        if host == "public.example":
            address = "93.184.216.34" if looked_up.count(host) == 1 else "127.0.0.1"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]
        return real(host, port, *rest, **more)

    def lead_home(address: tuple[str, int], *rest: Any, **more: Any) -> socket.socket:
        host = "127.0.0.1" if address[0] == "93.184.216.34" else address[0]
        return connect((host, address[1]), *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", lead_home)
    return looked_up


def test_a_name_is_looked_up_once_and_asked_at_what_was_checked(public_site: list[str]) -> None:
    """A second look-up would give 127.0.0.1, as DNS rebinding does."""
    with serving(plainly(BODY)) as site:
        address = site.url(host="public.example")
        assert fetch(address, Allowed(plain=True)) == Fetched(BODY, Validators())
        assert site.seen[0][1]["Host"] == f"public.example:{site.port}"
    assert public_site.count("public.example") == 1


def test_a_redirect_from_a_public_to_a_private_address_is_refused(public_site: list[str]) -> None:
    with serving(plainly(BODY)) as inner, serving(lambda _: to(inner.url(SECRET))) as outer:
        why = refused(outer.url(host="public.example"), Allowed(plain=True))
        assert why.startswith("127.0.0.1 lies in a private network")
        assert inner.seen == []


def test_a_redirect_that_has_become_private_is_refused(public_site: list[str]) -> None:
    with serving(lambda _: to("/again")) as site:
        why = refused(site.url(host="public.example"), Allowed(plain=True))
        assert why.startswith("public.example lies in a private network")
        assert len(site.seen) == 1


def test_a_login_goes_only_to_where_it_was_typed_for() -> None:
    with serving(plainly(BODY)) as other, serving(lambda _: to(other.url())) as site:
        fetch(site.url().replace("://", "://an%6E:pa%3Ass@"))
        assert site.seen[0][1]["Authorization"] == "Basic YW5uOnBhOnNz"  # ann:pa:ss
        assert "Authorization" not in other.seen[0][1]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "localhost",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104 - asked for, not listened to
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:7f00:1::]",
        "[ff02::1]",
    ],
)
def test_private_addresses_are_refused_however_they_are_written(host: str) -> None:
    assert "private network" in refused(f"https://{host}{SECRET}", Allowed(plain=True))


def test_this_machine_may_be_asked_plainly_and_others_not() -> None:
    assert "asked without encryption" in refused(f"http://10.0.0.1{SECRET}")
    assert "asked without encryption" in refused(f"http://93.184.216.34{SECRET}", Allowed())


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "//x", "https://", "https:///a", "nothing", "https://[::1"]
)
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    assert "the address is none of the web" in refused(address)


def test_a_name_that_nobody_has_is_told() -> None:
    assert "x.invalid has no address" in refused(f"https://x.invalid{SECRET}")
    assert "has no address" in refused(f"https://{'a' * 64}.example{SECRET}")


def test_a_port_at_which_nobody_listens_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert "can't be reached" in refused(f"http://127.0.0.1:{free.getsockname()[1]}{SECRET}")


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path, "localhost")
    with serving(plainly(BODY), certificate=certificate) as site:
        assert "no certificate that can be trusted" in refused(site.url(SECRET, "localhost"))
        assert site.seen == []


def test_a_trusted_certificate_must_be_that_of_the_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))  # a clinic's own authority
    with serving(plainly(BODY), certificate=certificate) as site:
        assert fetch(site.url(host="localhost")) == Fetched(BODY, Validators())
        assert "no certificate that can be trusted" in refused(site.url(host="127.0.0.1"))


def test_https_where_there_is_none_is_told() -> None:
    with serving(plainly(BODY)) as site:
        why = refused(site.url(SECRET).replace("http:", "https:"))
        assert "can't be asked with encryption" in why


def test_no_redirect_leads_out_of_encryption(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with (
        serving(plainly(BODY)) as plain,
        serving(lambda _: to(plain.url(SECRET)), certificate=certificate) as site,
    ):
        assert "without encryption" in refused(site.url(host="localhost"))
        assert plain.seen == []


def test_no_log_holds_a_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(plainly(BODY)) as other, serving(lambda _: to(other.url(SECRET))) as site:
        fetch(site.url(SECRET))
        assert other.seen
    assert "9f8e7d" not in caplog.text
