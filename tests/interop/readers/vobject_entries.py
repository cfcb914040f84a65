"""What vobject makes of a calendar from stdin: a line of JSON for each VEVENT, instants in UTC.

Runs in the peers' own environment, so it imports nothing of ours.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

import vobject


def instant(value: datetime) -> str:
    """In UTC; a floating time as it stands."""
    return (value.astimezone(UTC) if value.tzinfo else value).isoformat()


def entry(event: Any) -> dict[str, str | bool]:
    """The entry as all readers tell of one."""
    texts = ("summary", "location", "description")
    return {
        "uid": event.uid.value,
        "starts_at": instant(event.dtstart.value),
        "ends_at": instant(event.dtend.value),
        **{name: event.getChildValue(name, "") for name in texts},
        "cancelled": event.getChildValue("status", "") == "CANCELLED",
    }


if __name__ == "__main__":
    calendar = vobject.readOne(sys.stdin.buffer.read().decode())
    for each in calendar.contents.get("vevent", []):
        sys.stdout.write(json.dumps(entry(each)) + "\n")
