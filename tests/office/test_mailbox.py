"""Where the clinic's mailbox is, said in the environment and nowhere else.

That mails are read from a real server is tested with Dovecot: ``make interop``.
"""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from pathlib import Path

import pytest

from office.errors import OfficeError
from office.logins import Security
from office.mailbox import Mailbox, MailboxError
from office.poll_mailbox import poll_round

USER = "imaps://desk%40willow.example@mail.willow.example"
SECRET = {"CAREWEAVE_IMAP_PASSWORD": "swordfish"}


def test_the_address_says_it_all_but_the_password(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("swordfish\n", encoding="utf-8")
    box = Mailbox.from_environment(
        {"CAREWEAVE_IMAP": f"{USER}/Answers/New", "CAREWEAVE_IMAP_PASSWORD_FILE": str(file)}
    )
    assert (box.host, box.port, box.security) == ("mail.willow.example", 993, Security.TLS)
    assert (box.user, box.folder) == ("desk@willow.example", "Answers/New")
    assert box.password == SECRET["CAREWEAVE_IMAP_PASSWORD"]
    assert "swordfish" not in repr(box)


def test_the_inbox_is_meant_where_no_folder_is_named() -> None:
    box = Mailbox.from_environment({"CAREWEAVE_IMAP": f"{USER}:1993", **SECRET})
    assert (box.folder, box.port) == ("INBOX", 1993)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "says no mailbox"),
        ("mail.willow.example", "can't be read"),
        ("imaps://mail.willow.example", "can't be read"),
        ("imaps://desk@mail.willow.example:port", "can't be read"),
        ("imaps://desk:swordfish@mail.willow.example", "has a password in it"),
        ("imap://desk@mail.willow.example", "read along"),
    ],
)
def test_an_address_that_can_not_be_used(address: str, said: str) -> None:
    with pytest.raises(OfficeError, match=said) as caught:
        Mailbox.from_environment({"CAREWEAVE_IMAP": address, **SECRET})
    assert "swordfish" not in str(caught.value)
    assert "Maybe" in str(caught.value)


def test_a_password_that_is_nowhere(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match=r"no password\. Maybe set CAREWEAVE_IMAP_PASSWORD_FILE"):
        Mailbox.from_environment({"CAREWEAVE_IMAP": USER})
    missing = {"CAREWEAVE_IMAP": USER, "CAREWEAVE_IMAP_PASSWORD_FILE": str(tmp_path / "none")}
    with pytest.raises(OfficeError, match="No such file"):
        Mailbox.from_environment(missing)


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        box = Mailbox("127.0.0.1", taken.getsockname()[1], Security.NONE, "desk")
        with pytest.raises(MailboxError, match=r"can't be reached: Connection refused"):
            list(box.unread())


def test_a_server_that_can_not_prove_its_name_learns_no_password(tmp_path: Path) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost"
    files = ["-keyout", str(key), "-out", str(cert)]
    subprocess.run(["openssl", *made.split(), *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    with socket.create_server(("127.0.0.1", 0)) as server:
        answering = threading.Thread(target=greet, args=(server, context))
        answering.start()
        box = Mailbox("localhost", server.getsockname()[1], Security.TLS, "desk")
        with pytest.raises(MailboxError, match="can't prove who it is: self-signed certificate"):
            list(box.unread())
        answering.join()


def greet(server: socket.socket, context: ssl.SSLContext) -> None:
    """Take one caller, who is to hang up as soon as they see the certificate."""
    connection, _ = server.accept()
    with connection, pytest.raises(ssl.SSLError):
        context.wrap_socket(connection, server_side=True)


def test_a_clinic_without_a_mailbox_has_nothing_to_read(
    clinic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CAREWEAVE_IMAP", raising=False)
    poll_round(clinic, None)  # type: ignore[arg-type]  # the clock is not even looked at
