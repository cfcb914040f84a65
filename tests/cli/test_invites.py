"""``careweave invites`` and what ``publish`` says of mails, as a manager sees it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from cli.desk import Desk
from cli.main import careweave
from office.settings import set_setting
from tests.office.clinic import LATER, NOW, draft
from tests.office.conftest import clinic, db
from tests.office.post_office import post_office

__all__ = ["clinic", "db"]


def call(db: str, *words: str, **environment: str) -> Result:
    return CliRunner().invoke(careweave, ["--db", db, *words], env=environment)


@pytest.fixture
def published(clinic: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A clinic that published on the Sunday before its first appointments, which is today."""
    monkeypatch.setattr(Desk, "now", LATER)
    set_setting(clinic, "mailbox", "appointments@willow.example", now=NOW, who="mia")
    draft(clinic)
    result = call(clinic, "publish", "--yes")
    assert result.exit_code == 0, result.output
    assert "1 mail to 1 person waits to be sent, the first from " in result.stdout
    assert "Next: careweave serve or careweave invites send, and " in result.stdout
    assert result.stderr == (
        "Ruth Okoye (client ruth) can't be told: there is no e-mail address on record.\n"
    )
    return clinic


def test_publishing_without_a_mailbox_says_that_nobody_is_told(clinic: str) -> None:
    draft(clinic)
    result = call(clinic, "publish", "--yes")
    assert "No mails: no mailbox is set. Maybe careweave settings set mailbox" in result.stdout
    assert "told at the first publication after it is set.\n" in result.stdout


def test_a_dry_run_lists_what_would_leave(published: str) -> None:
    nothing = call(published, "invites", "send", "--dry-run").stdout
    assert nothing == "0 mails would be sent now.\n"
    hurried = call(published, "invites", "send", "--dry-run", "--now-anyway")
    assert "Dina Young (dina) dina@mail.example" in hurried.stdout
    assert "1 mail would be sent now." in hurried.stdout


def test_where_nothing_is_due_it_says_from_when_on(published: str) -> None:
    nothing = call(published, "invites", "send").stdout
    assert nothing.startswith("No mail is due: 1 mail waits, the first until Sun 28 Feb ")


def test_mails_are_sent_and_listed(published: str) -> None:
    with post_office() as office:
        sent = call(published, "invites", "send", "--now-anyway", **office.environment)
    assert sent.stdout == "1 mail sent, 0 to be tried again, 0 failed; 0 wait.\n"
    mails = json.loads(call(published, "invites", "list", "--json").stdout)
    assert [(it["recipient"], it["state"], it["sequence"]) for it in mails] == [
        ("Dina Young", "sent", 0),
        ("Ruth Okoye", "failed", None),
    ]
    assert "2 mails: 1 sent, 1 failed." in call(published, "invites", "list").stdout


def test_a_mail_server_that_is_not_there_is_told(published: str) -> None:
    nowhere = {"CAREWEAVE_SMTP": "smtp://127.0.0.1:1"}
    result = call(published, "invites", "send", "--now-anyway", **nowhere)
    assert result.exit_code == 2
    assert "Error: the mail server 127.0.0.1:1 can't be reached" in result.stderr
    assert result.stdout == "0 mails sent, 0 to be tried again, 0 failed; 1 wait.\n"


def test_a_failed_mail_is_retried_or_discarded(published: str) -> None:
    (failed,) = json.loads(call(published, "invites", "list", "--failed", "--json").stdout)
    retried = call(published, "invites", "retry", str(failed["id"]))
    assert retried.stderr.startswith("Ruth Okoye (ruth) can't be told")
    (failed,) = json.loads(call(published, "invites", "list", "--failed", "--json").stdout)
    discarded = call(published, "invites", "discard", str(failed["id"]))
    assert discarded.stdout.endswith("is off the list; what it says counts as told.\n")
    assert call(published, "invites", "list", "--failed").stdout == "No mail has failed.\n"
    unknown = call(published, "invites", "retry", "99")
    assert (
        "there is no failed mail '99'. Maybe look at careweave invites list --failed?"
        in unknown.stderr
    )
