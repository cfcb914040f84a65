"""``plan`` and ``protocol``."""

from __future__ import annotations

import json

from tests.cli.conftest import Run


def test_a_plan_is_started_listed_and_shown(run: Run) -> None:
    started = run(
        *("plan", "start", "dina", "--protocol", "acute", "--service", "massage"),
        *("--start", "2027-03-01", "--companion", "adjust", "--frequency", "1"),
    )
    assert started.exit_code == 0
    assert started.stdout == (
        "Started p10 for Dina Young: 3 sessions, counted from 2027-03-01.\n"
        "  first session: Mon 1 Mar - Sun 7 Mar 2027\n"
        "  phase 1: once a week for 2 weeks\n"
        "  phase 2: once a week for 1 week\n"
    )
    assert started.stderr == (
        "Warning: the client 'dina' already has the active care plan p07 of the service 'massage'. "
        "Maybe careweave plan discontinue p07?\n"
    )
    listed = json.loads(run("plan", "list", "--client", "dina", "--json").output)
    assert [(it["plan_id"], it["sessions"]) for it in listed] == [("p07", 2), ("p10", 3)]
    shown = run("plan", "show", "p10").output
    assert shown.startswith("p10: Dina Young (dina), acute, routine\n")
    assert "  companion      adjust\n" in shown
    assert "Mon 15 Mar - Sun 21 Mar   open" in shown


def test_a_window_over_new_year_has_both_years(run: Run) -> None:
    words = ("--protocol", "acute", "--service", "massage", "--start", "2026-12-28")
    started = run("plan", "start", "dina", *words, "--frequency", "1")
    window = "Mon 28 Dec 2026 - Sun 3 Jan 2027"
    assert f"  first session: {window}\n" in started.stdout
    shown = run("plan", "show", "p10").output
    assert "Mon 28 Dec 2026 -" in shown
    assert "Sun 3 Jan 2027" in shown


def test_a_held_plan_says_so_until_it_is_cleared(run: Run) -> None:
    started = run(
        *("plan", "start", "dina", "--protocol", "acute", "--service", "massage"),
        *("--contraindications", "malignancy;pregnancy"),
    )
    assert "It is held because of malignancy, pregnancy: nothing is booked" in started.output
    assert "until careweave plan clear p10 --by NAME --reason TEXT.\n" in started.output
    assert "active, held" in run("plan", "list", "--held").output
    refused = run("plan", "clear", "p10", "--by", "Dr. Lee")
    assert refused.exit_code == 2
    assert "can't be cleared without a reason" in refused.stderr
    words = ("plan", "clear", "p10", "--by", "Dr. Lee", "--reason", "b9", "--on")
    early = run(*words, "2199-12-31")
    assert early.exit_code == 2
    assert "p10 can't have been cleared on 2199-12-31: today is" in early.stderr
    cleared = run(*words, "2026-11-20")
    assert cleared.output == "The care plan p10 was cleared by Dr. Lee on 2026-11-20.\n"
    assert "by Dr. Lee on 2026-11-20: b9" in run("plan", "show", "p10").output


def test_a_paused_plan_says_what_happens_to_its_promises(run: Run) -> None:
    for verb, status in (
        ("pause", "paused"),
        ("resume", "active"),
        ("discontinue", "discontinued"),
    ):
        result = run("plan", verb, "p07")
        assert result.output.startswith(f"The care plan p07 is {status}.\n")
    assert run("plan", "resume", "p07").exit_code == 2


def test_all_faults_of_a_start_are_said_at_once(run: Run) -> None:
    result = run(
        *("plan", "start", "dinna", "--protocol", "acute", "--service", "massage"),
        *("--start", "1 March", "--visits", "many"),
    )
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "Error: CLIENT: found 'dinna', expected the id of a client on record. Maybe 'dina'?",
        "--start: found '1 March', expected a date YYYY-MM-DD from 1900 to 2199.",
        "--visits: found 'many', expected a whole number from 0 to 52000.",
    ]


def test_a_client_that_resembles_none_is_told_which_there_are(run: Run) -> None:
    result = run("plan", "start", "c9999", "--protocol", "acute", "--service", "massage")
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: CLIENT: found 'c9999', expected the id of a client on record. "
        "Maybe one of dina, ruth, vera?\n"
    )


def test_a_precaution_is_cleared_without_a_reason(run: Run) -> None:
    started = run(
        *("plan", "start", "vera", "--protocol", "acute", "--service", "massage"),
        *("--contraindications", "pregnancy"),
    )
    assert "until careweave plan clear p10 --by NAME.\n" in started.stdout


def test_protocols_are_added_changed_and_removed(run: Run) -> None:
    added = run(
        *("protocol", "add", "sport", "--condition", "acute", "--phase", "2x3"),
        *("--phase", "0.5x4", "--service", "massage", "--expiry-days", "90"),
    )
    assert "  phases       2 a week x 3, 0.5 a week x 4\n" in added.output
    assert "  expiry       90 days\n" in added.output
    assert "  visits       6\n" in run("protocol", "change", "sport", "--visits", "6").output
    assert run("protocol", "show", "sport").output.startswith("Protocol sport\n")
    listed = json.loads(run("protocol", "list", "--json").output)
    assert [it["protocol_id"] for it in listed] == ["acute", "chronic", "sport"]
    assert listed[2]["phases"][1] == {"phase": 2, "frequency": "0.5", "weeks": 4}
    assert run("protocol", "remove", "sport").output == "Removed the protocol sport.\n"
    assert run("protocol", "show", "sport").exit_code == 2
