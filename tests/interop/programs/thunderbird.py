"""Thunderbird without a window, in a profile of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from tests.interop.programs.marionette import PATIENCE, Marionette
from tests.interop.readers import Entry, told
from tests.interop.site import Site, free_port

SOURCE = Path(__file__).with_name("thunderbird.js")

QUIET = {
    "app.update.enabled": False,
    "calendar.timezone.local": "Asia/Tokyo",  # none of our test zones
    "calendar.timezone.useSystemTimezone": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.spotlight.firstRunDone": True,
    "mail.winsearch.firstRunDone": True,
    "mailnews.start_page.enabled": False,
    "network.dns.disableIPv6": True,
    "services.settings.server": "http://127.0.0.1:9",  # nobody listens there
    "toolkit.telemetry.enabled": False,
}
"""Settings that keep it from asking, updating and looking elsewhere."""


CLIENT = "dina@mail.example"
"""Whose Thunderbird it is."""

ACCOUNT = {
    "mail.account.account1.server": "server1",
    "mail.account.account2.identities": "id1",
    "mail.account.account2.server": "server2",
    "mail.accountmanager.accounts": "account1,account2",
    "mail.accountmanager.defaultaccount": "account2",
    "mail.accountmanager.localfoldersserver": "server1",
    "mail.identity.id1.fcc": False,
    "mail.identity.id1.fullName": "Dina Young",
    "mail.identity.id1.smtpServer": "smtp1",
    "mail.identity.id1.useremail": CLIENT,
    "mail.identity.id1.valid": True,
    "mail.server.server1.hostname": "Local Folders",
    "mail.server.server1.name": "Local Folders",
    "mail.server.server1.type": "none",
    "mail.server.server1.userName": "nobody",
    "mail.server.server2.check_new_mail": False,
    "mail.server.server2.hostname": "127.0.0.1",
    "mail.server.server2.login_at_startup": False,
    "mail.server.server2.type": "pop3",
    "mail.server.server2.userName": "dina",
    "mail.smtpserver.smtp1.authMethod": 1,
    "mail.smtpserver.smtp1.hostname": "127.0.0.1",
    "mail.smtpserver.smtp1.try_ssl": 0,
    "mail.smtpservers": "smtp1",
}
"""A mail account of the client's, which can send; the port is told when it does."""


class Thunderbird:
    """A running Thunderbird; it is ended with the block."""

    name = "Thunderbird"
    program = Path(shutil.which("thunderbird") or "/usr/bin/thunderbird")

    def __enter__(self) -> Self:
        self._folder = TemporaryDirectory(prefix="careweave-thunderbird-")
        port = free_port()
        settings = {**QUIET, **ACCOUNT, "marionette.port": port}
        lines = [
            f"user_pref({json.dumps(key)}, {json.dumps(it)});\n" for key, it in settings.items()
        ]
        Path(self._folder.name, "user.js").write_text("".join(lines), encoding="utf-8")
        options = ["--headless", "--marionette", "--remote-allow-system-access", "--no-remote"]
        self._process = subprocess.Popen(
            [self.program, *options, "--profile", self._folder.name],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": self._folder.name, "TZ": "Asia/Tokyo"},
        )
        self.remote = Marionette(port, SOURCE.read_text(encoding="utf-8"))
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.remote.quit()
            self._process.wait(PATIENCE)
        finally:
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
            self._folder.cleanup()

    def version(self) -> str:
        """The version that runs."""
        return str(self.remote.call("version"))

    def subscribe(self, url: str) -> Followed:
        """Follow an address."""
        return Followed(self.remote, str(self.remote.call("subscribe", url)))

    def entries(self, calendar: bytes) -> list[Entry]:
        """What it shows of a calendar to which it subscribes."""
        with Site() as site:
            site.pages["/feed.ics"] = calendar
            followed = self.subscribe(site.url("/feed.ics"))
            try:
                return followed.shown()
            finally:
                followed.forget()

    def own_calendar(self) -> OwnCalendar:
        """A fresh calendar of the client's."""
        return OwnCalendar(self.remote, str(self.remote.call("own")))


class OwnCalendar:
    """A calendar of the client's, into which invites go."""

    def __init__(self, remote: Marionette, calendar: str) -> None:
        self._remote, self._calendar = remote, calendar

    def receive(self, message: bytes, answer: str = "", port: int = 0) -> str | None:
        """Let Thunderbird deal with an invite, as if its user had clicked.

        Returns what it takes the message for; None where it finds nothing to do. An answer
        (ACCEPTED, DECLINED, TENTATIVE) goes to the organizer, by the mail server at the port.
        """
        told: str | None = self._remote.call(
            "receive", self._calendar, message.decode(), answer, port
        )
        return told

    def shown(self) -> list[Entry]:
        """What it shows now."""
        return told(map(json.dumps, self._remote.call("entries", self._calendar)))


class Followed:
    """One address that it follows."""

    def __init__(self, remote: Marionette, calendar: str) -> None:
        self._remote, self._calendar = remote, calendar

    def fetch(self) -> None:
        """Look at the address once more."""
        self._remote.call("refresh", self._calendar)

    def shown(self) -> list[Entry]:
        """What it shows now."""
        return told(map(json.dumps, self._remote.call("entries", self._calendar)))

    def forget(self) -> None:
        """Follow it no longer."""
        self._remote.call("forget", self._calendar)
