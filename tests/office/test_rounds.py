"""Rounds go on whatever happens in them, and tell no secrets."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from office.errors import OfficeError
from office.rounds import Round, rounds_going

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
PAUSE = timedelta(milliseconds=1)


def after(faults: list[Exception | None], calls: list[object]) -> tuple[Event, Callable[..., None]]:
    """A round that has these faults in turn, and says when it was called once more."""
    done = Event()

    def run(db: str, now: datetime) -> None:
        calls.append((db, now))
        if len(calls) > len(faults):
            done.set()
        elif fault := faults[len(calls) - 1]:
            raise fault

    return done, run


def test_a_round_is_called_again_with_the_database_and_the_time() -> None:
    calls: list[object] = []
    done, run = after([None, None], calls)
    with rounds_going("some.db", lambda: NOW, [Round("look", PAUSE, run)]):
        assert done.wait(5)
    assert calls[:3] == [("some.db", NOW)] * 3


def test_faults_are_one_line_each_time_they_change(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    gone = OfficeError("the mailbox is away.\nMaybe later?")
    done, run = after([gone, gone, ValueError("Dina Young, 503-555-0101"), None], [])
    with rounds_going("some.db", lambda: NOW, [Round("replies", PAUSE, run)]):
        assert done.wait(5)
    assert caplog.messages == [
        "replies: the mailbox is away. Maybe later?",
        "replies: failed with ValueError",
        "replies: works again",
    ]


def test_one_round_does_not_wait_for_another() -> None:
    stuck, (done, run) = Event(), after([], [])
    rounds = [Round("stuck", PAUSE, lambda *_: stuck.wait(5)), Round("quick", PAUSE, run)]
    with rounds_going("some.db", lambda: NOW, rounds):
        assert done.wait(5)
        stuck.set()


def test_rounds_end_with_the_block() -> None:
    calls: list[object] = []
    done, run = after([], calls)
    with rounds_going("some.db", lambda: NOW, [Round("look", PAUSE, run)]):
        assert done.wait(5)
    count = len(calls)
    assert not Event().wait(0.05)
    assert len(calls) == count


def test_a_round_without_a_pause_is_refused() -> None:
    with pytest.raises(ValueError, match=r"round busy has a pause of 0:00:00\. Maybe a minute"):
        Round("busy", timedelta(0), lambda *_: None)
