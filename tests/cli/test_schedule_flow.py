"""From a draft to what is published: ``draft``, ``publish``, ``show``, ``verify``, ``feeds``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, runner
from tests.office.clinic import GOOD, draft, visit

HALF_PAST_TWELVE = visit("p08", 2, "2027-03-09T12:30", "omar")
"""Omar's shift ends at 13:00."""


def test_a_draft_is_summed_up(run: Run, db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    draft(db)
    monkeypatch.setattr("cli.output.WIDTH", 200)
    text = run("draft").output
    assert "Draft for 2 weeks from 2027-03-01, planned as of 2027-02-27." in text
    assert "Sessions: 1 kept, 1 moved, 1 new, 0 lost." in text
    assert (
        "p08/1     Ruth Okoye   Mon 1 Mar 08:00, Omar Haddad, Southgate   Tue 2 Mar 09:00" in text
    )
    assert "Not booked: 1 session, by what keeps them out" in text
    assert "Learn more: careweave why p08/2" in text
    numbers = json.loads(run("draft", "--json").output)
    assert numbers["counts"] == {"kept": 1, "moved": 1, "new": 1, "lost": 0}
    assert numbers["moved"][0]["after"]["starts_at"] == "2027-03-02T09:00"


def test_a_session_is_explained_to_people_and_to_programs(run: Run, db: str) -> None:
    draft(db)
    for session in (("p08/2",), ("p08", "2")):
        result = run("why", *session, "--json")
        assert result.exit_code == 0
        explained = json.loads(result.stdout)
        assert (explained["client"], explained["of_draft"]) == ("Ruth Okoye", True)
        assert explained["explanation"]["key"] == ["p08", 2]
    assert "Ruth Okoye" in run("why", "p08/2").output
    for nonsense in (("p08",), ("p08/two",), ("/2",), ("p08/9",)):
        assert run("why", *nonsense).exit_code == 2


def test_a_discarded_draft_is_gone(run: Run, db: str) -> None:
    draft(db)
    assert run("draft", "discard").exit_code == 0
    gone = run("draft")
    assert (gone.exit_code, gone.stdout) == (2, "")
    assert "there is no draft. Maybe make one: careweave schedule" in gone.stderr


def test_publishing_asks_first(run: Run, db: str) -> None:
    draft(db)
    refused = run("publish", typed="n\n")
    assert refused.exit_code == 2
    assert "Publish the draft (appointments 1 kept, 1 moved, 1 new, 0 lost)?" in refused.stderr
    published = run("publish", typed="y\n")
    assert published.stdout.startswith(
        "Published version 1: appointments 1 kept, 1 moved, 1 new, 0 lost.\n"
    )


def test_a_bad_draft_is_found_and_refused(run: Run, db: str) -> None:
    draft(db, [*GOOD, HALF_PAST_TWELVE], unbooked=())
    verdict = run("verify", "--draft")
    assert verdict.exit_code == 1
    assert "Warning: 1 broken rule in the draft (on-shift 1):" in verdict.output
    assert json.loads(run("verify", "--draft", "--json").output)["ok"] is False
    refused = run("publish", "--yes")
    assert refused.exit_code == 1
    assert "Refused, nothing was changed: the draft has 1 broken rule." in refused.stderr
    assert "  on-shift: Ruth Okoye with Omar Haddad" in refused.stderr
    assert run("verify").exit_code == 0


def test_a_draft_of_another_grid_is_refused_and_says_so(run: Run, db: str) -> None:
    draft(db, [*GOOD[:2], visit("p08", 1, "2027-03-02T09:15", "omar")])
    run("settings", "set", "grid", "30")
    judged = run("verify", "--draft")
    changed = "The draft was made on a grid of 15 minutes and the setting is now 30."
    assert (judged.exit_code, changed in judged.stderr) == (0, True)
    refused = run("publish", "--yes")
    assert refused.exit_code == 1
    assert "the draft has 1 broken rule." in refused.stderr
    assert changed in refused.stderr
    assert refused.stderr.endswith("Maybe run careweave schedule again?\n")
    run("settings", "set", "grid", "5")
    assert run("publish", "--yes").exit_code == 0
    run("settings", "set", "grid", "30")
    verdict = run("verify")
    assert (verdict.exit_code, verdict.stderr[:26]) == (0, "Note: 1 promise starts off")
    assert verdict.stdout.startswith("The published schedule keeps every rule.\n")


def test_publishing_without_anybody_to_ask_says_how(run: Run, db: str) -> None:
    draft(db)
    result = run("publish", typed="")
    assert result.exit_code == 2
    assert "nobody answers, so nothing was published. Maybe --yes?" in result.stderr


def test_a_no_publishes_nothing_and_is_no_broken_rule(run: Run, db: str) -> None:
    draft(db)
    result = run("publish", typed="n\n")
    assert result.exit_code == 2
    assert result.stderr.endswith("Nothing was published; the draft stays as it is.\n")
    assert "Abort" not in result.output
    assert run("draft").exit_code == 0


def test_ctrl_c_at_the_question_publishes_nothing(
    run: Run, db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def press_ctrl_c(_: object) -> str:
        raise KeyboardInterrupt

    draft(db)
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.__next__", press_ctrl_c)
    result = run("publish", typed="y\n")
    assert result.exit_code == 130
    assert result.stderr.endswith("Error: stopped by Ctrl-C; nothing was published.\n")


def test_the_published_week_is_shown(run: Run, db: str) -> None:
    draft(db)
    run("publish", "--yes")
    grid = run("show", "--week", "2027-03-03").output
    assert "Published schedule: Mon 1 Mar - Sun 7 Mar 2027, 2 appointments" in grid
    assert "08:00 Dina Young" in grid
    listed = run("show", "--week", "2027-03-03", "--client", "ruth").output
    assert "Tue 2 Mar   09:00-10:00   Ruth Okoye   massage" in listed
    assert json.loads(run("show", "--week", "2027-03-10", "--json").output)["about"] == ""


def test_a_week_without_appointments_says_so(run: Run) -> None:
    shown = run("show", "--week", "2031-01-01")
    assert shown.output == (
        "Published schedule: Mon 30 Dec 2030 - Sun 5 Jan 2031, 0 appointments\n"
    )


def test_whoever_is_not_at_a_location_is_found_elsewhere(run: Run) -> None:
    week = ("show", "--week", "2027-03-01", "--location")
    shown = run(*week, "north", "--therapist", "omar").output
    assert shown.endswith("That week's appointments of Omar Haddad are at Southgate.\n")
    shown = run(*week, "south", "--client", "dina").output
    assert shown.endswith("That week's appointments of Dina Young are at Northgate.\n")
    shown = run(*week, "north", "--therapist", "ivo").output
    assert shown.endswith("no appointments of Ivo Berg at any other location either.\n")
    assert "That week" not in run(*week, "north", "--therapist", "maya").output


def test_what_stays_the_same_of_a_moved_promise_is_said(
    run: Run, db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(db)
    monkeypatch.setattr("cli.output.WIDTH", 200)
    assert "Tue 2 Mar 09:00, rest the same" in run("draft").output
    moved = visit("p08", 1, "2027-03-02T09:00", "maya")
    draft(db, [*GOOD[:2], moved])
    assert "Tue 2 Mar 09:00, Maya Rossi, Northgate" in run("draft").output


def test_calendars_are_written_once(run: Run, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds"
    first = json.loads(run("feeds", "write", str(feeds), "--json").output)
    del first["folder"]
    assert first == {"therapists": 3, "locations": 2, "rooms": 3, "clients": 3, "changed": 11}
    assert "(no file had changed)" in run("feeds", "write", str(feeds)).output
    for path in ("therapists", "locations"):
        next((feeds / path).iterdir()).unlink()
    again = run("feeds", "write", str(feeds)).output
    assert again.startswith(
        "3 therapists, 2 locations, 3 rooms and 3 clients have their calendars in"
    )
    assert again.endswith("(2 files written, 9 had not changed).\n")
    assert run("feeds", "write", str(tmp_path / "b")).output.endswith("(11 files written).\n")


def test_no_line_is_wider_than_a_screen(run: Run, db: str) -> None:
    draft(db)
    for command in (
        ("draft",),
        ("show", "--week", "2027-03-01", "--draft"),
        ("show", "--week", "2027-03-01", "--therapist", "maya"),
        ("plan", "list"),
        ("plan", "show", "p07"),
        ("settings", "list"),
        ("protocol", "list"),
    ):
        lines = run(*command).output.splitlines()
        assert max(map(len, lines)) <= 100, command


def test_what_a_client_is_called_is_no_markup(db: str, tmp_path: Path) -> None:
    from tests.office.clinic import settle

    settle(db, tmp_path, {"clients": ("Dina Young", "[bold]Dina :smile:")})
    assert "[bold]Dina :smile:" in runner(db)("plan", "list").output
