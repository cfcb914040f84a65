"""The page says what was seen: the worst of several tests, and how a program differs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import pytest

from tests.interop.page import Page

Outcome = Literal["passed", "failed", "skipped"]


def seen(
    client: str, line: str, outcome: Outcome = "passed", differs: str = ""
) -> pytest.TestReport:
    told = [("behaviour", line), ("client", client), ("version", "1.0")]
    return pytest.TestReport(
        nodeid=f"{client}::{line}",
        location=("", None, ""),
        keywords={},
        outcome=outcome,
        longrepr=None,
        when="call",
        user_properties=[*told, *([("differs", differs)] if differs else [])],
    )


def rows(*reports: pytest.TestReport) -> list[str]:
    page = Page()
    for report in reports:
        page.pytest_runtest_logreport(report)
    text = page.text(datetime(2027, 3, 1, tzinfo=UTC))
    assert "on 1 March 2027" in text
    return [it for it in text.splitlines() if it.startswith(("| Feeds", "| Mails", "1. ", "2. "))]


def test_what_was_not_tried_is_a_dash() -> None:
    feeds, mails = seen("Thunderbird", "feeds: good"), seen("Dovecot", "mails: good")
    assert rows(mails, feeds) == ["| Feeds: good | ok | – |", "| Mails: good | – | ok |"]


def test_one_failure_fails_the_line() -> None:
    first, last = seen("libical", "feeds: good", "failed"), seen("libical", "feeds: good")
    assert rows(first, last) == ["| Feeds: good | **fails** |"]


def test_differences_are_numbered_once() -> None:
    reports = [seen(it, "feeds: good", differs="until 2037") for it in ("libical", "vobject")]
    other = seen("vobject", "mails: good", differs="late")
    assert rows(*reports, other) == [
        "| Feeds: good | ok (1) | ok (1) |",
        "| Mails: good | – | ok (2) |",
        "1. until 2037",
        "2. late",
    ]


def test_what_was_skipped_is_not_told() -> None:
    assert rows(seen("libical", "feeds: good", "skipped")) == []
