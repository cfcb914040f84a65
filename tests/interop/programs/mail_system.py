"""A mail system as a clinic has one: OpenSMTPD takes mails, Dovecot keeps and shows them."""

from __future__ import annotations

import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from tests.interop.readers import PATIENCE, run
from tests.interop.site import free_port

PASSWORD = "a-secret-of-this-run"  # noqa: S105 -- it guards nothing, and ends with the run

DOVECOT = """
base_dir = {folder}/run
listen = 127.0.0.1
protocols = imap lmtp
log_path = {folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u allow_all_users=yes
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""

# Deliver by relaying: its own action for LMTP wants users that this machine knows.
OPENSMTPD = """
listen on 127.0.0.1 port {smtp}
action "deliver" relay host "lmtp://127.0.0.1:{lmtp}"
match from any for any action "deliver"
"""


class MailSystem:
    """Runs as long as the block; takes mail for anybody at ``smtp``, and shows it at ``imap``."""

    name = "OpenSMTPD + Dovecot"
    program = Path("/usr/sbin/dovecot")

    def __enter__(self) -> Self:
        self.smtp, self.imap, lmtp = free_port(), free_port(), free_port()
        with ExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="careweave-mail-")))
            folder.chmod(0o755)
            keeper = pwd.getpwnam("mail")
            (folder / "mail").mkdir()
            os.chown(folder / "mail", keeper.pw_uid, keeper.pw_gid)
            ports = {"smtp": self.smtp, "imap": self.imap, "lmtp": lmtp}
            owner = {"uid": keeper.pw_uid, "gid": keeper.pw_gid, "password": PASSWORD}
            for name, text in (("dovecot", DOVECOT), ("smtpd", OPENSMTPD)):
                content = text.format(folder=folder, **ports, **owner)
                (folder / f"{name}.conf").write_text(content, encoding="utf-8")
            _run_until_the_end(stack, folder, "dovecot", "-F", "-c", f"{folder}/dovecot.conf")
            _run_until_the_end(stack, folder, "smtpd", "-d", "-f", f"{folder}/smtpd.conf")
            self._folder = folder
            self._until_it_answers()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def version(self) -> str:
        """The versions of Debian's packages."""
        versions = [
            run("dpkg-query", "-W", "-f", "${source:Upstream-Version}", package)
            for package in ("opensmtpd", "dovecot-core")
        ]
        return " + ".join(version.partition("+")[0] for version in versions)

    def mails(self, address: str, count: int) -> list[bytes]:
        """Everything in someone's INBOX, once there are so many.

        AssertionError with what the mail system wrote down if they do not come.
        """
        until = time.monotonic() + PATIENCE
        while True:
            found = self._fetched(address)
            if len(found) >= count or time.monotonic() > until:
                assert len(found) == count, (self._folder / "smtpd.log").read_text()
                return found
            time.sleep(0.2)

    def _fetched(self, address: str) -> list[bytes]:
        with imaplib.IMAP4("127.0.0.1", self.imap, timeout=PATIENCE) as client:
            client.login(address, PASSWORD)
            client.select("INBOX", readonly=True)
            _, (numbers,) = client.search(None, "ALL")
            answers = [client.fetch(it, "(RFC822)")[1][0] for it in numbers.split()]
            return [answer[1] for answer in answers if isinstance(answer, tuple)]

    def _until_it_answers(self) -> None:
        for port in (self.imap, self.smtp):
            until = time.monotonic() + PATIENCE
            while not _answers(port):
                assert time.monotonic() < until, f"nobody listens at {port}"
                time.sleep(0.1)


def _run_until_the_end(stack: ExitStack, folder: Path, program: str, *options: str) -> None:
    """Start a program in the foreground, with its words in a file, and end it with the block."""
    log = stack.enter_context((folder / f"{program}.log").open("wb"))
    path = shutil.which(program, path="/usr/sbin:/usr/bin")
    assert path, f"there is no {program}"
    process = subprocess.Popen([path, *options], stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    stack.callback(process.wait, PATIENCE)
    stack.callback(process.terminate)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
