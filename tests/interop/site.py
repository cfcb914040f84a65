"""Plain servers on loopback: a web server whose pages a test may change, and a mailbox."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

PATIENCE = 20
"""Seconds that a mail may be on its way."""


class Site:
    """Serves ``pages`` by path as calendars, with an ETag; ``answers`` lists status codes.

    While it is ``broken`` it answers 503 to everything.
    """

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.answers: list[int] = []
        self.broken = False
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.answer(self)

            do_HEAD = do_GET  # noqa: N815 -- the name is the library's

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- as above
                """Say nothing: pytest shows what matters."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def url(self, path: str) -> str:
        """Where a page is."""
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Send a page, or say that there is none or that it is the one that was sent before."""
        page = self.pages.get(request.path)
        tag = f'"{sha256(page or b"").hexdigest()[:16]}"'
        status = self._status(page, tag == request.headers["If-None-Match"])
        body = page if status is HTTPStatus.OK and page is not None else b""
        self.answers.append(status)
        request.send_response(status)
        request.send_header("ETag", tag)
        request.send_header("Content-Type", "text/calendar; charset=utf-8")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        if request.command == "GET":
            request.wfile.write(body)

    def _status(self, page: bytes | None, known: bool) -> HTTPStatus:
        if self.broken:
            return HTTPStatus.SERVICE_UNAVAILABLE
        if page is None:
            return HTTPStatus.NOT_FOUND
        return HTTPStatus.NOT_MODIFIED if known else HTTPStatus.OK

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Inbox:
    """Keeps the mails that arrive, as they come over the wire."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.port = free_port()

    async def handle_DATA(  # noqa: N802 -- the name is the library's
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append(content)
        return "250 Ok"

    def wait_for(self, count: int) -> list[bytes]:
        """The mails, once there are so many; AssertionError if they do not come."""
        until = time.monotonic() + PATIENCE
        while len(self.mails) < count and time.monotonic() < until:
            time.sleep(0.05)
        assert len(self.mails) == count
        return self.mails


@contextmanager
def mail_server() -> Iterator[Inbox]:
    """A mail server that takes everything."""
    inbox = Inbox()
    server = Controller(inbox, hostname="127.0.0.1", port=inbox.port)
    server.start()
    try:
        yield inbox
    finally:
        server.stop()


def free_port() -> int:
    """A port on loopback on which nobody listens at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
