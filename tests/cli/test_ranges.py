"""Days and seconds that nobody means are usage errors that name the value."""

from __future__ import annotations

import re
from datetime import date

import pytest
from click.testing import CliRunner

from cli.main import careweave


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["schedule", "--from", "2027-02-22", "--weeks", "6", "--seconds", "nan"], "'nan'"),
        (["schedule", "--from", "2027-02-22", "--weeks", "6", "--seconds", "inf"], "'inf'"),
        (["schedule", "--from", "2027-02-22", "--weeks", "6", "--seconds", "0"], "'0'"),
        (["schedule", "--from", "9999-12-27", "--weeks", "6"], "'9999-12-27'"),
        (["show", "--week", "9999-12-31"], "'9999-12-31'"),
        (["show", "--week", "2027-02-30"], "found '2027-02-30', but the calendar has no such day."),
        (["demo", "--seconds", "nan"], "'nan'"),
    ],
)
def test_the_value_is_named_and_nothing_is_done(words: list[str], said: str) -> None:
    result = CliRunner().invoke(careweave, words)
    assert result.exit_code == 2
    assert said in result.output


def test_a_schedule_without_a_start_suggests_the_next_monday() -> None:
    result = CliRunner().invoke(careweave, ["schedule", "--weeks", "6"])
    assert result.exit_code == 2
    (day,) = re.findall(r"Maybe --from (\S+), next Monday\?", " ".join(result.output.split()))
    ahead = date.fromisoformat(day) - date.today()  # noqa: DTZ011 - the command's day
    assert date.fromisoformat(day).weekday() == 0
    assert 0 <= ahead.days <= 7
