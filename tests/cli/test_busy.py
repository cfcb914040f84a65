"""``busy``: what people are told of other calendars."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.desk import Desk
from tests.cli.conftest import Run
from tests.feeds.foreign import calendar
from tests.office.busy_calendars import DENTIST, on, write
from tests.office.clinic import NOW
from tests.office.servers import Answer, serving


@pytest.fixture(autouse=True)
def in_february(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two days before the clinics' first promise."""
    monkeypatch.setattr(Desk, "now", NOW)


@pytest.fixture
def maya(tmp_path: Path) -> str:
    return write(tmp_path / "maya.ics", on("20270302", "0900", "1000"))


def test_a_calendar_is_added_listed_read_again_and_removed(run: Run, maya: str) -> None:
    told = "1: Maya Rossi, …/maya.ics: 1 busy time.\n"
    assert run("busy", "add", "maya", maya).output == told
    assert run("busy", "refresh").output == told
    assert run("busy", "refresh", "maya").output == told
    listed = run("busy", "list").output
    assert "Maya Rossi" in listed
    assert "ok" in listed
    removed = run("busy", "remove", "1").output
    assert removed == "Removed 1, maya …/maya.ics: its busy times no longer count.\n"
    assert run("busy", "list").output.startswith("No other calendars are read.")
    assert run("busy", "refresh").output.startswith("There is nothing to read.")


def test_promises_in_a_busy_time_are_a_warning(run: Run, tmp_path: Path) -> None:
    result = run("busy", "add", "maya", write(tmp_path / "maya.ics", DENTIST))
    assert result.exit_code == 0
    assert result.stdout == "1: Maya Rossi, …/maya.ics: 1 busy time.\n"
    assert result.stderr == (
        "Warning: 1 promise lies in a busy time. The next careweave schedule moves or drops such:\n"
        "  a1: Mon 1 Mar 08:00, Dina Young, Northgate\n"
    )
    (again,) = json.loads(run("busy", "refresh", "--json").output)
    assert [it["appointment_id"] for it in again["conflicts"]] == ["a1"]


def test_a_failed_refresh_says_so_and_exits_as_not_done(run: Run, tmp_path: Path) -> None:
    answers: list[Answer] = [(200, {}, calendar(DENTIST))]
    with serving(lambda _: answers.pop(0) if answers else (404, {}, b"")) as site:
        run("busy", "add", "maya", site.url("/private-9f8e7d/basic.ics"), "--allow-private")
        failed = run("busy", "refresh")
        listed = run("busy", "list", "--json")
    assert failed.exit_code == 2
    assert failed.stderr.startswith(
        "1: Maya Rossi, http://127.0.0.1/…: not read. 127.0.0.1 knows no such calendar (404).\n"
        "  What it said before still counts: 1 busy time.\n"
    )
    (calendar_,) = json.loads(listed.output)
    assert (calendar_["failures"], calendar_["source"]) == (1, "http://127.0.0.1/…")
    assert "9f8e7d" not in failed.output + listed.output


def test_what_is_refused_says_what_would_help(run: Run, maya: str) -> None:
    cases = {
        ("maya", "https://localhost/a.ics"): "Maybe --allow-private, if that is meant?",
        ("maya", "ftp://x.example/a.ics"): "Maybe one that begins with https:// or webcal://?",
        ("mya", maya): "there is no therapist 'mya'. Maybe 'maya'?",
    }
    for arguments, words in cases.items():
        result = run("busy", "add", *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert words in result.stderr
    assert run("busy", "remove", "7").exit_code == 2
