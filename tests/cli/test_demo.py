"""``demo``: the shipped network, all the way."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from cli.main import careweave


def test_the_demo_shows_what_a_manager_wants_to_see(tmp_path: Path) -> None:
    output = tmp_path / "out"
    result = CliRunner().invoke(careweave, ["demo", "--seconds", "3", "--output", str(output)])
    assert result.exit_code == 0, result.stderr
    for words in (
        "sessions in scope; proven: nobody could book more than",
        "Sessions booked / in scope",
        "All clinics",
        "an unbooked one at its client's home\nclinic, in the first of these weeks",
        "Not booked: ",
        "what is published keeps every rule",
        f"Database     {output}/careweave.db",
        f"Calendars    {output}/feeds",
    ):
        assert words in result.stdout
    assert len(list((output / "feeds").rglob("*.ics"))) == 24 + 4 + 23 + 330
