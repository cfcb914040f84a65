"""Web servers on this machine that answer as they are told, and note what they were asked."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

Headers = dict[str, str]
Answer = tuple[int, Headers, bytes]
Answering = Callable[[BaseHTTPRequestHandler], Answer | None]
"""What to answer; None where the function has written the answer itself."""


@dataclass
class Site:
    """A server that is running: where, and which requests it got (path and headers)."""

    port: int
    scheme: str
    seen: list[tuple[str, Headers]] = field(default_factory=list)

    def url(self, path: str = "/calendar.ics", host: str = "127.0.0.1") -> str:
        """An address of it."""
        return f"{self.scheme}://{host}:{self.port}{path}"


@contextmanager
def serving(answering: Answering, *, certificate: Path | None = None) -> Iterator[Site]:
    """Answer GET requests as long as the block runs; with TLS if there is a certificate."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.seen.append((self.path, dict(self.headers)))
            answer = answering(self)
            if answer is None:
                return
            status, headers, body = answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing on standard error."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Whoever asks may hang up in the middle: that is what some tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site = Site(server.server_port, "https" if certificate else "http")
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def make_certificate(folder: Path, host: str) -> Path:
    """A certificate for ``host`` that nobody vouches for, with its key."""
    path = folder / f"{host}.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-noenc", "-days", "2", "-subj", f"/CN={host}"),
            *("-addext", f"subjectAltName=DNS:{host}", "-keyout", path, "-out", path),
        ],
        check=True,
        capture_output=True,
    )
    # OpenSSL writes the certificate over the key where both are one file.
    return path


def plainly(body: bytes, **headers: str) -> Answering:
    """Always the same body."""
    return lambda _: (200, {"Content-Length": str(len(body)), **headers}, body)
