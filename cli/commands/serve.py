"""``careweave serve``: calendars over HTTP, and the mails that leave and arrive meanwhile."""

from __future__ import annotations

import logging
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

import click

from cli.desk import Desk, pass_desk
from cli.output import say

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8321,
    show_default=True,
    help="0 takes any that is free.",
)
@click.option("--behind-proxy", is_flag=True, help="A proxy with https stands in front.")
@click.option("--tls-cert", type=_FILE, help="A certificate with its chain, PEM.")
@click.option("--tls-key", type=_FILE, help="The certificate's key, PEM.")
@pass_desk
def serve(
    desk: Desk,
    host: str,
    port: int,
    behind_proxy: bool,
    tls_cert: Path | None,
    tls_key: Path | None,
) -> None:
    """Let phones subscribe, send mails and read answers.

    Each calendar has a secret address of its own: see careweave feeds link. Without a proxy or a
    certificate only this computer is answered. Mails leave through CAREWEAVE_SMTP, answers are
    read from CAREWEAVE_IMAP: see careweave invites and careweave replies. Ctrl-C stops the server.
    """
    from office.mail_servers import told_of_servers
    from office.rounds import ROUNDS, Round, rounds_going
    from office.serve_feeds import FeedDesk
    from web.app import make_app
    from web.server import Tls, address_of, listen, make_server, refuse_open_address

    if (tls_cert is None) != (tls_key is None):
        raise click.UsageError("a certificate needs its key. Maybe both --tls-cert and --tls-key?")
    tls = Tls(tls_cert, tls_key) if tls_cert and tls_key else None
    if tls:
        tls.check()
    refuse_open_address(host, safe=behind_proxy or tls is not None)
    feeds = FeedDesk(desk.db)
    feeds.check()
    uses = Round("last uses of links", timedelta(minutes=1), lambda *_: feeds.note_uses())
    _log_to_stderr()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the same as Ctrl-C
    try:
        with listen(host, port) as sock, rounds_going(desk.db, lambda: desk.now, (*ROUNDS, uses)):
            say(f"Serving calendars at {address_of(sock, tls=tls is not None)}. Ctrl-C stops it.")
            say(*told_of_servers(desk.db, os.environ))
            app = make_app(feeds, lambda: desk.now, behind_proxy=behind_proxy)
            make_server(app, tls).run(sockets=[sock])
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        feeds.close()


def _log_to_stderr() -> None:
    """Our own lines from "info" on; of libraries, which may quote addresses, only warnings.

    And of uvicorn only errors: it answers requests for WebSockets with advice to install them.
    """
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(message)s", level=logging.WARNING)
    logging.getLogger("careweave").setLevel(logging.INFO)
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
