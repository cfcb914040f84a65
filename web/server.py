"""Listen on a port and answer until somebody stops it."""

from __future__ import annotations

import errno
import os
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from office.errors import OfficeError
from office.logins import is_loopback

PARTING = 10
"""Seconds that answers under way are given when the server is stopped."""


@dataclass(frozen=True, slots=True)
class Tls:
    """The files of a certificate (with its chain) and of its key, both PEM."""

    certificate: Path
    key: Path

    def check(self) -> None:
        """``OfficeError`` where the two can't be used."""
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(
                self.certificate, self.key, password=_no_password
            )
        except (OSError, ValueError) as error:  # SSLError is an OSError
            reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
            raise OfficeError(
                f"the certificate {self.certificate} and the key {self.key} can't be used: "
                f"{reason}. Maybe they don't belong together, or are no PEM files?"
            ) from None


def refuse_open_address(host: str, *, safe: bool) -> None:
    """``OfficeError`` for an address that others reach, unless what is said there is protected."""
    if not safe and not is_loopback(host):
        raise OfficeError(
            f"at {host} others could read along: a link is a password, and http is no secret. "
            "Maybe --tls-cert and --tls-key, or --behind-proxy with a proxy that speaks https?"
        )


def listen(host: str, port: int) -> socket.socket:
    """A socket at the address; port 0 is any free one. ``OfficeError`` where that can't be."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        sock = socket.create_server(address[:2], family=family)
    except OSError as error:
        raise OfficeError(_why_not(host, port, error)) from None
    # Connections inherit it. asyncio sees to it only where a socket says its protocol, and this
    # one says 0: a body would wait 40 ms for the subscriber to acknowledge the head.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def address_of(sock: socket.socket, *, tls: bool) -> str:
    """What to type into a browser on this computer."""
    host, port = sock.getsockname()[:2]
    return f"{'https' if tls else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"


def make_server(app: ASGIApp, tls: Tls | None = None) -> uvicorn.Server:
    """A server; ``run(sockets=[…])`` answers until SIGINT or SIGTERM, and ends what is under way.

    Uvicorn's own access log stays off, since it has the paths; nothing else that it logs has.
    """
    return uvicorn.Server(
        uvicorn.Config(
            app,
            access_log=False,
            log_config=None,
            log_level=None,
            lifespan="off",
            ws="none",
            proxy_headers=False,
            server_header=False,
            date_header=False,  # ours is newer: see web.watch
            timeout_graceful_shutdown=PARTING,
            ssl_certfile=tls.certificate if tls else None,
            ssl_keyfile=tls.key if tls else None,
        )
    )


def _no_password() -> str:
    raise ValueError("the key has a password")


def _why_not(host: str, port: int, error: OSError) -> str:
    where = f"port {port} of {host}"
    if error.errno == errno.EADDRINUSE:
        return f"{where} is taken. Maybe another careweave serve runs, or --port {port + 1}?"
    if error.errno == errno.EACCES:
        return f"{where} is not for everybody. Maybe a port above 1023, behind a proxy?"
    # Of others, create_server repeats the address in the text of the error.
    reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
    return f"{where} can't be listened at: {reason}. Maybe --host 127.0.0.1?"
