"""What our tests ask of evolution-data-server, the calendar store of GNOME.

Runs with Debian's Python, which has the bindings, inside a session bus of its own; imports
nothing of ours. Reads ``[task, word]`` as lines of JSON, and answers each with a line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import gi

for name, version in (("ECal", "2.0"), ("EDataServer", "1.2"), ("ICalGLib", "3.0")):
    gi.require_version(name, version)

from gi.repository import ECal, EDataServer, GLib, ICalGLib  # noqa: E402 -- versions come first

SECONDS = 2
"""How long to wait for a calendar to say that it is open; it opens on its own anyway."""

clients: dict[str, Any] = {}


def subscribe(url: str) -> str:
    """Follow an address, as GNOME Calendar does; returns the calendar's id."""
    registry = EDataServer.SourceRegistry.new_sync(None)
    source = EDataServer.Source.new(None, None)
    source.set_parent("webcal-stub")
    source.set_display_name("Clinic")
    source.get_extension(EDataServer.SOURCE_EXTENSION_CALENDAR).set_backend_name("webcal")
    source.get_extension(EDataServer.SOURCE_EXTENSION_AUTHENTICATION).set_method("none")
    web = source.get_extension(EDataServer.SOURCE_EXTENSION_WEBDAV_BACKEND)
    web.set_uri(GLib.Uri.parse(url, GLib.UriFlags.NONE))
    registry.commit_source_sync(source, None)
    uid = source.get_uid()
    clients[uid] = ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, SECONDS, None)
    return str(uid)


def refresh(uid: str) -> None:
    """Ask it to look at the address once more, which it does in its own time."""
    clients[uid].refresh_sync(None)


def entries(uid: str) -> list[dict[str, str | bool]]:
    """What the calendar shows now."""
    _, found = clients[uid].get_object_list_as_comps_sync("#t", None)
    return [entry(clients[uid], it.get_icalcomponent()) for it in found]


def entry(client: Any, event: Any) -> dict[str, str | bool]:
    """The entry as all readers tell of one."""
    return {
        "starts_at": instant(client, event, ICalGLib.PropertyKind.DTSTART_PROPERTY),
        "ends_at": instant(client, event, ICalGLib.PropertyKind.DTEND_PROPERTY),
        "summary": event.get_summary() or "",
        "location": event.get_location() or "",
        "description": event.get_description() or "",
        "cancelled": event.get_status() == ICalGLib.PropertyStatus.CANCELLED,
    }


def instant(client: Any, event: Any, kind: Any) -> str:
    """In UTC, by the zone that the store keeps for the calendar; a floating time as it stands."""
    found = event.get_first_property(kind)
    time = ICalGLib.Property.get_dtstart(found) if "START" in str(kind) else found.get_dtend()
    zone = found.get_first_parameter(ICalGLib.ParameterKind.TZID_PARAMETER)
    if zone is None:
        seconds = time.as_timet()
        return written(seconds) if time.is_utc() else written(seconds).removesuffix("+00:00")
    _, known = client.get_timezone_sync(zone.get_tzid(), None)
    return written(time.as_timet_with_zone(known))


def written(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


TASKS: dict[str, Callable[[str], Any]] = {
    "subscribe": subscribe,
    "refresh": refresh,
    "entries": entries,
}

if __name__ == "__main__":
    for line in sys.stdin:
        task, word = json.loads(line)
        sys.stdout.write(json.dumps(TASKS[task](word)) + "\n")
        sys.stdout.flush()
