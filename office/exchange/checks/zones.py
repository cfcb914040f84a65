"""One therapist and one client live in one time zone, and their appointments exist there.

Minutes between two times of day mean something only on one clock, so locations in
different zones can't share people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from zoneinfo import ZoneInfo

from office.exchange.book import Book, Entry
from office.exchange.faults import Fault


@dataclass(frozen=True, slots=True)
class Use:
    """A row that brings somebody to a location, and the column that says so."""

    entry: Entry
    column: str
    location: Entry

    @property
    def zone(self) -> str:
        """The location's time zone."""
        zone: str = self.location.record.timezone
        return zone

    def __str__(self) -> str:
        return f"{self.location.record.location_id!r} is in {self.zone}"


def torn_therapists(book: Book) -> Iterator[Fault]:
    """Each therapist who works in two time zones."""
    for therapist_id, uses in _therapist_uses(book).items():
        yield from _torn(f"therapist {therapist_id!r}", uses)


def torn_clients(book: Book) -> Iterator[Fault]:
    """Each client who comes to locations in two time zones."""
    for client_id, uses in _client_uses(book).items():
        yield from _torn(f"client {client_id!r}", uses)


def skipped_times(book: Book) -> Iterator[Fault]:
    """Each appointment at a time that the clock of its location skips as summer time begins.

    Time off may begin or end at such a time: it is a matter of the calendar on the wall.
    """
    for entry in book.new("appointments"):
        for use in _at_room(book, entry):
            zone, starts_at = ZoneInfo(use.zone), entry.record.starts_at
            instant = starts_at.replace(tzinfo=zone).astimezone(UTC)
            shown = instant.astimezone(zone).replace(tzinfo=None)
            if shown != starts_at:
                yield entry.fault(
                    "starts_at",
                    f"a time that the clocks of {use.zone} show that day. "
                    f"Maybe {shown.isoformat(timespec='minutes')!r}?",
                )


def _therapist_uses(book: Book) -> dict[str, list[Use]]:
    uses: dict[str, list[Use]] = defaultdict(list)
    for entry in book.of("shifts"):
        uses[entry.record.therapist_id] += _at(book, entry, "location_id", entry.record.location_id)
    for entry in book.of("appointments"):
        uses[entry.record.therapist_id] += _at_room(book, entry)
    return uses


def _client_uses(book: Book) -> dict[str, list[Use]]:
    uses: dict[str, list[Use]] = defaultdict(list)
    for entry in book.of("clients"):
        client = entry.record
        uses[client.client_id] += _at(book, entry, "home_location_id", client.home_location_id)
        for other in client.other_location_ids:
            uses[client.client_id] += _at(book, entry, "other_location_ids", other)
    for entry in book.of("appointments"):
        plan = book.find("care_plans", entry.record.plan_id)
        if plan is not None:
            uses[plan.record.client_id] += _at_room(book, entry)
    return uses


def _at(book: Book, entry: Entry, column: str, location_id: str) -> list[Use]:
    location = book.find("locations", location_id)
    return [] if location is None else [Use(entry, column, location)]


def _at_room(book: Book, appointment: Entry) -> list[Use]:
    room = book.find("rooms", appointment.record.room_id)
    return [] if room is None else _at(book, appointment, "room_id", room.record.location_id)


def _torn(who: str, uses: list[Use]) -> Iterator[Fault]:
    """At most one fault, of the first row of the folder that has a part in it."""
    away = [use for use in uses if use.zone != uses[0].zone]
    if not away:
        return
    home, there = uses[0], next((use for use in away if use.entry.line is not None), away[0])
    rows = [(use.entry, use.column) for use in (there, home)]
    rows += [(use.location, "timezone") for use in (there, home)]
    for entry, column in rows:
        if entry.line is not None:
            yield entry.fault(column, f"one time zone for {who}, but {there} and {home}")
            return
