"""The clinic's mail server is believed only when it proves who it is, and its faults are named."""

from __future__ import annotations

import socket
import ssl
import subprocess
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from office.mail.server import MailServer, MailServerError
from office.send_invites import send_due
from tests.office.clinic import LATER
from tests.office.mails import GRACE, published
from tests.office.post_office import post_office

DUE = LATER + GRACE


def test_a_server_that_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        server = MailServer.from_environment({"CAREWEAVE_SMTP": f"smtp://127.0.0.1:{port}"})
        hasty = MailServer(server.host, server.port, server.security, patience=0.2)
        with pytest.raises(MailServerError, match="does not answer"), hasty.connected():
            pass


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's side of TLS as localhost, which this process trusts."""
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    )
    named = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(cert)]
    subprocess.run(["openssl", *made.split(), *named], check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


def authenticator(
    server: object, session: object, envelope: object, how: str, data: LoginPassword
) -> AuthResult:
    return AuthResult(success=data == LoginPassword(b"willow", b"right"), handled=False)


def test_starttls_and_a_login_are_used(
    with_mail: str, certificate: ssl.SSLContext, tmp_path: Path
) -> None:
    published(with_mail)
    secret = tmp_path / "password"
    secret.write_text("right\n")
    with post_office(
        tls_context=certificate, require_starttls=True, auth_required=True,
        authenticator=authenticator,
    ) as office:  # fmt: skip
        address = f"smtp+starttls://willow@localhost:{office.port}"
        report = send_due(
            with_mail,
            DUE,
            environment={"CAREWEAVE_SMTP": address, "CAREWEAVE_SMTP_PASSWORD_FILE": str(secret)},
        )
        assert (report.sent, report.fault) == (2, "")
        wrong = {"CAREWEAVE_SMTP": address, "CAREWEAVE_SMTP_PASSWORD": "wrong-and-secret"}
        server = MailServer.from_environment(wrong)
        assert "secret" not in repr(server)
        with (
            pytest.raises(MailServerError, match=r"refuses the login \(535\)") as refused,
            server.connected(),
        ):
            pass
        assert "secret" not in str(refused.value)


def test_a_server_that_cannot_prove_its_name_gets_nothing(
    certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with post_office(tls_context=certificate, require_starttls=True) as office:
        server = MailServer.from_environment(
            {"CAREWEAVE_SMTP": f"smtp+starttls://localhost:{office.port}"}
        )
        with pytest.raises(MailServerError, match="can't prove who it is"), server.connected():
            pass


def test_a_server_without_encryption_gets_nothing() -> None:
    with post_office() as office:
        server = MailServer.from_environment(
            {"CAREWEAVE_SMTP": f"smtp+starttls://127.0.0.1:{office.port}"}
        )
        with pytest.raises(MailServerError, match="offers no encryption"), server.connected():
            pass


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("mail.willow.example", "CAREWEAVE_SMTP can't be read. Maybe smtp"),
        ("imap://mail.willow.example", "can't be read"),
        ("smtps://u:s3cret@mail.willow.example", "has a password in it"),
        ("smtp://mail.willow.example", "everybody on the way to mail.willow.example read along"),
        ("smtps://u@mail.willow.example", "has a user, but no password"),
        ("smtps://mail.willow.example:x", "can't be read"),
    ],
)
def test_an_address_of_no_use_says_so_without_repeating_it(address: str, told: str) -> None:
    with pytest.raises(MailServerError, match=told) as refused:
        MailServer.from_environment({"CAREWEAVE_SMTP": address})
    assert "s3cret" not in str(refused.value)
