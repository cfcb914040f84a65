"""Files from addresses: what is sent, what is kept, and how much of it."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from functools import partial
from http.server import BaseHTTPRequestHandler
from threading import Thread

import pytest

from office.fetch import Fetched, Unchanged, Validators
from tests.office.fetching import BODY, SECRET, fetch, refused
from tests.office.servers import Answer, plainly, serving


def test_a_body_comes_with_what_it_says_of_itself() -> None:
    told = {"ETag": 'W/"7"', "Last-Modified": "Mon, 01 Mar 2027 08:00:00 GMT"}
    with serving(plainly(BODY, **told)) as site:
        assert fetch(site.url("/a.ics?b=c")) == Fetched(BODY, Validators(*told.values()))
        ((path, headers),) = site.seen
    assert path == "/a.ics?b=c"
    assert headers["Host"] == f"127.0.0.1:{site.port}"
    assert "If-None-Match" not in headers


def test_what_is_unchanged_is_not_sent_again() -> None:
    known = Validators('"7"', "Mon, 01 Mar 2027 08:00:00 GMT")
    with serving(lambda _: (304, {}, b"")) as site:
        assert fetch(site.url(), validators=known) == Unchanged()
        assert "fault 304" in refused(site.url())  # nobody asked for that
    headers = site.seen[0][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == (
        known.etag,
        known.last_modified,
    )


def test_a_validator_longer_than_such_things_are_is_not_kept() -> None:
    with serving(plainly(BODY, ETag="x" * 501)) as site:
        assert fetch(site.url()) == Fetched(BODY, Validators())


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "asks for a login"),
        (403, "refuses access"),
        (404, "knows no such calendar"),
        (410, "no longer has"),
        (429, "asked too often"),
        (500, "the fault 500"),
        (204, "the fault 204"),
    ],
)
def test_everything_but_200_is_a_fault_with_its_reason(status: int, words: str) -> None:
    with serving(lambda _: (status, {"Content-Length": "0"}, b"")) as site:
        assert words in refused(site.url(SECRET))


@pytest.mark.parametrize("told", [True, False])
def test_a_body_may_be_as_long_as_allowed_and_no_longer(told: bool) -> None:
    longest = b"x" * 10_000
    for body, fits in ((longest, True), (longest + b"x", False)):
        headers = {"Content-Length": str(len(body))} if told else {}
        with serving(partial(answer_with, headers, body)) as site:
            if fits:
                assert fetch(site.url()) == Fetched(body, Validators())
            else:
                assert "sent more than" in refused(site.url())


def answer_with(headers: dict[str, str], body: bytes, _: BaseHTTPRequestHandler) -> Answer:
    return 200, headers, body


def test_an_endless_body_is_cut_off() -> None:
    def endlessly(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 4096)

    with serving(endlessly) as site:
        assert "sent more than" in refused(site.url())


def test_gzip_is_unpacked() -> None:
    with serving(plainly(gzip.compress(BODY), **{"Content-Encoding": "GZIP"})) as site:
        assert fetch(site.url()) == Fetched(BODY, Validators())
        assert site.seen[0][1]["Accept-Encoding"] == "gzip"


def test_a_bomb_is_not_unpacked() -> None:
    packer = zlib.compressobj(wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(200)) + packer.flush()
    with serving(plainly(bomb, **{"Content-Encoding": "gzip"})) as site:
        assert "sent more than" in refused(site.url(), most_bytes=5_000_000)


@pytest.mark.parametrize(
    ("body", "encoding", "why"),
    [
        (b"no gzip", "gzip", "can't be unpacked"),
        (gzip.compress(BODY, mtime=0)[:-9], "gzip", "broke off"),
        (BODY, "br", "not asked for"),
    ],
)
def test_a_body_that_is_not_packed_as_it_says_is_refused(
    body: bytes, encoding: str, why: str
) -> None:
    with serving(plainly(body, **{"Content-Encoding": encoding})) as site:
        assert why in refused(site.url())


def test_a_body_that_breaks_off_is_refused() -> None:
    with serving(lambda _: (200, {"Content-Length": "500"}, BODY)) as site:
        assert "does not answer as a web server should" in refused(site.url())


@pytest.mark.parametrize("part", ["head", "body"])
def test_one_byte_at_a_time_is_too_slow(part: str) -> None:
    def slowly(handler: BaseHTTPRequestHandler) -> None:
        if part == "body":
            handler.send_response(200)
            handler.end_headers()
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(40):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    with serving(slowly) as site:
        began = time.monotonic()
        assert "takes too long to answer" in refused(site.url(), seconds=0.5)
        assert time.monotonic() - began < 1.5


def test_what_is_no_http_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            peer, _ = server.accept()
            with peer:
                peer.recv(1000)
                peer.sendall(b"220 mail ready\r\n")

        thread = Thread(target=answer)
        thread.start()
        port = server.getsockname()[1]
        assert "does not answer as a web server" in refused(f"http://127.0.0.1:{port}/")
        thread.join()
