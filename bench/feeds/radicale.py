"""Radicale, a well-known calendar server, with the same calendars: the peer."""

from __future__ import annotations

import socket
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from bench.feeds.careweave import Subject
from bench.feeds.load import Ask

USER = {"Authorization": f"Basic {b64encode(b'clinic:clinic').decode()}"}

CONFIG = """\
[server]
hosts = 127.0.0.1:{port}
max_connections = 100
[auth]
type = none
[storage]
filesystem_folder = {folder}/collections
[logging]
level = warning
"""


@contextmanager
def serving(program: Path, folder: Path) -> Iterator[tuple[int, int]]:
    """Radicale with its own defaults, but no passwords and more connections; port and process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = folder / "radicale.conf"
    config.write_text(CONFIG.format(port=port, folder=folder), encoding="utf-8")
    with subprocess.Popen([program, "--config", config]) as process:
        try:
            _wait(port)
            yield port, process.pid
        finally:
            process.terminate()


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("Radicale did not start.")


def upload(port: int, calendars: Mapping[Subject, bytes]) -> dict[Subject, Ask]:
    """Each calendar as a collection of its own; how its subscribers ask for it."""
    connection = HTTPConnection("127.0.0.1", port)
    asks = {}
    for (kind, key), content in calendars.items():
        path = f"/clinic/{kind}-{key}/"
        connection.request("PUT", path, content, {**USER, "Content-Type": "text/calendar"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 201:  # noqa: PLR2004 - created
            raise SystemExit(f"Radicale took no calendar: {answer.status}")
        asks[kind, key] = Ask(path, {**USER, "Accept-Encoding": "gzip"})
    connection.close()
    return asks
