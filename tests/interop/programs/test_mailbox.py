"""The clinic's mailbox on a real server is read once, whatever happens in between."""

from __future__ import annotations

import imaplib
import shutil
import smtplib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest

from feeds.replies import MOST_BYTES
from models.replies import ReplyState
from office.errors import OfficeError
from office.logins import Security
from office.mailbox import MOST_MAILS, Mailbox, MailboxError
from office.poll_mailbox import poll_mailbox
from office.replies import TakenIn
from tests.interop.programs.mail_system import PASSWORD, MailSystem
from tests.office.answers import ANSWERED, DINA, answer, recorded, uid_of
from tests.office.clinic import settle

pytestmark = pytest.mark.behaviour("answers: the clinic's mailbox is read", "mail_system")


@pytest.fixture
def clinic(sqlite_template: Path, tmp_path: Path) -> str:
    return settle(str(shutil.copy(sqlite_template, tmp_path / "careweave.db")), tmp_path)


@dataclass(frozen=True)
class Desk:
    """The clinic's mailbox, empty at first, on a mail system."""

    system: MailSystem
    address: str

    def receives(self, *contents: bytes) -> None:
        """Mails as a client's program sends them; back when they have arrived."""
        with smtplib.SMTP("127.0.0.1", self.system.smtp) as client:
            for content in contents:
                client.sendmail(DINA, [self.address], content)
        self.system.mails(self.address, len(contents))

    def poll(self, db: str) -> TakenIn:
        environment = {
            "CAREWEAVE_IMAP": f"imap://{quote(self.address)}@127.0.0.1:{self.system.imap}",
            "CAREWEAVE_IMAP_PASSWORD": PASSWORD,
        }
        return poll_mailbox(db, ANSWERED, environment=environment)

    def unread(self) -> int:
        with imaplib.IMAP4("127.0.0.1", self.system.imap) as client:
            client.login(self.address, PASSWORD)
            client.select("INBOX", readonly=True)
            _, (numbers,) = client.search(None, "UNSEEN")
            return len(numbers.split())

    def folder(self, name: str, password: str) -> Mailbox:
        port = self.system.imap
        return Mailbox("127.0.0.1", port, Security.NONE, self.address, name, password)


@pytest.fixture
def desk(mail_system: MailSystem) -> Desk:
    return Desk(mail_system, f"desk-{uuid4().hex}@willow.example")


def test_an_answer_is_taken_in_once(desk: Desk, clinic: str) -> None:
    desk.receives(answer(uid_of(clinic)))
    assert desk.poll(clinic) == TakenIn(mails=1, holds=1)
    assert desk.poll(clinic) == TakenIn()
    assert len(desk.system.mails(desk.address, 1)) == 1  # nothing is ever deleted


def test_what_was_recorded_but_not_marked_is_known_the_next_time(
    desk: Desk, clinic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.receives(answer(uid_of(clinic)))
    with monkeypatch.context() as broken:
        broken.setattr("imap_tools.mailbox.BaseMailBox.flag", hang_up)
        with pytest.raises(MailboxError, match="can't be reached"):
            desk.poll(clinic)
    assert (len(recorded(clinic)), desk.unread()) == (1, 1)
    assert desk.poll(clinic) == TakenIn(mails=1, known=1)
    assert (len(recorded(clinic)), desk.unread()) == (1, 0)


def hang_up(*_: object) -> None:
    raise ConnectionResetError(104, "Connection reset by peer")


def test_what_can_not_be_recorded_stays_unread(desk: Desk, clinic: str) -> None:
    desk.receives(answer(uid_of(clinic)))
    file = Path(clinic)
    aside = file.rename(file.with_suffix(".aside"))
    with pytest.raises(Exception, match="does not exist"):
        desk.poll(clinic)
    aside.rename(file)
    assert desk.unread() == 1
    assert desk.poll(clinic).holds == 1


def test_a_large_mail_and_many_mails_are_read_in_bounds(desk: Desk, clinic: str) -> None:
    letter = f"From: {DINA}\r\nSubject: {{}}\r\n\r\nHello\r\n"
    large = letter.format("large").encode() + b"x" * 70 * 20_000
    large = b"\r\n".join(large[i : i + 900] for i in range(0, len(large), 900))
    letters = [letter.format(number).encode() for number in range(MOST_MAILS)]
    desk.receives(large, *letters)
    assert desk.poll(clinic).mails == MOST_MAILS
    assert desk.poll(clinic).mails == 1
    rows = recorded(clinic)
    assert {it.state for it in rows} == {ReplyState.SET_ASIDE}
    assert max(len(it.content or b"") for it in rows) == MOST_BYTES


def test_a_wrong_folder_or_password_is_told_in_words_of_ours(desk: Desk) -> None:
    with pytest.raises(OfficeError, match="has no folder 'Nowhere'"):
        list(desk.folder("Nowhere", PASSWORD).unread())
    with pytest.raises(OfficeError, match="refuses the login") as caught:
        list(desk.folder("INBOX", "swordfish").unread())
    assert "swordfish" not in str(caught.value)
