"""``careweave serve`` as a process: where it listens, how it stops, and what its log tells."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from cli.main import careweave
from web.server import listen

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parent / "data"
TLS = ("--tls-cert", str(DATA / "localhost.pem"), "--tls-key", str(DATA / "localhost.key"))

ANYWHERE = "0.0.0.0"  # noqa: S104 - refusing it is what is tested

PROGRAM = """
import logging
logging.getLogger().setLevel(logging.DEBUG)
logging.basicConfig(level=logging.DEBUG)
from cli.main import main
main()
"""
"""The command in a process that logs whatever any library has to say."""


class Serving:
    """A server that was started and says where it is."""

    def __init__(self, db: str, *options: str, seed: str = "0") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "--db", db, "serve", "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )

    @cached_property
    def said(self) -> tuple[str, str, str]:
        """What it says as soon as it listens: where, and whether mails leave and arrive."""
        out = self.process.stdout
        assert out
        return (out.readline(), out.readline(), out.readline())

    @property
    def address(self) -> str:
        """Where it listens."""
        return self.said[0].split()[3].rstrip(".")

    def stop(self, how: signal.Signals) -> tuple[int, str, str]:
        """Exit code, the rest of what it said, and its log."""
        self.process.send_signal(how)
        out, log = self.process.communicate(timeout=20)
        return self.process.returncode, out, log


Start = Callable[..., Serving]


@pytest.fixture
def start(clinic: str) -> Iterator[Start]:
    """Starts servers on the small clinic network."""
    started: list[Serving] = []

    def start(*options: str, seed: str = "0") -> Serving:
        started.append(Serving(clinic, *options, seed=seed))
        return started[-1]

    yield start
    for it in started:
        if it.process.poll() is None:
            it.process.kill()
            it.process.communicate()


def test_two_processes_give_the_same_bytes_and_validators(
    start: Start, path_of: Callable[..., str]
) -> None:
    path = path_of("location", "north")
    servers = [start(seed=seed) for seed in ("1", "2")]
    answers = [httpx.get(server.address + path) for server in servers]
    contents = {(it.content, it.headers["etag"], it.headers["last-modified"]) for it in answers}
    assert len(contents) == 1
    assert answers[0].content.startswith(b"BEGIN:VCALENDAR")


def test_no_log_tells_a_token_and_the_server_stops_in_peace(
    start: Start, path_of: Callable[..., str], tmp_path: Path
) -> None:
    path, server = path_of(), start()
    token = path.removeprefix("/feeds/").removesuffix(".ics")
    with httpx.Client(base_url=server.address) as client:
        assert client.get(path).status_code == 200
        assert client.get(f"/{token}").status_code == 404
        assert client.get(f"{path}?token={token}").status_code == 200
        assert client.post(path, content=token).status_code == 405
        (tmp_path / "careweave.db").rename(tmp_path / "aside.db")
        assert client.get(path).status_code == 503
    host, port = server.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(f"GET {path} nonsense\r\n\r\n".encode())
        assert b" 400 " in connection.recv(1000)
    (tmp_path / "aside.db").rename(tmp_path / "careweave.db")
    code, out, log = server.stop(signal.SIGTERM)
    assert (code, out) == (0, "Stopped.\n")
    assert "GET /feeds/{token}.ics 200" in log
    assert "GET elsewhere 404" in log
    assert "the database" in log
    assert token not in log
    assert token[:8] not in log


def test_an_upgrade_to_websockets_is_no_news(start: Start, path_of: Callable[..., str]) -> None:
    server = start()
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket"}
    assert httpx.get(server.address + path_of(), headers=upgrade).status_code == 200
    _, _, log = server.stop(signal.SIGTERM)
    assert "GET /feeds/{token}.ics 200" in log
    assert "pip install" not in log


def test_with_a_certificate_it_speaks_https(start: Start, path_of: Callable[..., str]) -> None:
    server = start(*TLS)
    assert server.address.startswith("https://127.0.0.1:")
    assert server.said[1].startswith("No mails are made: ")
    assert "nswers are read" in server.said[2]
    trust = ssl.create_default_context(cafile=str(DATA / "localhost.pem"))
    assert httpx.get(server.address + path_of(), verify=trust).status_code == 200
    assert server.stop(signal.SIGINT)[:2] == (0, "Stopped.\n")


def refused(db: str, *options: str) -> str:
    result = CliRunner().invoke(careweave, ["--db", db, "serve", *options])
    assert result.exit_code == 2
    return result.output


@pytest.mark.parametrize("host", [ANYWHERE, "192.0.2.1", "::", "willow.example"])
def test_an_address_that_others_reach_is_refused(clinic: str, host: str) -> None:
    told = refused(clinic, "--host", host)
    assert f"at {host} others could read along" in told
    assert "--behind-proxy" in told


def test_a_port_that_is_taken_is_named(clinic: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = refused(clinic, "--port", str(port))
    assert f"port {port} of 127.0.0.1 is taken. Maybe another careweave serve runs" in told


def test_an_address_that_is_not_ours_is_named(clinic: str) -> None:
    told = refused(clinic, "--host", "192.0.2.1", "--behind-proxy")
    assert "8321 of 192.0.2.1 can't be listened at: Cannot assign requested address. May" in told


def test_no_part_of_an_answer_waits_for_the_one_before_it() -> None:
    with listen("127.0.0.1", 0) as sock, socket.create_connection(sock.getsockname()):
        connection, _ = sock.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_certificate_needs_its_key(clinic: str, tmp_path: Path) -> None:
    assert "Maybe both --tls-cert and --tls-key?" in refused(clinic, *TLS[:2])
    (tmp_path / "no.pem").write_text("no key")
    told = refused(clinic, *TLS[:3], str(tmp_path / "no.pem"))
    assert "can't be used" in told
    assert "Maybe they don't belong together" in told


def test_a_record_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    assert "does not exist. Maybe run careweave db upgrade" in refused(str(tmp_path / "no.db"))
