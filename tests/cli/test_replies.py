"""``careweave replies`` as staff type it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, runner
from tests.office.answers import answer, counter, take, uid_of
from tests.office.clinic import draft, settle
from tests.office.test_declines import REBOOKED

FAR = "2096-03-05"
"""A Monday in place of the clinic's first one: commands read the clock."""

TUESDAY = "20960306"
LONG_AGO = "20260101T120000Z"


@pytest.fixture
def clinic(db: str, tmp_path: Path) -> str:
    later = ("2027-03-01", FAR)
    return settle(db, tmp_path, {"care_plans": later, "appointments": later})


@pytest.fixture
def run(clinic: str) -> Run:
    return runner(clinic)


def test_from_a_decline_to_the_draft(run: Run, clinic: str, tmp_path: Path) -> None:
    file = tmp_path / "answer.eml"
    file.write_bytes(answer(uid_of(clinic), "DECLINED", "COMMENT:I work then", stamp=LONG_AGO))
    read = run("replies", "import", str(file))
    assert read.stdout.splitlines() == [
        "1 mail read: 1 answer taken in, 0 overtaken, 0 set aside, 0 of no concern.",
        "Next: careweave replies list.",
    ]
    assert "1 of them known already" in run("replies", "import", str(file)).stdout
    listed = run("replies", "list").stdout
    assert "To rebook (1)" in listed
    assert "I work then" in listed
    week = run("show", "--week", FAR).stdout
    assert "Declined, to be rebooked: Mon 5 Mar 08:00 Dina Young (p07/1)." in week


def test_a_draft_says_what_was_declined(db: str, tmp_path: Path) -> None:
    settle(db, tmp_path)
    take(db, answer(uid_of(db), "DECLINED", "COMMENT:I work then"))
    draft(db, REBOOKED, declined=["a1"])
    told = runner(db)("draft").stdout
    assert "Declined (1)" in told
    assert "1 declined." in told
    assert "I work then" in told


def test_a_mail_on_standard_input(run: Run, clinic: str) -> None:
    content = counter(
        uid_of(clinic), f"{TUESDAY}T170000Z", f"{TUESDAY}T180000Z", stamp=LONG_AGO
    ).decode()
    done = run("replies", "import", "-", "--json", typed=content)
    assert json.loads(done.stdout)["holds"] == 1
    found = json.loads(run("replies", "list", "--json").stdout)
    assert found["proposals"][0]["starts_at"] == "2096-03-06T09:00"
    assert "Other times proposed (1)" in run("replies", "list").stdout


def test_what_was_set_aside_is_shown_and_closed(run: Run, tmp_path: Path) -> None:
    assert "Nothing was set aside." in run("replies", "list", "--set-aside").stdout
    letter = tmp_path / "letter.eml"
    letter.write_bytes(b"From: dina@mail.example\n\nI can't come.\n")
    run("replies", "import", str(letter))
    assert "1 mail to be read by somebody" in run("replies", "list").stdout
    assert "there is no calendar in it" in run("replies", "list", "--set-aside").stdout
    shown = run("replies", "show", "1").stdout
    assert "I can't come." in shown
    assert "set aside" in shown
    assert " UTC" in shown
    assert json.loads(run("replies", "show", "1", "--json").stdout)["state"] == "set_aside"
    assert "Closed reply 1." in run("replies", "close", "1").stdout
    assert json.loads(run("replies", "list", "--set-aside", "--json").stdout) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("replies", "show", "9"), "there is no reply 9. Maybe"),
        (("replies", "poll"), "CAREWEAVE_IMAP says no mailbox. Maybe imaps://"),
    ],
)
def test_faults_are_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.delenv("CAREWEAVE_IMAP", raising=False)
    failed = run(*arguments)
    assert failed.exit_code == 2
    assert said in failed.stderr
