"""An appointment that no calendar program could follow is refused, with what to do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.feeds.example import appointment, wall

NINE, TEN = wall("2027-03-01T09:00"), wall("2027-03-01T10:00")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"uid": ""}, "the UID is ''. Maybe an id and a host"),
        ({"uid": "a\r\nUID:b"}, "the UID is 'a"),
        ({"sequence": -1}, "sequence of a17@careweave.example is -1. Maybe 0"),
        ({"starts_at": datetime(2027, 3, 1, 9), "ends_at": TEN}, "without a zone. Maybe America"),
        ({"created_at": datetime(2027, 1, 4, 12)}, "created_at of a17.* without a zone"),
        ({"revised_at": datetime(2027, 1, 4, 11, 59, tzinfo=UTC)}, "before it was created"),
        ({"starts_at": TEN, "ends_at": NINE}, "not after its start"),
        ({"starts_at": TEN, "ends_at": TEN}, "not after its start"),
    ],
)
def test_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        appointment(**changes)


def test_an_hour_that_the_clocks_skip_back_over_is_an_hour() -> None:
    # 01:30 summer time to 01:30 winter time: the same on the clock, an hour apart
    both = {"starts_at": wall("2027-11-07T01:30"), "ends_at": wall("2027-11-07T01:30", fold=1)}
    assert appointment(**both).ends_at.fold == 1
