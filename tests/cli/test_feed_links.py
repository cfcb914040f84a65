"""``careweave feeds link|list|rotate|revoke`` as staff type it."""

from __future__ import annotations

import json

from tests.cli.conftest import Run


def test_where_no_link_was_given_away_the_list_says_how(run: Run) -> None:
    assert run("feeds", "list").stdout == (
        "No link was given away yet. Next: careweave feeds link --help.\n"
    )
    unknown = run("feeds", "rotate", "5")
    assert unknown.exit_code == 2
    assert "there is no link '5'. Maybe look at careweave feeds list?" in unknown.stderr


def test_a_link_is_listed_without_its_address(run: Run) -> None:
    made = json.loads(run("feeds", "link", "therapist", "maya", "--json").stdout)
    listed = run("feeds", "list").stdout
    assert "Maya" in listed
    assert made["https"].rsplit("/", maxsplit=1)[-1] not in listed


def test_a_link_that_is_revoked_is_listed_as_such(run: Run) -> None:
    run("feeds", "link", "therapist", "maya")
    assert run("feeds", "revoke", "1").exit_code == 0
    (link,) = json.loads(run("feeds", "list", "--json").stdout)
    assert link["state"] == "revoked"
