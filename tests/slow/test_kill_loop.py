"""Killed at any moment, nothing that was published is lost; ``make kill-loop`` kills more often."""

from __future__ import annotations

from pathlib import Path

from tests.slow.kill_loop import kill_loop


def test_a_few_kills_lose_nothing(tmp_path: Path) -> None:
    counted = kill_loop(tmp_path, kills=8, seed=8)
    assert counted["publisher"] + counted["sender"] == 8
    assert counted["mails arrived"] > 0
